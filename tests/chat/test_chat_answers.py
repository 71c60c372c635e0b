"""Curated answers in the chat, as they stand in the database."""

from typing import Any

from app.base.audit import SYSTEM
from app.base.database import Database
from app.chat.conversations import say
from app.chat.thinking import Chat, Speaker
from app.policies.contents import Contents
from app.policies.policies import add_policy, find_policy, withdraw
from app.staff.models import Centre
from bot.turn import Turn
from tests.cast import NOW
from tests.chat.conftest import VISITOR, Show

SPEAKER = Speaker(channel="web", word=VISITOR)


async def write(database: Database, centre: Centre, key: str, amount: str, **changes: Any) -> None:
    fields: dict[str, Any] = {"topic": "policy", "title": "留岗补贴", "source": "人社局", "words": ("留岗补贴",)}
    answer = Contents(**fields | {"amount": amount} | changes)
    async with database.write() as session:
        mine = await session.get_one(Centre, centre.id)
        await add_policy(session, mine, answer, public_id=key, who=SYSTEM, now=NOW)


async def said(chat: Chat, text: str) -> list[str]:
    exchange = await say(chat, SPEAKER, Turn(text), now=NOW)
    return exchange.answered.text.splitlines()


async def test_an_answer_of_the_shows_centre_is_told(database: Database, show: Show, chat: Chat) -> None:
    assert (await said(chat, "留岗补贴"))[0].startswith("这件事我没有现成的准话")
    await write(database, show.cast.centre, "mine", "500元")
    await write(database, show.cast.stranger.centre, "theirs", "900元")
    assert await said(chat, "留岗补贴") == ["留岗补贴", "多少：500元（来源：人社局）"]


async def test_the_matter_is_remembered_between_messages(database: Database, show: Show, chat: Chat) -> None:
    city = show.cast.city.centre
    await write(database, city, "a", "100元", divisions=("340881",))
    await write(database, city, "b", "200元", divisions=("340811",))
    talk = [await said(chat, text) for text in ("宜秀的留岗补贴", "桐城的呢", "怎么领", "潜山呢")]
    assert [lines[-1] for lines in talk] == [
        "多少：200元（来源：人社局）",
        "多少：100元（来源：人社局）",
        "多少：100元（来源：人社局）",
        "我这里有的是：宜秀区、桐城市。",
    ]


async def test_what_is_withdrawn_is_told_no_more(database: Database, show: Show, chat: Chat) -> None:
    await write(database, show.cast.centre, "mine", "500元")
    await said(chat, "留岗补贴")
    async with database.write() as session:
        policy = await find_policy(session, "mine")
        assert policy is not None
        await withdraw(session, policy, revision=1, who=SYSTEM, now=NOW)
    assert (await said(chat, "怎么领"))[0].startswith("这件事我没有现成的准话")
