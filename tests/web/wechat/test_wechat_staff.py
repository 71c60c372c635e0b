"""What staff are told of somebody on WeChat, and how long an openid is kept."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from app.chat.conversations import hold_conversation
from app.chat.models import Conversation, LateTurn
from app.chat.people_models import Handover
from app.chat.thinking import Speaker
from app.chat.wechat.forgetting import forget_silent
from app.chat.wechat.late import put_off
from app.chat.wechat.reach import reach_of
from app.wechat.accounts import account_of
from app.wechat.models import Peer
from app.wechat.peers import meet
from bot.phrases import say
from bot.wechat import Push
from tests.cast import signed_in
from tests.chat.held import until_it_waits
from tests.web.wechat.conftest import PUBLIC
from tests.web.wechat.phone import LAN, XIAO, Phone
from tests.wechat_platform import pushes

NOW_HINT = "对方在公众号里，回复会发到他的微信。"
LATER_HINT = "对方在公众号里，现在发不过去：他下次给公众号发消息时，就能看到。"


async def reach(phone: Phone) -> str:
    async with phone.held.database.read() as session:
        (talk,) = await session.scalars(select(Conversation))
        return await reach_of(session, talk, now=phone.clock())


async def test_who_wrote_lately_is_reached_at_once(phone: Phone) -> None:
    await phone.say("转人工")
    assert await reach(phone) == "now"
    phone.clock.forward(hours=49)
    assert await reach(phone) == "later"


async def test_who_left_or_cannot_be_sent_to_is_reached_later(phone: Phone) -> None:
    await phone.say("转人工")
    await phone.become("C")
    assert await reach(phone) == "later"
    await phone.become("A")
    await phone.pusher().push(pushes.unsubscribe(XIAO))
    assert await reach(phone) == "later"


@pytest.mark.parametrize(("kind", "shown", "hidden"), [("A", NOW_HINT, LATER_HINT), ("C", LATER_HINT, NOW_HINT)])
async def test_staff_read_whether_their_words_arrive(phone: Phone, kind: str, shown: str, hidden: str) -> None:
    await phone.become(kind)
    await phone.say("转人工")
    async with phone.held.database.read() as session:
        (handover,) = await session.scalars(select(Handover))
    async with signed_in(phone.app, phone.show.cast.owner) as browser:
        page = (await browser.get(f"/staff/inbox/{handover.public_id}")).text
    assert (shown in page, hidden in page, XIAO in page) == (True, False, False)


async def test_who_asks_for_people_is_told_how_to_see_their_words(phone: Phone) -> None:
    await phone.become("C")
    assert say("people.fetched") in (await phone.say("转人工")).text.splitlines()
    await phone.become("B")
    assert say("people.fetched") not in (await phone.say("转人工", who=LAN)).text.splitlines()


async def test_an_openid_is_kept_while_its_person_comes(phone: Phone) -> None:
    await phone.say("你好")
    phone.clock.forward(days=60)
    await phone.say("你好", who=LAN)
    phone.clock.forward(days=31)
    async with phone.held.database.write() as session:
        assert await forget_silent(session, days=90, now=phone.clock()) == 1
        assert await forget_silent(session, days=90, now=phone.clock()) == 0
    async with phone.held.database.read() as session:
        (left,) = await session.scalars(select(Peer))
        assert left.met_at == phone.clock() - timedelta(days=31)
        talks = await session.scalars(select(Conversation.peer_id).order_by(Conversation.id))
        assert list(talks) == [None, left.id]
    assert (await phone.say("你好")).text.splitlines()[0] == say("talk.greet")


async def test_who_comes_back_in_the_night_of_being_forgotten_is_not(phone: Phone) -> None:
    """What they wrote is not either, where it is still to be answered."""
    await phone.say("你好")
    later, keys, database = phone.clock.forward(days=91), phone.held.keys, phone.held.database
    push = Push(kind="text", sender=XIAO, account="gh_1", at=int(later.timestamp()), key="1", text="你好")

    async def forget() -> int:
        async with database.write() as session:
            return await forget_silent(session, days=90, now=later)

    async with database.write() as session:
        talk = await hold_conversation(session, Speaker(channel="wechat", word=XIAO), keys, now=later)
        account = await account_of(session, phone.wechat.credentials, now=later)
        peer = await meet(session, account.id, XIAO, keys=keys, how="said", now=later)
        await put_off(session, peer, push, request_key="1", now=later)
        night = asyncio.create_task(forget())
        await until_it_waits(database, night)
    assert await night == 0
    async with database.read() as session:
        assert await session.scalar(select(Conversation.peer_id)) == talk.peer_id == peer.id
        assert len((await session.scalars(select(LateTurn))).all()) == 1


async def test_the_door_says_what_to_search_for_in_wechat_once_staff_have_said_it(phone: Phone) -> None:
    async with phone.held.database.write() as session:
        account = await account_of(session, phone.wechat.credentials, now=phone.clock())
    transport = httpx.ASGITransport(app=phone.app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as browser:
        assert "公众号" not in (await browser.get("/")).text
        async with phone.held.database.write() as session:
            (await session.merge(account)).name = "安庆就业<b>"
        shown = "也可以在微信里搜公众号“安庆就业&lt;b&gt;”，把岗位号发过去。"
        assert (await browser.get("/")).text.count(shown) == 1
