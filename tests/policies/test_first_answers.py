"""The answers that are shipped: the facts as they were given, installed once, never over an edit."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.base.audit import Who
from app.base.database import Database
from app.cli.accounts import centre_of
from app.cli.demo import add_first_answers
from app.policies.first_set import first_set
from app.policies.models import WITHDRAWN, Policy, PolicyRevision
from app.policies.policies import change_policy, install_first_set, withdraw
from app.policies.revisions import contents_of
from bot.terms.divisions import HOME
from tests.cast import NOW, make_centre
from tests.policies.policy_cast import contents

FESTIVAL = ("2021年春节期间", date(2021, 2, 17))


def test_the_facts_of_each_district() -> None:
    subsidies = [one.contents for one in first_set(HOME) if one.contents.title == "春节留岗补贴"]
    assert [(one.divisions, one.audience, one.amount) for one in subsidies] == [
        (("340802",), "户口在安庆市以外、在经开区企业上班、春节期间正常上班的员工", "每人2000元，企业另外给500元"),
        (("340803",), "从中高风险地区来、在规模以上工业企业上班的员工", "一次性1000元"),
        (("340811",), "从外省来、在开发区企业一线上班的员工", "1000元"),
        (("340881",), "从中高风险地区来、在规模以上企业上班的员工", "一次性1000元"),
    ]
    assert {(one.period, one.valid_until) for one in subsidies} == {FESTIVAL}


def test_what_else_is_shipped_and_how_long_it_holds() -> None:
    others = [one.contents for one in first_set(HOME) if one.contents.title != "春节留岗补贴"]
    assert [(one.topic, one.title, one.text, one.period, one.valid_until) for one in others] == [
        ("training", "以工代训", "以工代训延长到2021年12月31日。", "", date(2021, 12, 31)),
        ("policy", "春节手机流量", "春节期间，三家电信运营商送10 GB手机流量。", *FESTIVAL),
        ("rights", "12333热线", "12333是人社服务热线。就业、社保、工资、补贴、培训的事，都可以打去问。", "", None),
        ("rights", "12348热线", "12348是公共法律服务热线。要问法律、想申请法律援助，打这个电话。", "", None),
        ("rights", "12351热线", "12351是工会的职工服务热线。职工有难处、要维权，打这个电话找工会帮忙。", "", None),
    ]


def test_each_may_be_edited_by_staff_and_names_its_source_where_one_is_known() -> None:
    unsourced = [one for one in first_set(HOME) if not one.contents.source]
    assert [one.key for one in unsourced] == ["work-training-2021"]
    for one in first_set(HOME):
        if one.contents.source:
            one.contents.check(division=HOME)


def test_a_centre_gets_what_lies_in_its_area_and_what_holds_everywhere() -> None:
    hotlines = ["hotline-12333", "hotline-12348", "hotline-12351"]
    found = {code: [one.key for one in first_set(code)] for code in ("340881", "340822", "340100")}
    assert found == {"340881": ["stay-on-2021-tongcheng", *hotlines], "340822": hotlines, "340100": hotlines}
    assert len({one.key for one in first_set(HOME)}) == len(first_set(HOME)) == 9


async def test_a_new_centre_has_them_and_an_upgrade_adds_none_twice(database: Database) -> None:
    async with database.write() as session:
        centre = await centre_of(session, HOME)
    await add_first_answers(database)
    async with database.read() as session:
        rows = (await session.scalars(select(Policy).order_by(Policy.id))).all()
        assert [contents_of(row) for row in rows] == [one.contents for one in first_set(HOME)]
        assert {(row.centre_id, row.state, row.revision, row.updated_by) for row in rows} == {
            (centre.id, "open", 1, None)
        }
        assert await session.scalar(select(func.count(PolicyRevision.id))) == 9


async def test_a_centre_from_before_gets_them_with_the_upgrade(database: Database) -> None:
    async with database.write() as session:
        await make_centre(session, "桐城市公共就业服务中心", "340881")
    await add_first_answers(database)
    async with database.read() as session:
        assert await session.scalar(select(func.count(Policy.id))) == 4


async def test_what_staff_changed_or_withdrew_stays_so(database: Database) -> None:
    who = Who("system")
    async with database.write() as session:
        centre = await make_centre(session, "怀宁县公共就业服务中心", "340822")
        await install_first_set(session, centre, now=NOW)
    async with database.write() as session:
        first, second, _ = await session.scalars(select(Policy).options(joinedload(Policy.centre)).order_by(Policy.id))
        await change_policy(session, first, contents(), revision=1, who=who, now=NOW)
        await withdraw(session, second, revision=1, who=who, now=NOW)
        assert await install_first_set(session, centre, now=NOW) == 0
    async with database.read() as session:
        rows = (await session.scalars(select(Policy).order_by(Policy.id))).all()
        assert [row.title for row in rows] == ["探亲补贴", "12348热线", "12351热线"]
        assert [row.state == WITHDRAWN for row in rows] == [False, True, False]
