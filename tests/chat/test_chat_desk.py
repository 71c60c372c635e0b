"""The desk on the database: which jobs it finds, whose places it shows, what it says it cannot do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.chat.desk import DatabaseDesk
from app.chat.scope import scope_of
from app.chat.window import NeedsWrite, Sitting
from app.codes.codes import code_for, path
from app.interviews import queue
from app.interviews.models import Place
from app.postings.models import Listing, Posting
from app.seekers.seekers import known_seeker, seeker_of_browser
from bot.desk import HumanResult, JoinResult, MyData
from bot.sought import sought
from bot.understanding.trades import standard_trades
from bot.wishes import NO_WISHES
from tests.cast import NOW, make_event, make_listing, make_posting
from tests.chat.conftest import KEYS, STRANGER, VISITOR, Show, desk_for, join_by_page, nothing_on_air


async def test_candidates_are_the_open_jobs_that_fit(show: Show, writing: AsyncSession) -> None:
    desk = await desk_for(writing)
    everything = await desk.candidates(NO_WISHES, (), 10)
    packing = await desk.candidates(NO_WISHES, [sought("包装", desk.trades)], 10)
    assert [job.title for job in everything] == ["电焊工", "包装工", "保安"]
    assert [job.title for job in packing] == ["包装工"]
    assert [job.title for job in await desk.candidates(NO_WISHES, (), 2)] == ["包装工", "保安"]
    assert await desk.open_jobs() == 3


async def test_a_job_in_two_shows_that_are_on_is_found_once(show: Show, writing: AsyncSession) -> None:
    second = await make_event(writing, show.cast.centre, name="第二场")
    await make_listing(writing, second, show.packer.posting)
    desk = await desk_for(writing)
    assert sorted(job.title for job in await desk.candidates(NO_WISHES, (), 10)) == ["保安", "包装工", "电焊工"]
    assert await desk.open_jobs() == 3


async def test_a_job_is_told_as_it_is_today(show: Show, writing: AsyncSession) -> None:
    yesterday = (NOW - timedelta(days=1)).date()
    await writing.execute(update(Listing).where(Listing.id == show.packer.id).values(state="removed"))
    await writing.execute(update(Posting).where(Posting.id == show.guard.posting_id).values(valid_until=yesterday))
    desk = await desk_for(writing)
    jobs = [await desk.job(str(row.id)) for row in (show.welder, show.packer, show.guard, show.gone)]
    assert [job and job.state for job in jobs] == ["published", "withdrawn", "closed", "withdrawn"]


async def test_jobs_are_read_whole_by_their_keys_in_the_order_asked_for(show: Show, writing: AsyncSession) -> None:
    desk = await desk_for(writing)
    keys = [str(show.gone.id), "99999", "x", str(show.welder.id)]
    whole = await desk.whole(keys)
    assert [(job.key, job.state) for job in whole] == [(keys[0], "withdrawn"), (keys[3], "published")]
    assert whole[1] == await desk.job(keys[3])


async def test_what_was_never_published_is_no_job(show: Show, writing: AsyncSession) -> None:
    desk = await desk_for(writing)
    assert await desk.job(str(show.draft.id)) is None


@pytest.mark.parametrize("key", ["", "0", "-1", "１", "x", "9" * 30, "1 OR 1=1"])
async def test_a_key_that_is_none_finds_nothing(show: Show, writing: AsyncSession, key: str) -> None:
    desk = await desk_for(writing)
    welder = await desk.job(str(show.welder.id))
    assert welder is not None
    assert await desk.job(key) is None
    assert await desk.similar(replace(welder, key=key), 5) == []


async def test_a_spoken_code_means_the_show_that_is_on(show: Show, writing: AsyncSession) -> None:
    last_week = await make_event(
        writing,
        show.cast.centre,
        name="上周专场",
        starts_at=NOW - timedelta(days=7),
        ends_at=NOW - timedelta(days=6),
    )
    old = await make_listing(
        writing, last_week, await make_posting(writing, show.welder.posting.employer, title="钳工")
    )
    only_there = await make_listing(
        writing, last_week, await make_posting(writing, show.welder.posting.employer, title="铣工"), number="555"
    )
    sitting = await _sitting(writing, kept=last_week.id)
    desk = DatabaseDesk(writing, sitting, may_write=True)
    assert (old.number, show.welder.number) == ("101", "101")
    assert [job.title for job in await desk.job_by_number("101")] == ["电焊工"]
    assert [job.key for job in await desk.job_by_number("555")] == [str(only_there.id)]
    assert await desk.job_by_number("999") == []


async def test_a_spoken_code_of_two_shows_at_once_is_asked_about(show: Show, writing: AsyncSession) -> None:
    second = await make_event(writing, show.cast.centre, name="第二场", starts_at=NOW - timedelta(minutes=5))
    other = await make_listing(writing, second, await make_posting(writing, show.packer.posting.employer, title="质检"))
    unsaid = await desk_for(writing)
    kept = DatabaseDesk(writing, await _sitting(writing, kept=show.event.id), may_write=True)
    assert [job.key for job in await unsaid.job_by_number("101")] == [str(other.id), str(show.welder.id)]
    assert [job.key for job in await kept.job_by_number("101")] == [str(show.welder.id)]


async def _sitting(session: AsyncSession, *, kept: int | None) -> Sitting:
    return Sitting(
        seeker=None,
        conversation_id=None,
        scope=await scope_of(session, kept, now=NOW),
        today=NOW.date(),
        now=NOW,
        keys=KEYS,
        on_air=nothing_on_air,
        trades=standard_trades(),
    )


async def test_on_air_is_what_the_host_shows_else_the_first_open_job(show: Show, writing: AsyncSession) -> None:
    async def guard_on_air(_session: AsyncSession, event_id: int) -> Listing | None:
        return show.guard if event_id == show.event.id else None

    showing = replace(await _sitting(writing, kept=None), on_air=guard_on_air)
    shown = await DatabaseDesk(writing, showing, may_write=False).on_air()
    first = await (await desk_for(writing)).on_air()
    assert [job and job.number for job in (shown, first)] == ["103", "101"]


async def test_without_any_event_there_is_nothing(writing: AsyncSession) -> None:
    desk = await desk_for(writing)
    found = (await desk.candidates(NO_WISHES, (), 5), await desk.on_air(), await desk.open_jobs())
    assert (*found, await desk.job_by_number("101")) == ([], None, 0, [])


async def test_similar_jobs_are_open_and_other(show: Show, writing: AsyncSession) -> None:
    desk = await desk_for(writing)
    gone = await desk.job(str(show.gone.id))
    assert gone is not None
    assert [job.number for job in await desk.similar(gone, 2)] == ["102", "101"]


async def test_somebody_unknown_is_sent_to_the_page_that_asks_for_consent(show: Show, writing: AsyncSession) -> None:
    desk = await desk_for(writing)
    job = await desk.job(str(show.welder.id))
    assert job is not None
    code = await code_for(writing, show.welder, place="share", now=NOW)
    assert await desk.join(job) == JoinResult(status="needs_details", link=path("I", code.token))
    assert await writing.scalar(select(func.count(Place.id))) == 0


async def test_somebody_known_joins_at_once_and_twice_is_once(show: Show, writing: AsyncSession) -> None:
    await join_by_page(writing, show.packer, visitor=STRANGER, name="别人", phone="13900001111")
    await join_by_page(writing, show.welder)
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    job = await desk.job(str(show.packer.id))
    assert job is not None
    link = path("I", (await code_for(writing, show.packer, place="share", now=NOW)).token)
    joined = JoinResult(status="joined", number=2, ahead=1, minutes=None, link=link)
    assert [await desk.join(job), await desk.join(job)] == [joined, joined]


async def test_a_relatives_name_is_not_taken_for_ones_own(show: Show, writing: AsyncSession) -> None:
    await join_by_page(writing, show.welder, relation="family")
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    job = await desk.job(str(show.packer.id))
    assert job is not None
    assert (await desk.join(job)).status == "needs_details"


async def test_before_the_event_the_page_says_when_it_begins(show: Show, writing: AsyncSession) -> None:
    await join_by_page(writing, show.welder)
    later = await make_event(
        writing, show.cast.centre, name="明天专场", starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2)
    )
    listing = await make_listing(writing, later, show.packer.posting)
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    job = await desk.job(str(listing.id))
    assert job is not None
    assert (await desk.join(job)).status == "needs_details"


async def test_after_the_event_a_call_is_promised(show: Show, writing: AsyncSession) -> None:
    await join_by_page(writing, show.welder)
    over = await make_event(
        writing, show.cast.centre, name="昨天专场", starts_at=NOW - timedelta(days=1), ends_at=NOW - timedelta(hours=20)
    )
    listing = await make_listing(writing, over, show.packer.posting)
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    job = await desk.job(str(listing.id))
    assert job is not None
    joined = await desk.join(job)
    assert (joined.status, joined.number, joined.ahead, joined.promised) == ("joined", 1, None, date(2026, 3, 9))


async def test_a_job_that_takes_nobody_is_not_joined(show: Show, writing: AsyncSession) -> None:
    await join_by_page(writing, show.welder)
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    job = await desk.job(str(show.gone.id))
    assert job is not None
    assert await desk.join(job) == JoinResult(status="closed")


async def test_places_are_ones_own_only(show: Show, writing: AsyncSession) -> None:
    mine = await join_by_page(writing, show.welder)
    theirs = await join_by_page(writing, show.packer, visitor=STRANGER, name="别人", phone="13900001111")
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    nobody = await desk_for(writing)
    empty = await desk_for(writing, seeker=await seeker_of_browser(writing, "a" * 32, KEYS, now=NOW))
    other = await desk_for(writing, seeker=await known_seeker(writing, STRANGER, KEYS))
    (their_place,) = await other.places()
    assert [place.key for place in await desk.places()] == [mine.public_id]
    assert (await nobody.places(), await empty.places()) == ([], [])
    assert await desk.leave(their_place) is False
    assert (await queue.place_by_id(writing, theirs.id)).state == "waiting"


async def test_a_place_is_told_with_what_became_of_it(show: Show, writing: AsyncSession) -> None:
    place = await join_by_page(writing, show.welder)
    await join_by_page(writing, show.guard)
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    (waiting,) = await desk.places()
    assert [job.number for job in waiting.jobs] == ["101", "103"]
    assert (waiting.employer, waiting.number, waiting.state, waiting.ahead) == (
        "怀宁县皖江精密铸造有限公司",
        1,
        "waiting",
        0,
    )
    place.state, place.outcome = "done", "intent"
    await writing.flush()
    done = (await desk.places())[0]
    assert (done.state, done.ahead, done.outcome) == ("done", None, "初步意向")
    place.state, place.outcome = "no_show", None
    await writing.flush()
    assert (await desk.places())[0].outcome == "这次没有联系上您，可以重新排队"


async def test_leaving_gives_a_place_up_once(show: Show, writing: AsyncSession) -> None:
    await join_by_page(writing, show.welder)
    desk = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    (place,) = await desk.places()
    assert [await desk.leave(place), await desk.leave(place), await desk.places()] == [True, False, []]


async def test_what_cannot_be_done_is_not_promised(show: Show, writing: AsyncSession) -> None:
    desk = await desk_for(writing)  # nothing has been said, so there is nothing to hand over
    assert await desk.call_human("转人工") == HumanResult(present=False, taken=False)
    assert [await desk.report(None, "骗人"), await desk.subscribe(NO_WISHES), await desk.with_human()] == [False] * 3
    assert await desk.answer("有补贴吗", topic="policy", divisions=(), subject=None) is None


async def test_a_reading_desk_changes_nothing(database: Database, show: Show) -> None:
    async with database.write() as session:
        await join_by_page(session, show.welder)
    async with database.read() as session:
        seeker = await known_seeker(session, VISITOR, KEYS)
        desk = await desk_for(session, seeker=seeker, may_write=False)
        job = await desk.job(str(show.welder.id))
        assert job is not None
        for change in (desk.join(job), desk.places(), desk.forget_me()):
            with pytest.raises(NeedsWrite):
                await change


async def test_what_is_held_is_named_and_erased(show: Show, writing: AsyncSession) -> None:
    theirs = await join_by_page(writing, show.packer, visitor=STRANGER, name="别人", phone="13900001111")
    await join_by_page(writing, show.packer)
    seeker = await known_seeker(writing, VISITOR, KEYS)
    desk = await desk_for(writing, seeker=seeker)
    assert await desk.my_data() == MyData(kinds=("姓名", "电话", "排队记录", "同意书"))
    assert await desk.forget_me() is True
    after = await desk_for(writing, seeker=await known_seeker(writing, VISITOR, KEYS))
    assert (await after.my_data(), await after.forget_me()) == (MyData(), False)
    assert list(await writing.scalars(select(Place.id).where(Place.contact_id.is_not(None)))) == [theirs.id]
