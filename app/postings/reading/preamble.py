"""What stands above a header: titles, notes, and lines like 单位名称：某某公司　联系人：李经理."""

import re

from app.postings.reading.columns import field_of
from app.postings.reading.employer import employer_in
from app.postings.reading.grid import Grid
from app.postings.reading.raw import Raw, words

_PAIR = re.compile(
    r"([\u4e00-\u9fff]{2,12})\s*[:：]\s*([^:：]*?)(?=\s+[\u4e00-\u9fff]{2,12}\s*[:：]|[,，;；。]\s*[\u4e00-\u9fff]{2,12}[:：]|$)"
)
_GIVEN = {"employer", "uscc", "address", "contact", "contact_name", "contact_phone"}
_NOTE = re.compile(r"^(?:填报|报送|注|说明|备注|填表)")


def given_above(grid: Grid, first: int) -> dict[str, Raw]:
    """Fields stated once for the whole sheet above its header: by 名称：值, or by a label cell and its neighbour."""
    given: dict[str, Raw] = {}
    for row in grid.rows[:first]:
        cells = [cell for cell in row if cell is not None]
        for place, cell in enumerate(cells):
            text = words(cell)
            for name, value in _pairs(text):
                given.setdefault(name, value)
            field = field_of(text.rstrip(":： "))
            if field in _GIVEN and place + 1 < len(cells) and not field_of(words(cells[place + 1])):
                given.setdefault(field, cells[place + 1])
    return given


def titled_by(grid: Grid, first: int) -> str | None:
    """The organisation a title row names, None if none does."""
    for row in grid.rows[:first]:
        for cell in row:
            text = words(cell)
            if text and not _NOTE.match(text) and (named := employer_in(text)):
                return named
    return None


def headings(grid: Grid, first: int) -> str:
    """The title rows as one text: for the county they are about."""
    texts = (words(cell) for row in grid.rows[:first] for cell in row if cell is not None)
    return " ".join(text for text in texts if not _NOTE.match(text))


def _pairs(text: str) -> list[tuple[str, str]]:
    found = []
    for label, value in _PAIR.findall(text):
        field = field_of(label)
        if field in _GIVEN and value.strip() and not _NOTE.match(label):
            found.append((field, value.strip(" ,，;；。")))
    return found
