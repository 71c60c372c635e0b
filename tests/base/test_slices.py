"""Long lists in pieces."""

from hypothesis import given
from hypothesis import strategies as st

from app.base.slices import MOST_PARAMETERS, slices


@given(st.lists(st.integers(), max_size=30), st.integers(min_value=1, max_value=7))
def test_slices_hold_everything_once_and_in_order(values: list[int], size: int) -> None:
    found = list(slices(values, size=size))
    assert [value for some in found for value in some] == values
    assert [len(some) for some in found[:-1]] == [size] * (len(found) - 1 if found else 0)
    assert all(0 < len(some) <= size for some in found)


def test_a_slice_fits_a_statement_of_either_database() -> None:
    assert [len(some) for some in slices(range(2 * MOST_PARAMETERS + 1))] == [500, 500, 1]
    assert list(slices([])) == []
