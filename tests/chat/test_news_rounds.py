"""However often is published while somebody cannot be told, one round is planned for them, and it tells them."""

from datetime import timedelta

from sqlalchemy import func, select, update

from app.base.database import Database
from app.base.outbox import OutboxEntry
from app.chat.models import Conversation
from app.chat.news import LATER
from app.chat.people_models import Handover
from app.postings import states
from tests.cast import NOW
from tests.chat.conftest import Show
from tests.chat.test_news import WELDING, act, ask, deliver, put_up, told


async def planned(database: Database) -> int:
    async with database.read() as session:
        open_ones = select(func.count(OutboxEntry.id)).where(OutboxEntry.kind == LATER, OutboxEntry.done_at.is_(None))
        return await session.scalar(open_ones) or 0


async def test_who_is_with_people_is_waited_for_by_one_round(database: Database, show: Show) -> None:
    await ask(database, WELDING)
    async with database.write() as session:
        talk = (await session.scalars(select(Conversation.id))).one()
        asked = {"conversation_id": talk, "asked_at": NOW, "seeker_at": NOW, "due_at": NOW + timedelta(hours=1)}
        session.add(Handover(public_id="handover", state="held", **asked))
    counts = []
    for second in range(4):
        now = NOW + timedelta(seconds=second)
        await act(database, await put_up(database, show, "电焊工"), states.PUBLISH, now=now)
        await deliver(database, now=now)
        counts.append(await planned(database))
    await deliver(database, now=NOW + timedelta(minutes=5))
    assert (counts, await planned(database), await told(database)) == ([1, 1, 1, 1], 1, [])
    async with database.write() as session:
        await session.execute(update(Handover).values(state="over"))
    await deliver(database, now=NOW + timedelta(minutes=10))
    assert (await planned(database), len(await told(database))) == (0, 1)
