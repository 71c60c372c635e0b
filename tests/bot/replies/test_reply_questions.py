"""Questions about one job: answered from its fields and its own words, and nothing that it does not say."""

from datetime import date
from typing import Any

import pytest

from bot.memory_desk import MemoryDesk
from bot.reply import Cards, Choices
from bot.terms.pay import Pay
from bot.turn import Scan
from tests.bot.bot_cast import Talk, make_job


async def ask(question: str, **changes: Any) -> str:
    talk = Talk(MemoryDesk([make_job(**changes)]))
    await talk.scan(Scan("job", number="103"))
    reply = await talk.say(question)
    assert reply.intent == "ask_job"
    return reply.text


NONE: frozenset[str] = frozenset()
FIELDS: list[tuple[str, dict[str, Any], str]] = [
    ("工资多少", {}, "工资6000–8000元/月。"),
    ("工资多少", {"high": None}, "工资6000元/月起。"),
    ("工资多少", {"pay": Pay(min=18.5, max=20, period="hour")}, "工资18.5–20元/小时。"),
    ("工资多少", {"pay": Pay(min=5000, max=5000, period="month", months=13)}, "工资5000元/月，一年发13个月。"),
    ("工资多少", {"pay": Pay(negotiable=True, text="面议")}, "工资面议。具体多少，面试时可以直接问。"),
    ("工资多少", {"pay": Pay(text="见公司简章")}, "见公司简章。具体多少，面试时可以直接问。"),
    ("工资多少", {"pay": Pay(period="piece", text="计件")}, "计件。多劳多得，一般能拿多少，面试时可以问。"),
    (
        "工资多少",
        {"pay": Pay(min=4000, max=6000, period="month", text="底薪4000-6000+提成")},
        "工资4000–6000元/月。原文写的是“底薪4000-6000+提成”。",
    ),
    ("在哪上班", {}, "上班地点在宜秀区霞虹路18号。"),
    ("在哪上班", {"address": ""}, "上班地点在宜秀区。"),
    ("在哪上班", {"address": "", "division": None}, "岗位信息里没写地点，面试时可以问。"),
    ("包吃吗", {}, "有，写明包吃。"),
    ("包吃住吗", {}, "写明包吃，没写包住，面试时可以问。"),
    ("包住吗", {}, "没写包住，不敢说有，面试时可以问。写明的有包吃、五险。"),
    ("包住吗", {"benefits": NONE}, "没写包住，不敢说有，面试时可以问。"),
    ("包住吗", {"description": "住宿自理，一月两休"}, "岗位信息里写着：“住宿自理”。"),
    ("福利怎么样", {}, "写明的待遇有包吃、五险。"),
    ("福利怎么样", {"benefits": NONE}, "没写包吃、包住这些，面试时可以问。"),
    ("交社保吗", {}, "交，写明五险。"),
    ("交社保吗", {"benefits": NONE}, "没写交不交社保，面试时可以问。按规定，签了劳动合同，单位就要交社保。"),
    ("交社保吗", {"benefits": NONE, "description": "转正后购买社保"}, "岗位信息里写着：“转正后购买社保”。"),
    ("几点上班", {}, "没写几点上班、几点下班，面试时可以问。"),
    (
        "要上夜班吗",
        {"benefits": frozenset({"no_night", "weekends"})},
        "写明不上夜班。写明双休。没写几点上班、几点下班，面试时可以问。",
    ),
    (
        "几点上班",
        {"description": "负责焊接，早八点到晚五点半；免费培训班。有班车"},
        "岗位信息里写着：“早八点到晚五点半”。",
    ),
    ("要上夜班吗", {"description": "无夜班，持证，12小时"}, "岗位信息里写着：“无夜班，12小时”。"),
    ("要上夜班吗", {"title": "夜班保安"}, "岗位信息里写着：“夜班保安”。"),
    ("要不要大专", {"education": "associate"}, "大专及以上。"),
    ("学历有要求吗", {}, "学历不限。"),
    ("年龄有要求吗", {}, "没写年龄要求，面试时可以问。"),
    ("年龄有要求吗", {"age_max": 50}, "要50岁以下的。"),
    ("我52了能干吗", {"age_max": 50}, "要50岁以下的。52岁不在里面，怕是不行。"),
    ("我48了能干吗", {"age_min": 18, "age_max": 50}, "要18–50岁的。48岁可以。"),
    ("这个没经验能干吗", {}, "不要求经验。"),
    (
        "要经验吗",
        {"experience_years": 2, "description": "熟练工优先，能吃苦"},
        "要有2年以上经验。岗位信息里写着：“熟练工优先”。",
    ),
    ("招几个人啊", {}, "招5人。"),
    ("招几个人啊", {"headcount": None}, "没写招几个人。"),
    ("具体做什么的", {"description": "焊管子，看图纸。"}, "岗位信息里是这样写的：焊管子，看图纸。"),
    ("具体做什么的", {}, "具体做什么，岗位信息里没写。面试时可以问，也可以说“转人工”。"),
    (
        "这家是中介还是公司直招",
        {"employment": "agency"},
        "用人单位是安庆江畔隆化工装备有限公司，由人力资源公司代招。",
    ),
    ("面试在哪里面", {}, "在手机上就能面试，不用跑路。说“我要面试”排上队，等用人单位叫您。"),
    ("什么时候截止报名", {}, "没写截止日期，想去就早点排队。"),
    ("什么时候截止报名", {"valid_until": date(2027, 5, 31)}, "招到2027年5月31日。"),
    (
        "电话多少",
        {},
        "用人单位的电话这里不公开。想联系他们，就说“我要面试”，轮到您时他们会联系您。",
    ),
]


