"""The interview queue by chat."""

from datetime import date

import pytest

from bot.desk import JoinResult, Place
from bot.job import Job
from bot.memory_desk import MemoryDesk
from bot.turn import Scan
from tests.bot.bot_cast import Talk, make_job

FIRST, SECOND = make_job(), make_job("k2", number="104", employer="乙公司", title="会计")


def known(**changes: int) -> MemoryDesk:
    return MemoryDesk([FIRST, SECOND], known=True, waiting={FIRST.employer: 3, **changes})


async def test_joining_gives_a_number_once() -> None:
    talk = Talk(known())
    reply = await talk.say("我要面试 103")
    assert reply.text.splitlines() == [
        "排好了。安庆江畔隆化工装备有限公司，氩弧焊工（103号）：您是4号。",
        "您前面还有3位。",
        "位子给您留着，关掉页面也不会丢。",
    ]
    assert reply.actions == [{"do": "join", "job": "103", "number": 4, "ahead": 3}]
    again = await talk.say("我要面试 103")
    assert again.actions == reply.actions
    assert len(await talk.desk.places()) == 1


class LateDesk(MemoryDesk):
    """A desk after the show: whoever joins is promised a call."""

    async def join(self, job: Job) -> JoinResult:  # noqa: ARG002 - the protocol's own signature
        return JoinResult(status="joined", number=7, promised=date(2026, 3, 9))


async def test_joining_after_the_show_is_told_as_the_call_that_is_promised() -> None:
    reply = await Talk(LateDesk([FIRST])).say("我要面试 103")
    assert reply.text.splitlines() == [
        "报上了。安庆江畔隆化工装备有限公司，氩弧焊工（103号）：您是7号，现场面试已经结束，等电话回访。",
        "用人单位答应3月9日前回电话。",
        "位子给您留着，关掉页面也不会丢。",
    ]


async def test_a_stranger_is_led_to_the_page_and_keeps_data_out_of_the_chat() -> None:
    talk = Talk(MemoryDesk([FIRST]))
    reply = await talk.scan(Scan("interview", number="103"))
    assert reply.text.endswith("去填姓名和电话：/I7K3M9Q")
    assert reply.actions == [{"do": "needs_details", "job": "103", "link": "/I7K3M9Q"}]
    told = await talk.say("张测试 13800000000")
    assert told.text.splitlines()[0] == "姓名和电话请填在下面的页面上，聊天里不收这些，您的信息更稳妥："
    assert "13800000000" not in told.text + str(talk.state.to_json())
    talk.desk.known = True
    assert (await talk.say("填好了")).actions[0]["do"] == "join"


class ClosedDesk(MemoryDesk):
    """A desk whose queues take nobody any more, while the jobs are open."""

    async def join(self, job: Job) -> JoinResult:  # noqa: ARG002 - the protocol's own signature
        return JoinResult(status="closed")


@pytest.mark.parametrize("typed", ["我要面试 103", "张测试 13800000000"])
async def test_a_queue_that_closed_is_not_said_of_the_job(typed: str) -> None:
    talk = Talk(ClosedDesk([FIRST]))
    await talk.say("103")
    reply = await talk.say(typed)
    assert reply.text == "氩弧焊工（103号）的面试排队已经停了。"
    assert (reply.actions, talk.state.pending, talk.state.job) == ([], None, "k1")


async def test_details_typed_for_a_job_that_closed_lead_to_what_is_near() -> None:
    talk = Talk(MemoryDesk([make_job(state="filled"), make_job("k2", number="104", employer="乙公司")]))
    await talk.say("103")
    reply = await talk.say("张测试 13800000000")
    assert reply.text.splitlines() == [
        "氩弧焊工（103号）已经招满，不收人了。",
        "差不多的还有：",
        "1. 氩弧焊工（104号），6000–8000元/月",
        "宜秀区，乙公司",
        "看中了，说“我要面试第一个”就行。",
    ]


async def test_applying_says_that_it_is_the_queue() -> None:
    talk = Talk(known())
    await talk.say("103")
    reply = await talk.say("我要报名")
    assert reply.text.splitlines()[0] == "报名就是排队面试，不用先写简历。"
    assert reply.intent == "apply"


@pytest.mark.parametrize(("first", "intent"), [("我要面试", "join_interview"), ("我要报名", "apply")])
async def test_which_job_is_asked_and_the_answer_taken(first: str, intent: str) -> None:
    talk = Talk(known())
    assert (await talk.say(first)).text == "先选个岗位。您想找什么工作？或者把岗位号发给我。"
    await talk.say("找工作")
    asked = await talk.say(first)
    assert "哪一个" in asked.text
    reply = await talk.say("第二个")
    assert (reply.intent, reply.actions[0]["do"]) == (intent, "join")


