"""What staff type instead of what could not be read: read by the reader of that field, like the cell itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.postings.draft import PostingDraft
from app.postings.reading.age import read_age
from app.postings.reading.contact import read_contact_name, read_phone
from app.postings.reading.deadline import read_date
from app.postings.reading.education import read_education
from app.postings.reading.employer import read_employer
from app.postings.reading.experience import read_experience
from app.postings.reading.headcount import read_headcount
from app.postings.reading.pay import read_pay
from app.postings.reading.place import division_of
from app.postings.reading.title import read_title
from app.postings.reading.uscc import read_uscc

FIELD_OF_KIND = {
    "missing_employer": "employer",
    "missing_title": "title",
    "unreadable_title": "title",
    "bad_uscc": "uscc",
    "unreadable_headcount": "headcount",
    "unreadable_pay": "pay",
    "unreadable_education": "education",
    "unreadable_experience": "experience",
    "unreadable_age": "age",
    "unreadable_place": "address",
    "unreadable_contact": "contact_name",
    "bad_phone": "contact_phone",
    "unreadable_date": "valid_until",
}
"""Which field an error leaves open; kinds that are not here only ask to be looked at."""


def _aged(draft: PostingDraft, text: str, today: date) -> PostingDraft:
    age_min, age_max = read_age(text, today=today)
    return replace(draft, age_min=age_min, age_max=age_max)


_Mend = Callable[[PostingDraft, str, date], PostingDraft]
_MENDS: dict[str, _Mend] = {
    "employer": lambda draft, text, _: replace(draft, employer=read_employer(text), employer_source="sheet"),
    "title": lambda draft, text, _: replace(draft, title=read_title(text)),
    "uscc": lambda draft, text, _: replace(draft, uscc=read_uscc(text)),
    "headcount": lambda draft, text, _: replace(draft, headcount=read_headcount(text)),
    "pay": lambda draft, text, _: replace(draft, pay=read_pay(text)),
    "education": lambda draft, text, _: replace(draft, education=read_education(text)),
    "experience": lambda draft, text, _: replace(draft, experience_years=read_experience(text)),
    "age": _aged,
    "address": lambda draft, text, _: _placed(draft, text),
    "contact_name": lambda draft, text, _: replace(draft, contact_name=read_contact_name(text)),
    "contact_phone": lambda draft, text, _: replace(draft, contact_phone=read_phone(text)),
    "valid_until": lambda draft, text, today: replace(draft, valid_until=read_date(text, today=today)),
}
FIELDS = tuple(_MENDS)
"""What can be typed as text."""


def mend(draft: PostingDraft, field: str, text: str, *, today: date) -> PostingDraft:
    """The draft with one of `FIELDS` read from what was typed. Raises `UnreadableError`, as for a cell."""
    return _MENDS[field](draft, text, today)


def _placed(draft: PostingDraft, text: str) -> PostingDraft:
    """The division follows the address; where it names none, the one the sheet is about stays."""
    address = " ".join(text.split())
    return replace(draft, address=address, division=division_of(address, about=draft.division))
