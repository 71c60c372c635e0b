"""绑定 482913: digits from a page tie it to who sends them in the chat; guessing leads nowhere."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.base.database import Database
from app.base.keys import Keys
from app.chat.one_person import is_tied
from app.chat.tying import answer_to_tie, digits_to_tie
from app.seekers.seekers import OPENID, known_seeker, seeker_of_browser
from app.wechat.accounts import account_of, downgrade
from app.wechat.credentials import Credentials
from app.wechat.peers import find_peer
from app.wechat.tie_codes import GUESSES_OF_ALL, GUESSES_OF_ONE, LIFE, PER, clear_ended, live_code, new_code
from app.wechat.visit_models import TieCode, TieGuess
from bot.phrases import say
from tests.cast import NOW

KEYS = Keys(b"a secret of the tests")
VISITOR, OPEN, OTHER = "0123456789abcdef0123456789abcdef", "oXiaoYan0000000000000000Xiao", "oLanLan00"
CREDENTIALS = Credentials(app_id="wx1", secret="s", token="t", aes_key=None, api="http://127.0.0.1:9")


async def account(database: Database, *lacks: str) -> int:
    async with database.write() as session:
        row = await account_of(session, CREDENTIALS, now=NOW)
        row.lacks = []
        downgrade(row, *lacks)
        return row.id


async def drawn(database: Database, *, visitor: str = VISITOR, now: timedelta = timedelta(0)) -> str:
    async with database.write() as session:
        seeker = await seeker_of_browser(session, visitor, KEYS, now=NOW)
        return await new_code(session, seeker.id, keys=KEYS, now=NOW + now)


async def said(database: Database, text: str, *, openid: str = OPEN, after: timedelta = timedelta(0)) -> str | None:
    return await answer_to_tie(database, await account(database), openid, text, keys=KEYS, now=NOW + after)


async def who(database: Database, openid: str = OPEN) -> int | None:
    async with database.read() as session:
        seeker = await known_seeker(session, openid, KEYS, kind=OPENID)
        return None if seeker is None else seeker.id


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("绑定 482913", "482913"),
        ("绑定482913", "482913"),
        (" 绑 定：４８２ ９１３。", "482913"),
        ("绑定号码是482-913", "482913"),
        ("绑定“482913”", "482913"),
        ("绑定", ""),
        ("绑定 4829", "4829"),
        ("482913", None),
        ("怎么绑定", None),
        ("绑定手机", None),
        ("绑定٤٨٢٩١٣", None),
        ("", None),
    ],
)
def test_it_is_heard_however_it_is_written(text: str, digits: str | None) -> None:
    assert digits_to_tie(text) == digits


async def test_who_sends_the_digits_is_who_the_page_is_for(database: Database) -> None:
    digits = await drawn(database)
    assert await said(database, f"绑定 {digits}", after=LIFE - timedelta(seconds=1)) == say("tying.tied")
    async with database.read() as session:
        seeker = await known_seeker(session, VISITOR, KEYS)
        assert seeker is not None
        assert await is_tied(session, seeker)
        assert await find_peer(session, 1, OPEN, keys=KEYS) is not None
        assert await live_code(session, seeker.id, keys=KEYS, now=NOW) is None
    assert await who(database) == seeker.id


async def test_the_same_words_again_get_the_same_answer(database: Database) -> None:
    """The platform pushes three times what was not answered in time."""
    words = f"绑定 {await drawn(database)}"
    assert [await said(database, words) for _ in range(3)] == [say("tying.tied")] * 3
    assert await said(database, words, openid=OTHER) == say("tying.unknown")
    assert await who(database, OTHER) is None


async def test_at_the_same_moment_one_of_two_is_tied(database: Database) -> None:
    words = f"绑定 {await drawn(database)}"
    answers = await asyncio.gather(*(said(database, words, openid=openid) for openid in (OPEN, OTHER)))
    assert sorted(str(answer) for answer in answers) == sorted([say("tying.tied"), say("tying.unknown")])
    assert [await who(database, OPEN), await who(database, OTHER)].count(None) == 1


async def test_digits_that_are_old_or_replaced_tie_nobody(database: Database) -> None:
    old = await drawn(database)
    assert await said(database, f"绑定 {old}", after=LIFE) == say("tying.unknown")
    first = await drawn(database, visitor="somebody else")
    second = await drawn(database, visitor="somebody else")
    assert [await said(database, f"绑定 {digits}", openid=OTHER) for digits in (first, second)] == [
        say("tying.unknown"),
        say("tying.tied"),
    ]
    assert await who(database) is None


async def test_a_conversation_guesses_five_times_an_hour(database: Database) -> None:
    """Then right digits are refused as well; the same wrong ones count once."""
    digits = await drawn(database, now=timedelta(minutes=5))
    wrong = [f"绑定 {number:06}" for number in range(GUESSES_OF_ONE + 1) if f"{number:06}" != digits]
    for words in wrong[:GUESSES_OF_ONE]:
        for _ in range(2):
            assert await said(database, words) in {say("tying.unknown"), say("tying.too_many")}
    assert await said(database, f"绑定 {digits}") == say("tying.too_many")
    async with database.read() as session:
        assert await session.scalar(select(func.count(TieGuess.id))) == GUESSES_OF_ONE
    assert await said(database, f"绑定 {digits}", openid=OTHER) == say("tying.tied")
    assert await said(database, "绑定 000000", after=PER) == say("tying.unknown")


async def test_nothing_of_digits_and_guesses_is_left_by_the_night(database: Database) -> None:
    await drawn(database)
    await said(database, "绑定 000000")
    for after, gone in ((timedelta(0), 0), (LIFE, 1), (PER, 1), (PER, 0)):
        async with database.write() as session:
            assert await clear_ended(session, now=NOW + after) == gone
    async with database.read() as session:
        assert (list(await session.scalars(select(TieGuess))), list(await session.scalars(select(TieCode)))) == ([], [])


async def test_all_together_guess_a_hundred_times_an_hour(database: Database) -> None:
    digits = await drawn(database)
    async with database.write() as session:
        session.add_all(
            TieGuess(openid_hash=f"{number:064}", digits=bytes([number]), at=NOW) for number in range(GUESSES_OF_ALL)
        )
    assert await said(database, f"绑定 {digits}") == say("tying.too_many")
    assert await who(database) is None


async def test_an_account_that_cannot_write_does_not_say_that_it_will(database: Database) -> None:
    digits = await drawn(database)
    account_id = await account(database, "custom")
    answer = await answer_to_tie(database, account_id, OPEN, f"绑定 {digits}", keys=KEYS, now=NOW)
    assert answer == say("tying.tied_silently")


async def test_what_is_no_code_is_told_how_and_changes_nothing(database: Database) -> None:
    assert await said(database, "绑定 4829") == say("tying.how", example="482913")
    assert await said(database, "绑定手机号") is None
    async with database.read() as session:
        assert (list(await session.scalars(select(TieGuess))), list(await session.scalars(select(TieCode)))) == ([], [])
