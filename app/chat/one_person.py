"""A browser and an openid that turn out to be one person: what is held about the two becomes one person's.

Why the openid is the proof, and for what: docs/decisions/0014-who-is-on-a-page.md.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from sqlalchemy import exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.inserting import insert_new
from app.base.keys import Keys
from app.chat.handover import hold
from app.chat.merging import merge, stand_twice
from app.chat.models import Conversation
from app.chat.thinking import Speaker
from app.seekers.models import Identity, Seeker
from app.seekers.seekers import BROWSER, OPENID, known_seeker, seeker_of

Outcome = Literal["tied", "taken", "apart", "unknown"]
_UNSYNCHRONISED = {"synchronize_session": False}


async def tie_browser(session: AsyncSession, visitor: str, openid: str, *, keys: Keys, now: datetime) -> Outcome:
    """From now on the browser and the openid stand for one seeker, made where neither had one; else see `tie`."""
    seeker = await known_seeker(session, visitor, keys)
    if seeker is None:
        person = await seeker_of(session, OPENID, openid, keys, now=now)
        seeker = await _known_as(session, person, BROWSER, visitor, keys=keys, now=now)
    spoken = [Speaker(channel="web", word=visitor).key(keys)]
    return await tie(session, seeker, openid, spoken=spoken, keys=keys, now=now)


async def tie(
    session: AsyncSession, seeker: Seeker, openid: str, *, spoken: Collection[str] = (), keys: Keys, now: datetime
) -> Outcome:
    """The seeker, whom a browser is known by, is whom the openid stands for; a seeker of the openid's own takes over.

    `spoken`: keys of conversations that are theirs, too. Nothing is changed where the two cannot be one: the seeker is
    another openid's already ("taken"), or both have a place in the same queue under the same phone number ("apart").
    Both places are kept then: a seeker has a phone number once, and with it one place in a queue, and neither of the
    two is ours to give up. Places in one queue under different numbers, as of relatives, are kept by the one seeker.
    Nor where one of them is erased, or is tied at this moment ("unknown").
    """
    if seeker.erased_at is not None:
        return "unknown"
    if await _is_anothers(session, seeker, openid, keys=keys):
        return "taken"
    person = await known_seeker(session, openid, keys, kind=OPENID)
    if person is None:
        person = await _known_as(session, seeker, OPENID, openid, keys=keys, now=now)
    keyed = [*spoken, Speaker(channel="wechat", word=openid).key(keys)]
    if person.id == seeker.id:
        await _own_conversations(session, person, keyed)
        return "tied"
    theirs = or_(Conversation.seeker_id.in_((person.id, seeker.id)), Conversation.key.in_(keyed))
    # before all else, as every turn and all news do; then both seekers, for whom nobody can join a line meanwhile
    for conversation_id in await session.scalars(select(Conversation.id).where(theirs).order_by(Conversation.id)):
        await hold(session, conversation_id)
    both = {person.id, seeker.id}
    there = select(Seeker.id).where(Seeker.id.in_(both), Seeker.erased_at.is_(None)).order_by(Seeker.id)
    if set(await session.scalars(there.with_for_update())) != both:
        return "unknown"
    if await stand_twice(session, seeker, person):
        return "apart"
    await merge(session, seeker, person, now=now)
    await _own_conversations(session, person, keyed)
    return "tied"


async def is_tied(session: AsyncSession, seeker: Seeker) -> bool:
    """Whether an openid stands for the seeker."""
    tied = exists().where(Identity.seeker_id == seeker.id, Identity.kind == OPENID)
    return bool(await session.scalar(select(tied)))


async def _is_anothers(session: AsyncSession, seeker: Seeker, openid: str, *, keys: Keys) -> bool:
    """Two openids are two people, also where they share a phone."""
    other = exists().where(
        Identity.seeker_id == seeker.id, Identity.kind == OPENID, Identity.value_hash != keys.hash(OPENID, openid)
    )
    return bool(await session.scalar(select(other)))


async def _known_as(
    session: AsyncSession, seeker: Seeker, kind: str, word: str, *, keys: Keys, now: datetime
) -> Seeker:
    """The seeker, who is known by that word as well; whoever was made known by it at the same moment comes first."""
    values = {"seeker_id": seeker.id, "kind": kind, "value_hash": keys.hash(kind, word), "created_at": now}
    added = insert_new(session, Identity, "kind", "value_hash").values(values).returning(Identity.id)
    if await session.scalar(added) is not None:
        note(session, Who("seeker", seeker.id), f"known_by_{kind}", thing=("seeker", seeker.id), now=now)
        return seeker
    found = await known_seeker(session, word, keys, kind=kind)
    if found is None:
        raise RuntimeError("a seeker who is known was not found")
    return found


async def _own_conversations(session: AsyncSession, person: Seeker, keyed: Collection[str]) -> None:
    owned = update(Conversation).where(Conversation.key.in_(keyed)).values(seeker_id=person.id)
    await session.execute(owned, execution_options=_UNSYNCHRONISED)
