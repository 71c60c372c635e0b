"""Ordinals and spoken codes."""

import pytest

from bot.understanding import understand
from bot.understanding.references import read_reference
from bot.understanding.sentence import Sentence
from bot.understanding.spelling import clean


def ref(text: str) -> int | str | None:
    return read_reference(Sentence(clean(text)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("103", "103"),
        ("103号", "103"),
        ("１０３", "103"),
        ("一零三", "103"),
        ("幺零三号", "103"),
        ("一百零三号", "103"),
        ("我要面试 205", "205"),
        ("报103", "103"),
        ("1042号岗位", "1042"),
        ("看一下201", "201"),
    ],
)
def test_spoken_codes_are_text(text: str, code: str) -> None:
    assert ref(text) == code


@pytest.mark.parametrize(
    ("text", "ordinal"),
    [
        ("1", 1),
        ("第二个", 2),
        ("第2个怎么报名", 2),
        ("看看第三家", 3),
        ("第十二个", 12),
        ("头一个", 1),
        ("最后一个", -1),
        ("倒数第二个", -2),
        ("3号岗位", 3),
        ("选2", 2),
        ("报第四个", 4),
    ],
)
def test_ordinals_are_whole_numbers(text: str, ordinal: int) -> None:
    assert ref(text) == ordinal


@pytest.mark.parametrize(
    "text",
    [
        "第一次用",
        "第三方",
        "985毕业",
        "五六千",
        "13800000000",
        "干了200天",
        "500块",
        "300人",
        "第一天",
        "4050政策",
        "你好",
    ],
)
def test_no_reference(text: str) -> None:
    assert ref(text) is None


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("第二个工资多少", "ask_job", {"ref": 2, "field": "pay"}),
        ("103要多大年纪的", "ask_job", {"ref": "103", "field": "age"}),
        ("幺零八号面试", "join_interview", {"ref": "108"}),
        ("第一个不面了", "cancel_interview", {"ref": 1}),
        ("这个包吃吗", "ask_job", {"field": "benefits"}),
        ("206号岗位发我瞧瞧", "job_detail", {"ref": "206"}),
    ],
)
def test_references_travel_with_the_intent(text: str, intent: str, slots: dict[str, object]) -> None:
    read = understand(text)
    assert (read.intent, read.slots) == (intent, slots)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("184号要我交押金", {"ref": "184"}),
        ("第二个是骗子", {"ref": 2}),
        ("那个公司要我交三百体检费 是不是骗人的", {}),
        ("骗子收了我500", {}),
        ("这家押金要300", {}),
    ],
)
def test_a_report_names_its_job_and_no_sum(text: str, slots: dict[str, object]) -> None:
    said = understand(text)
    assert (said.intent, said.slots) == ("report_posting", slots)
