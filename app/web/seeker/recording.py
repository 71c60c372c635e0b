"""Which requests are scans, and how each came."""

import re
from datetime import datetime

from starlette.requests import Request

from app.codes.models import Code
from app.codes.scan import scan_of
from app.web.services import Services
from app.web.visitors import visitor_hash

# what browsers say when they fetch a page that nobody has asked to see yet
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_NOT_SEEN = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# our own pages say so in their links; a camera and a long-press look the same from here
_SAID = {"spoken": "spoken", "link": "link"}


async def record_scan(
    request: Request, held: Services, code: Code | None, *, kind: str, token: str, visitor: str, now: datetime
) -> None:
    """Returns when the scan is on disk; what is no scan is not recorded. Raises Unavailable where it failed."""
    if not is_seen(request):
        return
    scan = scan_of(
        code,
        kind=kind,
        token=token,
        channel=_SAID.get(request.query_params.get("c", ""), "page"),
        visitor=visitor_hash(request, visitor, keys=held.keys, now=now),
        user_agent=request.headers.get("user-agent"),
        now=now,
    )
    await held.ledger.record(scan)


def is_seen(request: Request) -> bool:
    """Whether somebody looks at it: not a browser that fetches ahead."""
    return request.method == "GET" and not any(_NOT_SEEN.search(request.headers.get(name, "")) for name in _AHEAD)
