"""A listing as the bot and every public page know it: the public fields, and nothing of its contact."""

from dataclasses import replace

from app.postings.models import Listing, Posting
from bot.job import Job
from bot.terms.pay import Pay
from bot.terms.phones import without_phones


def pay_of(posting: Posting) -> Pay:
    return Pay(
        min=yuan(posting.pay_min),
        max=yuan(posting.pay_max),
        period=posting.pay_period,
        months=posting.pay_months,
        negotiable=posting.pay_negotiable,
        text=posting.pay_text,
    )


def job_of(listing: Listing, *, path: str = "", interview_path: str = "") -> Job:
    """`listing` has its posting and employer loaded; the paths are those of its two codes.

    Numbers that employers write into free text are taken out: they are reached through the queue.
    """
    posting = listing.posting
    pay = pay_of(posting)
    return Job(
        key=str(listing.id),
        number=listing.number,
        employer=posting.employer.name,
        title=public(posting, posting.title),
        pay=replace(pay, text=public(posting, pay.text)),
        headcount=posting.headcount,
        education=posting.education,
        experience_years=posting.experience_years,
        age_min=posting.age_min,
        age_max=posting.age_max,
        gender=posting.gender,
        division=posting.division,
        address=public(posting, posting.address),
        benefits=posting.benefits,
        job_type=posting.job_type,
        employment=posting.employment,
        description=public(posting, posting.description),
        valid_until=posting.valid_until,
        state=posting.state,
        path=path,
        interview_path=interview_path,
    )


def public(posting: Posting, text: str) -> str:
    """A text of the posting without the telephone numbers in it."""
    return without_phones(text, known=posting.contact_phone)


def yuan(value: float | None) -> float | None:
    """Whole yuan as an integer; hourly pay may have one decimal."""
    return int(value) if value is not None and value == int(value) else value
