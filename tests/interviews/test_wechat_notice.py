"""Who is called is told on WeChat: once, by the way that is open, and not of a call that is over."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from app.base.database import Database
from app.base.delivering import Task, run_due
from app.base.outbox import OutboxEntry
from app.chat.one_person import tie_browser
from app.interviews.models import Place
from app.interviews.notice import CALLED, call_of
from app.interviews.notice_ways import Notices
from app.interviews.queue import call, call_next, finish, leave, put_back
from app.seekers.seekers import known_seeker
from app.wechat.accounts import CAPABILITIES, account_of, downgrade
from app.wechat.allowances import allow
from app.wechat.models import Peer, Send
from app.wechat.peers import How, meet, unfollow
from app.wechat.sending import handler
from app.wechat.sends import SEND, queue_send
from tests.conftest import StillClock
from tests.interviews.stage import DESK, Stage, line, seat
from tests.wechat.ours import CUSTOM, Ours
from tests.wechat_platform.platform import Platform as StandIn
from tests.wechat_platform.server import serving

PUBLIC = "https://rsj.anqing.gov.cn"
TEMPLATE, ONCE = "tmpl_called_000000000000000000000000000000001", "tmpl_once_00000000000000000000000000000000001"
FIELDS = {"thing1": "employer", "character_string2": "number", "time3": "time", "phrase4": "status", "thing5": "job"}


class Line(Ours):
    """Seekers in the welders' line, each with an openid of their own."""

    stage: Stage

    @property
    def duties(self) -> dict[str, Any]:
        return {SEND: handler(self.platform), **Notices(self.platform, PUBLIC).handlers()}

    async def join(self, number: int, *, how: How | None = "said", **typed: Any) -> Place:
        openid = openid_of(number)
        await self.meet(how, openid=openid)
        async with self.database.write() as session:
            place = await seat(session, self.stage.welder, number, keys=self.keys, now=self.clock(), **typed)
            await tie_browser(session, f"browser-{number}", openid, keys=self.keys, now=self.clock())
            return place

    async def step(self, step: Any, place: Place, **how: Any) -> Place:
        async with self.database.write() as session:
            moved: Place = await step(session, place, who=DESK, now=self.clock(), **how)
            return moved

    async def next(self, press: str | None = None) -> None:
        queue = await line(self.database, self.stage.welder)
        async with self.database.write() as session:
            await call_next(session, queue, press=press, who=DESK, now=self.clock())

    async def tell(self) -> None:
        while await run_due(self.database, self.duties, now=self.clock()):
            pass

    async def set_up(self, *lacks: str, **templates: Any) -> None:
        async with self.database.write() as session:
            account = await account_of(session, self.credentials, now=self.clock())
            account.lacks, account.templates = [], templates
            downgrade(account, *lacks)

    def heard(self) -> list[tuple[str, str, str]]:
        """To whom, by which way, the first line."""
        return [(sent.openid[-1], sent.how, sent.text.partition("\n")[0]) for sent in self.stand_in.sent]


def openid_of(number: int) -> str:
    return f"oPeer_000000000000000000000{number}"


@pytest.fixture
def stand_in(clock: StillClock) -> Iterator[StandIn]:
    stand_in = StandIn(clock)
    with serving(stand_in):
        yield stand_in


@pytest.fixture
async def ours(stand_in: StandIn, database: Database, clock: StillClock, stage: Stage) -> AsyncIterator[Line]:
    ours = Line(stand_in, database, clock)
    ours.stage = stage
    await ours.set_up()
    yield ours
    ours.api.close()


EMPLOYER = "怀宁县皖江精密铸造有限公司"
CALL = f"叫到您了。{EMPLOYER}正在联系您，您是1号。请留在手机旁边，接听陌生来电。"


async def test_who_is_called_is_told_once_with_the_way_to_their_place(ours: Line) -> None:
    place = await ours.join(1)
    for _ in range(2):
        await ours.next("the same press")
    await ours.tell()
    sent = [sent.text for sent in ours.stand_in.sent_to(openid_of(1))]
    assert sent == [f'{CALL}\n<a href="{PUBLIC}/place/{place.public_id}">看排队</a>']
    assert [(send.state, send.body) for send in await ours.sends()] == [("sent", None)]


async def test_telling_again_of_the_same_call_tells_nothing(ours: Line) -> None:
    """An outbox entry may be handled twice."""
    place = await ours.step(call, await ours.join(1))
    task = Task(1, CALLED, "", {"place": place.id, "call": call_of(place.called_at)}, 1, "")
    for _ in range(2):
        await ours.duties[CALLED](task, ours.clock())
    await ours.tell()
    assert ours.heard() == [("1", "custom", CALL)]


