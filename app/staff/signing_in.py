"""Signing in and out: a random word in a cookie, of which the database keeps the hash.

In three steps, so that the slow one holds no lock: `account_named` with a reading session, `prove` with none,
`sign_in` with a writing one.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.errors import Invalid
from app.base.ids import new_secret
from app.staff.actor import Actor
from app.staff.models import Account, Centre, SignIn
from app.staff.passwords import matches

LASTS = timedelta(hours=12)
WRONG = "用户名或密码不对，请检查后再试。"


async def prove(account: Account | None, password: str) -> Account:
    """The account, if the password is its own; else Invalid, with one sentence for every reason."""
    known = account is not None and account.disabled_at is None
    is_right = await matches(password, account.password_hash if known and account else None)
    if account is None or not is_right:
        raise Invalid(WRONG)
    return account


async def sign_in(session: AsyncSession, account: Account, *, now: datetime) -> str:
    """Opens a session of 12 hours for an account that was proven; returns the cookie's word."""
    word = new_secret()
    session.add(
        SignIn(
            account_id=account.id,
            token_hash=_hash(word),
            created_at=now,
            expires_at=now + LASTS,
            revoked_at=None,
        )
    )
    note(session, Who("account", account.id), "signed_in", thing=("account", account.id), now=now)
    return word


async def actor_of(session: AsyncSession, cookie_word: str, now: datetime) -> Actor | None:
    """Who holds the word; None where it is unknown, too old or taken back, or the account is disabled."""
    found = await session.execute(
        select(Account.id, Account.centre_id, Account.name, Account.role, Centre.division, Centre.name)
        .join(SignIn, SignIn.account_id == Account.id)
        .join(Centre, Centre.id == Account.centre_id)
        .where(
            SignIn.token_hash == _hash(cookie_word),
            SignIn.expires_at > now,
            SignIn.revoked_at.is_(None),
            Account.disabled_at.is_(None),
        )
    )
    row = found.one_or_none()
    return None if row is None else Actor(*row)


async def sign_out(session: AsyncSession, cookie_word: str, *, now: datetime) -> None:
    """Takes the word back; one that opens nothing is left as it is."""
    account_id = await session.scalar(
        update(SignIn)
        .where(SignIn.token_hash == _hash(cookie_word), SignIn.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(SignIn.account_id)
    )
    if account_id is not None:
        note(session, Who("account", account_id), "signed_out", thing=("account", account_id), now=now)


def _hash(word: str) -> str:
    # the word is 128 random bits, so a plain digest gives nothing away
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
