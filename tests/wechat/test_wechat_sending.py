"""A message on its way out: what each answer of the platform makes of it, and that none is sent twice."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from app.base.delivering import LEASE
from app.base.keys import Keys
from app.base.outbox import OutboxEntry
from app.wechat.api import WeChatApi
from app.wechat.dead import dead_sends, end_waiting, let_go, open_counts, send_again
from app.wechat.models import WeChatAccount, WeChatToken
from app.wechat.peers import forget, meet
from app.wechat.sends import release_parked, take_parked
from tests.chat.held import until_it_waits
from tests.wechat.ours import CUSTOM, OPENID, TOKEN, Ours
from tests.wechat_platform.faults import ANSWER_LOST, Fault
from tests.wechat_platform.platform import Platform as StandIn


@pytest.fixture
async def ready(ours: Ours) -> Ours:
    """Probed, in mode A, with what that took forgotten."""
    assert await ours.platform.probe()
    ours.stand_in.calls.clear()
    return ours


async def test_a_message_is_sent_and_its_words_are_deleted(ready: Ours, stand_in: StandIn) -> None:
    await ready.queue(await ready.meet(), "轮到您了")
    assert (await ready.states(), await ready.deliver()) == (["waiting"], 1)
    (send,) = await ready.sends()
    assert (send.state, send.body, send.code, send.tries, send.closed_at) == ("sent", None, None, 1, ready.clock())
    assert (ready.texts(), (await ready.peer()).said_left, stand_in.breaches) == (["轮到您了"], 4, [])
    async with ready.database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM wechat_sends WHERE body IS NULL")) == 1


async def test_news_and_templates_come_in_the_platforms_own_shape(ready: Ours, stand_in: StandIn) -> None:
    peer = await ready.meet()
    stand_in.templates = {"called": ("thing1",)}
    news = {"title": "包装工", "description": "月薪 5000 元", "url": "https://msjy.cn/J7K3M9Q"}
    await ready.queue(peer, "1", type="news", **news)
    data = {"thing1": {"value": "星河电子"}}
    await ready.queue(peer, "2", type="template", template_id="called", data=data, url="https://msjy.cn/")
    await ready.deliver()
    written = {"touser": OPENID, "template_id": "called", "data": data, "url": "https://msjy.cn/"}
    assert [(sent.how, sent.body) for sent in stand_in.sent] == [
        ("custom", {"touser": OPENID, "msgtype": "news", "news": {"articles": [news]}}),
        ("template", written),
    ]
    assert (await ready.peer()).said_left == 4  # a template message takes none


async def test_the_same_key_is_sent_once(ready: Ours) -> None:
    peer = await ready.meet()
    await ready.queue(peer, "a", "b", "a")
    await ready.queue(peer, "a")
    await ready.deliver()
    assert (ready.texts(), await ready.states()) == (["a", "b"], ["sent", "sent"])


async def test_one_persons_messages_keep_their_order(ready: Ours, stand_in: StandIn) -> None:
    await ready.queue(await ready.meet(), "a", "b", "c")
    other = await ready.meet(openid="oSomebodyElse")
    await ready.queue(other, "x")
    stand_in.faults.plan(CUSTOM, -1)
    while await ready.next_due() is not None:
        await ready.deliver()
        ready.clock.forward(seconds=10)
    assert [sent.text for sent in stand_in.sent_to(OPENID)] == ["a", "b", "c"]
    assert [sent.text for sent in stand_in.sent_to("oSomebodyElse")] == ["x"]


@pytest.mark.parametrize("fault", [-1, Fault("html"), Fault("bad_gateway"), Fault("timeout"), Fault("reset")])
async def test_what_may_pass_is_tried_three_times(ready: Ours, stand_in: StandIn, fault: Any) -> None:
    await ready.queue(await ready.meet(), "a", "b")
    stand_in.faults.plan(CUSTOM, fault, fault, fault)
    ready.hurry(fault)
    seen = []
    for _ in range(3):
        await ready.deliver()
        first, _ = await ready.sends()
        seen.append((first.state, first.code, first.tries))
        ready.clock.forward(minutes=1)
    assert seen == [("waiting", -1, 1), ("waiting", -1, 2), ("failed", -1, 3)]
    assert (ready.texts(), await ready.states()) == (["b"], ["failed", "sent"])
    # whether the platform counted them nobody knows: what may have been sent is not given back
    assert (await ready.peer()).said_left == 1


async def test_where_nobody_listens_the_quota_is_given_back(ready: Ours) -> None:
    await ready.queue(await ready.meet(), "a")
    ready.platform.api = WeChatApi(replace(ready.credentials, api="http://127.0.0.1:1"))
    await ready.deliver()
    (send,) = await ready.sends()
    assert (send.state, send.tries, (await ready.peer()).said_left) == ("waiting", 1, 5)


@pytest.mark.parametrize(("code", "wait"), [(45009, timedelta(hours=5)), (45011, timedelta(minutes=1))])
async def test_a_limit_that_is_reached_is_waited_for(
    ready: Ours, stand_in: StandIn, code: int, wait: timedelta
) -> None:
    """It is seven in the evening in Shanghai."""
    await ready.queue(await ready.meet(), "a")
    stand_in.faults.plan(CUSTOM, code)
    await ready.deliver()
    await ready.queue(await ready.meet(openid="oSomebodyElse"), "x")
    await ready.deliver()
    assert (await ready.states(), stand_in.codes(CUSTOM)) == (["waiting", "waiting"], {code: 1})
    assert [send.tries for send in await ready.sends()] == [0, 0]
    assert await ready.next_due() == ready.clock() + wait
    ready.clock.forward(seconds=wait.total_seconds())
    await ready.deliver()
    assert (sorted(ready.texts()), stand_in.codes(CUSTOM), stand_in.breaches) == (["a", "x"], {code: 1, 0: 2}, [])


@pytest.mark.parametrize("code", [45015, 45047])
async def test_what_must_wait_for_their_words_waits_for_them(ready: Ours, stand_in: StandIn, code: int) -> None:
    peer = await ready.meet()
    await ready.queue(peer, "a", "b")
    stand_in.faults.plan(CUSTOM, code)
    await ready.deliver()
    assert (await ready.states(), stand_in.codes(CUSTOM)) == (["parked", "parked"], {code: 1})
    ready.clock.forward(days=1)
    peer = await ready.meet()
    async with ready.database.write() as session:
        await release_parked(session, peer.id, now=ready.clock())
    await ready.deliver()
    assert (ready.texts(), await ready.states()) == (["a", "b"], ["sent", "sent"])


async def test_no_more_is_sent_than_the_window_allows(ready: Ours, stand_in: StandIn) -> None:
    peer = await ready.meet()
    await ready.queue(peer, *"abcdefg")
    await ready.deliver()
    assert (await ready.states(), stand_in.breaches) == (["sent"] * 5 + ["parked"] * 2, [])
    async with ready.database.write() as session:
        bodies = await take_parked(session, peer.id, now=ready.clock())
        assert await take_parked(session, peer.id, now=ready.clock()) == []
    assert [body["text"] for body in bodies] == ["f", "g"]
    assert [(send.state, send.body) for send in (await ready.sends())[5:]] == [("sent", None), ("sent", None)]


async def test_without_the_right_to_write_all_waits_for_a_reply(ready: Ours, stand_in: StandIn) -> None:
    stand_in.lacks = {"custom"}
    await ready.queue(await ready.meet(), "a", "b")
    await ready.deliver()
    assert (await ready.states(), stand_in.codes(CUSTOM)) == (["parked", "parked"], {48001: 1})
    assert ((await ready.peer()).said_left, (await ready.account()).mode) == (5, "C")


async def test_what_waited_is_sent_when_the_account_may_write_again(ready: Ours, stand_in: StandIn) -> None:
    stand_in.lacks = {"custom"}
    late = await ready.meet(openid="oWroteThreeDaysAgo")
    await ready.queue(late, "x")
    await ready.deliver()
    ready.clock.forward(days=3)
    await ready.queue(await ready.meet(), "a", "b")
    await ready.deliver()
    assert await ready.states() == ["parked"] * 3
    stand_in.lacks = set()
    assert await ready.platform.probe()
    await ready.deliver()
    assert (ready.texts(), await ready.states(), stand_in.breaches) == (["a", "b"], ["parked", "sent", "sent"], [])


@pytest.mark.parametrize("code", [43004, 40003])
async def test_who_cannot_be_reached_is_left_alone_until_they_write(ready: Ours, stand_in: StandIn, code: int) -> None:
    peer = await ready.meet()
    await ready.queue(peer, "a", "b")
    stand_in.faults.plan(CUSTOM, code)
    await ready.deliver()
    assert [(send.state, send.body, send.code) for send in await ready.sends()] == [
        ("failed", None, code),
        ("failed", None, 43004),
    ]
    assert (stand_in.codes(CUSTOM), (await ready.peer()).unreachable_at) == ({code: 1}, ready.clock())
    async with ready.database.read() as session:
        assert await dead_sends(session, peer.account_id) == []  # there is nothing for staff to do
    await ready.queue(await ready.meet(), "c")
    await ready.deliver()
    assert ready.texts() == ["c"]


async def test_who_has_left_is_not_asked_after(ready: Ours, stand_in: StandIn) -> None:
    peer = await ready.meet(None)  # known from a page only
    await ready.queue(peer, "a")
    await ready.deliver()
    assert (await ready.states(), stand_in.codes()) == (["failed"], {})


async def test_our_own_mistakes_are_shown_to_staff_and_sent_again_when_they_say_so(
    ready: Ours, stand_in: StandIn
) -> None:
    peer = await ready.meet()
    await ready.queue(peer, "长" * 700, "b")
    await ready.deliver()
    async with ready.database.read() as session:
        (dead,) = await dead_sends(session, peer.account_id)
        assert await open_counts(session, peer.account_id) == {"failed": 1}
    assert (dead.code, dead.unsure, dead.tries) == (45002, False, 1)
    assert dead.sentence == "消息太长，微信不收。请告诉技术人员。"
    assert (ready.texts(), (await ready.peer()).said_left) == (["b"], 4)
    async with ready.database.write() as session:
        again = [await send_again(session, dead.id, now=ready.clock()) for _ in range(2)]
    stand_in.faults.plan(CUSTOM, 45008)
    await ready.deliver()
    async with ready.database.write() as session:
        gone = [await let_go(session, dead.id, now=ready.clock()) for _ in range(2)]
        assert await dead_sends(session, peer.account_id) == []
    assert (again, gone, [send.body for send in await ready.sends()]) == ([True, False], [True, False], [None, None])


async def test_a_refused_token_costs_a_message_nothing(ready: Ours, stand_in: StandIn) -> None:
    await ready.queue(await ready.meet(), "a")
    stand_in.faults.plan(CUSTOM, 40001)
    await ready.deliver()
    assert (ready.texts(), stand_in.codes(CUSTOM), (await ready.peer()).said_left) == (["a"], {40001: 1, 0: 1}, 4)


async def test_without_a_token_messages_wait_and_no_call_is_made(ready: Ours, stand_in: StandIn) -> None:
    ready.clock.forward(hours=3)
    await ready.queue(await ready.meet(), "a")
    stand_in.faults.last(TOKEN, Fault("bad_gateway"))
    await ready.deliver()
    (send,) = await ready.sends()
    assert (send.state, send.tries, stand_in.codes(CUSTOM), (await ready.peer()).said_left) == ("waiting", 0, {}, 5)
    for _ in range(20):
        ready.clock.forward(minutes=1)
        await ready.deliver()
    (send,) = await ready.sends()
    assert (send.state, stand_in.codes(CUSTOM)) == ("failed", {})  # the outbox has an end


class Killed(BaseException):
    """The process is no more: nothing that would catch an error runs."""


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_process_that_dies_in_the_call_leaves_it_unsure(ready: Ours, *, arrived: bool) -> None:
    """After "sending" was written down, and before the answer was: whether the platform did it nobody knows."""
    peer = await ready.meet()
    await ready.queue(peer, "a", "b")
    dying = Ours(ready.stand_in, ready.database, ready.clock)
    call = dying.platform.call

    async def die(*asked: Any) -> None:
        if arrived:
            await call(*asked)
        raise Killed

    dying.platform.call = die  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        await dying.deliver()
    assert (await ready.deliver(), await ready.states()) == (0, ["sending", "waiting"])
    ready.clock.forward(seconds=LEASE.total_seconds())
    await ready.deliver()
    assert (await ready.states(), ready.texts()) == (["unsure", "sent"], ["a", "b"] if arrived else ["b"])
    assert (await ready.peer()).said_left == 3
    async with ready.database.read() as session:
        (dead,) = await dead_sends(session, peer.account_id)
        assert await open_counts(session, peer.account_id) == {"unsure": 1}
    assert (dead.unsure, dead.sentence) == (True, "发到一半服务器停了，不知道对方收到没有，所以没有再发。")
    dying.api.close()


async def test_a_process_that_overslept_still_knows_what_became_of_it(ready: Ours) -> None:
    await ready.queue(await ready.meet(), "a")
    late = Ours(ready.stand_in, ready.database, ready.clock)
    call = late.platform.call

    async def oversleep(*asked: Any) -> None:
        await call(*asked)
        ready.clock.forward(seconds=LEASE.total_seconds())
        await ready.deliver()
        assert await ready.states() == ["unsure"]

    late.platform.call = oversleep  # type: ignore[method-assign, assignment]
    await late.deliver()
    assert (await ready.states(), ready.texts()) == (["sent"], ["a"])
    late.api.close()


async def test_who_is_forgotten_is_sent_nothing(ready: Ours) -> None:
    peer = await ready.meet()
    await ready.queue(peer, "a")
    async with ready.database.write() as session:
        await forget(session, peer.id)
    assert (await ready.deliver(), await ready.next_due(), ready.texts(), await ready.sends()) == (1, None, [], [])


async def test_what_nobody_saw_to_is_given_up_after_a_week_and_forgotten_after_a_month(
    ready: Ours, stand_in: StandIn
) -> None:
    peer = await ready.meet()
    await ready.queue(peer, *"abcde")
    await ready.deliver()
    await ready.queue(peer, "parked")
    stand_in.templates = {}
    await ready.queue(peer, "failed", type="template", template_id="none", data={})
    await ready.deliver()
    ended = []
    for days in (6.99, 0.01, 23, 7):
        ready.clock.forward(days=days)
        async with ready.database.write() as session:
            ended.append(await end_waiting(session, now=ready.clock()))
    assert ended == [0, 2, 5, 2]
    assert await ready.sends() == []


async def test_a_week_later_no_words_are_left(ready: Ours) -> None:
    peer = await ready.meet()
    await ready.queue(peer, *"abcdef")
    await ready.deliver()
    ready.clock.forward(days=7)
    async with ready.database.write() as session:
        await end_waiting(session, now=ready.clock())
        assert await take_parked(session, peer.id, now=ready.clock()) == []
    last = (await ready.sends())[-1]
    assert (last.state, last.body, last.closed_at) == ("failed", None, ready.clock())


async def test_neither_logs_nor_the_outbox_name_anybody(
    ready: Ours, stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for ours in ("app", "wechatpy"):
        caplog.set_level(logging.DEBUG, logger=ours)
    peer = await ready.meet()
    for number, fault in enumerate((None, 40001, 45002, ANSWER_LOST, Fault("html"), 45047)):
        stand_in.faults.plan(CUSTOM, fault)
        await ready.queue(peer, f"轮到您了{number}")
        await ready.deliver()
        ready.clock.forward(minutes=1)
    async with ready.database.read() as session:
        entries = list(await session.scalars(select(OutboxEntry)))
    outbox = "".join(str(vars(entry)) for entry in entries)
    logged = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    token = ready.keys.decrypt((await ready.token_row()).value or b"")
    for kept in (outbox, logged):
        assert [word in kept for word in (OPENID, token, "轮到您了", stand_in.secret)] == [False] * 4
    assert [entry.payload for entry in entries] == [{"send": number + 1} for number in range(6)]


async def test_who_is_forgotten_while_their_message_begins_deadlocks_nobody(ready: Ours, stand_in: StandIn) -> None:
    peer = await ready.meet()
    await ready.queue(peer, "轮到您了")
    async with ready.database.write() as session:  # a turn that ends in 删除我的资料
        await meet(session, peer.account_id, OPENID, keys=ready.keys, how="said", now=ready.clock())
        sending = asyncio.create_task(ready.deliver())
        await until_it_waits(ready.database, sending)
        await forget(session, peer.id)
    await sending
    assert (stand_in.sent, await ready.sends()) == ([], [])


@pytest.mark.parametrize("whose", ["another account's", "another secret's"])
async def test_who_belongs_to_what_was_set_before_is_sent_nothing(ready: Ours, stand_in: StandIn, whose: str) -> None:
    """Openids are an account's own, and unreadable under another secret: neither names anybody here."""
    await ready.queue(await ready.meet(), "轮到您了")
    if whose == "another account's":
        async with ready.database.write() as session:
            (account,) = await session.scalars(select(WeChatAccount))
            account.app_id = "wx_before"
    else:
        ready.platform.keys = Keys(b"another secret")
        async with ready.database.write() as session:
            await session.execute(delete(WeChatToken))
    await ready.deliver()
    (send,) = await ready.sends()
    assert (send.state, send.body, stand_in.sent) == ("failed", None, [])
