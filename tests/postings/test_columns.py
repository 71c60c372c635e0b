"""Between a draft and a posting's columns: nothing lost that a column can hold, nothing kept that it cannot."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm.attributes import set_committed_value

from app.employers.models import Employer
from app.postings.columns import columns_of, draft_from, draft_of, storable, storable_json, values_of
from app.postings.draft import PostingDraft
from app.postings.models import Posting
from bot.terms.benefits import NAMES
from bot.terms.education import LEVELS
from bot.terms.pay import Pay

TEXTS = st.text(max_size=40)
YUAN = st.none() | st.integers(0, 200_000).map(float) | st.integers(1, 999).map(lambda tenths: tenths / 10)
PAYS = st.builds(
    Pay,
    min=YUAN,
    max=YUAN,
    period=st.none() | st.sampled_from(["hour", "day", "month", "year", "piece"]),
    months=st.integers(12, 16),
    negotiable=st.booleans(),
    text=TEXTS,
)
DRAFTS = st.builds(
    PostingDraft,
    employer=TEXTS,
    uscc=st.none() | st.just("91340800MA2T3X4Y5K"),
    title=TEXTS,
    headcount=st.none() | st.integers(1, 500),
    pay=PAYS,
    education=st.sampled_from(sorted(LEVELS)),
    experience_years=st.integers(0, 20),
    age_min=st.none() | st.integers(16, 40),
    age_max=st.none() | st.integers(40, 70),
    gender=st.sampled_from(["any", "male", "female"]),
    division=st.none() | st.just("340811"),
    address=TEXTS,
    benefits=st.frozensets(st.sampled_from(sorted(NAMES))),
    contact_name=st.none() | TEXTS,
    contact_phone=st.none() | TEXTS,
    description=TEXTS,
    valid_until=st.none() | st.dates(),
)


@given(DRAFTS)
def test_values_are_json_and_give_the_draft_back(draft: PostingDraft) -> None:
    values = values_of(draft)
    again = draft_from(json.loads(json.dumps(values)))
    assert values_of(again) == values


@given(DRAFTS)
def test_equal_drafts_have_equal_values_wherever_they_were_read(draft: PostingDraft) -> None:
    elsewhere = replace(draft, sheet="另一张", row=99, employer_source="file", cells={"title": "别的"})
    assert values_of(elsewhere) == values_of(draft)


@pytest.mark.parametrize(
    ("pay", "low", "high"),
    [
        (Pay(6000, 8000, "month"), 6000, 8000),
        (Pay(20, 25, "hour"), 3480, 4350),
        (Pay(200, None, "day"), 4350, None),
        (Pay(100_000, 100_001, "year"), 8333, 8334),
        (Pay(5000, 6000, "piece"), None, None),
        (Pay(negotiable=True), None, None),
    ],
)
def test_comparable_pay_is_rounded_outwards(pay: Pay, low: int | None, high: int | None) -> None:
    columns = columns_of(PostingDraft(pay=pay))
    assert (columns["monthly_min"], columns["monthly_max"]) == (low, high)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("title", "焊" * 200, "焊" * 120),
        ("contact_phone", "1" * 100, "1" * 60),
        ("description", "字" * 9_000, "字" * 5_000),
        ("headcount", 2_000_000, None),
        ("experience_years", 900, 0),
        ("age_max", 999, None),
        ("title", "电\x00焊\ud83d工", "电焊工"),
        ("valid_until", date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_what_no_column_holds_is_cut_or_unknown(field: str, value: Any, kept: Any) -> None:
    draft = replace(PostingDraft(), **{field: value})
    assert columns_of(draft)[field] == kept


@pytest.mark.parametrize(("yuan", "kept"), [(18.54, 18.5), (1e12, None), (-1.0, None), (0.0, 0.0)])
def test_yuan_have_one_decimal_and_a_limit(yuan: float, kept: float | None) -> None:
    assert columns_of(PostingDraft(pay=Pay(min=yuan, period="hour")))["pay_min"] == kept


@given(DRAFTS)
def test_a_postings_columns_give_its_draft_back(draft: PostingDraft) -> None:
    posting = Posting(**columns_of(draft), source={"cells": {"title": "原文"}})
    set_committed_value(posting, "employer", Employer(name=draft.employer, uscc=draft.uscc))
    again = draft_of(posting)
    assert (values_of(again), again.cells) == (values_of(draft), {"title": "原文"})


@given(st.text())
def test_stored_texts_hold_nothing_that_a_database_refuses(text: str) -> None:
    kept = storable(text)
    assert kept.encode().count(b"\x00") == 0
    assert storable(kept) == kept


def test_texts_within_lists_and_objects_too() -> None:
    assert storable_json({"a\x00": ["\ud800b", ("c", 1, None)], "d": {"e": True}}) == {
        "a": ["b", ["c", 1, None]],
        "d": {"e": True},
    }
