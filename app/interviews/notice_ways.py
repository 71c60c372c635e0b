"""How somebody is told of their place: words, a template message, the one message they allowed, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local
from app.base.delivering import Handler, Task
from app.interviews.models import Place
from app.interviews.notice import CALLED, SOON, call_of, called_key, soon_key
from app.interviews.places import ahead, whole
from app.wechat.accounts import find_account, may
from app.wechat.allowances import SCENE, once_template, peers_of, spend
from app.wechat.models import Peer, WeChatAccount
from app.wechat.peers import is_reachable, messages_left
from app.wechat.platform import Platform
from app.wechat.profile import CALLED as CALLED_TEMPLATE
from app.wechat.sends import queue_send
from app.wechat.templates import filled
from bot.phrases import say
from bot.wechat import link, words

Body = dict[str, Any]
_LONGEST_CONTENT = 200
# told that it is soon, one can still be told of the call
_LEAST_LEFT = 2


@dataclass(frozen=True)
class Notices:
    """`public_url`: what links to a place begin with."""

    platform: Platform
    public_url: str

    def handlers(self) -> dict[str, Handler]:
        return {CALLED: self.tell_called, SOON: self.tell_soon}

    async def tell_called(self, task: Task, now: datetime) -> None:
        """Nothing where the call was taken back, or is over."""
        async with self.platform.database.write() as session:
            place = await _place(session, task)
            if place is None or place.state != "called" or call_of(place.called_at) != task.payload["call"]:
                return
            account, peer = await self._reached(session, place)
            if account is None or peer is None:
                return
            body = await self._body(session, account, peer, place, now=now)
            if body is not None:
                await queue_send(session, peer.id, body, key=called_key(place.id, task.payload["call"]), now=now)

    async def tell_soon(self, task: Task, now: datetime) -> None:
        """In words only: a message that was allowed once is kept for the call."""
        async with self.platform.database.write() as session:
            place = await _place(session, task)
            if place is None or place.state != "waiting" or place.number != task.payload["number"]:
                return
            account, peer = await self._reached(session, place)
            if account is None or peer is None or not _hears(account, peer, least=_LEAST_LEFT, now=now):
                return
            before = await ahead(session, place)
            name = "notice.soon" if before else "notice.next"
            body = self._text(place, say(name, **_facts(place, now=now), ahead=before))
            await queue_send(session, peer.id, body, key=soon_key(place.id, place.number), now=now)

    async def _reached(self, session: AsyncSession, place: Place) -> tuple[WeChatAccount | None, Peer | None]:
        account = await find_account(session, self.platform.credentials)
        if account is None:
            return None, None
        return account, await session.scalar(peers_of(account.id, place.contact.seeker_id).limit(1))

    async def _body(
        self, session: AsyncSession, account: WeChatAccount, peer: Peer, place: Place, *, now: datetime
    ) -> Body | None:
        """Words while they may be written to; else what the account's templates allow."""
        if _hears(account, peer, now=now):
            return self._text(place, _called(place, now=now))
        if not may(account, "template"):
            return None
        template = account.templates.get(CALLED_TEMPLATE)
        if template and is_reachable(peer):
            data = filled(template["fields"], _facts(place, now=now))
            return {"type": "template", "template_id": template["id"], "data": data, "url": self._address(place)}
        once = once_template(account)
        if once is None or not await spend(session, peer.id, once, now=now):
            return None
        content = {"content": {"value": _called(place, now=now)[:_LONGEST_CONTENT]}}
        sent = {"template_id": once, "scene": str(SCENE), "title": say("notice.title"), "data": content}
        return {"type": "once", **sent, "url": self._address(place)}

    def _text(self, place: Place, sentence: str) -> Body:
        way = link(say("notice.place"), f"/place/{place.public_id}", base=self.public_url)
        return {"type": "text", "text": f"{words(sentence)}\n{way}"}

    def _address(self, place: Place) -> str:
        return f"{self.public_url.rstrip('/')}/place/{place.public_id}"


async def _place(session: AsyncSession, task: Task) -> Place | None:
    """Held: nobody moves it while its message is written down. None where its person is erased."""
    return await session.scalar(whole().where(Place.id == task.payload["place"]).with_for_update(of=Place))


def _hears(account: WeChatAccount, peer: Peer, *, least: int = 1, now: datetime) -> bool:
    return may(account, "custom") and is_reachable(peer) and messages_left(peer, now=now) >= least


def _called(place: Place, *, now: datetime) -> str:
    name = "notice.called_family" if place.contact.relation == "family" else "notice.called"
    return say(name, **_facts(place, now=now))


def _facts(place: Place, *, now: datetime) -> dict[str, str]:
    """What a template's fields may hold, by name; nobody's name and no phone number."""
    moment = local(now)
    return {
        "employer": place.queue.employer.name,
        "event": place.queue.event.name,
        "job": "、".join(wanted.listing.posting.title for wanted in place.wanted),
        "number": str(place.number),
        "time": f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}",
        "status": say("notice.status"),
    }
