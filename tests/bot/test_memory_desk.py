"""The desk in memory keeps the promises that `bot.desk.Desk` makes, so that what is tried on it holds elsewhere."""

from bot.desk import Answer, HumanResult
from bot.memory_desk import MemoryDesk
from bot.offer import candidate_of
from bot.sought import Sought
from bot.wishes import NO_WISHES, Wishes
from tests.bot.bot_cast import make_job

WELDER = make_job()
COOK = make_job("k2", number="104", employer="乙公司", title="厨师", description="会做面食", benefits=frozenset())
FULL = make_job("k3", number="103", employer="丙公司", title="电焊工", state="filled")
ANSWER = Answer(text="有", source="人社局")


def desk(*, known: bool = False) -> MemoryDesk:
    return MemoryDesk([WELDER, COOK, FULL], known=known, waiting={WELDER.employer: 2})


async def test_candidates_are_open_speak_of_the_words_and_meet_the_wishes() -> None:
    meals = Wishes(benefits=frozenset({"meals"}))
    welder, cook = candidate_of(WELDER), candidate_of(COOK)
    noodles = [Sought(title=("面点",), description=("面食",)), Sought(employer=("司机",))]
    assert await desk().candidates(NO_WISHES, (), 9) == [welder, cook]
    assert await desk().candidates(NO_WISHES, (), 1) == [welder]
    assert await desk().candidates(NO_WISHES, noodles, 9) == [cook]
    assert await desk().candidates(NO_WISHES, [Sought(title=("面食",))], 9) == []
    assert await desk().candidates(meals, (), 9) == [welder]
    assert await desk().candidates(meals, noodles, 9) == []


async def test_milder_candidates_come_by_what_is_the_least_painful_to_let_go() -> None:
    wishes = Wishes(benefits=frozenset({"shuttle"}), divisions=("340811",), age=40)
    young = make_job("k4", age_max=30, benefits=frozenset({"shuttle"}))
    near, far = make_job("k5"), make_job("k6", division="340822")
    found = await MemoryDesk([far, young, near, FULL]).candidates(wishes, (), 9, milder=True)
    assert found == [candidate_of(near), candidate_of(far)]


async def test_jobs_are_found_by_key_and_number_open_or_not() -> None:
    assert [await desk().job(key) for key in ("k1", "k3", "gone")] == [WELDER, FULL, None]
    assert await desk().job_by_number("103") == [WELDER, FULL]
    assert await desk().job_by_number("999") == []
    assert (await desk().on_air(), await desk().open_jobs()) == (WELDER, 2)


async def test_whole_jobs_come_in_the_order_asked_for() -> None:
    assert await desk().whole(["k3", "gone", "k1"]) == [FULL, WELDER]


async def test_similar_jobs_are_open_and_of_the_trade() -> None:
    assert await desk().similar(FULL, 3) == [WELDER]
    assert await desk().similar(WELDER, 3) == []
    assert await desk().similar(FULL, 0) == []


async def test_nothing_is_open_where_nothing_is() -> None:
    empty = MemoryDesk([FULL])
    assert (await empty.on_air(), await empty.open_jobs(), await empty.candidates(NO_WISHES, (), 9)) == (None, 0, [])


async def test_joining_twice_gives_the_same_place() -> None:
    known = desk(known=True)
    first, again = await known.join(WELDER), await known.join(FULL)
    assert (first.status, first.number, first.ahead) == ("joined", 3, 2)
    assert await known.join(WELDER) == first
    assert (again.number, [place.employer for place in await known.places()]) == (1, ["丙公司", WELDER.employer])


async def test_a_stranger_is_asked_for_details_on_the_page() -> None:
    result = await desk().join(WELDER)
    assert (result.status, result.link) == ("needs_details", "/I7K3M9Q")


async def test_a_place_is_left_once() -> None:
    known = desk(known=True)
    await known.join(WELDER)
    (place,) = await known.places()
    assert [await known.leave(place), await known.leave(place), await known.places()] == [True, False, []]


async def test_people_answers_and_news() -> None:
    spoken = MemoryDesk([], person=HumanResult(present=True), answers={"补贴": ANSWER})
    asked = [
        await spoken.answer(question, topic="policy", divisions=(), subject=None) for question in ("补贴怎么领", "社保")
    ]
    assert asked == [Answer(text="有", source="人社局"), None]
    assert await spoken.with_human() is False
    await spoken.call_human("转人工")
    taken = await spoken.with_human()
    await spoken.release_human()
    assert (taken, await spoken.with_human()) == (True, False)
    assert await spoken.report(WELDER, "收押金") is True
    assert await spoken.subscribe(Wishes(keywords=("焊工",))) is True
    assert (spoken.reports, spoken.subscriptions) == ([("k1", "收押金")], [Wishes(keywords=("焊工",))])


async def test_what_is_forgotten_is_gone() -> None:
    known = desk(known=True)
    await known.join(WELDER)
    assert (await known.my_data()).kinds == ("姓名", "电话", "排队记录")
    assert [await known.forget_me(), await known.forget_me()] == [True, False]
    assert ((await known.my_data()).kinds, await known.places()) == ((), [])
