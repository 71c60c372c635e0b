"""What stands above a header: titles, notes, and lines like 单位名称：某某公司　联系人：李经理."""

import re

from app.postings.reading.columns import field_of
from app.postings.reading.employer import employer_in
from app.postings.reading.grid import Grid
from app.postings.reading.raw import Raw, is_nothing, plain, words

_PAIR = re.compile(
    r"([\u4e00-\u9fff]{2,12})\s*[:：]\s*([^:：]*?)(?=\s+[\u4e00-\u9fff]{2,12}\s*[:：]|[,，;；。]\s*[\u4e00-\u9fff]{2,12}[:：]|[)）]?$)"
)
_GIVEN = {"employer", "uscc", "address", "contact", "contact_name", "contact_phone"}
_LABEL = re.compile(
    r"(?:用人|招聘|用工|招工)?(?:单位|企业|公司)(?:名称|全称|地址|电话)|(?:工作|详细|厂区|厂)?(?:地址|地点)|厂址"
    r"|(?:统一社会)?信用代码|(?:招聘)?(?:联系|负责)人|(?:联系|咨询|报名)(?:电话|方式)|电话|手机号?码?"
)
_MAY_LABEL = re.compile(rf"[\u4e00-\u9fff]\s*[:：]|^\s*(?:{_LABEL.pattern})\s*$")
_SERIAL = re.compile(r"\d{1,4}")
_NOTE = re.compile(r"^(?:填报|报送|注|说明|备注|填表)")


def given_above(grid: Grid, first: int) -> dict[str, Raw]:
    """Fields stated once for the whole sheet above its header: by 名称：值, or by a label cell and its neighbour."""
    given: dict[str, Raw] = {}
    for row in grid.rows[:first]:
        for name, value in _stated([cell for cell in row if cell is not None]):
            given.setdefault(name, value)
    return given


def given_in(row: list[Raw]) -> dict[str, Raw]:
    """What a row below a header states for the postings under it; empty unless it states nothing else."""
    if not any(isinstance(cell, str) and _MAY_LABEL.search(cell) for cell in row):
        return {}
    cells = [cell for cell in row if not is_nothing(cell) and not _SERIAL.fullmatch(plain(cell))]
    given: dict[str, Raw] = {}
    for name, value in _stated(cells, sure=True):
        given.setdefault(name, value)
    values = {plain(value) for value in given.values()}
    rest = [cell for cell in cells if not _labelled(words(cell)) and plain(cell) not in values]
    named = [known for cell in rest if (known := employer_in(words(cell)))]
    if not given or len(named) < len(rest):
        return {}
    return {"employer": named[0], **given} if named else given


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


def _stated(cells: list[Raw], *, sure: bool = False) -> list[tuple[str, Raw]]:
    """Field and value of every 名称：值 in these cells, and of every label cell with its neighbour.

    `sure`: only of what can be nothing but a label; below a header a cell may be the value of a column.
    """
    found: list[tuple[str, Raw]] = []
    for place, cell in enumerate(cells):
        text = words(cell)
        found += _pairs(text)
        label = text.rstrip(":： ")
        field = field_of(label) if not sure or _LABEL.fullmatch(label) else None
        if field in _GIVEN and place + 1 < len(cells) and not field_of(words(cells[place + 1])):
            found.append((field, cells[place + 1]))
    return found


def _pairs(text: str) -> list[tuple[str, Raw]]:
    found: list[tuple[str, Raw]] = []
    for label, value in _PAIR.findall(text):
        field = field_of(label)
        if field in _GIVEN and value.strip() and not _NOTE.match(label):
            found.append((field, value.strip(" ,，;；。")))
    return found


def _labelled(text: str) -> bool:
    """Whether a cell begins with the label of a field that a line may state (联系电话：0556-5500000)."""
    if _LABEL.fullmatch(text):
        return True
    label = re.match(r"([\u4e00-\u9fff]{2,12})\s*:", text)
    return label is not None and field_of(label[1]) in _GIVEN and not _NOTE.match(label[1])
