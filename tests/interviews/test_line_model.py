"""The queue against its table: whatever happens in whatever order, it does what a few dictionaries do."""

from contextlib import suppress
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.base.errors import Conflict
from app.interviews import queue as line
from app.interviews.models import Place, Queue
from app.interviews.states import TRANSITIONS, State, after
from app.postings.models import Listing
from tests.cast import NOW
from tests.interviews.stage import DESK, KEYS, Stage, queue_of, seat

PEOPLE = 4
TO_A_PLACE = ("call", "finish", "no_show", "defer", "put_back", "leave", "rejoin", "undo", "ring")
STEPS = st.one_of(
    st.tuples(st.sampled_from(("join", *TO_A_PLACE)), st.integers(1, PEOPLE)),
    st.tuples(st.sampled_from(("join", "next")), st.integers(1, PEOPLE)),
    st.tuples(st.sampled_from(("pause", "resume", "close")), st.just(0)),
)


class Undone(Exception):
    """No error: it takes an example's rows back."""


class Refused(Exception):
    """The model's own Conflict."""


@dataclass
class Person:
    state: State
    number: int
    rung: bool = False
    promised: bool = False


@dataclass
class Model:
    """What should be: the state of the queue, and of each person by the order of their joining."""

    queue: str = "open"
    last: int = 0
    people: dict[int, Person] = field(default_factory=dict)

    def do(self, act: str, who: int) -> None:
        if act in {"pause", "resume", "close"}:
            self._turn(act)
        elif act == "join":
            self._join(who)
        elif act == "next":
            self._next()
        elif who in self.people:
            self._to(act, self.people[who])

    def _turn(self, act: str) -> None:
        if act == "pause":
            self.queue = "paused" if self.queue == "open" else self.queue
        elif act == "resume":
            self.queue = "open"
        else:
            self.queue = "closed"
            for person in self.people.values():
                if person.state == "waiting":
                    person.state, person.promised = "call_back", True

    def _number(self) -> int:
        self.last += 1
        return self.last

    def _join(self, who: int) -> None:
        closed = self.queue == "closed"
        if who not in self.people:
            self.people[who] = Person("call_back" if closed else "waiting", self._number(), promised=closed)
        elif self.people[who].state in {"left", "no_show"}:
            self._rejoin(self.people[who])

    def _rejoin(self, person: Person) -> None:
        closed = self.queue == "closed"
        if person.state == "waiting" or (closed and person.state == "call_back"):
            return
        self._move(person, "rejoin_late" if closed else "rejoin")
        person.rung, person.promised = False, closed
        person.number = person.number if closed else self._number()

    def _next(self) -> None:
        if self.queue == "paused":
            raise Refused
        waiting = [person for person in self.people.values() if person.state == "waiting"]
        if waiting:
            self._to("call", min(waiting, key=lambda person: person.number))

    def _move(self, person: Person, action: str) -> None:
        target = after(person.state, action)  # type: ignore[arg-type]
        if target is None:
            raise Refused
        person.state = target

    def _to(self, act: str, person: Person) -> None:
        if act == "rejoin":
            self._rejoin(person)
        elif act == "ring":
            if person.state not in {"called", "call_back", "done", "no_show"}:
                raise Refused
            person.rung = True
        elif act == "undo":
            self._undo(person)
        elif (act, person.state) not in {("finish", "done"), ("leave", "left"), ("no_show", "no_show")}:
            self._change(act, person)

    def _undo(self, person: Person) -> None:
        if person.state != ("call_back" if person.promised else "called"):
            self._move(person, "undo_promised" if person.promised else "undo")

    def _change(self, act: str, person: Person) -> None:
        if act == "put_back" and self.queue == "closed":
            act = "defer"
        elif act == "put_back" and person.state == "waiting":
            return
        elif act == "no_show" and not person.rung:
            act = "defer"
        self._move(person, act)
        if act in {"call", "defer", "put_back"}:
            person.rung = False
        if act in {"defer", "leave"}:
            person.promised = act == "defer"


async def carry_out(session: AsyncSession, target: Listing, places: dict[int, int], act: str, who: int) -> None:
    queue = await queue_of(session, target)
    common = {"who": DESK, "now": NOW}
    if act == "join":
        places[who] = (await seat(session, target, who)).id
    elif act == "next":
        await line.call_next(session, queue, who=DESK, now=NOW)
    elif act in {"pause", "resume"}:
        await getattr(line, act)(session, queue, **common)
    elif act == "close":
        await line.close_queue(session, queue, who=DESK, now=NOW)
    elif who in places:
        place = await line.place_by_id(session, places[who])
        extra = {"keys": KEYS} if act == "ring" else {}
        arguments = ("intent",) if act == "finish" else ()
        await getattr(line, act)(session, place, *arguments, **common, **extra)


async def stands(session: AsyncSession, places: dict[int, int]) -> dict[int, tuple[str, int, bool]]:
    rows = await session.execute(select(Place.id, Place.state, Place.number, Place.call_back_by))
    by_id = {row.id: (row.state, row.number, row.call_back_by is not None) for row in rows}
    return {who: by_id[place_id] for who, place_id in places.items()}


async def play(session: AsyncSession, stage: Stage, steps: list[tuple[str, int]]) -> None:
    model, places = Model(), dict[int, int]()
    for act, who in steps:
        expected = "done"
        try:
            model.do(act, who)
        except Refused:
            expected = "refused"
        actual = "done"
        try:
            async with session.begin_nested():
                await carry_out(session, stage.welder, places, act, who)
        except Conflict:
            actual = "refused"
        assert (act, who, actual) == (act, who, expected)
        assert await stands(session, places) == {
            who: (person.state, person.number, person.promised) for who, person in model.people.items()
        }
    queue_states = list(await session.scalars(select(Queue.state)))
    assert queue_states in ([model.queue], [])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
async def test_the_line_does_what_the_model_does(
    database: Database, stage: Stage, steps: list[tuple[str, int]]
) -> None:
    with suppress(Undone):
        async with database.write() as session:
            await play(session, stage, steps)
            raise Undone


def test_nothing_leaves_a_place_that_is_not_in_the_table() -> None:
    """Every state can be reached from waiting, and every state can be left again: no place is ever lost."""
    reached, before = {"waiting"}, set[str]()
    while reached != before:
        before = set(reached)
        reached |= {target for (state, _), target in TRANSITIONS.items() if state in before}
    assert reached == {"waiting", "called", "done", "no_show", "left", "call_back"}
    assert {state for state, _ in TRANSITIONS} == reached
