"""One job: in full, asked about, closed."""

from datetime import date
from typing import Any

import pytest

from bot.memory_desk import MemoryDesk
from bot.reply import Cards
from bot.terms.pay import Pay
from bot.turn import Scan
from tests.bot.bot_cast import Talk, make_job


async def ask(question: str, **changes: Any) -> str:
    talk = Talk(MemoryDesk([make_job(**changes)]))
    await talk.scan(Scan("job", number="103"))
    reply = await talk.say(question)
    assert reply.intent == "ask_job"
    return reply.text


async def test_a_scanned_job_is_shown_in_full() -> None:
    job = make_job(age_min=18, age_max=50, education="junior_high", experience_years=2, valid_until=date(2027, 5, 31))
    talk = Talk(MemoryDesk([job]))
    reply = await talk.scan(Scan("job", key="k1"))
    assert reply.text.splitlines() == [
        "您扫的是这个岗位：",
        "氩弧焊工（103号）｜6000–8000元/月｜宜秀区｜安庆江畔隆化工装备有限公司",
        "地点：宜秀区霞虹路18号",
        "待遇：包吃、五险",
        "要求：初中及以上，要有2年以上经验，18–50岁",
        "人数：招5人",
        "时间：招到2027年5月31日",
        "想去就说“我要面试”，有不清楚的可以接着问。",
    ]
    assert talk.state.job == "k1"


@pytest.mark.parametrize(
    ("question", "changes", "answer"),
    [
        ("工资多少", {}, "氩弧焊工（103号）：6000–8000元/月。"),
        ("工资多少", {"high": None}, "氩弧焊工（103号）：6000元/月起。"),
        ("工资多少", {"pay": Pay(min=18.5, max=20, period="hour")}, "氩弧焊工（103号）：18.5–20元/小时。"),
        (
            "工资多少",
            {"pay": Pay(min=5000, max=5000, period="month", months=13)},
            "氩弧焊工（103号）：5000元/月，一年发13个月。",
        ),
        (
            "工资多少",
            {"pay": Pay(negotiable=True, text="面议")},
            "氩弧焊工（103号）：工资面议。具体多少，面试时可以直接问用人单位。",
        ),
        (
            "工资多少",
            {"pay": Pay(text="见公司简章")},
            "氩弧焊工（103号）：见公司简章。具体多少，面试时可以直接问用人单位。",
        ),
        (
            "工资什么时候发",
            {},
            "氩弧焊工（103号）：6000–8000元/月。什么时候发工资，岗位信息里没写，面试时可以问。",
        ),
        ("在哪上班", {}, "氩弧焊工（103号）的上班地点：宜秀区霞虹路18号。"),
        ("在哪上班", {"address": ""}, "氩弧焊工（103号）的上班地点：宜秀区。"),
        (
            "包吃住吗",
            {},
            (
                "有，氩弧焊工（103号）写明了：包吃。氩弧焊工（103号）的岗位信息里没写包住，"
                "不敢说有，面试时可以问用人单位。写明的待遇有：五险。"
            ),
        ),
        (
            "福利怎么样",
            {"benefits": frozenset()},
            "氩弧焊工（103号）的岗位信息里没写包吃、包住这些待遇，面试时可以问用人单位。",
        ),
        ("交社保吗", {}, "氩弧焊工（103号）写明了：五险。"),
        (
            "交社保吗",
            {"benefits": frozenset()},
            "氩弧焊工（103号）的岗位信息里没写交不交社保，面试时可以问。按规定，签了劳动合同单位就要交社保。",
        ),
        ("几点上班", {}, "几点上班、几点下班，岗位信息里没写，面试时可以问用人单位。"),
        (
            "要上夜班吗",
            {"benefits": frozenset({"no_night"})},
            "氩弧焊工（103号）写明不上夜班。几点上班、几点下班，岗位信息里没写，面试时可以问用人单位。",
        ),
        (
            "几点上班",
            {"description": "负责焊接，早八点到晚五点半；免费培训班。有班车"},
            "氩弧焊工（103号）的岗位信息里这样写：早八点到晚五点半。没写到的，面试时可以问用人单位。",
        ),
        (
            "要上夜班吗",
            {"description": "无夜班，月休4天，12小时"},
            "氩弧焊工（103号）的岗位信息里这样写：无夜班，12小时。没写到的，面试时可以问用人单位。",
        ),
        (
            "要上夜班吗",
            {"title": "夜班保安", "benefits": frozenset({"weekends"})},
            "夜班保安（103号）写明双休。夜班保安（103号）的岗位信息里这样写：夜班保安。没写到的，面试时可以问用人单位。",
        ),
        ("要不要大专", {"education": "associate"}, "氩弧焊工（103号）：大专及以上。"),
        ("学历有要求吗", {}, "氩弧焊工（103号）：学历不限。"),
        ("年龄有要求吗", {}, "氩弧焊工（103号）：岗位信息里没写年龄要求。"),
        ("年龄有要求吗", {"age_max": 50}, "氩弧焊工（103号）：50岁以下。"),
        ("这个没经验能干吗", {}, "氩弧焊工（103号）：不要求经验。"),
        ("招几个人啊", {"headcount": None}, "氩弧焊工（103号）：没写招几个人。"),
        ("具体做什么的", {"description": "持焊工证"}, "氩弧焊工（103号）的说明：持焊工证。"),
        ("具体做什么的", {}, "氩弧焊工（103号）具体做什么，岗位信息里没写，面试时可以问用人单位。"),
        (
            "这家是中介还是公司直招",
            {"employment": "agency"},
            "氩弧焊工（103号）的用人单位是安庆江畔隆化工装备有限公司，由人力资源公司代招。",
        ),
        ("什么时候截止报名", {}, "氩弧焊工（103号）：岗位信息里没写截止日期。"),
    ],
)
async def test_questions_are_answered_from_the_posting(question: str, changes: dict[str, Any], answer: str) -> None:
    assert await ask(question, **changes) == answer


