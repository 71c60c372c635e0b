"""What a column holds whose header says nothing known: by the cells below it."""

import re
from collections.abc import Callable, Iterator

from app.postings.reading.contact import PHONE
from app.postings.reading.employer import employer_in
from app.postings.reading.grid import Grid
from app.postings.reading.raw import Raw, is_ditto, is_nothing, plain, words

SAMPLE = 40
"""Cells looked at."""
FEWEST = 2
_MOST = 0.7
"""Share of the cells that must look alike."""
_JOB = re.compile(
    r"(?:工|员|师|师傅|长|司机|助理|经理|主管|会计|出纳|客服|销售|顾问|老师|教师|护士|学徒|保姆|月嫂|阿姨|干部|代表|总监|保安|保洁|文员|钳|主播|导购|店长)(?:$|[/、(（\d])"
)
_PAY = re.compile(r"\d{4}|\d(?:\.\d+)?[-~—至到]?\d*(?:\.\d+)?[k千万]|面议|计件|\d元", re.IGNORECASE)
_USCC = re.compile(r"[0-9A-Z]{18}")
_LONGEST_TITLE = 20

_LOOKS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("uscc", lambda text: _USCC.fullmatch(text.upper()) is not None),
    ("contact_phone", lambda text: PHONE.search(text) is not None),
    ("employer", lambda text: len(text) > 5 and employer_in(text) is not None),  # noqa: PLR2004 - 厂长, 店员 are shorter
    ("pay", lambda text: len(text) < _LONGEST_TITLE and _PAY.search(text) is not None),
    ("title", lambda text: len(text) < _LONGEST_TITLE and _JOB.search(text) is not None),
)


def guessed(grid: Grid, first: int, columns: list[int], *, wanted: set[str]) -> Iterator[tuple[str, int]]:
    """Field and column of what is `wanted` and shows itself, each once; `first` is the first row below the header."""
    texts = {column: _sample(grid, first, column) for column in columns} if wanted else {}
    for field, looks in _LOOKS:
        shares = {
            column: sum(map(looks, cells)) / len(cells) for column, cells in texts.items() if len(cells) >= FEWEST
        }
        best = max(shares, key=shares.__getitem__, default=None)
        if field in wanted and best is not None and shares[best] >= _MOST:
            del texts[best]
            yield field, best


def _sample(grid: Grid, first: int, column: int) -> list[str]:
    cells: list[Raw] = [grid.at(row, column) for row in range(first, min(first + SAMPLE, len(grid.rows)))]
    return [plain(words(cell)) for cell in cells if not is_nothing(cell) and not is_ditto(words(cell))]
