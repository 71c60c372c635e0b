"""What one turn leaves for the next: the job in context, the list shown, the open question, and what a yes means."""

import pytest

from bot.desk import HumanResult
from bot.dialogue import answer
from bot.memory_desk import MemoryDesk
from bot.turn import PENDING, Scan, State, Turn
from bot.wishes import Wishes
from tests.bot.bot_cast import Talk, make_job

WELDER = make_job()
COOK = make_job("k2", number="104", employer="乙公司", title="厨师")
FULL = make_job("k3", number="105", employer="丙公司", title="会计", state="filled")


def desk(*, known: bool = False, person: bool = False) -> MemoryDesk:
    return MemoryDesk([WELDER, COOK, FULL], known=known, person=HumanResult(present=person))


async def after(*texts: str, known: bool = False) -> State:
    talk = Talk(desk(known=known))
    for text in texts:
        await talk.say(text)
    return talk.state


@pytest.mark.parametrize(
    ("texts", "job"),
    [
        (("103",), "k1"),
        (("103", "工资多少"), "k1"),
        (("103", "104"), "k2"),
        (("103", "谢谢"), "k1"),
        (("103", "找厨师"), None),
        (("找工作", "第二个"), "k2"),
        (("105",), "k3"),
        (("999",), None),
    ],
)
async def test_the_job_in_context(texts: tuple[str, ...], job: str | None) -> None:
    assert (await after(*texts)).job == job


async def test_a_list_of_one_is_the_job_in_context() -> None:
    talk = Talk(desk())
    assert [job.key for job in (await talk.say("找厨师")).jobs] == ["k2"]
    assert (await talk.say("在哪上班")).text == "厨师（104号）：上班地点在宜秀区霞虹路18号。"


async def test_a_scan_takes_the_context_and_keeps_the_wishes() -> None:
    talk = Talk(desk())
    await talk.say("找厨师 包吃")
    await talk.scan(Scan("job", number="103"))
    assert (talk.state.job, talk.state.wishes) == ("k1", Wishes(keywords=("厨师",), benefits=frozenset({"meals"})))


@pytest.mark.parametrize(
    ("scan", "job", "intent"),
    [
        (Scan("job", key="k2"), "k2", "job_detail"),
        (Scan("job", key="k2", number="103"), "k2", "job_detail"),
        (Scan("job", number="104"), "k2", "job_detail"),
        (Scan("interview", number="104"), "k2", "join_interview"),
        (Scan("job"), "k1", "job_detail"),
        (Scan("job", key=""), None, "job_detail"),
        (Scan("interview", number="999"), None, "join_interview"),
    ],
)
async def test_what_a_scan_means(scan: Scan, job: str | None, intent: str) -> None:
    reply, state = await answer(Turn(scan=scan), State(), desk())
    assert (state.job, reply.intent) == (job, intent)


async def test_a_scan_counts_before_a_text_that_comes_with_it() -> None:
    reply, state = await answer(Turn("找厨师", Scan("job", number="103")), State(), desk())
    assert (reply.intent, state.job, state.wishes) == ("job_detail", "k1", Wishes())


@pytest.mark.parametrize(
    ("texts", "pending"),
    [
        (("找工作", "我要面试"), "which_join"),
        (("找工作", "我要报名"), "which_apply"),
        (("103", "我要面试"), "join"),
        (("103", "我要面试", "谢谢"), None),
        (("找工作", "我要面试", "找厨师"), None),
    ],
)
async def test_a_question_stays_open_for_one_turn(texts: tuple[str, ...], pending: str | None) -> None:
    found = (await after(*texts)).pending
    assert found == pending
    assert found is None or found in PENDING


@pytest.mark.parametrize(
    ("word", "erased"), [("是", True), ("对", True), ("好的", True), ("不", False), ("算了", False), ("不用了", False)]
)
async def test_a_yes_and_a_no_answer_the_question_of_erasing(word: str, *, erased: bool) -> None:
    talk = Talk(desk(known=True))
    await talk.say("把我的信息删掉")
    asked = talk.state.pending
    reply = await talk.say(word)
    assert (reply.actions, talk.desk.known) == ([{"do": "forget"}] if erased else [], not erased)
    assert (asked, reply.intent, talk.state.pending) == ("forget", "my_data", None)


async def test_a_yes_to_nothing_changes_nothing() -> None:
    talk = Talk(desk(known=True))
    await talk.say("103")
    before = talk.state
    reply = await talk.say("好的")
    assert (reply.actions, talk.desk.known, talk.state) == ([], True, before)


async def test_a_yes_after_another_message_erases_nothing() -> None:
    talk = Talk(desk(known=True))
    for text in ("把我的信息删掉", "找厨师", "好的"):
        reply = await talk.say(text)
    assert (reply.actions, talk.desk.known) == ([], True)


async def test_a_yes_after_the_page_was_filled_joins() -> None:
    talk = Talk(desk())
    await talk.say("103")
    await talk.say("我要面试")
    talk.desk.known = True
    reply = await talk.say("好了")
    assert reply.actions == [{"do": "join", "job": "103", "number": 1, "ahead": 0}]


async def test_misses_are_counted_in_a_row_only() -> None:
    assert (await after("帮我写首诗")).misses == 1
    assert (await after("帮我写首诗", "帮我写首诗")).misses == 2
    assert (await after("帮我写首诗", "你好")).misses == 0
    talk = Talk(desk())
    await talk.say("帮我写首诗")
    await talk.scan(Scan("job"))
    assert talk.state.misses == 0


async def test_while_a_person_speaks_nothing_is_said_and_nothing_forgotten() -> None:
    talk = Talk(desk(person=True))
    await talk.say("找厨师")
    await talk.say("转人工")
    before = talk.state
    for text in ("在吗", "我要面试 103", "把我的信息删掉", "是"):
        reply = await talk.say(text)
        assert (reply.parts, reply.actions, reply.wishes, talk.state) == ([], [], before.wishes, before)
    back = await talk.say("不用人工了")
    assert (back.intent, back.actions) == ("human", [{"do": "release"}])
    assert [job.key for job in (await talk.say("找厨师")).jobs] == ["k2"]


async def test_a_state_names_nobody() -> None:
    talk = Talk(desk(known=True))
    for text in ("我叫汪小燕，52岁，找厨师", "103", "我要面试", "汪小燕 13812345678"):
        await talk.say(text)
    kept = str(talk.state.to_json())
    assert ("汪小燕" in kept, "13812345678" in kept) == (False, False)


async def test_a_turn_depends_on_its_state_and_on_nothing_else() -> None:
    state = State(wishes=Wishes(keywords=("厨师",)), job="k1")
    first = await answer(Turn("工资多少"), state, desk())
    await answer(Turn("把我的信息删掉"), State(), desk(known=True))
    assert await answer(Turn("工资多少"), state, desk()) == first


async def test_the_job_before_the_list_is_still_there() -> None:
    talk = Talk(desk())
    await talk.scan(Scan("job", number="104"))
    await talk.say("找焊工")
    assert (await talk.say("刚才扫的那个在哪上班")).text == "厨师（104号）：上班地点在宜秀区霞虹路18号。"
    await talk.say("找工作")
    assert (await talk.say("我要面试刚才那个")).actions[0]["job"] == "104"


@pytest.mark.parametrize("word", ["不同意", "不用了", "算了"])
async def test_a_no_to_nothing_changes_nothing(word: str) -> None:
    talk = Talk(desk())
    await talk.say("103")
    before = talk.state
    reply = await talk.say(word)
    assert (reply.jobs, reply.actions, talk.state.job, talk.state.wishes) == ([], [], before.job, before.wishes)
