"""People, rights, policies, complaints, data, and talk."""

from datetime import date

import pytest

from bot.desk import Answer, HumanResult
from bot.memory_desk import MemoryDesk
from bot.turn import Scan
from bot.wishes import Wishes
from tests.bot.bot_cast import Talk, make_job


def desk(**changes: object) -> MemoryDesk:
    return MemoryDesk([make_job()], **changes)  # type: ignore[arg-type] # a test's own choice of fields


@pytest.mark.parametrize("text", ["老板拖欠工资三个月了", "没签合同怎么办", "12333是干嘛的", "上班摔伤了算工伤吗"])
async def test_rights_name_the_hotlines(text: str) -> None:
    reply = await Talk(desk()).say(text)
    assert [number for number in ("12333", "12348", "12351") if number in reply.text] == ["12333", "12348", "12351"]


async def test_a_policy_that_is_not_curated_is_not_made_up() -> None:
    reply = await Talk(desk()).say("社保补贴怎么领")
    assert reply.text.startswith("这件事我没有现成的准话，不乱说。")


async def test_a_curated_answer_gives_source_and_end() -> None:
    answer = Answer(text="每人500元。", source="市人社局", valid_until=date(2027, 2, 28), link="/P1")
    reply = await Talk(desk(answers={"补贴": answer})).say("社保补贴怎么领")
    assert reply.text.splitlines() == [
        "每人500元。（来源：市人社局）",
        "有效期到2027年2月28日。",
        "看原文：/P1",
    ]


@pytest.mark.parametrize(
    ("until", "line"),
    [
        (date(2021, 2, 28), "这条到2021年2月28日为止，已经过期了。"),
        (None, "这条可能已经过期了。"),
    ],
)
async def test_an_expired_answer_says_so(until: date | None, line: str) -> None:
    answer = Answer(text="每人500元。", source="市人社局", valid_until=until, expired=True)
    reply = await Talk(desk(answers={"补贴": answer})).say("社保补贴怎么领")
    assert reply.text.splitlines() == [
        line,
        "当时是这样：",
        "每人500元。（来源：市人社局）",
        "现在还有没有，请打12333问。",
    ]


async def test_a_person_who_is_there_silences_the_bot_until_it_is_called_back() -> None:
    talk = Talk(desk(person=HumanResult(present=True)))
    assert (await talk.say("转人工")).actions == [{"do": "human", "present": True}]
    silent = await talk.say("找焊工")
    assert (silent.parts, silent.text, silent.intent) == ([], "", "find_jobs")
    assert talk.state.wishes == Wishes()
    assert (await talk.say("不用人工了")).text == "好的，我回来了。您想找什么工作？"
    assert len((await talk.say("找焊工")).jobs) == 1


async def test_after_hours_it_says_when_people_are_there() -> None:
    talk = Talk(desk(person=HumanResult(present=False, hours="周一到周五 9:00–17:00", minutes=10)))
    reply = await talk.say("转人工")
    assert reply.text.splitlines() == [
        "您的话已经留给工作人员了，现在是下班时间，他们看到就在这里回您。",
        "工作人员在的时间是周一到周五 9:00–17:00。",
        "急的话可以打12333人社服务热线。",
        "10分钟没人接，我会先回来。想让我现在就回来，说“不用人工了”。",
    ]
    assert (await talk.say("找焊工")).parts == []


async def test_where_nobody_can_be_asked_the_bot_stays() -> None:
    talk = Talk(desk())
    reply = await talk.say("转人工")
    assert (reply.text, reply.actions) == (
        "这里现在转不了人工，请打12333人社服务热线。找岗位我可以帮您。",
        [{"do": "human", "present": False}],
    )
    assert len((await talk.say("找焊工")).jobs) == 1


async def test_a_scan_while_people_answer_is_silent_and_becomes_the_job_in_context() -> None:
    talk = Talk(desk(person=HumanResult(present=True)))
    await talk.say("转人工")
    reply = await talk.scan(Scan("job", number="103"))
    assert (reply.parts, reply.intent, talk.state.job) == ([], "job_detail", "k1")


async def test_a_complaint_reaches_staff_with_its_job() -> None:
    talk = Talk(desk())
    reply = await talk.say("103是黑中介")
    assert talk.desk.reports == [("k1", "103是黑中介")]
    assert reply.actions == [{"do": "report", "job": "103"}]
    reply = await talk.say("999是黑中介")
    assert talk.desk.reports[1:] == [(None, "999是黑中介")]
    assert reply.actions == [{"do": "report", "job": None}]
    await talk.say("103")
    reply = await talk.say("这家收押金")
    assert talk.desk.reports[2:] == [("k1", "这家收押金")]
    assert reply.text.startswith("收到，已经把氩弧焊工（103号）的情况转给工作人员核实，有结果会在这里告诉您。")


@pytest.mark.parametrize(
    ("text", "intent", "begins"),
    [
        ("你好", "greet", "您好，我帮您找工作。"),
        ("谢谢", "thanks", "不客气"),
        ("拜拜", "bye", "好的，祝您找到合适的工作。"),
        ("怎么用", "help", "想找工作，就说工种、地方、工资"),
        ("有没有免费培训", "training", "培训班的开班时间和报名，我这里还没有准信。"),
        ("帮我写首诗", "unknown", "这句我没听懂。"),
        ("   ", "unknown", "您还没写字呢。"),
        ("别把我号码给别人", "my_data", "您的电话只给您自己排队的那家用人单位，不给别人。"),
    ],
)
async def test_small_talk(text: str, intent: str, begins: str) -> None:
    reply = await Talk(desk()).say(text)
    assert (reply.intent, reply.text[: len(begins)]) == (intent, begins)


async def test_not_understood_twice_offers_a_person() -> None:
    talk = Talk(desk())
    await talk.say("asdfgh")
    assert (await talk.say("qwerty")).text.startswith("还是没听懂，对不住您。")
    await talk.say("你好")
    assert (await talk.say("asdfgh")).text.startswith("这句我没听懂。")


@pytest.mark.parametrize("text", ["好的", "嗯", "行"])
async def test_a_yes_to_nothing_is_taken_as_one(text: str) -> None:
    assert (await Talk(desk()).say(text)).text == "好的。还想看什么，直接说就行。"
