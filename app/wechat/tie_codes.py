"""Six digits that a page shows and somebody sends in the chat, so that both are known to be one person's.

A million of them are guessed at soon, so that guesses are counted: for each openid, and for all together.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.inserting import insert_new
from app.base.keys import Keys
from app.wechat.visit_models import TieCode, TieGuess

LIFE = timedelta(minutes=10)
DIGITS = 6
PER = timedelta(hours=1)
GUESSES_OF_ONE, GUESSES_OF_ALL = 5, 100
"""How many wrong ones are taken within `PER`; after that, right ones are not taken either."""
_DRAWS = 20


@dataclass(frozen=True)
class Redeemed:
    """`good`: for the first time; `again`: by the same openid as before. `code` is there for both."""

    how: Literal["good", "again", "unknown", "too_many"]
    code: TieCode | None = None


async def live_code(session: AsyncSession, seeker_id: int, *, keys: Keys, now: datetime) -> str | None:
    """The digits that the seeker's page shows now, if there are any."""
    newest = (TieCode.seeker_id == seeker_id, TieCode.expires_at > now, TieCode.used_by.is_(None))
    digits = await session.scalar(select(TieCode.digits).where(*newest).order_by(TieCode.id.desc()).limit(1))
    return None if digits is None else keys.decrypt(digits)


async def new_code(session: AsyncSession, seeker_id: int, *, keys: Keys, now: datetime) -> str:
    """Digits that stand for nobody else now; those of before are good no longer. Raises RuntimeError where all are."""
    old = delete(TieCode).where((TieCode.expires_at <= now) | (TieCode.seeker_id == seeker_id))
    await session.execute(old, execution_options={"synchronize_session": False})
    for _ in range(_DRAWS):
        digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        values = {
            "seeker_id": seeker_id,
            "digits": keys.encrypt(digits),
            "expires_at": now + LIFE,
        }
        added = insert_new(session, TieCode, "digits").values(values).returning(TieCode.id)
        if await session.scalar(added) is not None:
            return digits
    raise RuntimeError("nearly all codes are taken")


async def clear_ended(session: AsyncSession, *, now: datetime) -> int:
    """Deletes codes that are good no longer and guesses that count no longer, as nobody else may for a long time."""
    gone = 0
    for ended in (
        delete(TieCode).where(TieCode.expires_at <= now).returning(TieCode.id),
        delete(TieGuess).where(TieGuess.at <= now - PER).returning(TieGuess.id),
    ):
        gone += len((await session.scalars(ended, execution_options={"synchronize_session": False})).all())
    return gone


async def redeem(session: AsyncSession, openid_hash: str, digits: str, *, keys: Keys, now: datetime) -> Redeemed:
    """Whom the digits stand for, once. The caller holds the account's row: guesses are counted one after the other."""
    if await _guessed_too_often(session, openid_hash, now=now):
        return Redeemed("too_many")
    secret = keys.encrypt(digits)
    live = select(TieCode).where(TieCode.digits == secret, TieCode.expires_at > now)
    code = await session.scalar(live.with_for_update())
    if code is not None and code.used_by is None:
        code.used_by = openid_hash
        return Redeemed("good", code)
    if code is not None and code.used_by == openid_hash:
        return Redeemed("again", code)
    values = {"openid_hash": openid_hash, "digits": secret, "at": now}
    await session.execute(insert_new(session, TieGuess, "openid_hash", "digits").values(values))
    return Redeemed("unknown")


async def _guessed_too_often(session: AsyncSession, openid_hash: str, *, now: datetime) -> bool:
    old = delete(TieGuess).where(TieGuess.at <= now - PER)
    await session.execute(old, execution_options={"synchronize_session": False})
    everybodys = select(func.count(TieGuess.id))
    theirs = await session.scalar(everybodys.where(TieGuess.openid_hash == openid_hash)) or 0
    return theirs >= GUESSES_OF_ONE or (await session.scalar(everybodys) or 0) >= GUESSES_OF_ALL
