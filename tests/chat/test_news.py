"""News of new jobs: to whom, of which, once, in one message, and no more after a word."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from app.base.audit import SYSTEM
from app.base.database import Database
from app.base.delivering import run_due
from app.base.outbox import OutboxEntry
from app.base.settings import Settings
from app.chat.conversations import say
from app.chat.handlers import handlers
from app.chat.models import Conversation, Message
from app.chat.news_models import NewPosting, Subscription
from app.chat.news_reading import QUIET
from app.chat.people_models import Handover
from app.chat.subscriptions import LASTS, end_due, subscribe, subscription_of, unsubscribe
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import Line, history
from app.postings import states
from app.postings.listings import listings_by_id
from app.postings.publishing import move_all
from app.postings.states import Transition
from app.seekers.models import Seeker
from app.seekers.seekers import seeker_of_browser
from bot.reply import Card, Cards, Choices
from bot.turn import Turn
from bot.wishes import NO_WISHES, Wishes
from tests.cast import NOW, make_listing, make_posting
from tests.chat.conftest import KEYS, STRANGER, VISITOR, Show

ME = Speaker(channel="web", word=VISITOR)
WELDING = Wishes(keywords=("电焊工",))
STOP = "不想再收通知，说“不用通知了”。"


async def ask(
    database: Database, wishes: Wishes, *, visitor: str = VISITOR, centre_id: int | None = None, now: datetime = NOW
) -> Seeker:
    """Somebody who asked for news in a conversation."""
    async with database.write() as session:
        seeker = await seeker_of_browser(session, visitor, KEYS, now=now)
        key = Speaker(channel="web", word=visitor).key(KEYS)
        talk = await session.scalar(select(Conversation).where(Conversation.key == key))
        if talk is None:
            talk = Conversation(key=key, channel="web", seeker_id=seeker.id, state={}, created_at=now, updated_at=now)
            session.add(talk)
            await session.flush()
        await subscribe(session, seeker, wishes, conversation_id=talk.id, centre_id=centre_id, now=now)
        return seeker


async def put_up(database: Database, show: Show, *titles: str, state: str = "checked", **fields: Any) -> list[int]:
    """Postings that are ready to be published, by the ids of their listings."""
    async with database.write() as session:
        employer = show.welder.posting.employer
        postings = [await make_posting(session, employer, title=title, state=state, **fields) for title in titles]
        return [(await make_listing(session, show.event, posting, number=None)).id for posting in postings]


async def act(database: Database, ids: Sequence[int], transition: Transition, *, now: datetime = NOW) -> None:
    async with database.write() as session:
        await move_all(session, await listings_by_id(session, ids), transition, who=SYSTEM, now=now)


async def deliver(database: Database, *, now: datetime = NOW) -> None:
    """Step by step until nothing is due."""
    known = handlers(Settings(_env_file=None), database)
    while await run_due(database, known, now=now):
        pass
    async with database.read() as session:
        failed = list(await session.scalars(select(OutboxEntry.reason).where(OutboxEntry.reason.is_not(None))))
    assert failed == []


async def told(database: Database, visitor: str = VISITOR) -> list[Line]:
    async with database.read() as session:
        return await history(session, Speaker(channel="web", word=visitor).key(KEYS), today=NOW.date())


def cards(line: Line) -> tuple[Card, ...]:
    return next(part.cards for part in line.parts if isinstance(part, Cards))


def heading(line: Line) -> str:
    return line.text.splitlines()[0]


async def test_a_new_job_that_fits_is_told_as_a_list_to_go_on_from(database: Database, show: Show, chat: Chat) -> None:
    await ask(database, WELDING)
    (job, _other) = await put_up(database, show, "电焊工", "门卫")
    await act(database, [job, _other], states.PUBLISH)
    with database.bus.listening("chat:1") as ring:
        await deliver(database)
        if database.is_sqlite:
            assert ring.is_set()
    (line,) = await told(database)
    (card,) = cards(line)
    assert heading(line) == "有1个新岗位符合您要的（电焊工）："
    assert (line.from_seeker, card.job.key, card.ordinal, card.job.path[:2]) == (False, str(job), 1, "/J")
    assert line.parts[-1] == Choices(("我要面试第一个", "第一个详细说说", "不用通知了"))
    assert line.text.splitlines()[-1] == STOP
    detail = await say(chat, ME, Turn(text="第一个详细说说"), now=NOW)
    assert [shown.key for shown in detail.jobs] == [str(job)]


async def test_several_make_one_message_with_the_true_number(database: Database, show: Show) -> None:
    await ask(database, NO_WISHES)
    ids = await put_up(database, show, *["电焊工"] * 4, *["门卫"] * 4)
    await act(database, ids, states.PUBLISH)
    await deliver(database)
    (line,) = await told(database)
    assert heading(line) == "有8个新岗位，先看这5个："
    assert [card.ordinal for card in cards(line)] == [1, 2, 3, 4, 5]


async def test_nobody_is_told_twice_of_a_job(database: Database, show: Show) -> None:
    await ask(database, WELDING)
    ids = await put_up(database, show, "电焊工", "电焊工")
    await act(database, ids[:1], states.PUBLISH)
    await deliver(database)
    later = NOW + timedelta(hours=1)
    for transition in (states.PAUSE, states.RESUME, states.FILL, states.REOPEN):
        await act(database, ids[:1], transition, now=later)
        await deliver(database, now=later)
    assert len(await told(database)) == 1
    await act(database, ids, states.PUBLISH, now=later)
    await deliver(database, now=later)
    assert [[card.job.key for card in cards(line)] for line in await told(database)] == [[str(i)] for i in ids]


async def test_an_entry_that_is_handled_again_tells_nothing_again(database: Database, show: Show) -> None:
    """As when a process died after the work, and before the entry was closed."""
    await ask(database, WELDING)
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    await deliver(database)
    async with database.write() as session:
        await session.execute(update(OutboxEntry).values(done_at=None))
    await deliver(database, now=NOW + timedelta(hours=1))
    assert len(await told(database)) == 1


async def test_rounds_at_the_same_time_tell_each_job_once(database: Database, show: Show) -> None:
    """Three acts, two processes."""
    await ask(database, WELDING)
    ids = await put_up(database, show, "电焊工", "电焊工", "电焊工")
    for job in ids:
        await act(database, [job], states.PUBLISH)
    second = Database(database.url.render_as_string(hide_password=False))
    await asyncio.gather(deliver(database), deliver(second))
    await asyncio.gather(deliver(database, now=NOW + QUIET), deliver(second, now=NOW + QUIET))
    await second.close()
    assert sorted(card.job.key for line in await told(database) for card in cards(line)) == sorted(map(str, ids))


@pytest.mark.parametrize("transition", [states.FILL, states.PAUSE, states.WITHDRAW])
async def test_what_is_closed_before_the_telling_is_not_told(
    database: Database, show: Show, transition: Transition
) -> None:
    await ask(database, WELDING)
    gone, left = await put_up(database, show, "电焊工", "电焊工")
    await act(database, [gone, left], states.PUBLISH)
    await act(database, [gone], transition)
    await deliver(database)
    (line,) = await told(database)
    assert (heading(line), [card.job.key for card in cards(line)]) == (
        "有1个新岗位符合您要的（电焊工）：",
        [str(left)],
    )


async def test_no_wish_is_let_go(database: Database, show: Show) -> None:
    await ask(database, Wishes(keywords=("电焊工",), pay_min=9000))
    await ask(database, Wishes(divisions=("340881",)), visitor=STRANGER)
    await act(database, await put_up(database, show, "电焊工", "门卫"), states.PUBLISH)
    await deliver(database)
    assert (await told(database), await told(database, STRANGER)) == ([], [])


async def test_what_was_there_before_asking_is_no_news(database: Database, show: Show) -> None:
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    await deliver(database)
    await ask(database, WELDING)
    await deliver(database, now=NOW + timedelta(hours=1))
    assert await told(database) == []


async def test_asking_twice_keeps_one_with_the_newest_wishes(database: Database, show: Show) -> None:
    await ask(database, WELDING)
    await ask(database, Wishes(keywords=("门卫",)), now=NOW + timedelta(days=1))
    await act(database, await put_up(database, show, "电焊工", "门卫"), states.PUBLISH)
    await deliver(database, now=NOW + timedelta(days=1))
    async with database.read() as session:
        (kept,) = (await session.scalars(select(Subscription))).all()
    assert (kept.wishes, kept.created_at, kept.ends_at) == (
        {"keywords": ["门卫"]},
        NOW,
        NOW + timedelta(days=1) + LASTS,
    )
    assert [[card.job.title for card in cards(line)] for line in await told(database)] == [["门卫"]]


async def test_after_stopping_nothing_comes_and_the_wishes_are_gone(database: Database, show: Show) -> None:
    seeker = await ask(database, WELDING)
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    async with database.write() as session:
        stopped = [await unsubscribe(session, seeker, now=NOW) for _ in range(2)]
    await deliver(database)
    async with database.read() as session:
        (kept,) = (await session.scalars(select(Subscription))).all()
    assert (stopped, kept.state, kept.stopped_at, kept.wishes) == ([True, False], "stopped", NOW, {})
    assert await told(database) == []


async def test_who_asks_again_after_stopping_hears_of_what_comes_then(database: Database, show: Show) -> None:
    seeker = await ask(database, WELDING)
    first, second = await put_up(database, show, "电焊工", "电焊工")
    async with database.write() as session:
        await unsubscribe(session, seeker, now=NOW)
    await act(database, [first], states.PUBLISH)
    await deliver(database)
    await ask(database, WELDING, now=NOW + timedelta(hours=1))
    await act(database, [second], states.PUBLISH, now=NOW + timedelta(hours=1))
    await deliver(database, now=NOW + timedelta(hours=1))
    assert [[card.job.key for card in cards(line)] for line in await told(database)] == [[str(second)]]


async def test_it_ends_by_itself_after_ninety_days(database: Database, show: Show) -> None:
    seeker = await ask(database, WELDING)
    end = NOW + timedelta(days=90)
    async with database.write() as session:
        assert await subscription_of(session, seeker, now=end - timedelta(seconds=1)) is not None
        assert await end_due(session, now=end - timedelta(seconds=1)) == 0
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH, now=end)
    await deliver(database, now=end)
    async with database.write() as session:
        assert await subscription_of(session, seeker, now=end) is None
        assert [await end_due(session, now=end), await end_due(session, now=end)] == [1, 0]
    async with database.read() as session:
        (kept,) = (await session.scalars(select(Subscription))).all()
    assert (kept.state, kept.wishes, await told(database)) == ("ended", {}, [])


async def test_in_its_quiet_a_subscriber_hears_nothing_and_then_all_at_once(database: Database, show: Show) -> None:
    await ask(database, WELDING)
    ids = await put_up(database, show, *["电焊工"] * 3)
    for minutes, job in enumerate(ids):
        await act(database, [job], states.PUBLISH, now=NOW + timedelta(minutes=minutes))
        await deliver(database, now=NOW + timedelta(minutes=minutes))
    assert len(await told(database)) == 1
    await deliver(database, now=NOW + QUIET - timedelta(seconds=1))
    assert len(await told(database)) == 1
    await deliver(database, now=NOW + QUIET)
    assert [len(cards(line)) for line in await told(database)] == [1, 2]


async def test_another_countys_jobs_are_news_only_to_who_names_the_place(database: Database, show: Show) -> None:
    """怀宁 publishes; asked at 桐城, at the city, and at 桐城 for 怀宁."""
    stranger, city = show.cast.stranger.centre_id, show.cast.city.centre_id
    visitors = ["1" * 32, "2" * 32, "3" * 32, "4" * 32]
    await ask(database, WELDING, visitor=visitors[0], centre_id=stranger)
    await ask(database, WELDING, visitor=visitors[1], centre_id=city)
    await ask(database, Wishes(keywords=("电焊工",), divisions=("340822",)), visitor=visitors[2], centre_id=stranger)
    await ask(database, WELDING, visitor=visitors[3], centre_id=show.cast.centre.id)
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    await deliver(database)
    assert [len(await told(database, visitor)) for visitor in visitors] == [0, 1, 1, 1]


async def test_a_question_that_the_bot_asked_stays_open(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, ME, Turn(text="找电焊工"), now=NOW)
    await ask(database, WELDING)
    await say(chat, ME, Turn(text="删除我的资料"), now=NOW)
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    await deliver(database)
    done = await say(chat, ME, Turn(text="确认删除"), now=NOW)
    assert done.understood["actions"] == [{"do": "forget"}]


async def test_while_people_have_the_conversation_the_news_wait(database: Database, show: Show) -> None:
    await ask(database, WELDING)
    async with database.write() as session:
        talk = (await session.scalars(select(Conversation.id))).one()
        asked = {"asked_at": NOW, "due_at": NOW, "seeker_at": NOW}
        session.add(Handover(public_id="handover", conversation_id=talk, state="held", **asked))
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    await deliver(database)
    assert await told(database) == []
    async with database.write() as session:
        await session.execute(update(Handover).values(state="over"))
    await deliver(database, now=NOW + QUIET)
    assert [len(cards(line)) for line in await told(database)] == [1]


async def test_in_the_chat_one_word_begins_it_and_one_ends_it(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, ME, Turn(text="宜秀区 电焊工"), now=NOW)
    begun = await say(chat, ME, Turn(text="有新岗位通知我"), now=NOW)
    async with database.read() as session:
        (kept,) = (await session.scalars(select(Subscription))).all()
        linked = await session.scalar(select(Conversation.seeker_id))
    ended = await say(chat, ME, Turn(text="不用通知了"), now=NOW)
    again = await say(chat, ME, Turn(text="不用通知了"), now=NOW)
    assert begun.answered.text == (
        "好的，有符合的新岗位（电焊工、宜秀区），我就在这个聊天里告诉您。\n管90天，到时候自己停。不想要了，说“不用通知了”。"
    )
    assert (kept.wishes, kept.state) == ({"keywords": ["电焊工"], "divisions": ["340811"]}, "on")
    assert (kept.centre_id, kept.seeker_id) == (show.cast.centre.id, linked)
    assert (ended.intent, ended.answered.text) == (
        "subscribe",
        "好的，不再通知您新岗位了。以后想要，说“有新岗位通知我”。",
    )
    assert again.answered.text == "您没有要过新岗位通知，不会打扰您。"


async def test_many_subscribers_come_in_slices(database: Database, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.chat.news_reading._SUBSCRIBERS_AT_ONCE", 3)
    monkeypatch.setattr("app.chat.news._TOLD_AT_ONCE", 2)
    visitors = [f"{number:032x}" for number in range(8)]
    for number, visitor in enumerate(visitors):
        await ask(database, WELDING if number % 4 else Wishes(keywords=("月嫂",)), visitor=visitor)
    await act(database, await put_up(database, show, "电焊工", "电焊工"), states.PUBLISH)
    await deliver(database)
    assert [len(await told(database, visitor)) for visitor in visitors] == [0, 1, 1, 1, 0, 1, 1, 1]
    async with database.read() as session:
        newest = await session.scalar(select(func.max(NewPosting.id)))
        assert set(await session.scalars(select(Subscription.told_to))) == {newest}
        assert await session.scalar(select(func.count(Message.id))) == 6


async def test_nothing_personal_is_in_the_outbox(database: Database, show: Show) -> None:
    await ask(database, Wishes(keywords=("电焊工",), age=52))
    await act(database, await put_up(database, show, "电焊工"), states.PUBLISH)
    await deliver(database)
    async with database.read() as session:
        payloads = [row.payload for row in await session.scalars(select(OutboxEntry).order_by(OutboxEntry.id))]
    (job,) = payloads[0]["listings"]
    assert payloads == [
        {"listings": [job]},
        {"of": payloads[1]["of"], "after": 0},
        {"of": payloads[1]["of"], "after": 1},
    ]


def test_the_phrase_says_how_long() -> None:
    assert timedelta(days=90) == LASTS
