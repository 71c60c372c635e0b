import pytest

from bot.terms.benefits import NAMES, benefits_in


def test_codes_are_those_of_the_contract() -> None:
    assert list(NAMES) == [
        "meals",
        "housing",
        "insurance",
        "housing_fund",
        "shuttle",
        "weekends",
        "paid_leave",
        "bonus",
        "training",
        "no_night",
    ]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("包吃住", "meals housing"),
        ("包吃包住、五险", "meals housing insurance"),
        ("提供食宿", "meals housing"),
        ("管吃管住", "meals housing"),
        ("管一餐", "meals"),
        ("免费午餐、工作服", "meals"),
        ("餐补300、房补500、全勤奖", "meals housing bonus"),
        ("住宿为空调4人间", "housing"),
        ("员工宿舍", "housing"),
        ("住房公积金", "housing_fund"),
        ("五险一金", "insurance housing_fund"),
        ("六险二金", "insurance housing_fund"),
        ("缴纳社保", "insurance"),
        ("社保+意外险", "insurance"),
        ("免费班车", "shuttle"),
        ("上下班接送", "shuttle"),
        ("周末双休", "weekends"),
        ("做五休二", "weekends"),
        ("带薪年假", "paid_leave"),
        ("年终奖金", "bonus"),
        ("满勤奖", "bonus"),
        ("带薪培训，学徒3个月转正", "training"),
        ("不体检长白班坐班", "no_night"),
        ("不上夜班", "no_night"),
        ("提供住宿（水电自理）", "housing"),
        ("暑假工 大学生 不要夜班", "no_night"),
        ("只能上白班", "no_night"),
    ],
)
def test_benefits_promised(written: str, codes: str) -> None:
    assert benefits_in(written) == frozenset(codes.split())


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("不包吃住", ""),
        ("食宿自理，缴社保", "insurance"),
        ("包吃不包住", "meals"),
        ("无社保", ""),
        ("没有五险", ""),
        ("社保自理", ""),
        ("住宿费自理", ""),
        ("不提供住宿", ""),
        ("不含食宿", ""),
        ("单双休", ""),
        ("大小周", ""),
        ("白夜班倒", ""),
        ("每周休息一天", ""),
        ("暂无住宿", ""),
        ("有食堂", ""),
        ("年底双薪", ""),
        ("订单上涨，加班可自愿", ""),
    ],
)
def test_what_is_denied_or_another_matter(written: str, codes: str) -> None:
    assert benefits_in(written) == frozenset(codes.split())


@pytest.mark.parametrize(
    "title", ["班车司机", "社保专员", "中餐服务员", "宿舍管理员", "公积金专员", "送餐员", "接送员"]
)
def test_a_title_that_holds_the_word_promises_nothing(title: str) -> None:
    assert benefits_in(title) == frozenset()
