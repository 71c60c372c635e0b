"""Which code somebody means to scan, as it is written on a line: J103, interview 103, or the characters of the code."""

import re

from sqlalchemy import select

from app.base.clock import system_clock
from app.cli.wechat.misuse import Misused
from app.codes.codes import code_for
from app.events.models import Event
from app.postings.models import Listing
from app.web.services import Services

_WRITTEN = re.compile(r"(?:(job|interview)\s+)?([JI]?)([0-9A-Z]+)", re.IGNORECASE)
# spoken codes are no longer, and tokens no shorter
_LONGEST_NUMBER = 4
_HOW = "请写号码，例如 #scan 103（岗位信息码）或 #scan interview 103（云面试码）。"


async def scene_of(services: Services, written: str) -> str:
    """What the code holds: its kind and its token. Raises Misused."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise Misused(_HOW)
    kind = "I" if found[1] == "interview" else found[2].upper() or "J"
    word = found[3]
    if not word.isdigit() or len(word) > _LONGEST_NUMBER:
        return f"{kind}{word.upper()}"
    return f"{kind}{await _token(services, word)}"


async def _token(services: Services, number: str) -> str:
    """Of the posting with that spoken code, of the newest event that has it."""
    newest = select(Listing).join(Event, Event.id == Listing.event_id).where(Listing.number == number)
    async with services.database.write() as session:
        listing = await session.scalar(newest.order_by(Event.starts_at.desc(), Event.id.desc()).limit(1))
        if listing is None:
            raise Misused(f"没有 {number} 号岗位。")
        code = await code_for(session, listing, now=system_clock(), length=services.settings.code_length)
        return code.token
