"""Ranking: what fits, in which order, why, and what is let go."""

from typing import Any

import pytest

from bot.fitting import AT_PLACE, IN_TEXT, IN_TITLE, OTHER_WORD, lowest_offer, may_take, trade_rank, unmet
from bot.job import Job
from bot.matching import Match, Ranking, fits, rank, reasons
from bot.terms.pay import Pay
from bot.understanding.trades import standard_trades
from bot.wishes import NO_WISHES, Wishes
from tests.bot.bot_cast import make_job

TRADES = standard_trades()


def keys(ranking: Ranking[Job]) -> list[str]:
    return [job.key for job in ranking.jobs]


@pytest.mark.parametrize(
    ("wishes", "changes", "missing"),
    [
        (Wishes(pay_min=8000), {}, set()),
        (Wishes(pay_min=8001), {}, {"pay"}),
        (Wishes(pay_min=50_000), {"high": None}, set()),
        (Wishes(pay_min=50_000), {"pay": Pay(negotiable=True)}, set()),
        (Wishes(pay_min=50_000), {"pay": Pay(min=300, period="piece")}, set()),
        (Wishes(pay_min=200, pay_period="day"), {"low": 4000, "high": 4300}, {"pay"}),
        (Wishes(pay_min=200, pay_period="day"), {"low": 4000, "high": 4400}, set()),
        (Wishes(pay_min=5000), {"pay": Pay(min=20, max=30, period="hour")}, set()),
        (Wishes(pay_max=5000), {}, {"pay_max"}),
        (Wishes(pay_min=3000, pay_max=5000), {}, {"pay_max"}),
        (Wishes(pay_min=5000, pay_max=6000), {}, set()),
        (Wishes(pay_min=300, pay_period="piece"), {"low": 200, "high": 250}, {"pay"}),
        (Wishes(benefits=frozenset({"meals", "housing"})), {}, {"benefits:housing"}),
        (Wishes(divisions=("340811",)), {}, set()),
        (Wishes(divisions=("340800",)), {}, set()),
        (Wishes(divisions=("340802",)), {}, {"divisions"}),
        (Wishes(divisions=("340811",)), {"division": "340800"}, {"divisions"}),
        (Wishes(divisions=("340811",)), {"division": None}, {"divisions"}),
        (Wishes(job_type="part_time"), {}, {"job_type"}),
        (Wishes(experience_years=0), {"experience_years": 1}, {"experience_years"}),
        (Wishes(experience_years=3), {"experience_years": 3}, set()),
        (Wishes(employer="江畔隆"), {}, set()),
        (Wishes(employer="别家"), {}, {"employer"}),
    ],
)
def test_unmet_wishes(wishes: Wishes, changes: dict[str, Any], missing: set[str]) -> None:
    assert unmet(make_job(**changes), wishes) == missing


@pytest.mark.parametrize(
    ("wishes", "changes", "may"),
    [
        (Wishes(age=50), {"age_max": 45}, False),
        (Wishes(age=45), {"age_max": 45}, True),
        (Wishes(age=17), {"age_min": 18}, False),
        (Wishes(age=70), {}, True),
        (Wishes(education="junior_high"), {"education": "associate"}, False),
        (Wishes(education="vocational"), {"education": "senior_high"}, True),
        (Wishes(education="primary"), {"education": "any"}, True),
        (Wishes(exclude=("agency",)), {"employment": "agency"}, False),
        (Wishes(exclude=("agency",)), {"employment": "dispatch"}, True),
        (Wishes(exclude=("焊工",)), {}, False),
        (Wishes(exclude=("计件",)), {"pay": Pay(period="piece", text="计件制")}, False),
        (Wishes(exclude=("厂",)), {"title": "会计"}, False),
        (Wishes(exclude=("厂",)), {"title": "会计", "employer": "安庆鹊鸣康复医院有限公司"}, True),
    ],
)
def test_what_nobody_is_shown_past(wishes: Wishes, changes: dict[str, Any], *, may: bool) -> None:
    assert may_take(make_job(**changes), wishes, TRADES) is may