async def test_each_call_is_told(ours: Line) -> None:
    place = await ours.step(call, await ours.join(1))
    await ours.tell()
    await ours.step(put_back, place)
    ours.clock.forward(minutes=5)
    await ours.step(call, place)
    await ours.tell()
    assert ours.heard() == [("1", "custom", CALL)] * 2


async def test_a_call_that_was_taken_back_and_made_again_is_told_once(ours: Line) -> None:
    """Both are in the outbox; the first is over."""
    place = await ours.step(call, await ours.join(1))
    await ours.step(put_back, place)
    ours.clock.forward(seconds=5)
    await ours.step(call, place)
    await ours.tell()
    assert ours.heard() == [("1", "custom", CALL)]


@pytest.mark.parametrize("end", [put_back, leave, finish])
@pytest.mark.parametrize("queued", [False, True])
async def test_a_call_that_is_over_is_not_told(ours: Line, end: Any, *, queued: bool) -> None:
    """Neither before anybody looked how to tell it, nor while the message waits for the platform."""
    place = await ours.step(call, await ours.join(1))
    if queued:
        ours.stand_in.faults.plan(CUSTOM, 45011)
        await ours.tell()
    await ours.step(end, place, **({"outcome": "hired"} if end is finish else {}))
    ours.clock.forward(minutes=10)
    await ours.tell()
    assert ours.heard() == []
    assert [(send.state, send.body, send.closed_at is None) for send in await ours.sends()] == [
        ("failed", None, False)
    ] * queued


async def test_one_that_waits_for_their_words_goes_with_the_call(ours: Line) -> None:
    place = await ours.step(call, await ours.join(1))
    ours.stand_in.faults.plan(CUSTOM, 45047)
    await ours.tell()
    assert await ours.states() == ["parked"]
    await ours.step(finish, place, outcome="hired")
    assert await ours.states() == ["failed"]


async def test_what_else_is_on_its_way_is_not_withdrawn(ours: Line) -> None:
    place = await ours.step(call, await ours.join(1))
    async with ours.database.write() as session:
        peer = (await session.scalars(select(Peer))).one()
        await queue_send(session, peer.id, {"type": "text", "text": "别的"}, key="another", now=ours.clock())
    await ours.step(put_back, place)
    await ours.tell()
    assert [sent.text for sent in ours.stand_in.sent] == ["别的"]


async def test_a_relatives_call_is_told_as_such(ours: Line) -> None:
    await ours.join(1, relation="family")
    await ours.next()
    await ours.tell()
    assert ours.heard()[0][2].startswith(f"叫到您家人了。{EMPLOYER}正在联系1号。")


async def test_who_is_soon_called_is_told_once(ours: Line) -> None:
    """The three who stand first after each call; the fourth when it is their turn."""
    for number in range(1, 6):
        await ours.join(number)
    await ours.next()
    await ours.tell()
    soon = [
        ("2", "custom", f"下一个就是您：{EMPLOYER}，您是2号。请留在手机旁边，接听陌生来电。"),
        ("3", "custom", f"快到您了：{EMPLOYER}，您是3号，前面还有1人。请留在手机旁边，接听陌生来电。"),
        ("4", "custom", f"快到您了：{EMPLOYER}，您是4号，前面还有2人。请留在手机旁边，接听陌生来电。"),
    ]
    assert sorted(ours.heard()) == [("1", "custom", CALL), *soon]
    before = len(ours.heard())
    await ours.next()
    await ours.tell()
    assert sorted(entry[0] for entry in ours.heard()[before:]) == ["2", "5"]


async def test_who_left_meanwhile_is_not_told_that_it_is_soon(ours: Line) -> None:
    places = [await ours.join(number) for number in (1, 2)]
    await ours.next()
    await ours.step(leave, places[1])
    await ours.tell()
    assert [entry[0] for entry in ours.heard()] == ["1"]


async def test_the_last_message_of_the_window_is_kept_for_the_call(ours: Line) -> None:
    for number in (1, 2):
        await ours.join(number)
    async with ours.database.write() as session:
        await session.execute(update(Peer).values(said_left=1))
    await ours.next()
    await ours.tell()
    assert [entry[0] for entry in ours.heard()] == ["1"]


async def test_nobody_without_an_openid_is_told(ours: Line, stage: Stage) -> None:
    async with ours.database.write() as session:
        await seat(session, stage.welder, 1, keys=ours.keys)
    await ours.next()
    async with ours.database.read() as session:
        assert list(await session.scalars(select(OutboxEntry))) == []


