"""One scan as it goes into the ledger."""

from dataclasses import dataclass
from datetime import datetime

from app.codes.crawlers import is_crawler
from app.codes.models import Code

CHANNELS = frozenset({"page", "wechat", "spoken", "link"})
LONGEST_TOKEN = 12
LONGEST_VISITOR = 32
LONGEST_REQUEST = 64


@dataclass(frozen=True, slots=True)
class ScanRecord:
    """What is kept of a scan; the columns of `app.codes.models.Scan`.

    Checked when it is made, in the request that brings it: many scans are committed together, and one that the
    database refuses would take the others with it. Raises ValueError. `request`: 64 hex digits that stand for what
    brought it, where that may come again; the same twice is one scan.
    """

    at: datetime
    kind: str
    token: str
    event_id: int | None
    listing_id: int | None
    channel: str
    visitor: str
    crawler: bool
    request: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a scan needs a moment with a zone")
        if self.kind not in {"J", "I"} or self.channel not in CHANNELS:
            raise ValueError(f"no scan is of kind {self.kind!r} through {self.channel!r}")
        if not (_is_plain(self.token, LONGEST_TOKEN) and _is_plain(self.visitor, LONGEST_VISITOR)):
            raise ValueError("token and visitor are short, printable ASCII")
        if self.request is not None and not (_is_plain(self.request, LONGEST_REQUEST) and self.request):
            raise ValueError("a request is known by a hash")


def scan_of(
    code: Code | None,
    *,
    kind: str,
    token: str,
    channel: str,
    visitor: str,
    user_agent: str | None,
    request: str | None = None,
    now: datetime,
) -> ScanRecord:
    """The scan of a code, or of whatever stood in its place: a token that we never gave out is counted, too."""
    return ScanRecord(
        at=now,
        kind=kind,
        token=code.token if code else legible(token),
        event_id=code.event_id if code else None,
        listing_id=code.listing_id if code else None,
        channel=channel,
        visitor=visitor,
        crawler=is_crawler(user_agent),
        request=request,
    )


def legible(text: str) -> str:
    """What a stranger wrote where a token stands, as the ledger can hold it: cut, and "?" for what is not ASCII."""
    return "".join(mark if _is_plain(mark, 1) else "?" for mark in text[:LONGEST_TOKEN])


def _is_plain(text: str, longest: int) -> bool:
    return len(text) <= longest and text.isascii() and text.isprintable()
