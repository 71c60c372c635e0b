"""Who was promised a call: in order, the overdue first and marked, until an outcome is noted."""

import re
from datetime import date

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.interviews.models import Place
from app.interviews.queue import defer, place_by_id
from app.web.services import Services
from tests.cast import NOW, database_of, signed_in
from tests.conftest import StillClock
from tests.interviews.stage import DESK, Stage, make_stage, seat
from tests.statements import counted

SHOWN = "13800000001"


@pytest.fixture
async def stage(app: FastAPI) -> Stage:
    """Number 1 is promised Tuesday 10 March, number 2 Monday 9 March, number 3 waits."""
    held: Services = app.state.services
    async with held.database.write() as session:
        stage = await make_stage(session)
        for number, day in ((1, 10), (2, 9), (3, None)):
            place = await seat(session, stage.welder, number, keys=held.keys)
            if day:
                await defer(session, place, by=date(2026, 3, day), who=DESK, now=NOW)
        return stage


async def place_of(app: FastAPI, number: int) -> Place:
    async with database_of(app).read() as session:
        place_id = (await session.scalars(select(Place.id).where(Place.number == number))).one()
        return await place_by_id(session, place_id)


async def list_address(stage: Stage) -> str:
    return f"/staff/events/{stage.event.public_id}/callbacks"


async def address_of(app: FastAPI, stage: Stage, number: int) -> str:
    place = await place_of(app, number)
    return f"{await list_address(stage)}/{place.queue.employer.public_id}/{number}"


def rows(html: str) -> list[tuple[bool, str, str]]:
    """Whether it is marked overdue, the day, and the name."""
    found = re.findall(
        r'<tr id="p-[^"]+"( class="bad")?>\s*<td[^>]*>(\S+).*?<th scope="row">([^<\s]+)', html, re.DOTALL
    )
    return [(bool(bad), day, name) for bad, day, name in found]


async def test_the_most_urgent_come_first_and_the_overdue_are_marked(
    app: FastAPI, stage: Stage, clock: StillClock
) -> None:
    monday, tuesday = "3月9日（周一）", "3月10日（周二）"
    async with signed_in(app, stage.cast.owner) as browser:
        html = (await browser.get(await list_address(stage))).text
        assert rows(html) == [(False, monday, "求职者2"), (False, tuesday, "求职者1")]
        assert "已经过了约定的日子" not in html
    clock.forward(days=4)  # Tuesday
    async with signed_in(app, stage.cast.owner) as browser:
        html = (await browser.get(await list_address(stage))).text
    assert rows(html) == [(True, monday, "求职者2"), (False, tuesday, "求职者1")]
    assert "有 1 位已经过了约定的日子" in html


async def test_a_number_is_shown_to_who_asks_and_recorded(app: FastAPI, stage: Stage) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        assert SHOWN not in (await browser.get(await list_address(stage))).text
        answer = await browser.post(f"{await address_of(app, stage, 1)}/ring")
        assert answer.headers["location"].endswith("-1")
        html = (await browser.get(await list_address(stage))).text
        assert f'href="tel:{SHOWN}"' in html
        assert "138****0002" in html
    async with signed_in(app, stage.cast.city) as browser:
        assert SHOWN not in (await browser.get(await list_address(stage))).text
    async with database_of(app).read() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.what == "phone_shown"))).one()
    assert (entry.who_kind, entry.who_id, entry.thing_id) == (
        "account",
        stage.cast.owner.id,
        (await place_of(app, 1)).contact_id,
    )


async def test_an_outcome_takes_the_promise_off_the_list(app: FastAPI, stage: Stage) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        for _ in range(2):  # a double click
            answer = await browser.post(
                f"{await address_of(app, stage, 2)}/outcome", data={"outcome": "intent", "note": "周四到岗"}
            )
            assert answer.headers["location"] == await list_address(stage)
        html = (await browser.get(await list_address(stage))).text
    assert [name for _, _, name in rows(html)] == ["求职者1"]
    place = await place_of(app, 2)
    assert (place.state, place.outcome, place.note) == ("done", "intent", "周四到岗")


async def test_who_was_not_reached_is_promised_another_day(app: FastAPI, stage: Stage) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        await browser.post(f"{await address_of(app, stage, 2)}/outcome", data={"outcome": "later-3"})
    assert (await place_of(app, 2)).call_back_by == date(2026, 3, 11)


async def test_giving_up_is_offered_only_after_ringing(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage, 2)
    async with signed_in(app, stage.cast.owner) as browser:
        assert "打过电话，联系不上" not in (await browser.get(await list_address(stage))).text
        await browser.post(f"{address}/outcome", data={"outcome": "no_show"})
        assert (await place_of(app, 2)).state == "call_back"
        await browser.post(f"{address}/ring")
        assert "打过电话，联系不上" in (await browser.get(await list_address(stage))).text
        await browser.post(f"{address}/outcome", data={"outcome": "no_show"})
    assert (await place_of(app, 2)).state == "no_show"


async def test_who_waits_is_not_on_the_list_and_not_to_be_noted(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage, 3)
    async with signed_in(app, stage.cast.owner) as browser:
        for act, form in (("ring", {}), ("outcome", {"outcome": "unfit"})):
            answer = await browser.post(f"{address}/{act}", data=form)
            assert answer.headers["location"] == f"{await list_address(stage)}?said=changed"
        assert "您的操作没有生效" in (await browser.get(f"{await list_address(stage)}?said=changed")).text
    assert (await place_of(app, 3)).state == "waiting"


@pytest.mark.parametrize("outcome", ["", "married", "later-0", "later-4", "later-x", "later-²", "later"])
async def test_an_outcome_that_is_none_changes_nothing(app: FastAPI, stage: Stage, outcome: str) -> None:
    async with signed_in(app, stage.cast.owner) as browser:
        answer = await browser.post(f"{await address_of(app, stage, 2)}/outcome", data={"outcome": outcome})
    assert answer.status_code == 422
    place = await place_of(app, 2)
    assert (place.state, place.call_back_by) == ("call_back", date(2026, 3, 9))


async def test_another_county_sees_and_does_nothing(app: FastAPI, stage: Stage) -> None:
    address = await address_of(app, stage, 2)
    async with signed_in(app, stage.cast.stranger) as browser:
        answers = [
            await browser.get(await list_address(stage)),
            await browser.post(f"{address}/ring"),
            await browser.post(f"{address}/outcome", data={"outcome": "unfit"}),
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert [name in answers[0].text for name in ("求职者1", "138****")] == [False, False]
    assert (await place_of(app, 2)).outcome is None


async def test_the_screens_host_sees_no_seekers(app: FastAPI, stage: Stage) -> None:
    async with signed_in(app, stage.cast.host) as browser:
        answer = await browser.get(await list_address(stage))
        assert (answer.status_code, "求职者1" in answer.text) == (403, False)
        assert (await browser.post(f"{await address_of(app, stage, 1)}/ring")).status_code == 403


@pytest.mark.parametrize("people", [1, 3])
async def test_statements_do_not_grow_with_the_promises(app: FastAPI, stage: Stage, people: int) -> None:
    held: Services = app.state.services
    async with held.database.write() as session:
        for number in range(10, 10 + people):
            place = await seat(session, stage.fitter, number, keys=held.keys)
            await defer(session, place, who=DESK, now=NOW)
    async with signed_in(app, stage.cast.owner) as browser:
        with counted(held.database) as statements:
            assert len(rows((await browser.get(await list_address(stage))).text)) == 2 + people
    # the session's account, the event, who was shown what, the places, what they are for
    assert len(statements) == 5
