"""Events: what is accepted, how they are found, who sees them, what is on."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Invalid
from app.events.events import change_event, create_event, events_of, find_event, latest_event, next_event, on_now
from tests.cast import NOW, actor, make_cast, make_event

HOUR = timedelta(hours=1)


async def test_an_event_is_made_with_its_centre_loaded_and_noted(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre, name=" 春风行动  直播 ")
    assert event.name == "春风行动 直播"
    assert event.centre.name == "怀宁县公共就业服务中心"
    async with database.read() as session:
        noted = (await session.scalars(select(AuditEntry).where(AuditEntry.thing_kind == "event"))).all()
    assert [(entry.what, entry.thing_id, entry.detail) for entry in noted] == [("event_created", event.id, {})]


@pytest.mark.parametrize(
    ("name", "length", "field"),
    [
        ("", HOUR, "name"),
        ("  ", HOUR, "name"),
        ("长" * 121, HOUR, "name"),
        ("铃\x07", HOUR, "name"),
        ("专场", timedelta(0), "ends_at"),
        ("专场", -HOUR, "ends_at"),
    ],
)
async def test_what_cannot_be_an_event_names_its_field(
    database: Database, name: str, length: timedelta, field: str
) -> None:
    async with database.read() as session:
        with pytest.raises(Invalid) as refusal:
            await create_event(session, centre_id=1, name=name, starts_at=NOW, ends_at=NOW + length, now=NOW)
    assert refusal.value.field == field


async def test_a_change_rings_the_pages_that_show_the_event(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
    with database.bus.listening(f"event:{event.id}") as ring:
        async with database.write() as session:
            event = await session.merge(event, load=True)
            await change_event(
                session,
                event,
                name="改了名",
                starts_at=NOW,
                ends_at=NOW + HOUR,
                who=actor(cast.owner).who(),
                now=NOW,
            )
        assert ring.is_set()
    async with database.read() as session:
        found = await find_event(session, "改了名")
    assert found is not None
    assert (found.id, found.starts_at, found.ends_at) == (event.id, NOW, NOW + HOUR)
    await database.close()


async def test_an_event_is_found_by_public_id_number_and_name(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        first = await make_event(session, cast.centre, name="早场", starts_at=NOW - 2 * HOUR)
        second = await make_event(session, cast.centre, name="早场")
        named_like_a_number = await make_event(session, cast.centre, name="2026")
    async with database.read() as session:
        found = {
            ref: event.id if (event := await find_event(session, ref)) else None
            for ref in (first.public_id, str(first.id), " 早场 ", "2026", "晚场", "", "9" * 30, "\x00", "٣")
        }
    assert found == {
        first.public_id: first.id,
        str(first.id): first.id,
        " 早场 ": second.id,
        "2026": named_like_a_number.id,
        "晚场": None,
        "": None,
        "9" * 30: None,
        "\x00": None,
        "٣": None,
    }


@given(ref=st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_reference_at_all_finds_nothing_in_an_empty_database(database: Database, ref: str) -> None:
    async with database.read() as session:
        assert await find_event(session, ref) is None


async def test_a_county_sees_its_own_the_city_all_and_another_county_nothing(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        ours = await make_event(session, cast.centre)
        citys = await make_event(session, cast.city.centre, name="全市专场", starts_at=NOW - 2 * HOUR)
    async with database.read() as session:
        seen = {
            account.name: [event.id for event in await events_of(session, actor(account))]
            for account in (cast.owner, cast.host, cast.city, cast.stranger)
        }
        hidden = await find_event(session, ours.public_id, actor=actor(cast.stranger))
        hidden_too = await find_event(session, str(citys.id), actor=actor(cast.owner))
    assert seen == {"怀宁小程": [ours.id], "主播小方": [ours.id], "安庆老潘": [ours.id, citys.id], "桐城小姚": []}
    assert (hidden, hidden_too) == (None, None)


async def test_on_now_next_and_latest_go_by_the_time(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        for name, start in (("昨晚", -20 * HOUR), ("下午", -3 * HOUR), ("刚开始", 0 * HOUR), ("明天", 24 * HOUR)):
            length = 3 * HOUR if name == "下午" else 2 * HOUR  # the afternoon's ends at this very moment
            await make_event(session, cast.centre, name=name, starts_at=NOW + start, ends_at=NOW + start + length)
        await make_event(session, cast.city.centre, name="同时", starts_at=NOW - HOUR)
    async with database.read() as session:
        on = [event.name for event in await on_now(session, now=NOW)]
        coming = await next_event(session, now=NOW)
        none = await next_event(session, now=NOW + 30 * HOUR)
        latest = await latest_event(session)
    assert on == ["刚开始", "同时"]
    assert coming is not None
    assert coming.name == "明天"
    assert none is None
    assert latest is not None
    assert latest.name == "明天"
