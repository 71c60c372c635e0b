"""A set of benefits in one integer: the stored order is for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from app.postings.benefits import ORDER, BenefitSet, bits
from bot.terms.benefits import NAMES

COLUMN, DIALECT = BenefitSet(), sqlite.dialect()


def test_every_benefit_of_the_contract_has_its_bit_and_keeps_it() -> None:
    assert set(ORDER) == set(NAMES)
    assert {name: bits([name]) for name in ORDER} == {
        "meals": 1,
        "housing": 2,
        "insurance": 4,
        "housing_fund": 8,
        "shuttle": 16,
        "weekends": 32,
        "paid_leave": 64,
        "bonus": 128,
        "training": 256,
        "no_night": 512,
    }


@given(st.lists(st.sampled_from(ORDER)))
def test_a_set_is_stored_and_read_back(names: list[str]) -> None:
    stored = COLUMN.process_bind_param(names, DIALECT)
    assert COLUMN.process_result_value(stored, DIALECT) == frozenset(names)


@given(st.frozensets(st.sampled_from(ORDER)), st.frozensets(st.sampled_from(ORDER)))
def test_a_wish_is_a_filter(offered: frozenset[str], wished: frozenset[str]) -> None:
    assert (bits(offered) & bits(wished) == bits(wished)) == (wished <= offered)


def test_nothing_is_zero_and_a_number_is_taken_as_it_is() -> None:
    assert [COLUMN.process_bind_param(value, DIALECT) for value in (None, (), 5)] == [0, 0, 5]
    assert COLUMN.process_result_value(None, DIALECT) == frozenset()


def test_a_name_outside_the_contract_is_refused() -> None:
    with pytest.raises(ValueError, match="tuple"):
        bits(["gold"])
