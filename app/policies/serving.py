"""Whose answers serve a seeker: those of the centre they talk to and of its city; to a city's, its counties' too."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.policies.contents import Contents
from app.policies.models import OPEN, Policy
from app.policies.revisions import contents_of
from app.staff.models import Centre
from bot.answers.book import Book
from bot.answers.entry import Entry

# how much of a GB/T 2260 code names the city; what follows names the county, 00 being the city itself
_CITY_DIGITS = 4
_CITY_ENDING = "00"


async def served(session: AsyncSession, centre: Centre | None) -> Book:
    """For the seekers of that centre; of all where there is none yet, since no event has been made."""
    query = select(Policy).options(joinedload(Policy.centre)).where(Policy.state == OPEN)
    if centre is not None:
        query = query.join(Policy.centre).where(_serving(centre))
    policies = (await session.scalars(query.order_by(Policy.id))).all()
    return Book(entries_of(policies, centre), home=_home(centre))


def _serving(centre: Centre) -> ColumnElement[bool]:
    if centre.division.endswith(_CITY_ENDING):
        return Centre.division.startswith(centre.division[:_CITY_DIGITS], autoescape=True)
    return or_(Centre.id == centre.id, Centre.division == centre.division[:_CITY_DIGITS] + _CITY_ENDING)


def entries_of(policies: Sequence[Policy], centre: Centre | None) -> tuple[Entry, ...]:
    return tuple(entry_of(policy, centre) for policy in policies)


def entry_of(policy: Policy, centre: Centre | None) -> Entry:
    """What a county says without naming a place holds in that county, for whoever asks elsewhere."""
    contents = contents_of(policy)
    is_own = centre is None or policy.centre_id == centre.id
    if not (contents.divisions or is_own or policy.centre.division.endswith(_CITY_ENDING)):
        contents = replace(contents, divisions=(policy.centre.division,))
    return entry_of_contents(policy.public_id, contents, is_own=is_own)


def entry_of_contents(key: str, contents: Contents, *, is_own: bool = True) -> Entry:
    """The answer as the bot knows it."""
    fields = {name: getattr(contents, name) for name in Contents.__dataclass_fields__}
    return Entry(key=key, is_own=is_own, **fields)


def _home(centre: Centre | None) -> str | None:
    return None if centre is None or centre.division.endswith(_CITY_ENDING) else centre.division
