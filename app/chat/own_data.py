"""All that is held about one person, for that person."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.keys import Keys
from app.chat.models import Conversation, Message
from app.chat.news_models import Subscription
from app.chat.people_models import Complaint
from app.chat.subscriptions import subscription_of
from app.interviews.models import Place
from app.interviews.queue import places_of
from app.seekers.contacts import name_of, phone_of
from app.seekers.models import Consent, Contact, Seeker
from app.wechat.models import Peer
from bot.turn import State
from bot.wishes import NO_WISHES, Wishes

RELATIONS = {"self": "本人", "family": "家人"}


@dataclass(frozen=True)
class OwnContact:
    """A name and phone number as they were given, whole: for nobody but who gave them."""

    name: str
    phone: str
    relation: str
    given_at: datetime


@dataclass(frozen=True)
class OwnData:
    """`messages` counts what the seeker wrote, since `talked_since`; `wishes` are what the bot remembers.

    Complaints have their posting loaded, where they name one. `openid_since`: when the official account first met them.
    """

    consents: tuple[Consent, ...] = ()
    contacts: tuple[OwnContact, ...] = ()
    places: tuple[Place, ...] = ()
    messages: int = 0
    talked_since: datetime | None = None
    wishes: Wishes = NO_WISHES
    subscription: Subscription | None = None
    complaints: tuple[Complaint, ...] = ()
    openid_since: datetime | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """What there is, in plain words; empty if nothing."""
        found = {
            "姓名": self.contacts,
            "电话": self.contacts,
            "排队记录": self.places,
            "聊天记录": self.messages,
            "找工作的条件": self.wishes,
            "新岗位通知": self.subscription,
            "反映过的问题": self.complaints,
            "同意书": self.consents,
            "公众号里的编号": self.openid_since,
        }
        return tuple(name for name, is_there in found.items() if is_there)


async def conversation_at(session: AsyncSession, key: str) -> Conversation | None:
    """The conversation of whoever is known by that key."""
    return await session.scalar(select(Conversation).where(Conversation.key == key))


async def own_data(
    session: AsyncSession, seeker: Seeker | None, conversation_id: int | None, *, keys: Keys, now: datetime
) -> OwnData:
    """What is held under the seeker, if one is known, and in the conversation of the same browser."""
    mine = _mine(seeker, conversation_id)
    count, since = (await session.execute(_said(mine))).one()
    talk = OwnData(
        messages=count,
        talked_since=since,
        wishes=await _wishes(session, mine),
        complaints=tuple(row for row in await session.scalars(_complaints(mine)) if row.words),
        openid_since=await session.scalar(_met(mine)),
    )
    if seeker is None:
        return talk
    consents = select(Consent).where(Consent.seeker_id == seeker.id).order_by(Consent.id)
    contacts = select(Contact).where(Contact.seeker_id == seeker.id).order_by(Contact.id)
    return replace(
        talk,
        consents=tuple(await session.scalars(consents)),
        contacts=tuple(
            OwnContact(name_of(row, keys), phone_of(row, keys), RELATIONS[row.relation], row.created_at)
            for row in await session.scalars(contacts)
        ),
        places=tuple(await places_of(session, seeker)),
        subscription=await subscription_of(session, seeker, now=now),
    )


Words = tuple[datetime, bool, str]
"""When, whether by the seeker, and what was said."""


async def own_words(session: AsyncSession, seeker: Seeker | None, conversation_id: int | None) -> list[Words]:
    """All that was said and answered, the oldest first."""
    said = select(Message.at, Message.from_seeker, Message.text).join(
        Conversation, Conversation.id == Message.conversation_id
    )
    rows = await session.execute(
        said.where(_mine(seeker, conversation_id), Message.text != "").order_by(Message.at, Message.id)
    )
    return [(row.at, row.from_seeker, row.text) for row in rows]


def _mine(seeker: Seeker | None, conversation_id: int | None) -> ColumnElement[bool]:
    here = Conversation.id == (conversation_id or 0)
    return here if seeker is None else or_(here, Conversation.seeker_id == seeker.id)


def _said(mine: ColumnElement[bool]) -> Any:
    said = select(func.count(Message.id), func.min(Message.at)).join(
        Conversation, Conversation.id == Message.conversation_id
    )
    return said.where(mine, Message.from_seeker, Message.text != "")


def _met(mine: ColumnElement[bool]) -> Select[Any]:
    return select(func.min(Peer.met_at)).join(Conversation, Conversation.peer_id == Peer.id).where(mine)


def _complaints(mine: ColumnElement[bool]) -> Select[Complaint]:
    theirs = select(Complaint).join(Complaint.conversation).where(mine)
    return theirs.options(joinedload(Complaint.posting)).order_by(Complaint.id)


async def _wishes(session: AsyncSession, mine: ColumnElement[bool]) -> Wishes:
    newest = select(Conversation.state).where(mine).order_by(Conversation.updated_at.desc()).limit(1)
    return State.from_json(await session.scalar(newest)).wishes
