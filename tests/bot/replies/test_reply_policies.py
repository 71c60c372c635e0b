"""Policies, rights and training in conversation: which district, what has expired, who helps."""

from datetime import date
from typing import Any

import pytest

from bot.answers.book import Book
from bot.answers.entry import Entry
from bot.memory_desk import MemoryDesk
from bot.phrases import table
from bot.reply import Choices, Reply, Text
from tests.bot.bot_cast import Talk, make_job

HOTLINES = ("12333", "12348", "12351")
OVER: dict[str, Any] = {"valid_until": date(2021, 2, 17), "period": "2021年春节期间"}


def stay_on(key: str, division: str, **changes: Any) -> Entry:
    fields: dict[str, Any] = {"audience": "外地员工", "amount": "1000元", "source": "市人社局"}
    words = ("过年上班有补贴吗", "留岗补贴")
    return Entry(key=key, topic="policy", title="留岗补贴", divisions=(division,), words=words, **{**fields, **changes})


NOW = (stay_on("tongcheng", "340881"), stay_on("yixiu", "340811", amount="500元"))
THEN = (stay_on("tongcheng", "340881", **OVER), stay_on("yixiu", "340811", **OVER))
LINE = Entry(
    key="line",
    topic="rights",
    title="12348热线",
    words=("12348",),
    text="12348是法律热线。",
    source="司法局",
    hotline="12348",
)


def talk(*entries: Entry) -> Talk:
    return Talk(MemoryDesk([make_job(str(n), title=f"焊工{n}") for n in range(9)], book=Book(entries)))


def labels(reply: Reply) -> tuple[str, ...]:
    return next(part.labels for part in reply.parts if isinstance(part, Choices))


async def said(talking: Talk, *texts: str) -> Reply:
    """The reply to the last."""
    replies = [await talking.say(text) for text in texts]
    return replies[-1]


async def test_the_district_is_asked_with_those_that_have_an_answer() -> None:
    reply = await talk(*NOW).say("过年上班有补贴吗")
    assert reply.text == "留岗补贴，各个区县不一样。您在哪个区县上班？"
    assert labels(reply) == ("宜秀区", "桐城市", "其他")


@pytest.mark.parametrize("place", ["桐城", "桐城市", "桐城的呢", "我在桐城上班", "在桐城", "桐城那边"])
async def test_the_name_of_the_district_goes_on_with_the_matter(place: str) -> None:
    reply = await said(talk(*NOW), "过年上班有补贴吗", place)
    assert (reply.intent, reply.text) == (
        "ask_policy",
        "留岗补贴（桐城市）\n给谁：外地员工\n多少：1000元（来源：市人社局）",
    )


async def test_one_district_after_the_other() -> None:
    talking = talk(*NOW)
    replies = [await talking.say(text) for text in ("桐城过年上班有补贴吗", "宜秀的呢", "桐城市", "怎么领", "宜秀区")]
    assert ["1000元" in reply.text for reply in replies] == [True, False, True, True, False]
    assert {reply.intent for reply in replies} == {"ask_policy"}


async def test_a_district_without_an_answer_says_so_and_whom_to_ask() -> None:
    reply = await said(talk(*NOW), "过年上班有补贴吗", "怀宁")
    assert reply.text.splitlines() == [
        "怀宁县的留岗补贴，我这里没有现成的准话，请打12333问当地人社局。",
        "我这里有的是：宜秀区、桐城市。",
    ]
    assert labels(reply) == ("宜秀区", "桐城市", "其他")


@pytest.mark.parametrize("text", ["其他", "别的县", "都不是", "不知道"])
async def test_another_district_is_told_whom_to_ask(text: str) -> None:
    reply = await said(talk(*NOW), "过年上班有补贴吗", text)
    assert reply.text == "别的区县我这里没有现成的准话，请打12333问当地人社局，或者说“转人工”。"


async def test_the_place_of_the_wishes_is_the_district() -> None:
    reply = await said(talk(*NOW), "找桐城的工作", "过年上班有补贴吗")
    assert reply.text.splitlines()[0] == "留岗补贴（桐城市）"


async def test_what_has_expired_says_so_first_and_until_when() -> None:
    talking = talk(*THEN)
    assert (await talking.say("过年上班有补贴吗")).text.splitlines() == [
        "留岗补贴是2021年春节期间的，已经过期了，现在还有没有，请打12333问。",
        "您在哪个区县上班？我告诉您当时怎么定的。",
    ]
    assert (await talking.say("桐城市")).text.splitlines() == [
        "留岗补贴（桐城市）是2021年春节期间的，已经过期了。",
        "当时是这样：",
        "给谁：外地员工",
        "多少：1000元（来源：市人社局）",
        "现在还有没有，请打12333问。",
    ]


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"valid_until": date(2027, 2, 28)}, ["有效期到2027年2月28日。"]),
        ({"valid_until": date(2027, 2, 28), "period": "2027年春节"}, ["有效期：2027年春节。"]),
        ({"valid_from": date(2027, 1, 1)}, ["从2027年1月1日开始。"]),
        ({"hotline": "12333"}, ["有不清楚的，打12333问。"]),
        ({"link": "https://example.test/a"}, ["看原文：https://example.test/a"]),
        ({"source": ""}, []),
    ],
)
async def test_an_answer_tells_its_time_and_where_to_ask(changes: dict[str, Any], lines: list[str]) -> None:
    reply = await talk(stay_on("a", "340881", **changes)).say("桐城留岗补贴")
    assert reply.text.splitlines()[3:] == lines


