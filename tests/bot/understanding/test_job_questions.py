"""Questions about a job: which field is asked for, and when the same words ask for nothing."""

from typing import Any

import pytest

from bot.understanding import understand


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("这个工资多少", "pay"),
        ("一个月能拿多少钱", "pay"),
        ("在哪上班", "place"),
        ("离市区远吗", "place"),
        ("包吃住吗", "benefits"),
        ("有什么福利", "benefits"),
        ("交社保吗", "insurance"),
        ("有五险吗", "insurance"),
        ("几点上班", "shift"),
        ("要上夜班吗", "shift"),
        ("学历有要求吗", "education"),
        ("年龄有限制吗", "age"),
        ("要不要经验", "experience"),
        ("招几个人", "headcount"),
        ("电话是多少", "contact"),
        ("是哪家公司的", "employer"),
        ("具体做什么", "duties"),
        ("都有哪些福利待遇", "benefits"),
        ("面试要带什么", "interview"),
        ("什么时候截止", "deadline"),
    ],
)
def test_the_field_asked_for_of_the_job_in_context(text: str, field: str) -> None:
    read = understand(text, in_context=True)
    assert (read.intent, read.slots) == ("ask_job", {"field": field})


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("第二个工资多少", {"ref": 2, "field": "pay"}),
        ("103包住吗", {"ref": "103", "field": "benefits"}),
        ("幺零三号在哪上班", {"ref": "103", "field": "place"}),
        ("最后一个要什么学历", {"ref": -1, "field": "education"}),
    ],
)
def test_a_job_named_in_the_question(text: str, slots: dict[str, Any]) -> None:
    read = understand(text)
    assert (read.intent, read.slots) == ("ask_job", slots)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("包吃住的活", "find_jobs"),
        ("要双休的", "find_jobs"),
        ("只上白班", "find_jobs"),
        ("想找工资高一点的", "find_jobs"),
        ("老板不发工资怎么办", "ask_rights"),
        ("社保补贴怎么申请", "ask_policy"),
        ("我的面试排到几号了", "my_interviews"),
    ],
)
def test_words_of_fields_that_ask_nothing_of_a_job(text: str, intent: str) -> None:
    assert understand(text).intent == intent


def test_who_asks_whether_they_are_too_old_asks_about_age() -> None:
    read = understand("四十五了这个还要不", in_context=True)
    assert (read.intent, read.slots) == ("ask_job", {"field": "age"})


def test_a_question_carries_no_slots_of_a_search() -> None:
    read = understand("这个焊工包吃住吗", in_context=True)
    assert (read.intent, read.slots) == ("ask_job", {"field": "benefits"})


@pytest.mark.parametrize(("text", "intent"), [("听不懂", "help"), ("看不懂", "help"), ("你听不懂 转人工", "human")])
def test_who_does_not_understand_is_helped_first(text: str, intent: str) -> None:
    assert understand(text).intent == intent
