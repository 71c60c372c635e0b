"""One push has one effect and one answer, however often, at once and on whichever process it comes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.errors import Unavailable
from app.codes.scan import ScanRecord
from app.main import create_app
from app.web.chat.pace import TOO_FAST
from app.wechat.models import Peer
from bot.phrases import say
from tests.cast import database_of
from tests.web.wechat.phone import LAN, XIAO, Phone
from tests.web.wechat.test_wechat_pushes import token
from tests.wechat_platform import pushes
from tests.wechat_platform.pusher import Pusher
from tests.wechat_platform.replies import Answer


async def deliver(pusher: Pusher, push: pushes.Push, *, times: int = 3) -> list[Answer]:
    """The same dated push so many times at once, each signed and sealed anew, read strictly."""
    dated = pusher.dated(push)

    async def one(late: int) -> Answer:
        sent = pusher.delivery(dated, late=late)
        status, _, body = await pusher.send(sent.method, sent.path, sent.headers, sent.body)
        assert status == 200
        return replace(pusher._reader().read(body, openid=dated.openid, now=pusher.clock()), raw=b"")

    return await asyncio.gather(*(one(late) for late in range(times)))


@pytest.fixture
async def second(phone: Phone) -> AsyncIterator[FastAPI]:
    """Another process on the same database, as far as one can be had within a process."""
    app = create_app(phone.held.settings, clock=phone.clock, delivering=False)
    async with app.router.lifespan_context(app):
        yield app


async def test_a_message_that_comes_three_times_is_one(phone: Phone) -> None:
    pusher = phone.pusher()
    push = pusher.dated(pushes.text(XIAO, "我要面试 101"))
    answers = [replace(await pusher.push(push), raw=b"") for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert [speaker for speaker, _ in await phone.transcript()] == ["seeker", "bot"]
    assert [scan[2] for scan in await phone.scans()] == ["spoken"]


async def test_three_at_once_are_one(phone: Phone) -> None:
    code = await token(phone)
    answers = await deliver(phone.pusher(), pushes.scan(XIAO, scene=f"J{code}"))
    assert answers == [answers[0]] * 3
    assert answers[0].kind == "news"
    assert [speaker for speaker, _ in await phone.transcript()] == ["seeker", "bot"]
    assert await phone.scans() == [("J", code, "wechat", phone.show.welder.id)]


async def test_two_processes_give_one_answer(phone: Phone, second: FastAPI) -> None:
    pushers = [phone.pusher(), phone.pusher(second)]
    push = pushers[0].dated(pushes.text(XIAO, "转人工"))
    found = await asyncio.gather(*(deliver(pusher, push) for pusher in pushers))
    answers = [answer for some in found for answer in some]
    assert answers == [answers[0]] * 6
    assert [speaker for speaker, _ in await phone.transcript()] == ["seeker", "bot"]


async def test_the_reply_stays_what_it_was_when_the_job_changes_meanwhile(phone: Phone) -> None:
    pusher = phone.pusher()
    push = pusher.dated(pushes.text(XIAO, "101"))
    first = await pusher.push(push)
    async with database_of(phone.app).write() as session:
        posting = await session.merge(phone.show.welder.posting)
        posting.title = "氩弧焊工"
    assert (await pusher.push(push)).text == first.text
    assert (await pusher.say(XIAO, "101")).text.splitlines()[0].startswith("氩弧焊工")


async def test_the_same_number_of_two_people_is_two_messages(phone: Phone) -> None:
    pusher = phone.pusher()
    for who in (XIAO, LAN):
        await pusher.push(pushes.text(who, "你好").but(msg_id=77))
    assert [speaker for speaker, _ in await phone.transcript()] == ["seeker", "bot"] * 2


async def test_two_events_of_the_same_second_are_two(phone: Phone) -> None:
    pusher = phone.pusher()
    for key in ("find_jobs", "my_interviews", "find_jobs"):
        await pusher.push(pushes.click(XIAO, key=key))
    said = [words for speaker, words in await phone.transcript() if speaker == "seeker"]
    assert said == ["找工作", "我的面试"]
    phone.clock.forward(seconds=1)
    await pusher.push(pushes.click(XIAO, key="find_jobs"))
    assert len(await phone.transcript()) == 6


async def test_a_scan_that_cannot_be_recorded_is_not_acknowledged(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be lost: the platform pushes what is refused so again, and then all of it happens."""
    code, pusher = await token(phone), phone.pusher()
    push = pusher.dated(pushes.scan(XIAO, scene=f"J{code}"))

    async def refuse(_scan: ScanRecord) -> None:
        raise Unavailable("现在人多")

    with monkeypatch.context() as broken:
        broken.setattr(phone.held.ledger, "record", refuse)
        sent = pusher.delivery(push)
        status, _, body = await pusher.send(sent.method, sent.path, sent.headers, sent.body)
        assert (status, body, await phone.transcript()) == (503, b"", [])
    assert (await pusher.push(push)).kind == "news"
    assert len(await phone.scans()) == 1


async def test_what_is_too_long_is_told_and_kept_nowhere(phone: Phone) -> None:
    answer = await phone.say("我" * 2001)
    assert answer.text.startswith("这段话太长了，最多2000个字。")
    assert await phone.transcript() == []


async def test_who_writes_without_pause_is_told_to_wait(phone: Phone) -> None:
    """A push of before that comes again keeps its answer."""
    pusher = phone.pusher()
    first = pusher.dated(pushes.text(XIAO, "你好"))
    greeted = await pusher.push(first)
    for _ in range(30):
        await phone.pusher().push(pushes.voice(XIAO))
    assert (await pusher.push(first)).text == greeted.text
    assert (await pusher.push(pushes.view(XIAO, url="https://other.test/"))).kind == "nothing"
    assert (await phone.say("你好")).text == TOO_FAST
    assert (await phone.say("你好", who=LAN)).text.splitlines()[0] == say("talk.greet")


async def test_who_writes_without_pause_and_leaves_has_left(phone: Phone) -> None:
    for _ in range(31):
        await phone.pusher().push(pushes.voice(XIAO))
    await phone.pusher().push(pushes.unsubscribe(XIAO))
    async with database_of(phone.app).read() as session:
        assert list(await session.scalars(select(Peer.follows))) == [False]
