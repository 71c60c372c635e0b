"""Putting lines to the bot on the configured database."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import system_clock
from app.base.database import Database
from app.base.errors import Invalid
from app.base.ids import new_public_id
from app.base.keys import Keys
from app.base.settings import Settings
from app.chat.conversations import say
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import Exchange
from app.cli.session import with_database
from app.postings.models import Listing
from bot.reply import Reply, Text
from bot.terms.text import squeeze
from bot.turn import Scan, Turn

_SCAN = re.compile(r"\s*#scan\s+(job|interview)(?:\s+(\S+))?\s*")


def answers(lines: Iterable[str], *, session: str | None, tell: Callable[[dict[str, Any]], None]) -> None:
    """Tells the answer to each line as soon as it is there, in the order of the lines."""

    async def work(database: Database, settings: Settings) -> None:
        chat = Chat(database=database, keys=Keys(settings.secret()), on_air=_no_screen)
        speaker = Speaker(channel="cli", word=_name(session) if session else new_public_id())
        for line in lines:
            tell(await _answer(chat, speaker, line))

    with_database(work)


def _name(session: str) -> str:
    """The session's name with what is no UTF-8 in it written out, so that it can be hashed."""
    return session.encode(errors="backslashreplace").decode()


async def _no_screen(_session: AsyncSession, _event_id: int) -> Listing | None:
    """A scan without a number means the first open posting here, whatever the show has on."""
    return None


async def _answer(chat: Chat, speaker: Speaker, line: str) -> dict[str, Any]:
    try:
        return _as_json(await say(chat, speaker, turn_of(line), now=system_clock()))
    except Invalid as error:  # too long: said to whoever wrote it, and the next line gets its answer
        return Reply(parts=[Text(error.sentence)]).as_json()


def turn_of(line: str) -> Turn:
    """A message, or with `#scan job 103` the scan of that code."""
    scan = _SCAN.fullmatch(line)
    if scan is None:
        return Turn(text=line)
    return Turn(scan=Scan("job" if scan[1] == "job" else "interview", number=scan[2] and squeeze(scan[2])))


def _as_json(exchange: Exchange) -> dict[str, Any]:
    understood = exchange.understood
    return {
        "intent": exchange.intent,
        "slots": understood["slots"],
        "wishes": understood["wishes"],
        "text": exchange.answered.text,
        "jobs": [job.as_json() for job in exchange.jobs],
        "actions": understood["actions"],
    }
