"""Finding jobs over several turns."""

from bot.job import Job
from bot.memory_desk import MemoryDesk
from bot.reply import Reply
from tests.bot.bot_cast import Talk, event_jobs, make_job


def titles(reply: Reply) -> list[str]:
    return [job.title for job in reply.jobs]


def desk() -> MemoryDesk:
    return MemoryDesk(event_jobs())


async def test_a_page_then_the_next_repeats_nothing_and_ends_honestly() -> None:
    talk = Talk(desk())
    first = await talk.say("找保安的工作")
    second = await talk.say("换一批")
    assert len(first.jobs) == 5
    assert {job.key for job in first.jobs} & {job.key for job in second.jobs} == set()
    assert "没有更多了" in second.text
    third = await talk.say("换一批")
    assert (third.jobs, third.intent) == ([], "more_jobs")
    assert third.text == "符合的都看完了，没有更多了。想换工种、换地方，直接说。"


async def test_wishes_gather_and_are_taken_back() -> None:
    talk = Talk(desk())
    await talk.say("宜秀区 普工")
    assert (await talk.say("要包住的")).wishes.as_json() == {
        "keywords": ["普工"],
        "divisions": ["340811"],
        "benefits": ["housing"],
    }
    assert (await talk.say("哪里都行")).wishes.as_json() == {"keywords": ["普工"], "benefits": ["housing"]}
    assert (await talk.say("重新找 保洁")).wishes.as_json() == {"keywords": ["保洁"]}


async def test_another_trade_replaces_the_first_and_a_refused_one_goes() -> None:
    talk = Talk(desk())
    await talk.say("找保洁")
    assert (await talk.say("不看保洁了 看看厨师")).wishes.as_json() == {"keywords": ["厨师"], "exclude": ["保洁"]}
    assert (await talk.say("还是保洁吧 有没有保洁")).wishes.as_json() == {"keywords": ["保洁"]}


async def test_a_search_for_somebody_else_begins_anew() -> None:
    talk = Talk(desk())
    await talk.say("给我老婆找个保洁 她45 要包吃")
    assert (await talk.say("给我老婆找包住的")).wishes.as_json() == {
        "keywords": ["保洁"],
        "benefits": ["housing", "meals"],
        "age": 45,
    }
    assert (await talk.say("给我儿子也找一个 他20")).wishes.as_json() == {"age": 20}
    assert (await talk.say("帮我爸看看保安 六十岁")).wishes.as_json() == {"keywords": ["保安"], "age": 60}


async def test_a_relaxed_list_names_what_was_let_go() -> None:
    reply = await Talk(MemoryDesk([make_job()])).say("焊工 包住 一个月一万")
    assert reply.text.startswith("没有找到全符合的（焊工、工资不低于10000元/月、包住）。放宽了包住、工资，接近的有：")
    assert titles(reply) == ["氩弧焊工"]


async def test_near_work_is_offered_as_such() -> None:
    reply = await Talk(MemoryDesk([make_job(title="铆工")])).say("找焊工")
    assert reply.text.startswith("现在没有找到焊工的岗位。相近的工作有：\n1. 铆工（103号）")


async def test_any_work_comes_last_and_nothing_is_nothing() -> None:
    reply = await Talk(MemoryDesk([make_job(title="会计")])).say("找焊工")
    assert reply.text.startswith("现在没有找到招焊工的。别的工作有这些：\n1. 会计（103号）")
    none = await Talk(MemoryDesk([make_job(age_max=40)])).say("我60了 找焊工")
    assert none.text == "没有找到符合的岗位（焊工、60岁能做）。放宽一点再找找？或者说“有新岗位通知我”。"
    assert (await Talk(MemoryDesk([])).say("找工作")).text == "现在没有岗位在招人。"


async def test_closed_jobs_are_not_found() -> None:
    jobs = [make_job("open"), make_job("filled", state="filled"), make_job("paused", state="paused")]
    assert [job.key for job in (await Talk(MemoryDesk(jobs)).say("找焊工")).jobs] == ["open"]


async def test_looking_for_anything_shows_what_is_open() -> None:
    reply = await Talk(desk()).say("有活没 啥都行")
    assert (reply.intent, len(reply.jobs)) == ("find_jobs", 5)
    assert len({job.employer for job in reply.jobs}) >= 3


async def test_more_without_a_search_begins_one() -> None:
    reply = await Talk(desk()).say("换一批")
    assert (reply.intent, len(reply.jobs)) == ("more_jobs", 5)


async def test_a_next_page_with_a_new_wish_is_a_new_search() -> None:
    talk = Talk(desk())
    await talk.say("有没有客服岗位")
    reply = await talk.say("接着看 要双休的")
    assert reply.intent == "find_jobs"
    assert all("weekends" in job.benefits for job in reply.jobs)


async def test_ordinals_point_into_the_list_last_shown() -> None:
    talk = Talk(desk())
    first = await talk.say("保洁的活有吗")
    second = await talk.say("看看厨师")
    assert (await talk.say("第二个多少钱")).text.startswith(second.jobs[1].title)
    assert (await talk.say("最后一个详细说说")).jobs == [second.jobs[-1]]
    assert first.jobs[0] != second.jobs[0]


async def test_a_place_asked_for_is_kept_to() -> None:
    reply = await Talk(desk()).say("太湖有没有厂子要人")
    found: list[Job] = reply.jobs
    assert [job.division for job in found] == ["340825"] * 5


async def test_each_list_tells_how_it_came_about() -> None:
    talk = Talk(MemoryDesk([make_job(), make_job("k2", title="厨师")]))
    told = [(await talk.say(text)).actions for text in ("找焊工", "换一批", "焊工 一个月一万", "重新找 保洁")]
    assert told == [
        [{"do": "find", "found": 1, "dropped": [], "near": False}],
        [{"do": "find", "found": 0, "dropped": [], "near": False}],
        [{"do": "find", "found": 1, "dropped": ["pay"], "near": False}],
        [{"do": "find", "found": 2, "dropped": ["keywords"], "near": False}],
    ]
    assert (await Talk(MemoryDesk([])).say("找工作")).actions == [
        {"do": "find", "found": 0, "dropped": [], "near": False}
    ]
