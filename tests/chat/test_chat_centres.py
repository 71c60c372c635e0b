"""Which centre answers: the event's, else the city's, else the first."""

from app.base.database import Database
from app.chat.centres import centre_of
from tests.cast import make_cast, make_centre, make_event


async def test_the_events_centre_answers_and_without_an_event_the_citys(database: Database) -> None:
    async with database.write() as session:
        nobody = await centre_of(session, None)
        county = await make_centre(session, "宿松县公共就业服务中心", "340826")
        alone = await centre_of(session, None)
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        found = [await centre_of(session, event_id) for event_id in (event.id, None, event.id + 99)]
    assert (nobody, alone) == (None, county.id)
    assert found == [cast.centre.id, cast.city.centre_id, cast.city.centre_id]