async def test_outside_of_the_window_a_template_tells_it(ours: Line) -> None:
    ours.stand_in.templates[TEMPLATE] = tuple(FIELDS)
    await ours.set_up(called={"id": TEMPLATE, "fields": FIELDS}, once={"id": ONCE})
    place = await ours.join(1)
    ours.clock.forward(hours=48)
    await ours.step(call, place)
    await ours.tell()
    (sent,) = ours.stand_in.sent
    assert (sent.openid, sent.how, sent.body["url"]) == (openid_of(1), "template", f"{PUBLIC}/place/{place.public_id}")
    assert {name: value["value"] for name, value in sent.body["data"].items()} == {
        "thing1": "怀宁县皖江精密铸造有限公司",
        "character_string2": "1",
        "time3": "2026年3月8日 19:00",
        "phrase4": "正在联系您",
        "thing5": "电焊工",
    }
    assert ours.stand_in.breaches == []


async def allowed(ours: Line, *, by: int = 1, of: int = 1, key: str = "a visit") -> bool:
    """Whether the visit of that seeker counts, which the platform says was that person's."""
    ours.stand_in.allowed_once[openid_of(by), ONCE, "1"] = 1
    async with ours.database.write() as session:
        account = await account_of(session, ours.credentials, now=ours.clock())
        seeker = await known_seeker(session, f"browser-{of}", ours.keys)
        assert seeker is not None
        return await allow(session, account, seeker.id, openid_of(by), ONCE, key=key, keys=ours.keys, now=ours.clock())


async def test_what_was_allowed_once_is_sent_once_also_to_who_does_not_follow(ours: Line) -> None:
    await ours.set_up(once={"id": ONCE})
    place = await ours.join(1, how=None)
    assert await allowed(ours)
    for _ in range(2):
        await ours.step(call, place)
        await ours.tell()
        await ours.step(put_back, place)
        ours.clock.forward(minutes=1)
    (sent,) = ours.stand_in.sent
    assert (sent.how, sent.body["scene"], sent.body["title"]) == ("once", "1", "叫到您了")
    assert sent.body["data"]["content"]["value"] == CALL
    assert not await spent_again(ours, place, key="a visit")
    assert await spent_again(ours, place, key="another visit")


async def spent_again(ours: Line, place: Place, *, key: str) -> bool:
    """Whether allowing it in that visit lets one more be sent."""
    await allowed(ours, key=key)
    before = len(ours.stand_in.sent)
    await ours.step(call, place)
    await ours.tell()
    await ours.step(put_back, place)
    ours.clock.forward(minutes=1)
    return len(ours.stand_in.sent) > before


async def test_what_somebody_else_allowed_is_not_theirs(ours: Line) -> None:
    await ours.set_up(once={"id": ONCE})
    place = await ours.join(1, how=None)
    await ours.join(2, how=None)
    assert not await allowed(ours, by=2, of=1)
    await ours.step(call, place)
    await ours.tell()
    assert ours.heard() == []


@pytest.mark.parametrize("lacks", [CAPABILITIES, ("custom", "template")])
async def test_an_account_that_may_not_tells_nobody(ours: Line, lacks: tuple[str, ...]) -> None:
    await ours.set_up(*lacks, called={"id": TEMPLATE, "fields": FIELDS}, once={"id": ONCE})
    await ours.join(1)
    await ours.next()
    await ours.tell()
    async with ours.database.read() as session:
        assert (list(await session.scalars(select(Send))), ours.stand_in.calls) == ([], [])


async def test_who_no_longer_follows_is_not_written_to(ours: Line) -> None:
    await ours.set_up(called={"id": TEMPLATE, "fields": FIELDS})
    await ours.join(1)
    async with ours.database.write() as session:
        account = await account_of(session, ours.credentials, now=ours.clock())
        await unfollow(session, account.id, openid_of(1), keys=ours.keys)
    await ours.next()
    await ours.tell()
    assert (await ours.sends(), ours.stand_in.calls) == ([], [])


async def test_a_call_that_is_undone_is_not_told(ours: Line) -> None:
    place = await ours.join(1)
    with pytest.raises(ZeroDivisionError):
        async with ours.database.write() as session:
            await call(session, place, who=DESK, now=ours.clock())
            raise ZeroDivisionError
    await ours.tell()
    async with ours.database.read() as session:
        assert list(await session.scalars(select(OutboxEntry))) == []


async def test_meeting_somebody_anew_does_not_tell_twice(ours: Line) -> None:
    place = await ours.join(1)
    account = await ours.account()
    async with ours.database.write() as session:
        await meet(session, account.id, openid_of(1), keys=ours.keys, how="said", now=ours.clock())
    await ours.step(call, place)
    await ours.tell()
    assert ours.heard() == [("1", "custom", CALL)]