@pytest.mark.parametrize(("question", "changes", "answer"), FIELDS)
async def test_each_field_is_answered_from_the_posting(question: str, changes: dict[str, Any], answer: str) -> None:
    assert await ask(question, **changes) == answer


TOPICS: list[tuple[str, dict[str, Any], str]] = [
    ("有提成吗", {}, "工资6000–8000元/月。没写提成，面试时可以问，也可以说“转人工”。"),
    ("有提成吗", {"description": "底薪加提成，双休"}, "岗位信息里写着：“底薪加提成”。工资6000–8000元/月。"),
    ("要健康证吗", {"description": "需办理健康证"}, "岗位信息里写着：“需办理健康证”。不要求经验。"),
    ("试用期多久", {"description": "试用期一个月"}, "岗位信息里写着：“试用期一个月”。"),
    ("站着还是坐着", {}, "没写站着还是坐着，面试时可以问，也可以说“转人工”。"),
    ("累不累", {"description": "需久站"}, "岗位信息里写着：“需久站”。岗位信息里是这样写的：需久站。"),
    (
        "宿舍几人间",
        {"benefits": frozenset({"housing"}), "description": "四人间，有空调"},
        "岗位信息里写着：“四人间”。有，写明包住。",
    ),
    ("要加班吗", {}, "没写几点上下班、加不加班，面试时可以问，也可以说“转人工”。"),
    ("要交押金吗", {}, "没写收不收钱，面试时可以问，也可以说“转人工”。按规定，招人不能收押金、不能扣身份证。"),
    ("工资几号发", {"description": "每月15号发工资"}, "岗位信息里写着：“每月15号发工资”。工资6000–8000元/月。"),
]


@pytest.mark.parametrize(("question", "changes", "answer"), TOPICS)
async def test_what_no_field_holds_is_quoted_or_said_to_be_unsaid(
    question: str, changes: dict[str, Any], answer: str
) -> None:
    assert await ask(question, **changes) == answer


async def test_the_job_is_named_once() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", number="104", employer="乙", title="厨师")]))
    await talk.say("找工作")
    said = [(await talk.say(text)).text for text in ("103工资多少", "在哪上班", "104工资多少", "工资多少")]
    assert said == [
        "氩弧焊工（103号）：工资6000–8000元/月。",
        "上班地点在宜秀区霞虹路18号。",
        "厨师（104号）：工资6000–8000元/月。",
        "工资6000–8000元/月。",
    ]


async def test_what_was_just_asked_is_not_offered_again() -> None:
    talk = Talk(MemoryDesk([make_job()]))
    await talk.say("103")
    reply = await talk.say("几点上班")
    assert [part.labels for part in reply.parts if isinstance(part, Choices)] == [
        ("我要面试", "在哪里上班", "包吃住吗", "年龄有要求吗")
    ]


async def test_a_question_about_no_job_asks_which_and_the_answer_is_taken() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", number="104", employer="乙", title="厨师")]))
    assert (await talk.say("几点上班")).text == "您问的是哪个岗位？说“第一个”，或者发三位数的岗位号。"
    listed = await talk.say("找工作")
    asked = await talk.say("几点上班")
    assert ([part for part in asked.parts if isinstance(part, Cards)], talk.state.pending) == ([], "which_ask")
    reply = await talk.say("第二个")
    assert (reply.intent, reply.slots) == ("ask_job", {"ref": 2, "field": "shift"})
    assert reply.text == f"{listed.jobs[1].title}（{listed.jobs[1].number}号）：没写几点上班、几点下班，面试时可以问。"


async def test_the_same_question_of_another_job() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", number="104", employer="乙", title="厨师", low=4000)]))
    await talk.say("找工作")
    await talk.say("103工资多少")
    reply = await talk.say("那104呢")
    assert (reply.intent, reply.text) == ("ask_job", "厨师（104号）：工资4000–8000元/月。")
    assert (await talk.say("104")).intent == "job_detail"
