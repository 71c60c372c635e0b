"""The postings of an event: filtered, moved one or many at a time, by those who may."""

import re

import httpx
import pytest
from fastapi import FastAPI

from app.codes.ledger import open_ledger
from app.codes.scan import ScanRecord
from app.events.models import Event
from app.postings.listings import listings_of
from app.postings.models import Listing
from tests.cast import (
    NOW,
    Cast,
    database_of,
    make_cast,
    make_employer,
    make_event,
    make_finding,
    make_listing,
    make_posting,
    signed_in,
)
from tests.statements import counted

TITLES = ("电焊工", "保洁员", "收银员")


async def start(app: FastAPI, *states: str) -> tuple[Cast, Event, list[Listing]]:
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        made = []
        for place, state in enumerate(states):
            employer = await make_employer(session, cast.centre, name=f"{'甲乙丙'[place % 3]}公司")
            posting = await make_posting(session, employer, state=state, title=TITLES[place % 3])
            number = None if state in {"draft", "checked"} else "next"
            made.append(await make_listing(session, event, posting, number=number))
    return cast, event, made


def home_of(event: Event) -> str:
    return f"/staff/events/{event.public_id}/postings"


async def states(app: FastAPI, event: Event) -> list[tuple[str, str | None]]:
    async with database_of(app).read() as session:
        return [(row.posting.state, row.number) for row in await listings_of(session, event.id)]


def titles(answer: httpx.Response) -> list[str]:
    return re.findall(r'<td class="job"><a[^>]*>([^<]+)</a>', answer.text)


async def test_an_empty_event_says_what_to_do_first(app: FastAPI) -> None:
    cast, event, _ = await start(app)
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(home_of(event))
    assert "这个场次还没有岗位" in page.text
    assert f'href="/staff/events/{event.public_id}/import"' in page.text


async def test_the_list_is_in_order_and_shows_number_pay_and_state(app: FastAPI) -> None:
    cast, event, _ = await start(app, "published", "checked", "filled")
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(home_of(event))
    assert titles(page) == ["电焊工", "保洁员", "收银员"]
    assert '<td class="mono">101</td>' in page.text
    asked = re.findall(r'name="one" value="(\w+):[^"]*" data-confirm="([^"]*)"', page.text)
    assert asked == [("withdraw", f"撤下“{title}”？求职者会看到“已撤下”。") for title in TITLES]
    assert "6000–8000元/月" in page.text
    assert "已招满" in page.text


async def test_the_list_shows_peoples_scans_of_this_event(app: FastAPI) -> None:
    cast, event, (first, second, _) = await start(app, "published", "published", "published")
    scans = [(event.id, first.id, False), (event.id, first.id, False), (event.id, second.id, True), (None, None, False)]
    async with open_ledger(database_of(app)) as ledger:
        for event_id, listing_id, crawler in scans:
            await ledger.record(
                ScanRecord(
                    at=NOW,
                    kind="J",
                    token="7K3M9Q",
                    event_id=event_id,
                    listing_id=listing_id,
                    channel="page",
                    visitor="anna",
                    crawler=crawler,
                )
            )
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(home_of(event))
    assert re.findall(r'data-label="扫码">([^<]*)</td>', page.text) == ["2", "", ""]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", list(TITLES)),
        ("state=checked", ["保洁员", "收银员"]),
        ("state=held", ["收银员"]),
        ("state=nonsense", []),
        ("q=焊", ["电焊工"]),
        ("q=丙公司", ["收银员"]),
        ("q=101", ["电焊工"]),
        ("q=高河 保洁", ["保洁员"]),
        ("q=%25", []),
        ("employer=nobody", []),
        ("page=99999999999", list(TITLES)),
        ("state=checked&q=焊", []),
    ],
)
async def test_the_list_can_be_narrowed(app: FastAPI, query: str, expected: list[str]) -> None:
    cast, event, made = await start(app, "published", "checked", "checked")
    async with database_of(app).write() as session:
        await make_finding(session, made[2].posting)
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(f"{home_of(event)}?{query}")
        assert titles(page) == expected
        employer = re.findall(r'<option value="(\w{12})">', (await browser.get(home_of(event))).text)[1]
        assert titles(await browser.get(f"{home_of(event)}?employer={employer}")) == ["保洁员"]


