"""The word in the cookie: whom it stands for, and until when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.base.database import Database
from app.base.errors import Invalid
from app.staff import passwords
from app.staff.accounts import account_named, disable_account
from app.staff.models import Account, SignIn
from app.staff.signing_in import WRONG, actor_of, prove, sign_in, sign_out
from tests.cast import NOW, PASSWORD, Cast, actor, make_cast


@pytest.fixture
async def cast(database: Database) -> Cast:
    async with database.write() as session:
        return await make_cast(session)


async def open_session(database: Database, account: Account) -> str:
    async with database.write() as session:
        return await sign_in(session, account, now=NOW)


async def test_a_word_stands_for_its_account_and_centre(database: Database, cast: Cast) -> None:
    words = [await open_session(database, account) for account in (cast.owner, cast.city)]
    async with database.read() as session:
        actors = [await actor_of(session, word, NOW) for word in words]
    assert actors == [actor(cast.owner), actor(cast.city)]


@pytest.mark.parametrize(
    ("after", "is_in"), [(timedelta(hours=12) - timedelta(seconds=1), True), (timedelta(hours=12), False)]
)
async def test_it_lasts_twelve_hours(database: Database, cast: Cast, after: timedelta, *, is_in: bool) -> None:
    word = await open_session(database, cast.owner)
    async with database.read() as session:
        found = await actor_of(session, word, NOW + after)
    assert (found is not None) == is_in


async def test_signing_out_ends_this_browsers_session_only(database: Database, cast: Cast) -> None:
    here, there = [await open_session(database, cast.owner) for _ in range(2)]
    async with database.write() as session:
        await sign_out(session, here, now=NOW)
        await sign_out(session, "nothing of ours", now=NOW)
    async with database.read() as session:
        found = [await actor_of(session, word, NOW) for word in (here, there)]
    assert found == [None, actor(cast.owner)]


async def test_a_disabled_account_is_out_in_every_browser(database: Database, cast: Cast) -> None:
    words = [await open_session(database, cast.owner) for _ in range(2)]
    async with database.write() as session:
        account = await account_named(session, cast.owner.name)
        assert account is not None
        await disable_account(session, account, who=actor(cast.city).who(), now=NOW)
    async with database.read() as session:
        found = [await actor_of(session, word, NOW) for word in words]
        revoked = (await session.scalars(select(SignIn.revoked_at))).all()
    assert (found, revoked) == ([None, None], [NOW, NOW])


async def test_only_the_right_password_of_a_live_account_proves_it(database: Database, cast: Cast) -> None:
    assert await prove(cast.owner, PASSWORD) is cast.owner
    gone = Account(name="走了的", password_hash=cast.owner.password_hash, disabled_at=NOW)
    for account, password in ((cast.owner, PASSWORD + " "), (cast.owner, ""), (None, PASSWORD), (gone, PASSWORD)):
        with pytest.raises(Invalid, match=WRONG):
            await prove(account, password)


async def test_a_name_that_is_not_there_costs_the_work_of_one_that_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each refusal verifies one hash, with the parameters that new accounts get."""
    verified: list[str] = []

    class Watched:
        def verify(self, _password: str, password_hash: str) -> bool:
            verified.append(password_hash.rpartition("$")[0].rpartition("$")[0])
            return False

        def hash(self, password: str) -> str:
            return real.hash(password)

    real = passwords._HASHING
    monkeypatch.setattr(passwords, "_HASHING", Watched())
    cast.owner.password_hash = await passwords.hash_password(PASSWORD)
    gone = Account(name="走了的", password_hash=cast.owner.password_hash, disabled_at=NOW)
    for account in (cast.owner, None, gone):
        with pytest.raises(Invalid):
            await prove(account, "不是这个密码呀")
    assert verified == ["$argon2id$v=19$m=65536,t=3,p=4"] * 3


async def test_the_dummy_hash_lets_nobody_in() -> None:
    assert await passwords.matches("the password of nobody at all", None) is False
