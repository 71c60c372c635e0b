"""What a code says about its job today: the truth is decided when it is scanned."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.base.clock import local_day
from app.postings import states
from app.postings.listings import LISTED
from app.postings.models import Listing


class Standing(StrEnum):
    """How a job stands for a seeker. After the event (`OVER`) an open one still takes people, to be called back.

    `PAST`: so long ago that what anybody left now would have to be deleted at once.
    """

    OPEN = "open"
    SOON = "soon"
    OVER = "over"
    PAST = "past"
    PAUSED = "paused"
    FILLED = "filled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNPUBLISHED = "unpublished"
    CLOSED = "closed"


_OF_POSTING = {
    states.DRAFT: Standing.UNPUBLISHED,
    states.CHECKED: Standing.UNPUBLISHED,
    states.PAUSED: Standing.PAUSED,
    states.FILLED: Standing.FILLED,
    states.WITHDRAWN: Standing.WITHDRAWN,
    states.CLOSED: Standing.CLOSED,
}

HIDDEN = frozenset({Standing.WITHDRAWN, Standing.UNPUBLISHED})
"""Nothing of the job itself is shown: staff took it back, or never released it."""


TAKES_PEOPLE = frozenset({Standing.OPEN, Standing.OVER})


def standing(listing: Listing, *, now: datetime, contact_days: int) -> Standing:
    """The job's own state first, then its event's time; posting and event are loaded.

    `contact_days`: how long after the event names and phone numbers are kept.
    """
    posting, event = listing.posting, listing.event
    if listing.state != LISTED:
        return Standing.WITHDRAWN
    if posting.state in _OF_POSTING:
        return _OF_POSTING[posting.state]
    if posting.valid_until is not None and posting.valid_until < local_day(now):
        return Standing.EXPIRED
    if now >= event.ends_at + timedelta(days=contact_days):
        return Standing.PAST
    if now >= event.ends_at:
        return Standing.OVER
    return Standing.SOON if now < event.starts_at else Standing.OPEN
