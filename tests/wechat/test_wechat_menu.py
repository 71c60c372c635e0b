"""The account's menu: as it is put there, and where it cannot be."""

import pytest
from sqlalchemy import select

from app.base.audit import AuditEntry, Who
from app.wechat.failures import ApiError, Lacking
from app.wechat.menu import publish_menu
from tests.wechat.ours import Ours

WHO = Who("account", 7)
BUTTONS = [
    {"type": "click", "name": "找工作", "key": "find_jobs"},
    {"type": "click", "name": "我的面试", "key": "my_interviews"},
    {"type": "click", "name": "人工", "key": "human"},
]


async def noted(ours: Ours) -> list[tuple[str, int | None]]:
    async with ours.database.read() as session:
        return [(entry.what, entry.who_id) for entry in await session.scalars(select(AuditEntry))]


async def test_three_buttons_stand_in_the_menu(ours: Ours) -> None:
    await ours.platform.probe()
    await publish_menu(ours.platform, who=WHO, now=ours.clock())
    assert ours.stand_in.menu == {"button": BUTTONS}
    assert ((await ours.account()).menu_at, ours.stand_in.breaches) == (ours.clock(), [])
    assert await noted(ours) == [("wechat_menu_published", 7)]


async def test_an_account_without_menus_is_told_so_and_nothing_is_noted(ours: Ours) -> None:
    ours.stand_in.kind = "C"
    await ours.platform.probe()
    with pytest.raises(Lacking):
        await publish_menu(ours.platform, who=WHO, now=ours.clock())
    assert ((await ours.account()).menu_at, ours.stand_in.menu, await noted(ours)) == (None, None, [])


async def test_a_menu_that_is_refused_is_not_noted(ours: Ours) -> None:
    await ours.platform.probe()
    ours.stand_in.faults.plan("/cgi-bin/menu/create", 40018)
    with pytest.raises(ApiError):
        await publish_menu(ours.platform, who=WHO, now=ours.clock())
    assert ((await ours.account()).menu_at, await noted(ours)) == (None, [])
