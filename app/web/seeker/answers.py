"""Seekers' pages as answers: with what their templates may say, never kept by a proxy, small on the line."""

import gzip
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.web.rendering import page
from app.web.seeker import dates, jobs
from bot import wording

# the page may have changed by the next look, and is this browser's alone
_FRESH = "private, no-cache"
_PRIVATE = "no-store"
_TAKES_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[0-9.]+\s*)?(?:,|$)")
_WORTH_PACKING = 1_000
_LEVEL = 5


def seeker_page(
    request: Request, template: str, *, status: int = 200, private: bool = False, **context: Any
) -> HTMLResponse:
    """The template `seeker/…`; `private` pages show a person's own data and are kept nowhere.

    Packed where the browser takes it: no page holds a secret beside text that somebody else chose.
    """
    answer = page(request, f"seeker/{template}", status=status, words=wording, jobs=jobs, dates=dates, **context)
    answer.headers["cache-control"] = _PRIVATE if private else _FRESH
    answer.headers["vary"] = "accept-encoding"
    body = bytes(answer.body)
    if len(body) > _WORTH_PACKING and _TAKES_GZIP.search(request.headers.get("accept-encoding", "").lower()):
        answer.body = gzip.compress(body, compresslevel=_LEVEL, mtime=0)
        answer.headers["content-encoding"] = "gzip"
        answer.headers["content-length"] = str(len(answer.body))
    return answer