async def test_no_contact_is_given_out() -> None:
    answer = await ask("电话多少")
    assert answer == "用人单位的电话不在这里公开。想联系他们，点“我要面试”排队，轮到您时对方会联系您。"


async def test_a_question_about_no_job_asks_which() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", number="104", employer="乙")]))
    assert (await talk.say("几点上班")).text.startswith("您想问哪个岗位")
    await talk.say("找焊工")
    asked = await talk.say("几点上班")
    assert [part for part in asked.parts if isinstance(part, Cards)] == []
    assert asked.text.startswith("您想问哪个岗位")


CLOSED = [("filled", "已经招满"), ("withdrawn", "已经撤下"), ("paused", "暂停招聘"), ("odd", "已经结束招聘")]


@pytest.mark.parametrize(("state", "word"), CLOSED)
async def test_a_closed_job_says_so_and_gives_the_nearest(state: str, word: str) -> None:
    jobs = [
        make_job(state=state),
        make_job("near", number="104", title="电焊工"),
        make_job("far", number="105", title="会计"),
    ]
    talk = Talk(MemoryDesk(jobs))
    reply = await talk.say("103")
    assert reply.text.splitlines()[0] == f"氩弧焊工（103号）{word}，现在不收人了。"
    assert [job.key for job in reply.jobs] == ["near"]
    assert (await talk.say("第一个工资多少")).text.startswith("电焊工（104号）")
    joined = await talk.say("我要面试 103")
    assert (joined.text.splitlines()[0], joined.actions) == (f"氩弧焊工（103号）{word}，现在不收人了。", [])


async def test_unknown_numbers_and_ordinals_are_said_to_be_so() -> None:
    talk = Talk(MemoryDesk([make_job()]))
    assert (await talk.say("999")).text == "没有查到999号岗位。请看看号码对不对，或者说说您想找什么工作。"
    assert (await talk.say("第二个工资多少")).text == "现在还没有列表可以数，先说说您想找什么工作吧。"
    await talk.say("找焊工")
    assert (await talk.say("第二个工资多少")).text == "上面的列表里没有第2个。可以说“换一批”再看看。"


async def test_a_number_of_two_events_asks_which() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", employer="乙", title="会计")]))
    reply = await talk.say("103")
    assert reply.text.splitlines()[0] == "103号有好几个，您说的是哪一个？"
    assert (await talk.say("2")).jobs[0].key == "k2"


async def test_a_code_of_nothing() -> None:
    reply = await Talk(MemoryDesk([])).scan(Scan("job"))
    assert reply.text == "这个码现在查不到岗位。您可以说说想找什么工作。"