async def test_where_one_stands() -> None:
    talk = Talk(known())
    assert (await talk.say("排到几号了")).text == "您还没有排队。看中哪个岗位，说“我要面试”就能排上。"
    await talk.say("我要面试 103")
    assert (await talk.say("排到几号了")).text.splitlines() == [
        "您现在的排队：",
        "安庆江畔隆化工装备有限公司，氩弧焊工（103号）：您是4号。",
        "您前面还有3位。",
    ]


async def test_every_state_of_a_place_is_told() -> None:
    desk = known()
    desk._places = [
        Place(key="1", employer="甲", jobs=(FIRST,), number=1, state="called", link="/room"),
        Place(key="2", employer="乙", jobs=(FIRST,), number=2, state="callback", promised=date(2027, 3, 1)),
        Place(key="3", employer="丙", jobs=(FIRST,), number=3, state="done", outcome="初步意向"),
        Place(key="4", employer="丁", jobs=(FIRST,), number=4, state="done"),
        Place(key="5", employer="戊", jobs=(FIRST,), number=5, ahead=0, minutes=0),
        Place(key="6", employer="己", jobs=(FIRST,), number=6, ahead=2, minutes=10),
    ]
    assert (await Talk(desk).say("我的面试")).text.splitlines() == [
        "您现在的排队：",
        "甲，氩弧焊工（103号）：1号，正在叫您，请留意接听电话。",
        "打开我的面试：/room",
        "乙，氩弧焊工（103号）：2号，改为等电话回访。",
        "用人单位答应3月1日前回电话。",
        "丙，氩弧焊工（103号）：面试已结束。",
        "结果：初步意向。",
        "丁，氩弧焊工（103号）：面试已结束。",
        "结果还没有出来。",
        "戊，氩弧焊工（103号）：您是5号。",
        "您前面没有人了，请留在手机旁边。",
        "己，氩弧焊工（103号）：您是6号。",
        "您前面还有2位。",
        "大约要等10分钟。",
    ]


async def test_leaving_the_only_place() -> None:
    talk = Talk(known())
    assert (await talk.say("取消面试")).text == "您现在没有在排的面试，不用取消。"
    await talk.say("我要面试 103")
    reply = await talk.say("取消面试")
    assert reply.text == "安庆江畔隆化工装备有限公司，氩弧焊工（103号）的排队取消了，4号不用等了。"
    assert reply.actions == [{"do": "leave", "number": 4, "employer": FIRST.employer}]
    assert await talk.desk.places() == []


async def test_leaving_one_of_two() -> None:
    talk = Talk(known())
    await talk.say("我要面试 103")
    await talk.say("我要面试 104")
    await talk.say("找工作")
    asked = await talk.say("不面了")
    assert asked.text.splitlines()[0] == "您排了不止一个，要取消哪一个？"
    reply = await talk.say("第二个")
    assert (reply.intent, reply.actions) == (
        "cancel_interview",
        [{"do": "leave", "number": 4, "employer": FIRST.employer}],
    )
    assert [place.employer for place in await talk.desk.places()] == ["乙公司"]


async def test_leaving_where_one_does_not_stand_leaves_nothing() -> None:
    talk = Talk(known())
    await talk.say("我要面试 103")
    reply = await talk.say("104的面试帮我取消")
    assert (reply.text, reply.actions) == ("您没有排会计（104号），不用取消。", [])
    assert len(await talk.desk.places()) == 1


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("汪小燕", "姓名和电话请填在下面的页面上，聊天里不收这些，您的信息更稳妥："),
        ("我叫汪小燕", "姓名和电话请填在下面的页面上，聊天里不收这些，您的信息更稳妥："),
        ("13812345678", "姓名和电话请填在下面的页面上，聊天里不收这些，您的信息更稳妥："),
        ("同意", "请打开下面的页面，填好姓名和电话，勾选同意，就排上队了："),
        ("填好了", "请打开下面的页面，填好姓名和电话，勾选同意，就排上队了："),
        ("不同意", "好的，那先不排队。想好了再说“我要面试”。"),
        ("先不排", "好的，那先不排队。想好了再说“我要面试”。"),
    ],
)
async def test_what_is_typed_instead_of_on_the_page(typed: str, answer: str) -> None:
    talk = Talk(MemoryDesk([FIRST]))
    await talk.say("我要面试 103")
    reply = await talk.say(typed)
    assert (reply.intent, reply.text.splitlines()[0], reply.actions) == ("join_interview", answer, [])


async def test_a_name_is_a_name_only_where_it_was_asked_for() -> None:
    talk = Talk(MemoryDesk([FIRST]))
    await talk.say("103")
    assert (await talk.say("汪小燕")).intent != "join_interview"
    await talk.say("我要面试")
    assert (await talk.say("工资多少")).intent == "ask_job"
