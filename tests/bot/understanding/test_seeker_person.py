"""Age, schooling and experience, and what only sounds like them."""

import pytest

from bot.understanding import understand
from bot.understanding.person import read_age, read_education, read_experience
from bot.understanding.sentence import Sentence
from bot.understanding.spelling import clean


def said(text: str) -> Sentence:
    return Sentence(clean(text))


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("我52了", 52),
        ("我今年四十七了", 47),
        ("给我老婆找个活她45只能上白班", 45),
        ("55岁以上能做的", 55),
        ("28 硕士", 28),
        ("老妈58想做饭", 58),
        ("快六十了还能干吗我快六十了", 60),
        ("年龄36", 36),
        ("十八岁", 18),
    ],
)
def test_age(text: str, age: int) -> None:
    assert read_age(said(text)) == age


@pytest.mark.parametrize(
    "text", ["45", "我30天没活干", "我有20年经验", "孩子8岁", "我要面试 205", "干了12个小时", "我12岁", "第20个"]
)
def test_no_age(text: str) -> None:
    assert read_age(said(text)) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("我初中毕业", "junior_high"),
        ("小学文化", "primary"),
        ("老公36 高中 会开挖机", "senior_high"),
        ("中专护理毕业", "vocational"),
        ("应届大专", "associate"),
        ("大学毕业", "bachelor"),
        ("28 硕士", "master"),
        ("博士", "doctor"),
    ],
)
def test_education(text: str, level: str) -> None:
    assert read_education(said(text)) == level


@pytest.mark.parametrize("text", ["大学生", "小学老师", "孩子还在上初中", "高中数学老师", "初中生家教"])
def test_schooling_of_others(text: str) -> None:
    assert read_education(said(text)) is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("干了三年", 3),
        ("做过5年会计", 5),
        ("10年驾龄", 10),
        ("有八年工作经验", 8),
        ("没干过", 0),
        ("没有经验", 0),
        ("新手", 0),
        ("什么都不会", 0),
    ],
)
def test_experience(text: str, years: int) -> None:
    assert read_experience(said(text)) == years


@pytest.mark.parametrize("text", ["干了三天", "2024年毕业", "干了半年", "有经验"])
def test_no_years(text: str) -> None:
    assert read_experience(said(text)) is None


def test_one_sentence_with_all_of_them() -> None:
    assert understand("我老公36岁 高中毕业 干了十年 想找司机的工作").slots == {
        "keywords": ["司机"],
        "education": "senior_high",
        "age": 36,
        "experience_years": 10,
    }