@pytest.mark.parametrize(
    ("keyword", "title", "level"),
    [
        ("氩弧焊", "氩弧焊工", IN_TITLE),
        ("电焊", "氩弧焊工", OTHER_WORD),
        ("车工", "叉车工", 0.0),
        ("车工", "羽绒服车工", IN_TITLE),
        ("缝纫工", "行车工", 0.0),
        ("保安", "厂区门卫", OTHER_WORD),
        ("纺织厂挡车工", "细纱挡车工", OTHER_WORD),
        ("裱褙匠", "氩弧焊工", 0.0),
    ],
)
def test_trades_are_told_by_their_titles(keyword: str, title: str, level: float) -> None:
    assert trade_rank(make_job(title=title), Wishes(keywords=(keyword,)), TRADES) == level


def test_a_trade_in_the_description_and_a_workplace_in_the_name_count_less() -> None:
    assert trade_rank(make_job(description="持焊工证"), Wishes(keywords=("焊工证",)), TRADES) == OTHER_WORD
    assert trade_rank(make_job(title="学徒", description="教裱褙"), Wishes(keywords=("裱褙",)), TRADES) == IN_TEXT
    shop = make_job(title="防损员", employer="安庆惠邻鲜超市连锁有限公司")
    assert trade_rank(shop, Wishes(keywords=("超市",)), TRADES) == AT_PLACE


def test_all_trades_asked_for_stand_before_one_of_them() -> None:
    jobs = [
        make_job("sewer", title="缝纫工", employer="甲公司"),
        make_job("both", title="缝纫工", employer="乙服装有限公司"),
        make_job("place", title="会计", employer="丙服装有限公司"),
        make_job("none", title="会计", employer="丁公司"),
    ]
    assert keys(rank(jobs, Wishes(keywords=("服装厂", "缝纫工")), TRADES)) == ["both", "sewer", "place"]


def test_a_graduate_sees_work_for_graduates_first() -> None:
    jobs = [make_job("plain", employer="甲"), make_job("learned", employer="乙", education="associate")]
    assert keys(rank(jobs, Wishes(education="bachelor"), TRADES)) == ["learned", "plain"]
    assert keys(rank(jobs, NO_WISHES, TRADES)) == ["plain", "learned"]


def test_where_no_place_fits_those_of_the_same_city_come_first() -> None:
    jobs = [make_job("far", division="340100", employer="甲"), make_job("near", division="340822", employer="乙")]
    ranking = rank(jobs, Wishes(divisions=("340811",)), TRADES, milder=True)
    assert (keys(ranking), ranking.dropped) == (["near", "far"], ("divisions",))


@pytest.mark.parametrize(
    ("changes", "does"),
    [({}, True), ({"state": "filled"}, False), ({"age_max": 40}, False), ({"low": 1, "high": 2}, False)],
)
def test_one_job_fits_where_it_is_open_and_meets_every_wish(changes: dict[str, Any], *, does: bool) -> None:
    wishes = Wishes(keywords=("焊工",), age=50, pay_min=5000)
    assert fits(make_job(**changes), wishes, TRADES) is does


def test_lower_pay_that_is_sure_stands_before_higher_that_is_not() -> None:
    jobs = [
        make_job("unknown", pay=Pay(negotiable=True), employer="甲"),
        make_job("reaches", low=3000, high=9000, employer="乙"),
        make_job("sure", low=6000, high=7000, employer="丙"),
        make_job("low", low=3000, high=5000, employer="丁"),
    ]
    assert keys(rank(jobs, Wishes(pay_min=6000), TRADES)) == ["sure", "reaches", "unknown"]


def test_closed_jobs_are_never_ranked() -> None:
    assert rank([make_job(state="filled"), make_job("k2", state="paused")], NO_WISHES, TRADES) == Ranking()


