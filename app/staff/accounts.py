"""Centres and the accounts of their staff."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import SYSTEM, Who, note
from app.base.errors import Conflict, Invalid
from app.staff.actor import ROLES
from app.staff.models import Account, Centre, SignIn
from app.staff.passwords import hash_password

_NAME_LENGTH = 40
_CENTRE_NAME_LENGTH = 80
_DIVISION_LENGTH = 6


async def create_centre(session: AsyncSession, *, name: str, division: str, now: datetime) -> Centre:
    """The centre of a division (GB/T 2260, six digits), of which there is one; Conflict if it is there already."""
    if not (division.isascii() and division.isdecimal() and len(division) == _DIVISION_LENGTH):
        raise Invalid("行政区划代码是 6 位数字，例如 340800。", field="division")
    name = _named(name, _CENTRE_NAME_LENGTH)
    if await find_centre(session, division) is not None:
        raise Conflict("这个地区的就业中心已经有了。")
    centre = Centre(name=name, division=division, created_at=now)
    session.add(centre)
    await session.flush()
    note(session, SYSTEM, "centre_created", thing=("centre", centre.id), now=now)
    return centre


async def find_centre(session: AsyncSession, division: str) -> Centre | None:
    found: Centre | None = await session.scalar(select(Centre).where(Centre.division == division))
    return found


async def create_account(
    session: AsyncSession, *, name: str, password: str, role: str, centre_id: int, now: datetime, who: Who = SYSTEM
) -> Account:
    """An account that can sign in at once. Raises Invalid, or Conflict where the name is taken."""
    if role not in ROLES:
        raise Invalid(f"角色只能是 {'、'.join(ROLES)}。", field="role")
    name = _named(name, _NAME_LENGTH)
    if await account_named(session, name) is not None:
        raise Conflict("这个用户名已经有人用了，请换一个。")
    account = Account(
        centre_id=centre_id,
        name=name,
        role=role,
        password_hash=await hash_password(password),
        created_at=now,
        disabled_at=None,
    )
    session.add(account)
    await session.flush()
    note(session, who, "account_created", thing=("account", account.id), now=now)
    return account


async def account_named(session: AsyncSession, name: str) -> Account | None:
    found: Account | None = await session.scalar(select(Account).where(Account.name == name))
    return found


async def disable_account(session: AsyncSession, account: Account, *, who: Who, now: datetime) -> None:
    """Nobody signs in with it any more, and whoever is signed in with it is out at once."""
    account.disabled_at = now
    await session.execute(
        update(SignIn).where(SignIn.account_id == account.id, SignIn.revoked_at.is_(None)).values(revoked_at=now)
    )
    note(session, who, "account_disabled", thing=("account", account.id), now=now)


def _named(name: str, length: int) -> str:
    name = name.strip()
    if not name or len(name) > length or not name.isprintable():
        raise Invalid(f"名称要填，最多 {length} 个字。", field="name")
    return name
