"""Spoken codes (口播码) as they are typed, dictated or pasted, and the jobs they name."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.live.models import OnAir
from app.postings.listings import whole_listings
from app.postings.models import Listing
from bot.terms.numerals import digits
from bot.terms.text import squeeze

# what people write around the figure: 岗位103, 103号
_AROUND = ("岗位号", "岗位", "口播码", "编号", "第")
_LONGEST = 4


def spoken_number(text: str) -> str | None:
    """The number in 103, １０３, 一零三, 幺零三号 or 岗位103; None for anything else."""
    plain = squeeze(text).removesuffix("岗位").rstrip("号。，,.")
    for word in _AROUND:
        plain = plain.removeprefix(word)
    said = digits(plain)
    return said if said is not None and len(said) <= _LONGEST else None


async def named(session: AsyncSession, number: str, *, event_ids: Sequence[int]) -> list[Listing]:
    """The listings with that number in those events, in the order of the events."""
    condition = whole_listings().where(Listing.number == number, Listing.event_id.in_(event_ids))
    found = {row.event_id: row for row in await session.scalars(condition)}
    return [found[event_id] for event_id in event_ids if event_id in found]


async def airing(session: AsyncSession, event_ids: Sequence[int]) -> set[int]:
    """Those of the events that have something on air now."""
    return set(
        await session.scalars(select(OnAir.event_id).where(OnAir.event_id.in_(event_ids), OnAir.until.is_(None)))
    )


async def meant(session: AsyncSession, found: list[Listing]) -> Listing | None:
    """The one that is meant where several events have the number: that of the only event with something on air."""
    if len(found) == 1:
        return found[0]
    on = await airing(session, [row.event_id for row in found])
    seen = [row for row in found if row.event_id in on]
    return seen[0] if len(seen) == 1 else None