def test_no_employer_fills_the_first_page_alone() -> None:
    jobs = [make_job(f"a{n}") for n in range(4)] + [make_job(f"b{n}", employer="乙") for n in range(2)]
    assert keys(rank(jobs, NO_WISHES, TRADES)) == ["a0", "a1", "b0", "b1", "a2", "a3"]


def test_each_page_shares_its_places_out_anew() -> None:
    good = [make_job(f"a{n}") for n in range(4)]
    poor = [make_job(f"{name}{n}", employer=name, low=3000, high=4000) for name in "bcd" for n in range(2)]
    assert keys(rank([*good, *poor], NO_WISHES, TRADES)) == ["a0", "a1", "b0", "b1", "c0", "a2", "a3", "c1", "d0", "d1"]


def test_every_reason_is_a_fact_of_the_posting() -> None:
    wishes = Wishes(
        pay_min=6000,
        benefits=frozenset({"meals"}),
        divisions=("340811",),
        age=40,
        education="bachelor",
        experience_years=0,
        job_type="full_time",
    )
    job = make_job(age_max=45, education="associate")
    assert reasons(job, wishes) == (
        "工资符合",
        "包吃",
        "在宜秀区",
        "年龄符合",
        "学历够",
        "不要求经验",
        "全职",
    )
    assert reasons(make_job(), NO_WISHES) == ()
    plain = make_job(pay=Pay(negotiable=True))
    assert reasons(plain, Wishes(pay_min=6000, age=40, education="doctor")) == ("工资面议，要问",)


def test_nothing_is_let_go_unless_asked_for() -> None:
    assert rank([make_job()], Wishes(pay_min=100_000), TRADES) == Ranking()


def test_the_least_painful_wish_goes_first() -> None:
    wishes = Wishes(pay_min=9000, divisions=("340811",), benefits=frozenset({"housing"}))
    jobs = [
        make_job("far", division="340881", low=9000, high=9500, benefits=frozenset({"housing"})),
        make_job("poor", benefits=frozenset({"housing"})),
        make_job("bare", low=9000, high=9500),
        make_job("both"),
    ]
    relaxed = rank(jobs, wishes, TRADES, milder=True)
    assert (relaxed.dropped, keys(relaxed)) == (("benefits:housing",), ["bare"])
    relaxed = rank([jobs[0], jobs[3]], wishes, TRADES, milder=True)
    assert (relaxed.dropped, keys(relaxed)) == (("benefits:housing", "pay"), ["both"])


def test_reasons_of_a_relaxed_list_leave_out_what_does_not_hold() -> None:
    wishes = Wishes(pay_min=100_000, divisions=("340811",))
    relaxed = rank([make_job()], wishes, TRADES, milder=True)
    assert relaxed.dropped == ("pay",)
    assert reasons(relaxed.jobs[0], wishes) == ("在宜秀区",)


def test_age_is_never_let_go() -> None:
    assert rank([make_job(age_max=45)], Wishes(age=60), TRADES, milder=True) == Ranking()


def test_near_work_says_so() -> None:
    wishes = Wishes(keywords=("焊工",))
    near = rank([make_job(title="铆工")], wishes, TRADES, near=True)
    assert [Match(job, wishes, near=True).reasons for job in near.jobs] == [("相近的工作",)]


@pytest.mark.parametrize(
    ("pay", "offer"),
    [
        (Pay(min=20, max=30, period="hour"), 3480.0),
        (Pay(max=4000, period="month"), 4000),
        (Pay(min=120_000, period="year"), 10_000.0),
        (Pay(period="piece"), None),
        (Pay(), None),
    ],
)
def test_comparable_pay(pay: Pay, offer: float | None) -> None:
    assert lowest_offer(make_job(pay=pay)) == offer


def test_of_one_trade_those_at_the_workplace_asked_for_come_first() -> None:
    jobs = [
        make_job("store", title="仓库理货员", employer="迅川物流"),
        make_job("shop", title="理货员", employer="惠邻超市", low=3000),
    ]
    assert keys(rank(jobs, Wishes(keywords=("超市理货员",)), TRADES)) == ["shop", "store"]
