"""What a push of WeChat means to the bot, and the scan that it is, if it is one."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.codes import find_code
from app.codes.models import Code
from app.employers.models import Employer
from app.wechat.menu import entries
from app.wechat.scenes import code_of_scene
from bot.terms.coordinates import division_at
from bot.terms.divisions import division_of_address
from bot.turn import Scan, Sent, SentKind, Turn
from bot.wechat import Push
from qr import read_code, read_payload

_SENT: dict[str, SentKind] = {
    "follow": "follow",
    "image": "picture",
    "voice": "voice",
    "video": "video",
    "link": "link",
    "location": "location",
    "file": "file",
}


@dataclass(frozen=True)
class Scanned:
    """A code that was scanned: `written` as it came, kind J or I; `code` is None where we never gave it out."""

    kind: str
    written: str
    code: Code | None


@dataclass(frozen=True)
class Meant:
    """The turn that a push is, None where it asks for no answer; with the scan that it is, if it is one."""

    turn: Turn | None
    scanned: Scanned | None = None


async def meant(session: AsyncSession, push: Push, *, pictured: str | None = None) -> Meant:
    """`pictured`: what the code on the picture that was sent holds, as `code_on` found it."""
    scene = push.scene if push.kind in {"scan", "follow"} else pictured
    if scene is None:
        return Meant(_said(push))
    scanned = await _scanned(session, scene)
    return Meant(await _turn(session, scanned), scanned)


def _said(push: Push) -> Turn | None:
    if push.kind == "text":
        return Turn(text=push.text)
    if push.kind == "click":
        typed = entries().get(push.event_key)
        return Turn(text=typed) if typed else None
    kind = _SENT.get(push.kind)
    return Turn(sent=Sent(kind, _division(push) if kind == "location" else None)) if kind else None


async def code_on(session: AsyncSession, found: list[str], *, public_url: str) -> str | None:
    """The first of our codes in what a picture's codes hold, ours by address or the platform's for one of ours."""
    for text in found:
        ours = read_payload(text, public_url)
        if ours is not None:
            return "".join(ours)
        if (scene := await code_of_scene(session, text)) is not None:
            return scene
    return None


async def _scanned(session: AsyncSession, scene: str) -> Scanned:
    kind, token = read_code(scene) or _as_written(scene)
    return Scanned(kind, token, await find_code(session, token))


def _as_written(scene: str) -> tuple[str, str]:
    """Of a code that cannot be ours: it is counted, too."""
    return (scene[0].upper(), scene[1:]) if scene[0] in "JIji" else ("J", scene)


async def _turn(session: AsyncSession, scanned: Scanned) -> Turn:
    """A code of an employer is the question for its jobs; one of a whole show begins the conversation."""
    code = scanned.code
    if code is not None and code.listing_id is None:
        employer = await session.get(Employer, code.employer_id) if code.employer_id is not None else None
        return Turn(text=employer.name) if employer else Turn(sent=Sent("follow"))
    # a key that names no job, where there is no such code: the bot then says that it is unknown
    return Turn(scan=Scan("interview" if scanned.kind == "I" else "job", key=str(code.listing_id) if code else ""))


def _division(push: Push) -> str | None:
    """By the address that the phone gives with it, which is exact; else by the nearest town."""
    named = division_of_address(push.label)
    if named is not None or push.latitude is None or push.longitude is None:
        return named
    # the platform's degrees (GCJ-02) are half a kilometre off, which moves no town
    return division_at(push.latitude, push.longitude)
