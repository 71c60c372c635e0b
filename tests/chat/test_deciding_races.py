"""Staff decide about a complaint in the moment in which its seeker goes on complaining."""

import asyncio

from sqlalchemy import select

from app.base.database import Database
from app.chat.complaints import report
from app.chat.deciding import decide
from app.chat.handover import hold
from app.chat.models import Message
from app.chat.people_models import Complaint
from tests.cast import NOW, actor
from tests.chat.conftest import Show
from tests.chat.handed import make_complaint
from tests.chat.held import until_it_waits


async def test_words_that_come_while_staff_decide_belong_to_what_is_decided(database: Database, show: Show) -> None:
    async with database.write() as session:
        complaint = await make_complaint(session, show.guard)

    async def handle() -> bool:
        async with database.write() as session:
            return await decide(session, actor(show.cast.owner), complaint.public_id, "handled", done="已致电", now=NOW)

    async with database.write() as session:  # a turn
        await hold(session, complaint.conversation_id)
        deciding = asyncio.create_task(handle())
        await until_it_waits(database, deciding)
        assert await report(
            session, complaint.conversation_id, "还不退", listing_id=show.guard.id, event_id=show.event.id, now=NOW
        )
    assert await deciding is False
    async with database.read() as session:
        decided = (await session.scalars(select(Complaint))).one()
        lines = list(await session.scalars(select(Message.speaker).where(Message.speaker == "system")))
    assert (decided.state, [said["text"] for said in decided.words], lines) == (
        "handled",
        ["收押金", "还不退"],
        ["system"],
    )
