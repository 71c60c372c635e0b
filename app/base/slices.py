"""Long lists for statements that take only so many parameters."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

MOST_PARAMETERS = 500
"""Well below what either database takes in one statement (SQLite before 3.32: 999)."""

Value = TypeVar("Value")


def slices(values: Iterable[Value], *, size: int = MOST_PARAMETERS) -> Iterator[list[Value]]:
    """The values in their order, `size` at a time; nothing where there are none."""
    left = iter(values)
    while some := list(islice(left, size)):
        yield some
