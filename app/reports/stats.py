"""What came of an event, in figures: of the whole and of each posting by its spoken number.

Scans are those of the ledger without crawlers', and people are different visitors among them: two phones of one
person are two. Questions are all that seekers wrote. A place in a queue that names two postings counts for both, and
a code for a whole employer for none: what stands by number need not add up to the whole.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.chat.answers import BOT, STAFF
from app.chat.models import Message
from app.codes.models import Scan
from app.interviews.models import Place, Queue, WantedListing
from app.postings.models import Listing

# 初步意向 and 录用
INTENT_OUTCOMES = ("intent", "hired")


@dataclass
class Figures:
    """Scans, people who scanned, questions asked, places taken for an interview, and how many led to an intent."""

    scans: int = 0
    people: int = 0
    questions: int = 0
    interviews: int = 0
    intents: int = 0


@dataclass
class Stats(Figures):
    """The event's figures; `by_number` has every posting that was ever published in it."""

    by_number: dict[str, Figures] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The contract's object, of plain numbers and texts."""
        return asdict(self)


async def event_stats(session: AsyncSession, event_id: int) -> Stats:
    """As of everything committed; seven queries, however large the event."""
    numbered = select(Listing.id, Listing.number).where(Listing.event_id == event_id, Listing.number.is_not(None))
    numbers = {id_: str(number) for id_, number in await session.execute(numbered.order_by(Listing.number))}
    stats = Stats(by_number={number: Figures() for number in numbers.values()})
    wholes = (_scans(event_id), _questions(event_id), _places(event_id))
    by_listing = (
        _scans(event_id).add_columns(Scan.listing_id).group_by(Scan.listing_id),
        _questions(event_id).add_columns(Message.listing_id).group_by(Message.listing_id),
        _places(event_id).join(Place.wanted).add_columns(WantedListing.listing_id).group_by(WantedListing.listing_id),
    )
    for query in wholes:
        _enter(stats, (await session.execute(query)).one())
    for query in by_listing:
        for row in await session.execute(query):
            number = numbers.get(row.listing_id)
            if number is not None:
                _enter(stats.by_number[number], row)
    return stats


@dataclass(frozen=True)
class Answered:
    """Questions of an event that were answered, each by the first who did: app/chat/answers.py says what counts."""

    by_bot: int
    by_people: int


async def event_answers(session: AsyncSession, event_id: int) -> Answered:
    """One query, however many questions."""
    by_bot, by_people = (func.count().filter(Message.answered_by == who) for who in (BOT, STAFF))
    asked = select(by_bot, by_people).where(_at(Message, event_id), Message.from_seeker.is_(True))
    bots, peoples = (await session.execute(asked)).one()
    return Answered(bots, peoples)


def _enter(figures: Figures, row: Row[Any]) -> None:
    for name, value in row._mapping.items():  # noqa: SLF001 - SQLAlchemy's public name for it
        if name != "listing_id":
            setattr(figures, name, value)


def _scans(event_id: int) -> Select[*tuple[Any, ...]]:
    people = func.count(distinct(Scan.visitor)).label("people")
    return select(func.count().label("scans"), people).where(_at(Scan, event_id), Scan.crawler.is_(False))


def _questions(event_id: int) -> Select[*tuple[Any, ...]]:
    return select(func.count().label("questions")).where(_at(Message, event_id), Message.from_seeker.is_(True))


def _places(event_id: int) -> Select[*tuple[Any, ...]]:
    # in whatever state: an outcome stays while its person waits again for another job
    intents = func.count(Place.id).filter(Place.outcome.in_(INTENT_OUTCOMES)).label("intents")
    return (
        select(func.count(Place.id).label("interviews"), intents)
        .select_from(Place)
        .join(Place.queue)
        .where(_at(Queue, event_id))
    )


def _at(table: type[Scan | Message | Queue], event_id: int) -> ColumnElement[bool]:
    return table.event_id == event_id
