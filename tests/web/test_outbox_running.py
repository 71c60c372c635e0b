"""The server empties its outbox by itself: what is published reaches who asked, while nobody does anything."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from app.base.audit import SYSTEM
from app.base.settings import Settings
from app.chat.models import Conversation, Message
from app.chat.subscriptions import subscribe
from app.main import create_app
from app.postings import states
from app.postings.listings import listings_by_id
from app.postings.publishing import move_all
from app.seekers.models import Seeker
from bot.wishes import NO_WISHES
from tests.cast import NOW, database_of, make_cast, make_employer, make_event, make_listing, make_posting
from tests.conftest import StillClock


async def test_news_arrive_while_the_server_runs(database_url: str, clock: StillClock, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=database_url, data_dir=tmp_path)
    app = create_app(settings, clock=clock)
    database = database_of(app)
    async with app.router.lifespan_context(app):
        async with database.write() as session:
            cast = await make_cast(session)
            event, employer = await make_event(session, cast.centre), await make_employer(session, cast.centre)
            listing = await make_listing(session, event, await make_posting(session, employer, state="checked"))
            seeker = Seeker(created_at=NOW)
            talk = Conversation(key="talk", channel="web", state={}, created_at=NOW, updated_at=NOW)
            session.add_all([seeker, talk])
            await session.flush()
            await subscribe(session, seeker, NO_WISHES, conversation_id=talk.id, centre_id=None, now=NOW)
        with database.bus.listening(f"chat:{talk.id}") as ring:
            async with database.write() as session:
                await move_all(
                    session, await listings_by_id(session, [listing.id]), states.PUBLISH, who=SYSTEM, now=NOW
                )
            await asyncio.wait_for(ring.wait(), 60)
        async with database.read() as session:
            (line,) = (await session.scalars(select(Message))).all()
    assert line.text.splitlines()[0] == "有1个新岗位："
