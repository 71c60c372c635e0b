"""One row of a sheet into a draft, with an error for every cell that could not be read."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from app.postings.draft import CellError, PostingDraft
from app.postings.reading.age import age_in, read_age, read_limit
from app.postings.reading.contact import read_contact_name, read_phone
from app.postings.reading.deadline import read_date
from app.postings.reading.education import read_education
from app.postings.reading.employer import read_employer
from app.postings.reading.experience import experience_in, read_experience
from app.postings.reading.gender import gender_in, read_gender
from app.postings.reading.grid import letters
from app.postings.reading.headcount import read_headcount
from app.postings.reading.pay import pay_unit, read_pay
from app.postings.reading.place import division_of
from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_nothing, plain, shown, words
from app.postings.reading.requirements import answered, benefits_of, notes_of
from app.postings.reading.sheetrow import Cell, SheetRow
from app.postings.reading.terms import employment_of, job_type_of
from app.postings.reading.title import count_of, people_in, read_title
from app.postings.reading.uscc import read_uscc
from bot.terms.divisions import division_of_address
from bot.terms.education import lowest_level
from bot.terms.pay import Pay

T = TypeVar("T")
_SEX = re.compile("[男女]")


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for a whole sheet."""

    sheet: str
    today: date
    employer: str | None = None
    employer_source: str | None = None
    read: dict[Hashable, tuple[Any, UnreadableError | None]] = field(default_factory=dict)
    """What cells were found to say: lists repeat themselves from row to row."""


