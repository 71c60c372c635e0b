"""Postings pasted from a chat: loose lines, one job or several, of one employer or several."""

from dataclasses import dataclass, field
from datetime import date

from app.postings.draft import CellError, PostingDraft, Reading
from app.postings.reading.drafting import RowReader, Setting
from app.postings.reading.header import Header
from app.postings.reading.place import county_in
from app.postings.reading.problems import BadFileError
from app.postings.reading.sheetrow import Cell, SheetRow
from app.postings.reading.snippets import Said, said_in

SHEET = "粘贴的文字"
LONGEST = 200_000
"""Characters of one paste."""
_SHARED = {"employer", "uscc", "address", "district", "contact", "contact_name", "contact_phone", "valid_until"}
_BARE = Header(0, 0, {}, {})


@dataclass(slots=True)
class _Job:
    """One job: its line and what was said of it, by field."""

    line: int
    said: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        self.said.setdefault(name, []).append(text)


@dataclass(slots=True)
class _Offer:
    """The jobs of one employer, and what holds for all of them."""

    line: int
    shared: _Job
    jobs: list[_Job] = field(default_factory=list)


def read_text(text: str, *, today: date) -> Reading:
    """The postings of a pasted text; `row` is the line a job begins in.

    Raises `BadFileError` where no job can be made out.
    """
    if len(text) > LONGEST:
        raise BadFileError("文字太长，请分几次粘贴，或者改用表格上传。")
    rows = [row for offer in _offers(text) for row in _rows(offer)]
    if not rows:
        raise BadFileError("没有看出招什么岗位，请写成“某某公司 招普工10名 月薪5000-7000元 电话……”这样。")
    postings: list[PostingDraft] = []
    errors: list[CellError] = []
    for row in rows:
        reader = RowReader(row, Setting(SHEET, today))
        postings.append(reader.draft())
        errors += reader.errors
    return Reading(tuple(postings), tuple(errors))


def _offers(text: str) -> list[_Offer]:
    offers: list[_Offer] = []
    for number, line in enumerate(text.splitlines()):
        titled = bool(offers and offers[-1].jobs and "title" in offers[-1].jobs[-1].said)
        said = said_in(line, titled=titled)
        if not offers or (any(name == "employer" for name, _ in said) and "employer" in offers[-1].shared.said):
            offers.append(_Offer(number, _Job(number)))
        _place(offers[-1], number, said)
    return offers


def _place(offer: _Offer, number: int, said: list[Said]) -> None:
    """Put what a line says where it belongs: to its own job, to the job above, or to all."""
    begun = False
    for name, text in said:
        if name == "title":
            offer.jobs.append(_Job(number))
            begun = True
        job = offer.jobs[-1] if offer.jobs else None
        everyones = name in _SHARED and (name == "employer" or not begun or len(offer.jobs) == 1)
        if job is None or everyones or (name == "benefits" and not begun and len(offer.jobs) > 1):
            offer.shared.add(name, text)
        else:
            job.add(name, text)


def _rows(offer: _Offer) -> list[SheetRow]:
    rows = []
    for job in offer.jobs:
        said = {name: list(texts) for name, texts in job.said.items()}
        for name, texts in offer.shared.said.items():
            if name in {"benefits", "description", "requirements"}:
                said[name] = said.get(name, []) + texts
            elif name not in said:
                said[name] = texts
        cells: dict[str, tuple[Cell, ...]] = {
            name: (Cell(_joined(name, texts), 0, job.line),) for name, texts in said.items()
        }
        county = county_in(" ".join(said.get("employer", [])))
        rows.append(SheetRow(job.line, _BARE, cells, county))
    return rows


def _joined(name: str, texts: list[str]) -> str:
    """One text of several pieces; of a contact the name and the number may stand apart."""
    return (" " if name.startswith("contact") else "，").join(dict.fromkeys(texts))
