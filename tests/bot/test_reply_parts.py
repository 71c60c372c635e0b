"""A reply as plain text and as JSON, part by part."""

import pytest

from bot.reply import Card, Cards, Choices, Image, Link, Part, Reply, Text
from bot.wishes import Wishes
from tests.bot.bot_cast import make_job

JOB = make_job()
LINE = "氩弧焊工（103号），6000–8000元/月\n宜秀区，安庆江畔隆化工装备有限公司"
ALONE = "氩弧焊工（103号），6000–8000元/月\n宜秀区霞虹路18号，安庆江畔隆化工装备有限公司"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (Text("您好"), "您好"),
        (Cards((Card(JOB),)), ALONE),
        (Cards((Card(JOB, ("包吃",), 1), Card(JOB, (), 2))), f"1. {LINE}（包吃）\n2. {LINE}"),
        (Choices(("找工作",)), ""),
        (Link("打开我的面试", "/place/x"), "打开我的面试：/place/x"),
        (Image("/x.svg", "岗位信息码"), "岗位信息码"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_part_has_a_plain_text(part: Part, text: str) -> None:
    assert Reply([part]).text == text


def test_parts_stand_one_a_line_and_quick_replies_leave_no_gap() -> None:
    parts: list[Part] = [Text("一"), Choices(("甲", "乙")), Text("二"), Link("去", "/")]
    assert Reply(parts).text == "一\n二\n去：/"


def test_the_jobs_are_those_on_cards() -> None:
    other = make_job("k2")
    reply = Reply([Cards((Card(JOB),)), Text("还有"), Cards((Card(other),))])
    assert reply.jobs == [JOB, other]


def test_silence_is_an_empty_reply() -> None:
    assert Reply().as_json() == {
        "intent": "unknown",
        "slots": {},
        "wishes": {},
        "text": "",
        "jobs": [],
        "actions": [],
    }


def test_a_reply_is_printed_with_what_was_understood_and_done() -> None:
    did = [{"do": "join", "job": "103", "number": 1, "ahead": 0}]
    wishes = Wishes(keywords=("焊工",))
    reply = Reply([Cards((Card(JOB, ("包吃",)),))], "join_interview", {"ref": "103"}, wishes, did)
    assert reply.as_json() == {
        "intent": "join_interview",
        "slots": {"ref": "103"},
        "wishes": {"keywords": ["焊工"]},
        "text": f"{ALONE}（包吃）",
        "jobs": [JOB.as_json()],
        "actions": did,
    }