async def test_many_are_published_at_once_and_the_page_says_what_was_held_back(app: FastAPI) -> None:
    cast, event, made = await start(app, "checked", "checked", "filled")
    async with database_of(app).write() as session:
        await make_finding(session, made[1].posting)
    async with signed_in(app, cast.owner) as browser:
        done = await browser.post(home_of(event), data={"act": "publish", "all": "1"}, follow_redirects=True)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", done.text))
    assert "已发布 1 个岗位。 有 1 个写法可能不合规" in words
    assert "有 1 个现在的状态不能这样操作" in words
    assert await states(app, event) == [("published", "101"), ("checked", None), ("filled", "103")]


async def test_only_what_is_ticked_or_shown_is_moved(app: FastAPI) -> None:
    cast, event, made = await start(app, "published", "published", "published")
    async with signed_in(app, cast.owner) as browser:
        ticked = {"act": "pause", "posting": [made[0].posting.public_id]}
        assert (await browser.post(home_of(event), data=ticked)).status_code == 303
        await browser.post(f"{home_of(event)}?q=收银", data={"act": "fill", "all": "1"})
        await browser.post(home_of(event), data={"one": f"withdraw:{made[1].posting.public_id}", "act": "fill"})
    assert [state for state, _ in await states(app, event)] == ["paused", "withdrawn", "filled"]


async def test_a_double_click_is_harmless(app: FastAPI) -> None:
    cast, event, made = await start(app, "checked")
    async with signed_in(app, cast.owner) as browser:
        for _ in range(2):
            answer = await browser.post(home_of(event), data={"one": f"publish:{made[0].posting.public_id}"})
            assert answer.status_code == 303
    assert await states(app, event) == [("published", "101")]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "publish"},
        {"act": "explode", "all": "1"},
        {"one": "explode:x"},
        {"one": ":"},
        {"act": "publish", "posting": ""},
    ],
)
async def test_a_form_that_says_nothing_changes_nothing(app: FastAPI, sent: dict[str, str]) -> None:
    cast, event, _ = await start(app, "checked")
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(home_of(event), data=sent)
    assert answer.status_code in {303, 422}
    assert await states(app, event) == [("checked", None)]


async def test_postings_of_another_event_are_not_moved_from_here(app: FastAPI) -> None:
    cast, event, made = await start(app, "published")
    async with database_of(app).write() as session:
        other = await make_event(session, cast.centre, name="第二场")
    async with signed_in(app, cast.owner) as browser:
        await browser.post(home_of(other), data={"act": "withdraw", "posting": [made[0].posting.public_id]})
    assert await states(app, event) == [("published", "101")]


async def test_who_sees_and_who_may_change(app: FastAPI, client: httpx.AsyncClient) -> None:
    cast, event, made = await start(app, "published")
    home, moved = home_of(event), {"one": f"withdraw:{made[0].posting.public_id}"}
    assert (await client.get(home)).status_code == 303
    assert (await client.post(home, data=moved)).status_code == 401
    async with signed_in(app, cast.stranger) as browser:
        assert [(await browser.get(home)).status_code, (await browser.post(home, data=moved)).status_code] == [404, 404]
    async with signed_in(app, cast.host) as browser:
        page = await browser.get(home)
        assert titles(page) == ["电焊工"]
        assert "<button" not in page.text.split('id="content"')[1].replace('<button class="button">筛选', "")
        assert (await browser.post(home, data=moved)).status_code == 403
    async with signed_in(app, cast.city) as browser:
        assert titles(await browser.get(home)) == ["电焊工"]
    assert await states(app, event) == [("published", "101")]


async def test_the_number_of_queries_does_not_grow_with_the_rows(app: FastAPI) -> None:
    counts = []
    cast, first, _ = await start(app, "published")
    async with database_of(app).write() as session:
        second = await make_event(session, cast.centre, name="第二场")
        for title in TITLES:
            employer = await make_employer(session, cast.centre, name=title)
            posting = await make_posting(session, employer, title=title)
            await make_finding(session, posting)
            await make_listing(session, second, posting)
    async with signed_in(app, cast.owner) as browser:
        for event in (first, second):
            with counted(database_of(app)) as statements:
                await browser.get(home_of(event))
            counts.append(len(statements))
    assert counts[0] == counts[1]


async def test_many_pages_are_turned(app: FastAPI) -> None:
    cast, event, _ = await start(app, *["checked"] * 101)
    async with signed_in(app, cast.owner) as browser:
        assert len(titles(await browser.get(home_of(event)))) == 100
        assert len(titles(await browser.get(f"{home_of(event)}?page=2"))) == 1
        await browser.post(f"{home_of(event)}?page=2", data={"act": "publish", "all": "1"})
    assert {state for state, _ in await states(app, event)} == {"published"}
