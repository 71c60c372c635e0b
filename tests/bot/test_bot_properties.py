"""What strangers may send, and what must hold whatever they send."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import Answer
from bot.dialogue import answer
from bot.memory_desk import MemoryDesk
from bot.phrases import table
from bot.turn import Scan, State, Turn
from bot.understanding import understand
from bot.understanding.spelling import LONGEST, clean
from bot.understanding.vocabulary import words_of
from bot.wishes import Wishes
from tests.bot.bot_cast import DATA, Talk, event_jobs

INTENTS = set(words_of("intents")) - {"release"} | {"ask_job"}
SAID = [json.loads(line)["text"] for line in (DATA / "utterances-dev.jsonl").read_text("utf-8").splitlines()]
WORDS = ["焊工", "保洁", "不要", "夜班", "第", "二", "个", "103", "幺零三", "号", "五六千", "一天", "两百", "以上"]
WORDS += ["左右", "包吃住", "宜秀区", "我", "52", "岁", "初中", "干了", "年", "-", "到", "？", "<b>", "]]>", "%s"]
WORDS += ["{x}", "\\", "\x00", "多少", "面试", "取消"]
PIECES = st.sampled_from(WORDS)
ANYTHING = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join), st.sampled_from(SAID))
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
    ],
    ids=lambda text: f"{text[:6]!r}x{len(text)}",
)
async def test_long_and_odd_texts_are_answered(text: str) -> None:
    reply = await Talk(MemoryDesk(JOBS)).say(text)
    assert reply.parts
    assert reply.intent in INTENTS


@given(st.sampled_from([*SAID, "过万", "啥"]))
def test_what_is_read_has_a_bound(text: str) -> None:
    # a slip is mended into something at most three times as long (过万 is 一万以上)
    assert len(clean(text * 2 * LONGEST)) <= 3 * LONGEST


@given(st.lists(ANYTHING, max_size=5))
@settings(max_examples=60)
async def test_any_conversation_goes_on(texts: list[str]) -> None:
    talk = Talk(MemoryDesk(JOBS, known=len(texts) % 2 == 0))
    for text in texts:
        reply = await talk.say(text)
        assert reply.parts
        assert json.loads(json.dumps(reply.as_json()))["intent"] == reply.intent


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def sources(text: str, talk: Talk, before: State) -> set[str]:
    """Every figure that a reply may hold: of the postings, of what the seeker said, of the fixed phrases."""
    facts: list[Any] = [job.as_json() for job in JOBS] + [job.path + job.interview_path for job in JOBS]
    facts += [
        f"{until.year} {until.month} {until.day} {job.pay.min} {job.pay.max}"
        for job in JOBS
        if (until := job.valid_until)
    ]
    said = [talk.state.wishes.as_json(), before.wishes.as_json(), clean(text)]
    ordinals = list(range(1, 6))
    counts = [len(JOBS)]
    pool = json.dumps([facts, said, ordinals, counts, table()], ensure_ascii=False)
    return (
        figures(pool) | {figure.removesuffix(".0") for figure in figures(pool)} | figures(str(understand(text).slots))
    )


@given(st.lists(st.one_of(st.sampled_from(SAID), st.lists(PIECES, max_size=12).map("".join)), min_size=1, max_size=4))
@settings(max_examples=100)
async def test_every_figure_has_a_source(texts: list[str]) -> None:
    talk = Talk(MemoryDesk(JOBS))
    for text in texts:
        before = talk.state
        reply = await talk.say(text)
        assert figures(reply.text) <= sources(text, talk, before)


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
