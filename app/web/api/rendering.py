"""Rows as the shapes of the JSON API. Contacts go into one shape only, the one for a centre's own staff."""

from collections.abc import Sequence
from typing import Any

from app.base.clock import local
from app.events.models import Event
from app.events.phase import Phase
from app.postings.jobs import pay_of, public
from app.postings.models import Listing, Posting
from app.web.api import shapes

_AS_THEY_ARE = (
    "headcount",
    "education",
    "experience_years",
    "age_min",
    "age_max",
    "gender",
    "division",
    "job_type",
    "employment",
    "valid_until",
)
_TYPED = ("title", "address", "description")


def public_posting(posting: Posting, listings: Sequence[Listing]) -> shapes.Posting:
    """For anyone: no contact, nor a telephone number that stands in the text."""
    typed = {name: public(posting, getattr(posting, name)) for name in _TYPED}
    return shapes.Posting(**_facts(posting, listings), **typed, pay=_pay(posting, public(posting, posting.pay_text)))


def staff_posting(posting: Posting, listings: Sequence[Listing]) -> shapes.StaffPosting:
    return shapes.StaffPosting(
        **_facts(posting, listings),
        **{name: getattr(posting, name) for name in _TYPED},
        pay=_pay(posting, posting.pay_text),
        state=posting.state,
        contact_name=posting.contact_name,
        contact_phone=posting.contact_phone,
    )


def event_shape(event: Event, opened: int, *, phase: Phase) -> shapes.Event:
    return shapes.Event(
        id=event.public_id,
        name=event.name,
        centre=event.centre.name,
        starts_at=local(event.starts_at),
        ends_at=local(event.ends_at),
        phase=phase,
        open_postings=opened,
    )


def _facts(posting: Posting, listings: Sequence[Listing]) -> dict[str, Any]:
    return {
        "id": posting.public_id,
        "employer": posting.employer.name,
        "uscc": posting.employer.uscc,
        "benefits": sorted(posting.benefits),
        "appears": [shapes.Appearance(event=listing.event.public_id, number=listing.number) for listing in listings],
        **{name: getattr(posting, name) for name in _AS_THEY_ARE},
    }


def _pay(posting: Posting, text: str) -> shapes.Pay:
    pay = pay_of(posting)
    return shapes.Pay(
        min=pay.min, max=pay.max, period=pay.period, months=pay.months, negotiable=pay.negotiable, text=text
    )
