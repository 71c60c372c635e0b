"""Who is at the other end: a browser that came before, or somebody new."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.keys import Keys
from app.seekers.models import Identity, Seeker

BROWSER = "browser"
CLI = "cli"
OPENID = "openid"


async def known_seeker(session: AsyncSession, word: str, keys: Keys, *, kind: str = BROWSER) -> Seeker | None:
    """The seeker who was here before; `word` is the value of a browser's signed cookie, or what `kind` goes by."""
    return await session.scalar(
        select(Seeker)
        .join(Identity, Identity.seeker_id == Seeker.id)
        .where(Identity.kind == kind, Identity.value_hash == keys.hash(kind, word))
    )


async def seeker_of_browser(session: AsyncSession, visitor: str, keys: Keys, *, now: datetime) -> Seeker:
    """The seeker of that browser, made on first need."""
    return await seeker_of(session, BROWSER, visitor, keys, now=now)


async def seeker_of(session: AsyncSession, kind: str, word: str, keys: Keys, *, now: datetime) -> Seeker:
    """The seeker known by that word, made on first need; two requests of a new one at once give one seeker."""
    seeker = await known_seeker(session, word, keys, kind=kind)
    if seeker is None:
        try:
            async with session.begin_nested():
                return await _create(session, kind, keys.hash(kind, word), now=now)
        except IntegrityError:  # the other request was first
            seeker = await known_seeker(session, word, keys, kind=kind)
    if seeker is None:
        raise RuntimeError("a seeker who is known was not found")
    return seeker


async def _create(session: AsyncSession, kind: str, value_hash: str, *, now: datetime) -> Seeker:
    seeker = Seeker(created_at=now)
    session.add(seeker)
    await session.flush()
    session.add(Identity(seeker_id=seeker.id, kind=kind, value_hash=value_hash, created_at=now))
    await session.flush()
    return seeker
