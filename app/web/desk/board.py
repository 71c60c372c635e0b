"""What an interviewer sees: who is called, who waits, who is to be called back, what was noted today."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day, local_midnight
from app.base.ids import new_public_id
from app.base.keys import Keys
from app.interviews.models import Place
from app.interviews.places import places_in
from app.interviews.queues import jobs_of
from app.interviews.states import OUTCOMES
from app.interviews.workdays import promise_days
from app.seekers.contacts import mask_phone, name_of, phone_of, shown_to
from app.web.desk.opened import Desk


@dataclass(frozen=True)
class Person:
    """One in the queue. `phone` is masked unless this desk asked to see it today; `tel` is what to dial, or None."""

    number: int
    name: str
    phone: str
    tel: str | None
    for_family: bool
    same_phone: bool
    jobs: list[tuple[str, bool]]
    place: Place
    minutes: int
    overdue: bool

    @property
    def outcome(self) -> str:
        return OUTCOMES.get(self.place.outcome or "", "")


@dataclass(frozen=True)
class Job:
    public_id: str
    title: str
    state: str


@dataclass(frozen=True)
class Board:
    """One employer's queue at one event. `press` names the next press of a button; `today` is Shanghai's day."""

    desk: Desk
    called: list[Person]
    waiting: list[Person]
    call_backs: list[Person]
    finished: list[Person]
    jobs: list[Job]
    over: bool
    press: str
    promise_days: list[tuple[int, date]]


async def board_of(session: AsyncSession, desk: Desk, *, keys: Keys, now: datetime) -> Board:
    today = local_day(now)
    midnight = local_midnight(now)
    places = await places_in(session, desk.queue)
    people = _people(places, keys=keys, shown=await shown_to(session, desk.who, since=midnight), now=now)
    return Board(
        desk=desk,
        called=[person for person in people if person.place.state == "called"],
        waiting=[person for person in people if person.place.state == "waiting"],
        call_backs=sorted(
            (person for person in people if person.place.state == "call_back"),
            key=lambda person: (person.place.call_back_by or date.max, person.number),
        ),
        finished=_newest_first(person for person in people if _finished_since(person.place, midnight)),
        jobs=await _jobs(session, desk),
        over=desk.queue.event.ends_at <= now,
        press=new_public_id(length=20),
        promise_days=promise_days(today),
    )


def _people(places: list[Place], *, keys: Keys, shown: set[int], now: datetime) -> list[Person]:
    phones = Counter(place.contact.phone for place in places)
    return [
        _person(
            place,
            phone=phone_of(place.contact, keys),
            twice=phones[place.contact.phone] > 1,
            keys=keys,
            shown=shown,
            now=now,
        )
        for place in places
    ]


def _person(place: Place, *, phone: str, twice: bool, keys: Keys, shown: set[int], now: datetime) -> Person:
    # of one who left, or whose turn has not come again, the number is masked again
    may_dial = place.contact_id in shown and place.state in {"called", "call_back", "done", "no_show"}
    return Person(
        number=place.number,
        name=name_of(place.contact, keys),
        phone=phone if may_dial else mask_phone(phone),
        tel=phone if may_dial else None,
        for_family=place.contact.relation == "family",
        same_phone=twice,
        jobs=[(w.listing.posting.title, w.listing.posting.state == "filled") for w in place.wanted],
        place=place,
        minutes=max(0, int((now - place.joined_at).total_seconds() // 60)),
        overdue=place.call_back_by is not None and place.call_back_by < local_day(now),
    )


def _finished_since(place: Place, moment: datetime) -> bool:
    return place.state in {"done", "no_show"} and place.finished_at is not None and place.finished_at >= moment


def _newest_first(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: str(person.place.finished_at), reverse=True)


async def _jobs(session: AsyncSession, desk: Desk) -> list[Job]:
    jobs = await jobs_of(session, desk.queue)
    return [Job(job.posting.public_id, job.posting.title, job.posting.state) for job in jobs]
