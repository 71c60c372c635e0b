"""What a database holds, by person on WeChat: read when all is over."""

from collections import Counter
from dataclasses import dataclass
from typing import Self

from sqlalchemy import func, select, text

from app.base.database import Database
from app.base.keys import Keys
from app.base.outbox import dead
from app.chat.models import Conversation, LateTurn, Message
from app.chat.thinking import Speaker
from app.interviews.models import Place
from app.seekers.models import Contact, Identity
from app.seekers.seekers import OPENID
from app.wechat.models import Peer, Send
from app.wechat.peers import openid_of

Scan = tuple[str, str, str]
"""Kind, token and channel."""


@dataclass(frozen=True)
class Kept:
    """`lines` are seekers', in their order, and `places` those in queues; `sends` are messages out, by openid.

    `put_off` counts what was to be answered later, `unanswered` what of it still is; the outbox has `given_up`.
    """

    lines: dict[str, list[str]]
    scans: dict[str, list[Scan]]
    places: Counter[str]
    sends: list[tuple[str, Send]]
    put_off: int
    unanswered: int
    given_up: list[str]

    @classmethod
    async def of(cls, database: Database, openids: list[str], keys: Keys) -> Self:
        by_conversation = {Speaker(channel="wechat", word=openid).key(keys): openid for openid in openids}
        by_visitor = {keys.hash("visitor openid", openid)[:32]: openid for openid in openids}
        by_identity = {keys.hash(OPENID, openid): openid for openid in openids}
        lines: dict[str, list[str]] = {openid: [] for openid in openids}
        scans: dict[str, list[Scan]] = {openid: [] for openid in openids}
        said = select(Conversation.key, Message.text).join(Message, Message.conversation_id == Conversation.id)
        joined = (
            select(Identity.value_hash)
            .join(Contact, Contact.seeker_id == Identity.seeker_id)
            .join(Place, Place.contact_id == Contact.id)
        )
        async with database.read() as session:
            for key, words in await session.execute(said.where(Message.speaker == "seeker").order_by(Message.id)):
                lines[by_conversation[key]].append(words)
            for visitor, *scan in await session.execute(text("SELECT visitor, kind, token, channel FROM ledger.scans")):
                scans[by_visitor[visitor]].append((scan[0], scan[1], scan[2]))
            sends = await session.execute(select(Peer, Send).join(Send, Send.peer_id == Peer.id).order_by(Send.id))
            return cls(
                lines,
                scans,
                Counter(by_identity[value] for value in await session.scalars(joined)),
                [(openid_of(peer, keys), send) for peer, send in sends],
                await session.scalar(select(func.count(LateTurn.id))) or 0,
                sum(push != {} for push in await session.scalars(select(LateTurn.push))),
                [f"{entry.kind} {entry.reason}" for entry in await dead(session)],
            )
