"""What cannot be answered in time is acknowledged, kept, and answered later: once."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.chat.models import LateTurn
from app.chat.wechat import answering
from app.chat.wechat.given import Given
from app.chat.wechat.late import clear_late
from app.chat.wechat.turns import Meant, meant
from app.wechat.models import Peer
from app.wechat.peers import SAID_MESSAGES, take_quota
from bot.phrases import say
from bot.wechat import Push
from tests.web.wechat.phone import XIAO, Phone
from tests.wechat_platform import pushes
from tests.wechat_platform.pusher import Pusher


@pytest.fixture
def hurried(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """An application that has no time to answer: every push is put off."""
    reception = replace(phone.wechat.reception, in_time=0, _slots=asyncio.Semaphore(0))
    wechat = replace(phone.wechat, reception=reception)
    monkeypatch.setattr(phone.app.state, "services", replace(phone.held, wechat=wechat))
    return phone


async def left(phone: Phone) -> list[dict[str, Any]]:
    async with phone.held.database.read() as session:
        return list(await session.scalars(select(LateTurn.push)))


async def settle(phone: Phone) -> None:
    """Lets what runs on beside the answer come to its end."""
    while phone.wechat.reception._running:
        await asyncio.wait(set(phone.wechat.reception._running))


async def put_off(phone: Phone, push: pushes.Push, pusher: Pusher | None = None) -> str:
    pusher = pusher or phone.pusher()
    answer = await pusher.push(push)
    await settle(phone)
    return answer.text


async def test_the_answer_follows_by_itself_and_once(hurried: Phone) -> None:
    pusher = hurried.pusher()
    push = pusher.dated(pushes.text(XIAO, "101"))
    assert await put_off(hurried, push, pusher) == ""
    await hurried.deliver(seconds=5)
    (sent,) = hurried.platform.sent_to(XIAO)
    assert sent.text.splitlines()[0] == "电焊工（101号），6000–8000元/月"
    assert await put_off(hurried, push, pusher) == ""  # pushed again: acknowledged again, and no more
    await hurried.deliver(seconds=5)
    assert len(hurried.platform.sent_to(XIAO)) == 1
    assert [speaker for speaker, _ in await hurried.transcript()] == ["seeker", "bot"]
    assert [scan[2] for scan in await hurried.scans()] == ["spoken"]
    assert await left(hurried) == [{}]


async def test_in_a_crowd_what_has_not_begun_is_left_to_the_outbox(hurried: Phone) -> None:
    """Else each would be thought out twice when there is least time for it."""
    assert await put_off(hurried, pushes.text(XIAO, "101")) == ""
    assert await hurried.transcript() == []
    await hurried.deliver(seconds=5)
    assert [sent.text.splitlines()[0] for sent in hurried.platform.sent_to(XIAO)] == ["电焊工（101号），6000–8000元/月"]
    assert [speaker for speaker, _ in await hurried.transcript()] == ["seeker", "bot"]


async def test_a_scan_that_was_put_off_is_a_card_and_one_scan(hurried: Phone) -> None:
    push = pushes.scan(XIAO, scene="JZZZZZZ")
    assert await put_off(hurried, push) == ""
    await hurried.deliver(seconds=5)
    (sent,) = hurried.platform.sent_to(XIAO)
    assert sent.text.splitlines()[0] == say("detail.unknown_code")
    assert len(await hurried.scans()) == 1


async def test_where_nothing_may_be_sent_the_answer_waits_for_the_next_message(hurried: Phone) -> None:
    await hurried.become("C")
    assert await put_off(hurried, pushes.text(XIAO, "101")) == say("told.looking")
    await hurried.deliver(seconds=5)
    assert hurried.platform.sent_to(XIAO) == []
    patient = replace(hurried.wechat.reception, in_time=60, _slots=asyncio.Semaphore(8))
    hurried.app.state.services = replace(hurried.held, wechat=replace(hurried.wechat, reception=patient))
    answer = await hurried.say("更多")
    assert answer.text.splitlines()[0] == "电焊工（101号），6000–8000元/月"
    assert (await hurried.say("你好")).text.splitlines()[0] == say("talk.greet")


async def test_what_was_put_off_dies_with_its_person(hurried: Phone) -> None:
    """Their words are nowhere, also not in what was still to be answered."""
    await put_off(hurried, pushes.text(XIAO, "你好"))
    await hurried.deliver(seconds=5)
    hurried.platform.sent.clear()
    await put_off(hurried, pushes.text(XIAO, "我叫汪小燕，住在高河"))
    reception = replace(hurried.wechat.reception, in_time=60, _slots=asyncio.Semaphore(8))
    hurried.app.state.services = replace(hurried.held, wechat=replace(hurried.wechat, reception=reception))
    await hurried.say("删除我的资料")
    assert (await hurried.say("确认删除")).text.startswith("已经删除您的资料")
    assert await left(hurried) == []
    await hurried.deliver(seconds=5)
    assert hurried.platform.sent_to(XIAO) == []


async def test_who_is_erased_while_the_answer_is_sought_stays_erased(
    hurried: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = replace(hurried.wechat.reception, in_time=60, _slots=asyncio.Semaphore(8))
    hasty = hurried.wechat.reception
    hurried.app.state.services = replace(hurried.held, wechat=replace(hurried.wechat, reception=patient))
    await hurried.say("你好")
    hurried.app.state.services = replace(hurried.held, wechat=replace(hurried.wechat, reception=hasty))
    await put_off(hurried, pushes.text(XIAO, "我叫汪小燕，住在高河"))
    hurried.app.state.services = replace(hurried.held, wechat=replace(hurried.wechat, reception=patient))

    async def erased_meanwhile(*given: Any, **named: Any) -> Meant:
        found = await meant(*given, **named)
        monkeypatch.setattr(answering, "meant", meant)
        await hurried.say("删除我的资料")
        await hurried.say("确认删除")
        return found

    monkeypatch.setattr(answering, "meant", erased_meanwhile)
    await hurried.deliver(seconds=5)
    assert [words for speaker, words in await hurried.transcript() if speaker == "seeker"] == ["", "", "确认删除"]
    assert hurried.platform.sent_to(XIAO) == []
    async with hurried.held.database.read() as session:
        assert list(await session.scalars(select(Peer))) == []


async def test_words_that_nobody_could_answer_are_kept_for_a_week(hurried: Phone) -> None:
    await put_off(hurried, pushes.text(XIAO, "101"))
    for days, gone in ((6, 0), (1, 1), (0, 0)):
        now = hurried.clock.forward(days=days)
        async with hurried.held.database.write() as session:
            assert await clear_late(session, now=now) == gone
    await put_off(hurried, pushes.text(XIAO, "102"))
    await hurried.deliver(seconds=5)
    for hours, gone in ((23, 0), (1, 1)):
        now = hurried.clock.forward(hours=hours)
        async with hurried.held.database.write() as session:
            assert await clear_late(session, now=now) == gone


async def test_one_message_opens_its_window_once(phone: Phone) -> None:
    """What was sent meanwhile is spent, also where the turn that was too slow comes to its end by itself."""
    push = Push(kind="text", sender=XIAO, account="gh_1", at=1, key="1", text="101")
    assert await phone.wechat.reception.put_off(push, now=phone.clock()) == Given()
    async with phone.held.database.write() as session:
        (peer,) = await session.scalars(select(Peer))
        assert await take_quota(session, peer.id, phone.clock()) == "said"
    assert await phone.wechat.reception.answer(push, now=phone.clock()) == Given()
    async with phone.held.database.read() as session:
        assert list(await session.scalars(select(Peer.said_left))) == [SAID_MESSAGES - 1]
