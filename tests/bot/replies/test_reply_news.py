"""News of new jobs: asked for with the wishes so far, told with the true number, stopped with a word."""

import pytest

from bot.memory_desk import MemoryDesk
from bot.replies.exchange import Exchange
from bot.replies.news import new_jobs, subscribe
from bot.reply import Cards, Choices, Text
from bot.turn import State
from bot.understanding import Understanding
from bot.wishes import NO_WISHES, Wishes
from tests.bot.bot_cast import Talk, make_job

WELDING = Wishes(keywords=("焊工",), benefits=frozenset({"housing"}))
LASTS = "管90天，到时候自己停。不想要了，说“不用通知了”。"


async def test_they_are_for_the_wishes_so_far() -> None:
    talk = Talk(MemoryDesk([make_job()]))
    await talk.say("宜秀区 焊工")
    reply = await talk.say("有新岗位通知我")
    wishes = Wishes(keywords=("焊工",), divisions=("340811",))
    assert (talk.desk.subscriptions, reply.actions) == ([wishes], [{"do": "subscribe", "wishes": wishes.as_json()}])
    assert reply.text == f"好的，有符合的新岗位（焊工、宜秀区），我就在这个聊天里告诉您。\n{LASTS}"


async def test_asked_for_twice_the_newest_wishes_count() -> None:
    talk = Talk(MemoryDesk([make_job()]))
    for text in ("找焊工", "有新岗位通知我", "要包住的", "有新岗位通知我"):
        await talk.say(text)
    assert talk.desk.subscriptions == [WELDING]


async def test_without_a_wish_any_new_job_is_news() -> None:
    talk = Talk(MemoryDesk([make_job()]))
    reply = await talk.say("有新岗位通知我")
    assert talk.desk.subscriptions == [NO_WISHES]
    assert reply.text.splitlines() == [
        "好的，有新岗位我就在这个聊天里告诉您。只想看某一种，先说想做什么、在哪里，再说一次“有新岗位通知我”。",
        LASTS,
    ]


async def stop(desk: MemoryDesk) -> tuple[str, list[dict[str, object]], Wishes]:
    said = Understanding("subscribe", stop=True)
    outcome = await subscribe(Exchange("不用通知了", said, State(wishes=WELDING), None, desk))
    return "".join(part.text for part in outcome.parts if isinstance(part, Text)), outcome.actions, outcome.state.wishes


async def test_one_word_ends_it_and_the_search_goes_on() -> None:
    desk = MemoryDesk([make_job()], subscriptions=[WELDING])
    stopped = "好的，不再通知您新岗位了。以后想要，说“有新岗位通知我”。"
    assert await stop(desk) == (stopped, [{"do": "unsubscribe"}], WELDING)
    assert desk.subscriptions == []
    assert await stop(desk) == ("您没有要过新岗位通知，不会打扰您。", [], WELDING)


@pytest.mark.parametrize(
    ("count", "wishes", "heading"),
    [
        (1, WELDING, "有1个新岗位符合您要的（焊工、包住）："),
        (5, WELDING, "有5个新岗位符合您要的（焊工、包住）："),
        (6, WELDING, "有6个新岗位符合您要的（焊工、包住），先看这5个："),
        (1, NO_WISHES, "有1个新岗位："),
        (5, NO_WISHES, "有5个新岗位："),
        (42, NO_WISHES, "有42个新岗位，先看这5个："),
    ],
)
def test_the_message_says_the_true_number(count: int, wishes: Wishes, heading: str) -> None:
    parts = new_jobs([make_job(key=str(number)) for number in range(count)], wishes)
    texts = [part.text for part in parts if isinstance(part, Text)]
    (cards,) = [part for part in parts if isinstance(part, Cards)]
    more = ["想看更多，说“换一批”。"] if count > 5 else []
    assert texts == [heading, *more, "不想再收通知，说“不用通知了”。"]
    assert [card.ordinal for card in cards.cards] == list(range(1, min(count, 5) + 1))
    few, many = ("我要面试第一个", "第一个详细说说"), ("换一批", "我要面试第一个")
    assert parts[-1] == Choices((*(many if more else few), "不用通知了"))


def test_each_card_says_why() -> None:
    (cards,) = [
        part for part in new_jobs([make_job(benefits=frozenset({"housing"}))], WELDING) if isinstance(part, Cards)
    ]
    assert [card.reasons for card in cards.cards] == [("包住",)]
