"""What is remembered of a conversation: by seeker and by channel, for a day, in the database."""

from datetime import timedelta

from app.base.database import Database
from app.chat.conversations import say, state_of
from app.chat.thinking import Chat, Speaker
from bot.turn import State, Turn
from tests.cast import NOW
from tests.chat.conftest import KEYS, STRANGER, VISITOR, Show

WEB = Speaker(channel="web", word=VISITOR)


async def state(database: Database, speaker: Speaker, **later: int) -> State:
    async with database.read() as session:
        return await state_of(session, speaker, KEYS, now=NOW + timedelta(**later))


async def test_each_channel_and_each_seeker_has_a_memory_of_its_own(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, WEB, Turn("找保安"), now=NOW)
    others = (Speaker(channel="cli", word=VISITOR), Speaker(channel="web", word=STRANGER))
    assert (await state(database, WEB)).wishes.keywords == ("保安",)
    assert [await state(database, other) for other in others] == [State(), State()]


async def test_all_of_it_is_kept_between_turns(database: Database, show: Show, chat: Chat) -> None:
    for text in ("找包吃的工作", "第二个工资多少", "找保安", "第一个几点上班"):
        await say(chat, WEB, Turn(text), now=NOW)
    kept = await state(database, WEB)
    assert (kept.job, kept.before, kept.asked) == (str(show.guard.id), str(show.packer.id), "shift")
    assert kept.shown == (str(show.guard.id),)


async def test_a_day_later_nothing_is_presumed(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, WEB, Turn("找保安"), now=NOW)
    late = await say(chat, WEB, Turn("第一个工资多少"), now=NOW + timedelta(hours=25))
    assert late.answered.text == "还没有列过岗位呢，先说说您想找什么工作。"
    assert (await state(database, WEB, hours=25)).wishes.keywords == ()
