"""`mashang user add`."""

import secrets
import sys

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import system_clock
from app.base.database import Database
from app.base.errors import Invalid
from app.base.settings import Settings
from app.cli.session import with_database
from app.policies.policies import install_first_set
from app.staff.accounts import create_account, create_centre, find_centre
from app.staff.models import Centre
from bot.terms.divisions import HOME, NAMES


def add_account(name: str, *, role: str, division: str | None, password_stdin: bool) -> None:
    """Makes the account, and its division's centre where there is none; prints a password it had to make."""
    given = sys.stdin.readline().rstrip("\n") if password_stdin else None
    password = given or new_password()

    async def work(database: Database, _: Settings) -> str:
        async with database.write() as session:
            centre = await centre_of(session, division or HOME)
            await create_account(
                session, name=name, password=password, role=role, centre_id=centre.id, now=system_clock()
            )
            return centre.name

    centre_name = with_database(work)
    print(f"已新建账号：{name}（{centre_name}）")
    if given is None:
        print(f"初始密码：{password}")
        print("只显示这一次，请记下来并交给本人。")


def new_password() -> str:
    """Sixteen characters, easy to read out and to type."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))


async def centre_of(session: AsyncSession, division: str) -> Centre:
    """The centre of a division, made when first named, with the answers that are shipped."""
    found = await find_centre(session, division)
    if found is not None:
        return found
    if division not in NAMES:
        raise Invalid(f"没有区划代码 {division}。请用 6 位代码，例如安庆市 {HOME}。")
    name = f"{NAMES[division].name}公共就业和人才服务中心"
    now = system_clock()
    centre = await create_centre(session, name=name, division=division, now=now)
    await install_first_set(session, centre, now=now)
    return centre
