"""Who is at the other end: a browser that came before, or somebody new."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.keys import Keys
from app.seekers.models import Identity, Seeker

_BROWSER = "browser"


async def known_seeker(session: AsyncSession, visitor: str, keys: Keys) -> Seeker | None:
    """The seeker who used this browser before; `visitor` is the value of its signed cookie."""
    return await session.scalar(
        select(Seeker)
        .join(Identity, Identity.seeker_id == Seeker.id)
        .where(Identity.kind == _BROWSER, Identity.value_hash == _hash(visitor, keys))
    )


async def seeker_of_browser(session: AsyncSession, visitor: str, keys: Keys, *, now: datetime) -> Seeker:
    """The same, made on first need; two requests of a new browser at once give one seeker."""
    seeker = await known_seeker(session, visitor, keys)
    if seeker is None:
        try:
            async with session.begin_nested():
                return await _create(session, visitor, keys, now=now)
        except IntegrityError:  # the other request was first
            seeker = await known_seeker(session, visitor, keys)
    if seeker is None:
        raise RuntimeError("a browser that is known was not found")
    return seeker


async def _create(session: AsyncSession, visitor: str, keys: Keys, *, now: datetime) -> Seeker:
    seeker = Seeker(created_at=now)
    session.add(seeker)
    await session.flush()
    session.add(Identity(seeker_id=seeker.id, kind=_BROWSER, value_hash=_hash(visitor, keys), created_at=now))
    await session.flush()
    return seeker


def _hash(visitor: str, keys: Keys) -> str:
    return keys.hash(_BROWSER, visitor)
