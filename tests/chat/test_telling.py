"""Lines that come unasked: who is rung, and how a page counts them."""

from sqlalchemy import select

from app.base.database import Database
from app.chat.conversations import say
from app.chat.handover import handover_topic, inbox_topic
from app.chat.models import Conversation
from app.chat.telling import chat_topic
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import history, lines_after
from bot.turn import Turn
from tests.cast import NOW
from tests.chat.conftest import KEYS, STRANGER, Show, make_show, nothing_on_air
from tests.chat.test_handover import ME, only, reply, tell


async def test_who_listens_is_rung(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    chat = Chat(database=database, keys=KEYS, on_air=nothing_on_air)
    async with database.write() as session:
        show = await make_show(session)
    await tell(chat, "你好")
    async with database.read() as session:
        talk = (await session.scalars(select(Conversation))).one()
    with database.bus.listening(inbox_topic(show.cast.centre.id)) as inbox:
        await tell(chat, "转人工")
        assert inbox.is_set()
    page, mine = handover_topic((await only(database)).id), chat_topic(talk.id)
    with database.bus.listening(page) as theirs, database.bus.listening(mine) as own:
        await tell(chat, "在吗")
        # the seeker's own words come back with the form
        assert (theirs.is_set(), own.is_set()) == (True, False)
        await reply(database, show.cast.owner, "在")
        assert own.is_set()
    await database.close()


async def test_lines_are_numbered_within_their_conversation(database: Database, show: Show, chat: Chat) -> None:
    await say(chat, Speaker(channel="web", word=STRANGER), Turn(text="你好"), now=NOW)
    await tell(chat, "转人工")
    await reply(database, show.cast.owner, "您好")
    async with database.read() as session:
        whole = await history(session, ME.key(KEYS), today=NOW.date())
        last = await history(session, ME.key(KEYS), today=NOW.date(), limit=1)
        talk = (await session.scalars(select(Conversation.id).where(Conversation.key == ME.key(KEYS)))).one()
        after = await lines_after(session, talk, 2, today=NOW.date())
        none = await lines_after(session, talk, 3, today=NOW.date())
    assert [line.number for line in whole] == [1, 2, 3]
    assert (last, after, none) == (whole[2:], whole[2:], [])
