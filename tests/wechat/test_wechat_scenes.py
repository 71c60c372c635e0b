"""The platform's codes for postings: made once each, within its limits, made anew in time, never shown too late."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who
from app.base.database import Database
from app.base.delivering import Handlers, Task, plan_day, run_due
from app.base.outbox import OutboxEntry
from app.codes.codes import codes_for
from app.codes.models import Code
from app.postings import publishing
from app.postings.listings import listing as find_listing
from app.postings.models import Listing
from app.postings.publishing import NEWS
from app.wechat.accounts import downgrade, held
from app.wechat.duties import DAILY, handlers, with_scenes
from app.wechat.models import Scene
from app.wechat.scene_making import SCENES, want_scenes
from app.wechat.scenes import code_of_scene, payload_of
from tests.cast import make_cast, make_employer, make_event, make_listing, make_posting
from tests.wechat.ours import Ours
from tests.wechat_platform.faults import Fault

CREATE = "/cgi-bin/qrcode/create"
OWN = "HTTP://MASHANG.TEST/J7K3M9Q"


@pytest.fixture
async def ready(ours: Ours) -> Ours:
    assert await ours.platform.probe()
    ours.stand_in.calls.clear()
    ours.stand_in.scenes.clear()
    return ours


async def show(ours: Ours, *titles: str, days: float = 0.1, begun: bool = True, **fields: Any) -> list[Listing]:
    """An event that ends in so many days, with these jobs."""
    now = ours.clock()
    async with ours.database.write() as session:
        cast = await make_cast(session)
        starts_at = now - timedelta(hours=1) if begun else now + timedelta(days=days) - timedelta(hours=2)
        event = await make_event(session, cast.centre, starts_at=starts_at, ends_at=now + timedelta(days=days))
        employer = await make_employer(session, cast.centre)
        return [
            await make_listing(session, event, await make_posting(session, employer, title=title, **fields))
            for title in titles or ("电焊工",)
        ]


async def whole(session: AsyncSession, listing_id: int) -> Listing:
    found = await find_listing(session, listing_id)
    assert found is not None
    return found


async def night(ours: Ours) -> None:
    """What is done once a day is planned, its time comes, and all that is due is done."""
    await plan_day(ours.database, DAILY, now=ours.clock())
    await deliver(ours, handlers(ours.platform))


async def deliver(ours: Ours, duties: Handlers) -> None:
    while await run_due(ours.database, duties, now=ours.clock()):
        pass


async def names(ours: Ours, listings: Iterable[Listing]) -> list[str]:
    """What the codes of these must be called, in order."""
    async with ours.database.write() as session:
        codes = await codes_for(session, listings, now=ours.clock())
    return sorted(f"{kind}{code.token}" for code in codes.values() for kind in "JI")


def made(ours: Ours) -> list[str]:
    return sorted(scene.name for scene in ours.stand_in.scenes.values())


async def code_of(ours: Ours, listing: Listing) -> Code:
    async with ours.database.write() as session:
        return (await codes_for(session, [listing], now=ours.clock()))[listing.id]


async def shown(ours: Ours, code: Code, kind: str = "J") -> str:
    account = await ours.account()
    async with ours.database.read() as session:
        return await payload_of(session, account.id, code, kind, own=OWN, now=ours.clock())


async def choose_scenes(ours: Ours) -> None:
    account = await ours.account()
    async with ours.database.write() as session:
        (await held(session, account.id)).codes_as = "scene"


async def rows(ours: Ours) -> list[Scene]:
    async with ours.database.read() as session:
        return list(await session.scalars(select(Scene).order_by(Scene.id)))


async def entries(ours: Ours) -> list[OutboxEntry]:
    async with ours.database.read() as session:
        return list(await session.scalars(select(OutboxEntry).where(OutboxEntry.kind == SCENES)))


async def test_every_open_job_gets_both_its_codes_once(ready: Ours) -> None:
    listings = await show(ready, *(f"工种{number}" for number in range(23)))  # more than a slice
    for _ in range(3):
        await night(ready)
        ready.clock.forward(minutes=1)
    assert made(ready) == await names(ready, listings)
    assert ready.stand_in.codes(CREATE) == {0: 46}
    assert {row.url for row in await rows(ready)} == {scene.url for scene in ready.stand_in.scenes.values()}
    ends = {scene.expires_at for scene in ready.stand_in.scenes.values()}
    assert {row.expires_at for row in await rows(ready)} == ends
    assert ready.stand_in.breaches == []


@pytest.mark.parametrize("closed", [{"state": "paused"}, {"state": "filled"}, {"valid_until": date(2026, 3, 5)}])
async def test_what_nobody_may_apply_for_gets_none(ready: Ours, closed: dict[str, Any]) -> None:
    await show(ready, **closed)
    await night(ready)
    assert made(ready) == []


async def test_a_show_that_is_over_gets_none_and_one_to_come_does(ready: Ours) -> None:
    listings = await show(ready, days=5, begun=False)
    await night(ready)
    assert made(ready) == await names(ready, listings)
    ready.clock.forward(days=28)
    ready.stand_in.scenes.clear()
    await night(ready)
    assert made(ready) == []


async def test_a_job_that_is_published_gets_its_codes_at_once(ready: Ours) -> None:
    (listing,) = await show(ready, state="checked")
    await night(ready)
    assert made(ready) == []
    async with ready.database.write() as session:
        await publishing.publish(session, await whole(session, listing.id), who=Who("account", None), now=ready.clock())
    news: list[dict[str, Any]] = []

    async def published(task: Task, now: datetime) -> None:
        news.append(task.payload)

    await deliver(ready, {**handlers(ready.platform), NEWS: with_scenes(ready.platform, published)})
    assert (made(ready), news) == (await names(ready, [listing]), [{"listings": [listing.id]}])


async def test_codes_are_made_anew_when_three_days_are_left_and_keep_their_row(ready: Ours) -> None:
    await show(ready, days=200)
    await night(ready)
    first = await rows(ready)
    ready.clock.forward(days=27)
    await night(ready)
    assert ready.stand_in.codes(CREATE) == {0: 2}
    ready.clock.forward(minutes=1, days=1)
    await night(ready)
    assert ready.stand_in.codes(CREATE) == {0: 4}
    second = await rows(ready)
    assert [row.id for row in second] == [row.id for row in first]
    assert {row.url for row in first} & {row.url for row in second} == set()
    assert {row.expires_at for row in second} == {ready.clock() + timedelta(days=30)}


async def test_a_code_that_would_end_before_the_show_is_made_anew_once_that_helps(ready: Ours) -> None:
    """Not before: a code of thirty days made today ends before it, too. And in its last days, as ever."""
    await show(ready, days=40)
    asked = []
    for _ in range(40):
        await night(ready)
        asked.append(ready.stand_in.codes(CREATE)[0])
        ready.clock.forward(days=1)
    assert asked == [2] * 10 + [4] * 28 + [6] * 2


async def test_the_days_limit_is_heeded_and_what_is_left_is_made_tomorrow(ready: Ours) -> None:
    listings = await show(ready, *"甲乙丙", days=3)
    ready.stand_in.limits.daily[CREATE] = 5  # one went with finding out what the account may do
    await night(ready)
    assert ready.stand_in.codes(CREATE) == {0: 4, 45009: 1}
    ready.clock.forward(minutes=30)
    await deliver(ready, handlers(ready.platform))
    assert ready.stand_in.codes(CREATE) == {0: 4, 45009: 1}
    ready.clock.forward(days=1)
    await night(ready)
    assert ready.stand_in.codes(CREATE) == {0: 6, 45009: 1}
    assert made(ready) == await names(ready, listings)


@pytest.mark.parametrize("fault", [-1, Fault("html"), Fault("bad_gateway"), 40001])
async def test_a_passing_failure_is_tried_again_and_nothing_that_is_made_is_made_twice(
    ready: Ours, fault: Fault | int
) -> None:
    listings = await show(ready, *"甲乙丙")
    ready.stand_in.faults.plan(CREATE, None, None, fault, *([fault] if fault == 40001 else []))
    await night(ready)
    assert len(ready.stand_in.scenes) == 2
    ready.clock.forward(minutes=5)
    await deliver(ready, handlers(ready.platform))
    assert made(ready) == await names(ready, listings)
    assert ready.stand_in.codes(CREATE)[0] == 6


async def test_an_account_that_may_not_is_not_asked_for_each_code(ready: Ours) -> None:
    await show(ready, *"甲乙丙")
    ready.stand_in.lacks.add("scene")
    await night(ready)
    await night(ready)
    account = await ready.account()
    assert (ready.stand_in.codes(CREATE), account.mode, account.alarm_code) == ({48001: 1}, "B", 48001)
    assert {entry.failed_at for entry in await entries(ready)} == {None}


async def test_a_mistake_of_ours_is_given_up_and_said(ready: Ours) -> None:
    await show(ready)
    ready.stand_in.faults.plan(CREATE, 40053)
    await night(ready)
    assert [entry.reason for entry in await entries(ready)] == ["code 40053"]


async def test_an_entry_that_was_done_before_its_process_died_does_nothing_twice(ready: Ours) -> None:
    await show(ready)
    await night(ready)
    (task,) = [entry for entry in await entries(ready) if entry.payload["after"] == 0]
    again = Task(task.id, SCENES, task.key, task.payload, attempts=2, lease="x")
    await handlers(ready.platform)[SCENES](again, ready.clock())
    await deliver(ready, handlers(ready.platform))
    assert ready.stand_in.codes(CREATE) == {0: 2}


async def test_what_is_asked_for_twice_is_one_entry(database: Database, ready: Ours) -> None:
    for _ in range(2):
        async with database.write() as session:
            await want_scenes(session, of="x", now=ready.clock())
    assert [entry.payload for entry in await entries(ready)] == [{"of": "x", "after": 0}]


async def test_the_screen_shows_the_platforms_code_where_staff_chose_it(ready: Ours) -> None:
    (listing,) = await show(ready)
    code = await code_of(ready, listing)
    await choose_scenes(ready)
    assert await shown(ready, code) == OWN
    await night(ready)
    urls = {scene.name[0]: scene.url for scene in ready.stand_in.scenes.values()}
    assert {kind: await shown(ready, code, kind) for kind in "JI"} == urls
    async with ready.database.read() as session:
        assert await code_of_scene(session, urls["I"]) == f"I{code.token}"
        assert await payload_of(session, None, code, "J", own=OWN, now=ready.clock()) == OWN


async def test_the_screen_shows_our_own_where_nobody_chose(ready: Ours) -> None:
    (listing,) = await show(ready)
    await night(ready)
    assert await shown(ready, await code_of(ready, listing)) == OWN


async def test_a_code_on_its_last_day_is_not_shown(ready: Ours) -> None:
    (listing,) = await show(ready, days=200)
    await choose_scenes(ready)
    await night(ready)
    code = await code_of(ready, listing)
    ready.clock.forward(days=28, hours=23)
    assert await shown(ready, code) != OWN
    ready.clock.forward(hours=1)
    assert await shown(ready, code) == OWN


async def test_an_account_that_lost_its_standing_shows_our_own(ready: Ours) -> None:
    (listing,) = await show(ready)
    await choose_scenes(ready)
    await night(ready)
    code, account = await code_of(ready, listing), await ready.account()
    async with ready.database.write() as session:
        downgrade(await held(session, account.id), "scene")
    assert await shown(ready, code) == OWN
