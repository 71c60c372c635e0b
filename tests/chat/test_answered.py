"""Which questions count as answered, and by whom; each counts once."""

from datetime import timedelta

from sqlalchemy import select

from app.base.database import Database
from app.chat.answering import answer
from app.chat.conversations import say
from app.chat.inbox import find_handover
from app.chat.models import Message
from app.chat.patience import PATIENT
from app.chat.people_models import Handover
from app.chat.thinking import Chat, Speaker
from app.reports.stats import Answered, event_answers
from bot.turn import Turn
from tests.cast import NOW, actor, make_event
from tests.chat.conftest import KEYS, VISITOR, Show

ME = Speaker(channel="web", word=VISITOR)


async def marks(database: Database) -> list[tuple[str, str | None]]:
    async with database.read() as session:
        rows = select(Message.text, Message.answered_by).where(Message.from_seeker.is_(True)).order_by(Message.id)
        return [(text, by) for text, by in await session.execute(rows)]


async def reply(database: Database, show: Show, text: str) -> None:
    async with database.write() as session:
        ref = (await session.scalars(select(Handover.public_id))).one()
        found = await find_handover(session, actor(show.cast.owner), ref)
        assert found is not None
        me = actor(show.cast.owner)
        await answer(session, me, found, text, press=text, keys=KEYS, patience=PATIENT, now=NOW + timedelta(minutes=1))


async def test_small_talk_and_what_is_not_understood_are_no_answers(database: Database, show: Show, chat: Chat) -> None:
    for text in ("你好", "找保安", "第一个工资多少", "asdfgh", "谢谢", "转人工"):
        await say(chat, ME, Turn(text=text), now=NOW)
    assert await marks(database) == [
        ("你好", None),
        ("找保安", "bot"),
        ("第一个工资多少", "bot"),
        ("asdfgh", None),
        ("谢谢", None),
        ("转人工", None),
    ]


async def test_people_answer_the_last_words_once(database: Database, show: Show, chat: Chat) -> None:
    for text in ("找保安", "转人工", "押金退吗", "在吗"):
        await say(chat, ME, Turn(text=text), now=NOW)
    await reply(database, show, "在的")
    await reply(database, show, "押金不能收")
    await say(chat, ME, Turn(text="那怎么办"), now=NOW + timedelta(minutes=2))
    await reply(database, show, "去退")
    assert await marks(database) == [
        ("找保安", "bot"),
        ("转人工", None),
        ("押金退吗", None),
        ("在吗", "staff"),
        ("那怎么办", "staff"),
    ]
    async with database.write() as session:
        other = await make_event(session, show.cast.centre, name="另一场")
        counts = [await event_answers(session, event.id) for event in (show.event, other)]
    assert counts == [Answered(by_bot=1, by_people=2), Answered(by_bot=0, by_people=0)]
