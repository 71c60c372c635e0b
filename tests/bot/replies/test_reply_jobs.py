"""One job: in full, closed, unknown, or one of two events."""

from datetime import date

import pytest

from bot.memory_desk import MemoryDesk
from bot.reply import Cards
from bot.turn import Scan
from tests.bot.bot_cast import Talk, make_job


async def test_a_scanned_job_is_shown_in_full() -> None:
    job = make_job(
        age_min=18,
        age_max=50,
        education="junior_high",
        experience_years=2,
        description="需持焊工证",
        valid_until=date(2027, 5, 31),
    )
    talk = Talk(MemoryDesk([job]))
    reply = await talk.scan(Scan("job", key="k1"))
    assert reply.text.splitlines() == [
        "您扫的是这个岗位：",
        "氩弧焊工（103号），6000–8000元/月",
        "宜秀区霞虹路18号，安庆江畔隆化工装备有限公司",
        "待遇：包吃、五险",
        "要求：初中及以上，要有2年以上经验，18–50岁",
        "人数：招5人",
        "说明：需持焊工证",
        "时间：招到2027年5月31日",
        "有不清楚的直接问，比如“几点上班”。想去就说“我要面试”，在手机上就能面，不用跑路。",
    ]
    assert talk.state.job == "k1"


async def test_a_job_called_up_later_says_less() -> None:
    reply = await Talk(MemoryDesk([make_job(benefits=frozenset(), headcount=None)])).say("103")
    assert reply.text.splitlines() == [
        "氩弧焊工（103号），6000–8000元/月",
        "宜秀区霞虹路18号，安庆江畔隆化工装备有限公司",
        "要求：学历不限，不要求经验",
        "人数：没写招几个人",
        "想去就说“我要面试”。",
    ]


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
    assert reply.text.splitlines()[:2] == [f"氩弧焊工（103号）{word}，不收人了。", "差不多的还有："]
    assert [job.key for job in reply.jobs] == ["near"]
    assert (await talk.say("第一个工资多少")).text == "电焊工（104号）：工资6000–8000元/月。"
    joined = await talk.say("我要面试 103")
    assert (joined.text.splitlines()[0], joined.actions) == (f"氩弧焊工（103号）{word}，不收人了。", [])


async def test_a_closed_job_with_nothing_near_asks_what_else() -> None:
    reply = await Talk(MemoryDesk([make_job(state="filled"), make_job("far", number="105", title="会计")])).say("103")
    assert reply.text == "氩弧焊工（103号）已经招满，不收人了。\n想找什么工作，直接说，我再帮您找。"


async def test_unknown_numbers_and_ordinals_are_said_to_be_so() -> None:
    talk = Talk(MemoryDesk([make_job()]))
    assert (await talk.say("999")).text == "没查到999号岗位。再看看号码对不对，或者说说您想找什么工作。"
    assert (await talk.say("第二个工资多少")).text == "还没有列过岗位呢，先说说您想找什么工作。"
    await talk.say("找焊工")
    assert (await talk.say("第二个工资多少")).text == "上面没有第2个。可以说“换一批”再看看。"


async def test_a_number_of_two_events_asks_which() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", employer="乙", title="会计")]))
    reply = await talk.say("103")
    assert reply.text.splitlines()[0] == "103号有好几个，您说的是哪一个？说“第一个”这样就行。"
    assert (await talk.say("2")).jobs[0].key == "k2"


async def test_a_code_of_nothing() -> None:
    reply = await Talk(MemoryDesk([])).scan(Scan("job"))
    assert reply.text == "这个码现在查不到岗位。您可以说说想找什么工作。"


async def test_two_jobs_side_by_side_are_no_job_in_context() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", number="104", title="厨师", address="", benefits=frozenset())]))
    reply = await talk.say("103和104比一下")
    assert reply.text == (
        "氩弧焊工（103号）：6000–8000元/月，宜秀区霞虹路18号，包吃、五险\n厨师（104号）：6000–8000元/月，宜秀区"
    )
    assert ([part for part in reply.parts if isinstance(part, Cards)], talk.state.job) == ([], None)
