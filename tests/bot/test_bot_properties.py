"""What strangers may send, and what must hold whatever they send."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import Answer
from bot.dialogue import answer
from bot.memory_desk import MemoryDesk
from bot.turn import Scan, State, Turn
from bot.understanding import understand
from bot.understanding.spelling import LONGEST, clean
from bot.understanding.vocabulary import words_of
from bot.wishes import Wishes
from tests.bot.bot_cast import Talk, event_jobs
from tests.bot.strangers import ANYTHING, SAID

INTENTS = set(words_of("intents")) - {"release"} | {"ask_job"}
JOBS = event_jobs()[:60]


@given(ANYTHING)
@settings(max_examples=400)
def test_any_text_is_read(text: str) -> None:
    read = understand(text)
    assert read.intent in INTENTS
    assert json.loads(json.dumps(read.slots)) == read.slots


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "\ud800",
        "的" * 10_000,
        "不要" * 5_000,
        "第一个" * 3_000,
        "1" * 10_000,
        "一二三四五六七八九十" * 1_000,
        "千万" * 5_000,
        "从" * 10_000,
        "有没有" * 3_000,
        "5-" * 5_000,
        "<script>alert(1)</script>" * 400,
        "😊" * 10_000,
        "\x00\x1b[31m\u202e" * 3_000,
        "我今年" * 3_000 + "45岁",
        "我" + "刚满" * 4_000,
        "不要" + "是给我推" * 2_000,
        "月薪是要在有得能想的" * 1_000,
        "说错了" * 3_000,
        "不是包吃，是" * 2_000,
        "包住的有没有" * 2_000,
        "包住的" + "有不有" * 3_000,
        "那第二个呢" * 2_000,
        "第一个和第二个" * 1_500 + "哪个高",
        "再高点" * 3_000,
        "我叫" + "王" * 9_000,
    ],
    ids=lambda text: f"{text[:6]!r}x{len(text)}",
)
async def test_long_and_odd_texts_are_answered(text: str) -> None:
    for before in ((), ("找普工",), ("找普工", "第一个工资多少"), ("101", "我要面试")):
        talk = Talk(MemoryDesk(JOBS))
        for said in before:
            await talk.say(said)
        reply = await talk.say(text)
        assert reply.parts
        assert reply.intent in INTENTS


@given(st.sampled_from([*SAID, "过万", "啥"]))
def test_what_is_read_has_a_bound(text: str) -> None:
    # a slip is mended into something at most three times as long (过万 is 一万以上)
    assert len(clean(text * 2 * LONGEST)) <= 3 * LONGEST


NAMES = st.sampled_from([*State().to_json(), *Wishes(age=1).as_json(), "old"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_a_state(data: object) -> None:
    state = State.from_json(data)
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


async def test_a_state_of_any_version_is_talked_on() -> None:
    wishes = {"education": "kindergarten", "pay_period": "week", "pay_min": 5}
    odd = State.from_json({"wishes": wishes, "job": "gone", "shown": ["gone"]})
    for text in ("找工作", "第一个", "工资多少", "换一批", "我要面试", "双休"):
        reply, odd = await answer(Turn(text), odd, MemoryDesk(JOBS))
        assert reply.parts


@given(st.sampled_from(["job", "interview"]), st.none() | st.text(max_size=5), st.none() | st.text(max_size=5))
async def test_any_scan_is_answered(kind: Any, key: str | None, number: str | None) -> None:
    reply = await Talk(MemoryDesk(JOBS)).scan(Scan(kind, key, number))
    assert reply.parts


async def test_markup_in_a_posting_and_in_braces_stays_text() -> None:
    desk = MemoryDesk(JOBS, answers={"{补贴}": Answer(text="{0} <b>", source="{}")})
    reply = await Talk(desk).say("{补贴}怎么领")
    assert reply.text.startswith("{0} <b>（来源：{}）")
