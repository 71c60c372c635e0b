"""Searches that go on from where the conversation stands: better paid, besides, alike, the same employer's."""

from bot.memory_desk import MemoryDesk
from bot.terms.pay import Pay
from bot.turn import Scan
from tests.bot.bot_cast import Talk, make_job

JOBS = [
    make_job("a", number="101", title="焊工", employer="甲", low=4000, high=6000),
    make_job("b", number="102", title="电焊工", employer="乙", low=5000, high=7000),
    make_job("c", number="103", title="焊工", employer="丙", low=8000, high=9000),
    make_job("d", number="104", title="厨师", employer="甲", low=4500, high=5000),
    make_job("e", number="105", title="保安", employer="丁", low=3000, high=3500, division="340881"),
]


def talk() -> Talk:
    return Talk(MemoryDesk(JOBS))


async def test_more_pay_goes_up_by_what_is_offered_and_ends_honestly() -> None:
    said = talk()
    await said.say("找焊工 宜秀区")
    first = await said.say("工资再高点")
    assert first.wishes.as_json() == {"keywords": ["焊工"], "divisions": ["340811"], "pay_min": 8000}
    assert [job.key for job in first.jobs] == ["c"]
    last = await said.say("工资再高点")
    assert (last.text.splitlines()[0], last.wishes) == ("没有更高的了。这些是里面工资最高的：", first.wishes)


async def test_more_pay_than_was_asked_for_keeps_the_rest() -> None:
    said = talk()
    await said.say("焊工 4000以上 包吃")
    reply = await said.say("工资高一点")
    assert reply.wishes.as_json() == {"keywords": ["焊工"], "pay_min": 8000, "benefits": ["meals"]}


async def test_a_figure_named_with_higher_counts() -> None:
    said = talk()
    await said.say("找焊工")
    assert (await said.say("工资再高点 七千以上")).wishes.pay_min == 7000


async def test_another_trade_or_place_may_come_besides() -> None:
    said = talk()
    await said.say("找厨师")
    assert (await said.say("保安也行")).wishes.keywords == ("保安", "厨师")
    assert {job.key for job in (await said.say("桐城也可以")).jobs} == {"e"}
    assert (await said.say("宜秀区也行")).wishes.divisions == ("340811", "340881")
    assert (await said.say("找焊工")).wishes.keywords == ("焊工",)


async def test_after_a_scan_more_means_more_like_it() -> None:
    said = talk()
    await said.scan(Scan("job", number="101"))
    reply = await said.say("换一批")
    assert (reply.intent, reply.text.splitlines()[0]) == ("more_jobs", "和焊工（101号）差不多的有这些：")
    assert {job.key for job in reply.jobs} == {"b", "c"}
    assert "没有更多" in (await said.say("换一批")).text or said.state.seen != ()


async def test_what_else_the_employer_offers() -> None:
    said = talk()
    await said.say("找焊工")
    await said.say("101")
    reply = await said.say("这家还招什么人")
    assert (reply.intent, reply.slots, reply.text.splitlines()[0]) == ("find_jobs", {}, "甲还招这些：")
    assert [job.key for job in reply.jobs] == ["d"]
    await said.say("105")
    before = said.state.wishes
    assert (await said.say("他们家还有别的岗位吗")).text == "丁现在没有别的岗位了。"
    assert said.state.wishes == before


async def test_nearer_asks_where_and_lists_meanwhile() -> None:
    said = talk()
    await said.say("找焊工")
    reply = await said.say("离家近一点的")
    assert (reply.text.splitlines()[-1], len(reply.jobs)) == ("您住哪个区、哪个县？告诉我，我挑近的。", 3)
    assert "您住哪个区" not in (await said.say("宜秀区附近的")).text


async def test_several_jobs_are_answered_at_once() -> None:
    said = talk()
    await said.say("找焊工")
    asked = await said.say("101和103哪个工资高")
    assert (asked.slots["ref"], asked.text) == (
        "101",
        "焊工（101号）：4000–6000元/月\n焊工（103号）：8000–9000元/月\n工资最高的是焊工（103号）。",
    )
    assert (await said.say("这几个哪个包住")).text == "这几个都没写包住，面试时可以问。"
    assert (await said.say("哪个包吃")).text.startswith("写明包吃的：")
    assert said.state.job is None


async def test_pay_without_a_figure_is_not_compared() -> None:
    piece = make_job("p", number="106", title="焊工", pay=Pay(period="piece", text="计件"))
    said = Talk(MemoryDesk([*JOBS, piece]))
    reply = await said.say("101和106哪个工资高")
    assert reply.text.splitlines()[1:] == ["焊工（106号）：计件", "有的没写准数，比不出高低，面试时可以问。"]
    crossing = Talk(MemoryDesk([JOBS[0], make_job("q", number="107", low=3000, high=9000)]))
    assert len((await crossing.say("101和107哪个工资高")).text.splitlines()) == 2


async def test_a_question_to_the_whole_list_has_a_line_for_each() -> None:
    said = talk()
    await said.say("找焊工")
    assert len((await said.say("在哪上班")).text.splitlines()) == 3


async def test_tips_change_and_searching_for_anything_asks_what_for() -> None:
    said = talk()
    tips = [(await said.say(text)).text.splitlines()[-1] for text in ("找工作", "找焊工", "包吃的")]
    assert tips == [
        "说说想做什么、想在哪里，我找得更准，比如“宜秀区 保洁”。",
        "看中了，说“我要面试第一个”就行。",
        "看中了，说“我要面试第一个”就行。",
    ]
    assert (await talk().say("找焊工")).text.splitlines()[-1] == (
        "想细看就说“第一个详细说说”，想去就说“我要面试第一个”。"
    )
