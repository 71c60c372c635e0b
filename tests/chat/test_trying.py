"""A sentence tried on the bot, which touches nobody's conversation."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.base.errors import Invalid
from app.chat.models import Conversation, Message
from app.chat.thinking import Chat
from app.chat.trying import Tried, event_for_trying, try_sentence
from app.events.models import Event
from bot.understanding.trades import Trades, standard_trades
from tests.cast import NOW
from tests.chat.conftest import Show


async def attempt(chat: Chat, event: Event | None, sentence: str, trades: Trades | None = None) -> Tried:
    async with chat.database.read() as session:
        return await try_sentence(session, chat, sentence, trades=trades or standard_trades(), event=event, now=NOW)


async def test_it_says_what_is_understood_and_what_jobs_there_are(chat: Chat, show: Show) -> None:
    found = await attempt(chat, show.event, "找焊工，包住")
    assert (found.understood, found.found) == ("找工作：焊工、包住", 1)
    assert [(job.number, job.title) for job in found.jobs] == [("101", "电焊工")]


async def test_a_new_word_changes_what_is_found(chat: Chat, show: Show) -> None:
    more = standard_trades().with_words({"铁花子": "焊工"})
    after = await attempt(chat, show.event, "铁花子", more)
    assert (after.understood, [job.title for job in after.jobs]) == ("找工作：铁花子", ["电焊工"])


async def test_without_an_event_there_is_nothing_to_find(chat: Chat) -> None:
    found = await attempt(chat, None, "找焊工")
    assert (found.understood, found.found, found.jobs) == ("找工作：焊工", 0, ())


@pytest.mark.parametrize(
    "sentence", ["转人工", "谢谢", "103号工资多少", "我要面试", "取消面试", "删除我的信息", "举报", ""]
)
async def test_nothing_is_changed_by_it(chat: Chat, show: Show, sentence: str) -> None:
    await attempt(chat, show.event, sentence)
    async with chat.database.read() as session:
        counts = [await session.scalar(select(func.count()).select_from(table)) for table in (Conversation, Message)]
    assert counts == [0, 0]


async def test_a_text_that_is_too_long_is_refused(chat: Chat, show: Show) -> None:
    with pytest.raises(Invalid, match="这段话太长了"):
        await attempt(chat, show.event, "长" * 2001)


def event(name: str, begins: float, ends: float) -> Event:
    return Event(name=name, starts_at=NOW + timedelta(hours=begins), ends_at=NOW + timedelta(hours=ends))


@pytest.mark.parametrize(
    ("events", "name"),
    [
        ((("next", 24, 26), ("on", -1, 1), ("over", -24, -22)), "on"),
        ((("next", 24, 26), ("over", -24, -22), ("older", -48, -46)), "over"),
        ((("later", 48, 50), ("next", 24, 26)), "next"),
        ((), None),
    ],
)
def test_it_is_tried_on_the_event_that_is_on_or_was_last(
    events: tuple[tuple[str, float, float], ...], name: str | None
) -> None:
    found = event_for_trying([event(*times) for times in events], now=NOW)
    assert (found.name if found else None) == name
