"""Words of the staff's own: they count at once and everywhere, and can be taken back."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base import schema
from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Conflict, Invalid, NotFound
from app.base.ids import new_public_id
from app.chat import words
from app.chat.conversations import say
from app.chat.thinking import Chat, Speaker
from app.chat.vocabulary import VocabularyWord
from app.chat.words import add_word, remove_word, restore_word, trades_now, words_now
from app.staff.models import Account
from bot.turn import Turn
from bot.understanding import understand
from bot.understanding.trades import standard_trades
from tests.cast import NOW, Cast, actor, make_cast
from tests.chat.conftest import Show
from tests.statements import counted


@pytest.fixture
async def cast(database: Database) -> Cast:
    async with database.write() as session:
        return await make_cast(session)


async def add(database: Database, account: Account, word: str, means: str = "", **key: str) -> VocabularyWord:
    async with database.write() as session:
        public_id = key.get("public_id") or new_public_id()
        return await add_word(session, actor(account), word, means, public_id=public_id, now=NOW)


async def remove(database: Database, account: Account, word: VocabularyWord) -> None:
    async with database.write() as session:
        await remove_word(session, actor(account), word.public_id, now=NOW)


async def restore(database: Database, account: Account, word: VocabularyWord) -> VocabularyWord:
    async with database.write() as session:
        return await restore_word(session, actor(account), word.public_id, now=NOW)


async def kin(database: Database, word: str) -> set[str]:
    """The words that are looked for when somebody asks for that one."""
    async with database.read() as session:
        return set((await trades_now(session)).kin(word).same)


async def listed(session: AsyncSession) -> list[tuple[str, str | None, str, str]]:
    return [(word.word, word.means, word.centre.name, word.account.name) for word in await words_now(session)]


async def test_without_words_of_their_own_it_is_the_standard_vocabulary(database: Database) -> None:
    async with database.read() as session:
        assert await trades_now(session) is standard_trades()


async def test_a_word_counts_at_once_until_it_is_removed(database: Database, cast: Cast) -> None:
    before = await kin(database, "扫雪工")
    added = await add(database, cast.owner, " 掃雪工 ", "环卫")
    assert "扫雪工" in await kin(database, "环卫")
    assert await kin(database, "扫雪工") == set(standard_trades().kin("环卫").same) | {"扫雪工"}
    await remove(database, cast.owner, added)
    assert await kin(database, "扫雪工") == before
    again = await add(database, cast.owner, "扫雪工")
    assert again.id != added.id
    assert await kin(database, "扫雪工") == {"扫雪工"}


async def test_a_conversation_of_any_county_hears_it_in_its_next_message(chat: Chat, show: Show) -> None:
    speaker = Speaker(channel="cli", word="s1")
    before = await say(chat, speaker, Turn("铁花子"), now=NOW)
    await add(chat.database, show.cast.stranger, "铁花子", "焊工")
    after = await say(chat, speaker, Turn("铁花子"), now=NOW)
    assert [job.title for job in before.jobs] != ["电焊工"]
    assert (after.understood["slots"], [job.number for job in after.jobs]) == ({"keywords": ["铁花子"]}, ["101"])


async def test_the_vocabulary_is_asked_for_once_and_kept(database: Database, cast: Cast) -> None:
    await add(database, cast.owner, "扫雪工")
    async with database.read() as session:
        first = await trades_now(session)
    async with database.read() as session:
        with counted(database) as statements:
            assert await trades_now(session) is first
    assert len(statements) == 1


async def test_two_databases_in_one_process_have_their_own_words(database: Database, cast: Cast, tmp_path: Any) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/other.db"
    schema.upgrade(url)
    other = Database(url)
    async with other.write() as session:
        second = await make_cast(session)
    await add(database, cast.owner, "扫雪工", "保洁")
    await add(other, second.owner, "扫雪工", "司机")
    assert ("保洁" in await kin(database, "扫雪工"), "司机" in await kin(database, "扫雪工")) == (True, False)
    assert ("保洁" in await kin(other, "扫雪工"), "司机" in await kin(other, "扫雪工")) == (False, True)
    await other.close()


async def test_the_list_says_whose_they_are_the_newest_first(database: Database, cast: Cast) -> None:
    await add(database, cast.owner, "扫雪工", "保洁")
    gone = await add(database, cast.owner, "铲雪工")
    await add(database, cast.stranger, "撸猫师")
    await remove(database, cast.owner, gone)
    async with database.read() as session:
        assert await listed(session) == [
            ("撸猫师", None, "桐城市公共就业服务中心", "桐城小姚"),
            ("扫雪工", "保洁", "怀宁县公共就业服务中心", "怀宁小程"),
        ]


async def test_the_same_press_twice_adds_once(database: Database, cast: Cast) -> None:
    first = await add(database, cast.owner, "扫雪工", public_id="abcdefghijkl")
    second = await add(database, cast.owner, "扫雪工", public_id="abcdefghijkl")
    assert first.id == second.id
    with pytest.raises(Invalid, match="机器人已经认识“扫雪工”了"):
        await add(database, cast.owner, "扫雪工")


async def test_two_at_once_leave_one(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await add(database, cast.owner, "扫雪工")

    async def before(_session: AsyncSession, _typed: str, _means: str) -> tuple[str, str | None]:
        return "扫雪工", None  # as it was checked a moment before the other one committed

    monkeypatch.setattr(words, "checked", before)
    with pytest.raises(Conflict, match="刚刚有人加了同一个词"):
        await add(database, cast.owner, "扫雪工")
    async with database.read() as session:
        assert [row[0] for row in await listed(session)] == ["扫雪工"]


async def test_there_are_only_so_many(database: Database, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "MOST", 1)
    gone = await add(database, cast.owner, "扫雪工")
    with pytest.raises(Invalid, match="请先移除用不上的词"):
        await add(database, cast.owner, "铲雪工")
    await remove(database, cast.owner, gone)
    await add(database, cast.owner, "铲雪工")


async def test_who_sees_its_centre_may_remove_it(database: Database, cast: Cast) -> None:
    word = await add(database, cast.owner, "扫雪工")
    with pytest.raises(NotFound, match="或者它是别的中心加的"):
        await remove(database, cast.stranger, word)
    assert await kin(database, "扫雪工") == {"扫雪工"}
    await remove(database, cast.city, word)
    await remove(database, cast.city, word)  # twice is once
    async with database.read() as session:
        assert await listed(session) == []
        noted = select(AuditEntry).where(AuditEntry.thing_kind == "word").order_by(AuditEntry.id)
        entries = (await session.scalars(noted)).all()
    assert [(entry.what, entry.thing_id, entry.who_id, entry.detail) for entry in entries] == [
        ("word_added", word.id, cast.owner.id, {}),
        ("word_removed", word.id, cast.city.id, {}),
    ]


async def test_what_was_removed_comes_back_once(database: Database, cast: Cast) -> None:
    word = await add(database, cast.owner, "扫雪工", "保洁")
    assert (await restore(database, cast.owner, word)).id == word.id  # it was never gone
    await remove(database, cast.owner, word)
    with pytest.raises(NotFound):
        await restore(database, cast.stranger, word)
    first = await restore(database, cast.city, word)
    second = await restore(database, cast.owner, word)
    assert (first.id, first.word, first.means, first.centre_id) == (second.id, "扫雪工", "保洁", cast.city.centre_id)
    assert first.id != word.id


async def test_a_word_that_another_means_stays(database: Database, cast: Cast) -> None:
    trade = await add(database, cast.owner, "撸猫师")
    other = await add(database, cast.owner, "撸狗师", "撸猫师")
    with pytest.raises(Conflict, match="“撸狗师”的意思指着它"):
        await remove(database, cast.owner, trade)
    await remove(database, cast.owner, other)
    await remove(database, cast.owner, trade)
    assert await kin(database, "撸狗师") == {"撸狗师"}


async def test_what_there_never_was_is_not_found(database: Database, cast: Cast) -> None:
    async with database.write() as session:
        with pytest.raises(NotFound):
            await remove_word(session, actor(cast.owner), "bcdfghjkmnpq", now=NOW)


async def test_the_database_itself_holds_one_current_row_of_a_word(database: Database, cast: Cast) -> None:
    await add(database, cast.owner, "扫雪工")
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            session.add(
                VocabularyWord(
                    public_id=new_public_id(),
                    centre_id=cast.centre.id,
                    word="扫雪工",
                    means=None,
                    added_by=cast.owner.id,
                    added_at=NOW,
                )
            )


async def test_a_word_reads_as_one_trade_in_a_sentence(database: Database, cast: Cast) -> None:
    await add(database, cast.owner, "无人机飞手")
    async with database.read() as session:
        said = understand("有没有无人机飞手的活，包住", trades=await trades_now(session))
    assert said.slots == {"keywords": ["无人机飞手"], "benefits": ["housing"]}
