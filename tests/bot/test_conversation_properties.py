"""Whatever is said, in whatever order, in whatever world: the bot answers, honestly, and can go on."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import Desk
from bot.dialogue import answer
from bot.memory_desk import MemoryDesk
from bot.phrases import table
from bot.reply import Reply
from bot.turn import State, Turn
from bot.understanding import understand
from bot.understanding.spelling import clean
from tests.bot.bot_cast import Talk
from tests.bot.strangers import EACH_HANDLER, JOBS, TURNS, WORLDS


async def step(desk: Desk, turn: Turn, before: State) -> tuple[Reply, State]:
    """One turn with the state through JSON, as a database keeps it."""
    return await answer(turn, State.from_json(json.loads(json.dumps(before.to_json()))), desk)


@pytest.mark.parametrize("intent", EACH_HANDLER)
async def test_each_handler_is_reached(intent: str) -> None:
    talk = Talk(MemoryDesk(JOBS, known=True))
    await talk.say("找普工")
    assert (await talk.say(EACH_HANDLER[intent])).intent == intent


@given(WORLDS, st.lists(TURNS, min_size=1, max_size=7))
@settings(max_examples=150, deadline=None)
async def test_any_conversation_goes_on(desk: MemoryDesk, turns: list[Turn]) -> None:
    state = State()
    for turn in turns:
        with_people = desk.taken_over
        reply, state = await step(desk, turn, state)
        assert bool(reply.parts) != (with_people and desk.taken_over)
        assert json.loads(json.dumps(reply.as_json()))["intent"] == reply.intent
        assert State.from_json(json.loads(json.dumps(state.to_json()))).to_json() == state.to_json()


@given(WORLDS, st.lists(TURNS, min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
async def test_every_figure_has_a_source(desk: MemoryDesk, turns: list[Turn]) -> None:
    state, known = State(), facts(desk)
    for turn in turns:
        reply, state = await step(desk, turn, state)
        known |= said(turn) | figures(json.dumps([state.wishes.as_json(), reply.actions], ensure_ascii=False))
        assert figures(reply.text) <= known


@given(WORLDS, st.lists(TURNS, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
async def test_only_jobs_that_are_there_are_shown_and_only_open_ones_listed(
    desk: MemoryDesk, turns: list[Turn]
) -> None:
    state, there = State(), {job.key for job in await desk.whole([job.key for job in JOBS])}
    for turn in turns:
        reply, state = await step(desk, turn, state)
        assert {job.key for job in reply.jobs} <= there
        if any(action["do"] == "find" for action in reply.actions):
            assert [job.state for job in reply.jobs] == ["published"] * len(reply.jobs)


@given(WORLDS, st.lists(TURNS, min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
async def test_the_same_turn_in_the_same_world_has_the_same_answer(desk: MemoryDesk, turns: list[Turn]) -> None:
    state = State()
    for turn in turns:
        _, state = await step(desk, turn, state)
    if not desk.taken_over:
        once, again = await step(desk, Turn("第一个工资多少"), state), await step(desk, Turn("第一个工资多少"), state)
        assert once == again


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def facts(desk: MemoryDesk) -> set[str]:
    """Figures of the postings as they may be written, of the desk's answers and queues, of the fixed phrases."""
    jobs = list(desk._jobs.values())
    pays = [pay for job in jobs for pay in (job.pay.min, job.pay.max) if pay]
    written: list[Any] = [job.as_json() for job in jobs] + [job.path + job.interview_path for job in jobs]
    written += [f"{until.year} {until.month} {until.day}" for job in jobs if (until := job.valid_until)]
    written += [f"{pay:g} {pay:.0f} {pay / 10_000:g}" for pay in pays]
    written += [str(desk.person), str(desk.answers), [waiting + more for waiting in (0, 7) for more in (0, 1)]]
    written += [list(range(1, 6)), sum(job.is_open for job in jobs), table()]
    return figures(json.dumps(written, ensure_ascii=False))


def said(turn: Turn) -> set[str]:
    """Figures of what the seeker said, also in Chinese numerals."""
    number = turn.scan.number or "" if turn.scan else ""
    slots = {} if turn.scan else understand(turn.text).slots
    return figures(json.dumps([clean(turn.text), number, slots], ensure_ascii=False).replace("-", " "))