async def test_the_day_of_the_end_is_told_where_no_words_are() -> None:
    reply = await talk(stay_on("a", "340881", valid_until=date(2021, 12, 31))).say("桐城留岗补贴")
    assert reply.text.splitlines()[0] == "留岗补贴（桐城市）到2021年12月31日为止，已经过期了。"


async def test_after_a_policy_the_list_of_jobs_goes_on() -> None:
    talking = talk(*NOW)
    first = await talking.say("找焊工")
    await said(talking, "过年上班有补贴吗", "桐城")
    more = await talking.say("换一批")
    assert (more.intent, len(more.jobs)) == ("more_jobs", 4)
    assert {job.key for job in first.jobs} & {job.key for job in more.jobs} == set()


async def test_a_place_after_talk_of_jobs_is_a_place_of_jobs() -> None:
    talking = talk(*NOW)
    reply = await said(talking, "过年上班有补贴吗", "找焊工", "桐城的呢")
    assert (reply.intent, talking.state.subject) == ("find_jobs", None)


@pytest.mark.parametrize("text", ["桐城有什么工作", "找桐城的工作", "桐城 保安"])
async def test_jobs_in_the_district_are_no_answer_to_which_district(text: str) -> None:
    assert (await said(talk(*NOW), "过年上班有补贴吗", text)).intent == "find_jobs"


@pytest.mark.parametrize("text", ["社保补贴怎么领", "创业贷款怎么申请"])
async def test_another_matter_is_not_answered_with_the_last_one(text: str) -> None:
    talking = talk(*NOW)
    reply = await said(talking, "过年上班有补贴吗", text)
    assert reply.text.startswith("这件事我没有现成的准话，不乱说。")
    assert (talking.state.subject, talking.state.pending) == (None, None)


async def test_a_matter_that_no_intent_knows_is_still_answered() -> None:
    entry = Entry(key="a", topic="policy", title="春节手机流量", words=("过年送流量",), text="送10 GB流量。")
    reply = await talk(entry).say("过年送流量吗")
    assert (reply.intent, reply.text) == ("ask_policy", "送10 GB流量。")


RIGHTS = ["老板拖欠工资三个月了", "没签合同怎么办", "上班摔伤了算工伤吗", "被工头打了找谁维权", "劳动仲裁电话多少"]


@pytest.mark.parametrize("text", RIGHTS)
@pytest.mark.parametrize("entries", [(), (*NOW, LINE)], ids=["none", "some"])
async def test_rights_always_name_who_helps_and_what_to_keep(text: str, entries: tuple[Entry, ...]) -> None:
    reply = await talk(*entries).say(text)
    assert [number for number in HOTLINES if number in reply.text] == list(HOTLINES)
    assert reply.text.splitlines()[-1].startswith(("先留好：", "先把合同"))


async def test_different_rights_get_different_law() -> None:
    replies = [await talk().say(text) for text in RIGHTS[:3]]
    assert [reply.text.splitlines()[0] for reply in replies] == [
        table()["law"][name] for name in ("wages", "contract", "injury")
    ]


async def test_a_right_with_no_plain_law_gets_the_hotlines_only() -> None:
    reply = await talk().say("被工头打了找谁维权")
    assert reply.text.splitlines()[0] == "这件事可以打这几个电话："


async def test_what_staff_wrote_goes_before_the_law() -> None:
    entry = Entry(
        key="a", topic="rights", title="讨薪窗口", words=("拖欠工资找谁",), text="到政务大厅3楼。", source="县人社局"
    )
    reply = await talk(entry).say("拖欠工资找谁")
    lines = reply.text.splitlines()
    assert lines[0] == "到政务大厅3楼。（来源：县人社局）"
    assert table()["law"]["wages"] not in reply.text
    assert lines[-1] == table()["evidence"]["wages"]


async def test_a_hotlines_own_answer_names_the_other_two() -> None:
    reply = await talk(LINE).say("12348")
    assert reply.text.splitlines() == [
        "12348是法律热线。（来源：司法局）",
        "还有这几个电话：",
        table()["rights"]["12333"],
        table()["rights"]["12351"],
        "打之前，先把合同、工资条、打卡和聊天记录准备好。",
    ]


async def test_law_is_told_where_there_is_no_job_to_ask_about() -> None:
    talking = talk()
    assert (await talking.say("试用期最长多久")).text.splitlines()[0] == table()["law"]["probation"]
    await talking.say("找焊工")
    assert (await talking.say("第一个试用期多久")).intent == "ask_job"


async def test_training_without_an_answer_says_so_and_points_on() -> None:
    reply = await talk(*NOW).say("有没有免费培训")
    assert reply.parts[:2] == [Text(table()["training"]["none"]), Text(table()["training"]["jobs"])]


async def test_training_with_an_answer() -> None:
    entry = Entry(
        key="a", topic="training", title="月嫂培训班", words=("月嫂培训",), text="每月5日开班。", source="人社局"
    )
    reply = await talk(entry).say("月嫂培训班什么时候开")
    assert reply.text.splitlines() == ["每月5日开班。（来源：人社局）", table()["training"]["jobs"]]
