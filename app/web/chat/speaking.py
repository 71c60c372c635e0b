"""A browser as a speaker, and what it scanned as a turn."""

from datetime import timedelta

from app.base.settings import Settings
from app.chat.patience import Patience, periods
from app.chat.thinking import Chat, Speaker
from app.chat.window import MayCall, anybody
from app.codes.codes import find_code
from app.codes.models import Code
from app.live.on_air import on_air
from app.web.services import Services
from bot.turn import Scan
from qr import read_code


def patience_of(settings: Settings) -> Patience:
    return Patience(
        wait=timedelta(minutes=settings.handover_wait_minutes),
        quiet=timedelta(minutes=settings.handover_quiet_minutes),
        hours=periods(settings.staff_hours),
    )


def chat_of(held: Services, *, may_call: MayCall = anybody) -> Chat:
    patience = patience_of(held.settings)
    return Chat(database=held.database, keys=held.keys, on_air=on_air, patience=patience, may_call=may_call)


def browser(visitor: str) -> Speaker:
    return Speaker(channel="web", word=visitor)


async def code_named(held: Services, written: str) -> Code | None:
    """The code by its token, with the letter before it or without; None where we never gave it out."""
    whole = read_code(written)
    async with held.database.read() as session:
        return await find_code(session, whole[1] if whole else written)


def scan_of(code: Code | None, kind: str) -> Scan:
    """With a key that names no job where there is no such code: the bot then says that it is unknown."""
    key = str(code.listing_id) if code and code.listing_id else ""
    return Scan("interview" if kind == "interview" else "job", key=key)
