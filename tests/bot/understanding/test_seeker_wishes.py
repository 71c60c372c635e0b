"""Benefits, places, kinds of work, refusals, wishes taken back."""

from typing import Any

import pytest

from bot.understanding import understand


def slots(text: str) -> dict[str, Any]:
    return understand(text).wishes


@pytest.mark.parametrize(
    ("text", "benefits"),
    [
        ("包吃住", ["housing", "meals"]),
        ("管一顿饭", ["meals"]),
        ("要有宿舍", ["housing"]),
        ("交五险的", ["insurance"]),
        ("五险一金", ["housing_fund", "insurance"]),
        ("周末休息", ["weekends"]),
        ("只能上白班", ["no_night"]),
        ("不熬夜", ["no_night"]),
        ("不要夜班", ["no_night"]),
        ("两班倒不干", ["no_night"]),
        ("有班车", ["shuttle"]),
        ("年终奖要有", ["bonus"]),
        ("想带薪培训", ["training"]),
        ("带薪年假", ["paid_leave"]),
    ],
)
def test_benefits(text: str, benefits: list[str]) -> None:
    assert slots(text)["benefits"] == benefits


@pytest.mark.parametrize("text", ["饭店洗碗工", "餐厅服务员", "想在食堂做饭", "保险公司", "找保安"])
def test_words_that_only_sound_like_benefits(text: str) -> None:
    assert "benefits" not in slots(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("宜秀区", ["340811"]),
        ("迎江区或者大观区", ["340802", "340803"]),
        ("安庆宜秀的", ["340811"]),
        ("开发区", ["340871"]),
        ("潜山县的", ["340882"]),
        ("枞阳有没有活", ["340722"]),
        ("怀宁石牌镇", ["340822"]),
        ("之前在上海打工 想在桐城找", ["340881"]),
        ("刚从浙江回来 找宿松的", ["340826"]),
    ],
)
def test_places(text: str, codes: list[str]) -> None:
    assert slots(text)["divisions"] == codes


@pytest.mark.parametrize("text", ["市区", "高铁站附近", "老城区", "刚从浙江回来", "以前在苏州打工"])
def test_no_division(text: str) -> None:
    assert "divisions" not in slots(text)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("不要中介", ["agency"]),
        ("不要劳务派遣", ["dispatch"]),
        ("不要中介和派遣", ["agency", "dispatch"]),
        ("普工不考虑", ["普工"]),
        ("不想进厂", ["厂"]),
        ("销售除外", ["销售"]),
        ("不要计件的", ["计件"]),
        ("除了保险销售别的可以", ["保险销售"]),
        ("不要保险 不要销售", ["保险", "销售"]),
        ("不要 中介", ["agency"]),
    ],
)
def test_refusals(text: str, refused: list[str]) -> None:
    assert slots(text)["exclude"] == refused


@pytest.mark.parametrize("text", ["不要经验的", "要不要人", "不要太远", "不压工资的", "不上夜班"])
def test_what_is_no_refusal(text: str) -> None:
    assert "exclude" not in slots(text)


def test_a_refused_trade_is_no_keyword() -> None:
    assert slots("不看司机了 有没有包装的活") == {"keywords": ["包装"], "exclude": ["司机"]}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("日结", "temporary"),
        ("暑假工", "temporary"),
        ("兼职", "part_time"),
        ("实习", "intern"),
        ("正式工", "full_time"),
    ],
)
def test_job_types(text: str, kind: str) -> None:
    assert slots(text)["job_type"] == kind


@pytest.mark.parametrize(
    ("text", "dropped", "left"),
    [
        ("双休不要求了 五险要有", {"benefits:weekends"}, {"benefits": ["insurance"]}),
        ("哪里都行了 管吃就好", {"divisions"}, {"benefits": ["meals"]}),
        ("工资无所谓", {"pay"}, {}),
        ("不限地点", {"divisions"}, {}),
        ("重新找 保安", {"all"}, {"keywords": ["保安"]}),
        ("包住就行", set(), {"benefits": ["housing"]}),
        ("有没有宿舍的", set(), {"benefits": ["housing"]}),
    ],
)
def test_wishes_taken_back(text: str, dropped: set[str], left: dict[str, Any]) -> None:
    read = understand(text)
    assert (read.intent, set(read.dropped), read.wishes) == ("find_jobs", dropped, left)


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("報安有没得", ["保安"]),
        ("汉工", ["焊工"]),
        ("時薪二十塊以上的餐飲", ["餐饮"]),
        ("any jobs for drivers?", ["drivers"]),
        ("有焊工证 找保安", ["保安"]),
        ("想找裱褙匠的活", ["裱褙匠"]),
        ("灯笼扎制师 招人吗", ["灯笼扎制师"]),
    ],
)
def test_keywords(text: str, keywords: list[str]) -> None:
    assert slots(text)["keywords"] == keywords


@pytest.mark.parametrize(
    ("text", "employer"),
    [("安庆振风里食品有限公司招人吗", "安庆振风里食品有限公司"), ("想去皖曜澜集团", "皖曜澜集团")],
)
def test_employers(text: str, employer: str) -> None:
    assert slots(text) == {"employer": employer}


@pytest.mark.parametrize("text", ["有没有物流公司", "想去大公司", "找个保安公司", "正规公司"])
def test_kinds_of_firm_are_no_employers(text: str) -> None:
    assert "employer" not in slots(text)
