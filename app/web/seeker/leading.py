"""From what was typed or clicked to the address of a code."""

from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import RedirectResponse, Response

from app.codes.codes import code_for, find_code, known_codes, path, target_key
from app.postings.models import Listing
from app.web.services import Services
from qr.token import read_code, read_token


async def printed(session: AsyncSession, typed: str) -> str | None:
    """The address of a printed code that was typed with or without its kind, if we gave it out."""
    kind, token = read_code(typed) or ("J", read_token(typed) or "")
    return path(kind, token) if token and await find_code(session, token) else None


async def to_code(
    held: Services,
    session: AsyncSession,
    listing: Listing,
    *,
    kind: str,
    channel: str,
    now: datetime,
    more: bool = False,
) -> Response:
    """A spoken code leads to the code on the picture, a link to one of its own.

    Only the first to ask makes the code, and waits for the write lock.
    """
    place = "air" if channel == "spoken" else "share"
    code = (await known_codes(session, [listing], place=place)).get(target_key(listing, place=place))
    if code is None:
        length = held.settings.code_length
        async with held.database.write() as writing:
            code = await code_for(writing, listing, place=place, now=now, length=length)
    query = {"c": channel} | ({"more": "1"} if more else {})
    return RedirectResponse(f"{path(kind, code.token)}?{urlencode(query)}", 303)