class RowReader:
    """Reads the fields of one row and keeps the errors."""

    def __init__(self, row: SheetRow, setting: Setting) -> None:
        self.row = row
        self.setting = setting
        self.errors: list[CellError] = []
        self.notes = notes_of(row)

    def draft(self) -> PostingDraft:
        title = self._take("title", read_title, "", missing=True)
        employer, source = self._employer()
        age_min, age_max = self._age()
        address = " ".join(shown(self._raw("address")).split()) if not is_nothing(self._raw("address")) else ""
        phone, name = self._contact()
        pay = self._pay()
        notes = f"{self.notes}，{pay.text}"
        form = "，".join(answered(cell, self.row.header) for cell in self.row.cells.get("job_type", ()))
        return PostingDraft(
            sheet=self.setting.sheet,
            row=self.row.row + 1,
            employer=employer,
            employer_source=source,
            uscc=self._take("uscc", read_uscc, None),
            title=title,
            headcount=self._headcount(title),
            pay=pay,
            education=self._education(),
            experience_years=self._experience(),
            age_min=age_min,
            age_max=age_max,
            gender=self._gender(),
            division=self._division(address),
            address=address,
            benefits=benefits_of(self.row, notes=self.notes),
            job_type=job_type_of(self._text("title"), form=form, notes=notes),
            employment=employment_of(
                self.row.known_as or self._text("employer"),
                notes="，".join((self._text("title"), form, self.notes)),
            ),
            contact_name=name,
            contact_phone=phone,
            description=self.notes,
            valid_until=self._take("valid_until", lambda raw: read_date(raw, today=self.setting.today), None),
            cells={
                name: "；".join(shown(cell.raw) for cell in cells if cell.raw is not None)
                for name, cells in self.row.cells.items()
            },
        )

    def _cell(self, name: str) -> Cell | None:
        """The row's cell of a field, or what a line above states for it and its neighbours."""
        cell = self.row.first(name)
        return self.row.given.get(name, cell) if cell is None or cell.raw is None else cell

    def _raw(self, name: str) -> Raw:
        cell = self._cell(name)
        return cell.raw if cell else None

    def _text(self, name: str) -> str:
        return words(self._raw(name))

    def _take(
        self, name: str, reader: Callable[[Raw], T], default: T, *, missing: bool = False, by: object = None
    ) -> T:
        """The value of a field's cell; an error is reported where the value stands, once.

        Equal cells are read once a file; `by` is what the reading depends on besides the cell.
        """
        cell = self._cell(name)
        if cell is None or (cell.raw is None and not missing):
            return default
        key = (name, by, type(cell.raw), cell.raw)
        known = self.setting.read.get(key)
        if known is None:
            known = self.setting.read[key] = _tried(reader, cell.raw)
        value, problem = known
        if problem is None:
            return cast(T, value)
        if cell.source == self.row.row:
            self._report(cell, problem)
        return default

    def _report(self, cell: Cell, problem: UnreadableError) -> None:
        self.errors.append(
            CellError(
                self.setting.sheet,
                self.row.row + 1,
                letters(cell.column),
                shown(cell.raw),
                problem.kind,
                problem.message,
            )
        )

    def _employer(self) -> tuple[str, str]:
        cell = self._cell("employer")
        if cell is None or cell.raw is None:
            guess = self.row.section_employer or self.setting.employer
            if guess:
                return guess, "sheet" if self.row.section_employer else self.setting.employer_source or "title"
            cell = cell or Cell(None, 0, self.row.row)
        try:
            return read_employer(cell.raw), "sheet" if cell.source >= 0 else "title"
        except UnreadableError as problem:
            if cell.raw is None or cell.source == self.row.row:
                self._report(Cell(cell.raw, cell.column, self.row.row), problem)
            return "", "sheet"

    def _pay(self) -> Pay:
        name = next((name for name in ("pay", "pay_benefits") if self.row.first(name)), None)
        if name:
            unit = pay_unit(self._raw("pay_unit"), self.row.header.unit(name))
            return self._take(name, lambda raw: read_pay(raw, unit=unit), Pay(text=shown(self._raw(name))), by=unit)
        return self._split_pay()

    def _split_pay(self) -> Pay:
        """Pay from a column for the least and one for the most."""
        cell = self.row.first("pay_low") or self.row.first("pay_high")
        if cell is None:
            return Pay()
        low, high = ("" if is_nothing(raw) else plain(raw) for raw in (self._raw("pay_low"), self._raw("pay_high")))
        unit = pay_unit(
            self._raw("pay_unit"), self.row.header.unit("pay_low" if self.row.first("pay_low") else "pay_high")
        )
        if low == high or not (low and high):
            text = low if low == high else f"{low}以上" if low else f"{high}以下"
        else:
            text = f"{low}-{high}"
        text = text or ("面议" if re.search("面议|面谈|协商", plain(self._raw("pay_unit"))) else "")
        try:
            return read_pay(text, unit=unit)
        except UnreadableError as problem:
            self._report(Cell(text, cell.column, self.row.row), problem)
            return Pay(text=text)

    def _headcount(self, title: str) -> int | None:
        if self.row.first("headcount"):
            titles = count_of(title)
            return self._take("headcount", lambda raw: read_headcount(raw, titles=titles), None, by=titles)
        counts = [self._take(name, read_headcount, None) for name in ("men", "women")]
        return sum(count or 0 for count in counts) or self._quietly(self._people, self._raw("title"))

    def _people(self, title: Raw) -> int | None:
        """What the title says of the number, in lists without a column for it."""
        cell = self.row.first("title")
        return people_in(title, counted="人" in self.row.header.labels.get(cell.column, "") if cell else False)

    def _education(self) -> str:
        if self._raw("education") is not None:
            return self._take("education", read_education, "any")
        return (lowest_level(self.notes) if self.notes else None) or "any"

    def _experience(self) -> int:
        if self._raw("experience") is not None:
            return self._take("experience", read_experience, 0)
        return experience_in(self.notes)

    def _age(self) -> tuple[int | None, int | None]:
        if self._raw("age") is not None:
            unread: tuple[int | None, int | None] = (None, None)
            return self._take("age", lambda raw: read_age(raw, today=self.setting.today), unread)
        low, high = (self._take(name, read_limit, None) for name in ("age_low", "age_high"))
        return (low, high) if low or high else age_in(self.notes)

    def _gender(self) -> str:
        if not is_nothing(self._raw("gender")):
            return read_gender(self._raw("gender"))
        said = (gender_in(text) for text in (self._text("age"), self.notes, self._text("title")) if _SEX.search(text))
        return next((gender for gender in said if gender != "any"), "any")

    def _division(self, address: str) -> str | None:
        main, beside = self._cell("address"), ("district", "address")
        further = [cell for name in beside for cell in self.row.cells.get(name, ()) if cell is not main]
        district = next((code for cell in further if (code := division_of_address(words(cell.raw)))), None)
        return division_of(address, about=district or self.row.county)

    def _contact(self) -> tuple[str | None, str | None]:
        """Telephone and name, whichever of the three columns they stand in."""
        column = "contact_phone" if self.row.first("contact_phone") or not self.row.first("contact") else "contact"
        phone = self._take(column, read_phone, None)
        name = self._take("contact_name", read_contact_name, None) or self._name_beside(column)
        if phone is None and self._raw(column) is None:
            phone = self._quietly(read_phone, self._raw("contact_name"))
        return phone, name

    def _name_beside(self, column: str) -> str | None:
        """A name written next to the number; 面谈 or an account name (微信：abc123) is none."""
        if self.row.first("contact_name") and not is_nothing(self._raw("contact_name")):
            return None
        named = self._quietly(read_contact_name, self._raw("contact") or self._raw(column))
        combined = column == "contact" or not self.row.first("contact_name")
        return named if combined and named and not any(char.isdigit() for char in named) else None

    @staticmethod
    def _quietly(reader: Callable[[Raw], Any], raw: Raw) -> Any:
        try:
            return reader(raw)
        except UnreadableError:
            return None


def _tried(reader: Callable[[Raw], T], raw: Raw) -> tuple[T | None, UnreadableError | None]:
    try:
        return reader(raw), None
    except UnreadableError as problem:
        return None, problem
