"""One posting by hand: typed, changed, decided about, and nothing of two people's work lost."""

import html
import json
import re
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.events.models import Event
from app.postings.editing import posting_by_public_id
from app.postings.models import LawFinding, Listing, Posting
from tests.cast import (
    CONTACT_NAME,
    CONTACT_PHONE,
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

NEW = {
    "employer": "怀宁县顺风物流有限公司",
    "title": "分拣员",
    "pay": "5000-7000元/月",
    "headcount": "10人",
    "education": "junior_high",
    "experience": "1年以上",
    "age": "18-45岁",
    "gender": "any",
    "address": "怀宁县高河镇",
    "division": "340822",
    "has_benefits": "1",
    "benefits": ["meals", "housing"],
    "job_type": "full_time",
    "employment": "direct",
    "description": "夜班少。",
    "contact_name": "李经理",
    "contact_phone": "13955601236",
    "valid_until": "2026-12-31",
    "key": "abcdefghjkmn",
}


async def start(app: FastAPI, **fields: object) -> tuple[Cast, Event, Posting]:
    async with database_of(app).write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        posting = await make_posting(session, await make_employer(session, cast.centre), **fields)  # type: ignore[arg-type]
        await make_listing(session, event, posting, number="101" if posting.state == "published" else None)
    return cast, event, posting


async def now_of(app: FastAPI, public_id: str) -> Posting:
    async with database_of(app).read() as session:
        posting = await posting_by_public_id(session, public_id)
        assert posting is not None
        return posting


def form_of(answer: httpx.Response) -> dict[str, object]:
    """What a browser would send of the posting's own form as it stands."""
    sent: dict[str, object] = {}
    part = answer.text.split('<form class="card form wide"')[1].split("</form>")[0]
    boxes = []
    for tag in re.findall(r"<input[^>]*>", part):
        value = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if value.get("type") == "checkbox":
            boxes += [value["value"]] * ("checked" in tag)
        else:
            sent[value["name"]] = html.unescape(value.get("value", ""))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', part, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    for name, words in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', part, re.DOTALL):
        sent[name] = html.unescape(words)
    return sent | {"benefits": boxes}


async def test_a_posting_is_typed_by_hand(app: FastAPI) -> None:
    cast, event, _ = await start(app)
    async with signed_in(app, cast.owner) as browser:
        path = f"/staff/events/{event.public_id}/postings/new"
        assert (await browser.get(path)).status_code == 200
        for _ in range(2):  # the second press makes no second posting
            answer = await browser.post(path, data=NEW)
            assert (answer.status_code, answer.headers["location"]) == (303, "/staff/postings/abcdefghjkmn")
    made = await now_of(app, "abcdefghjkmn")
    assert (made.title, made.employer.name, made.state) == ("分拣员", "怀宁县顺风物流有限公司", "checked")
    assert (made.pay_min, made.pay_max, made.pay_period, made.pay_text) == (5000, 7000, "month", "5000-7000元/月")
    assert (made.age_min, made.age_max, made.experience_years, made.headcount) == (18, 45, 1, 10)
    assert (made.benefits, made.contact_phone) == (frozenset({"meals", "housing"}), "13955601236")
    assert (str(made.valid_until), made.source) == ("2026-12-31", {})


async def test_what_cannot_be_read_is_said_beside_its_field_and_what_was_typed_stays(app: FastAPI) -> None:
    cast, event, _ = await start(app)
    async with signed_in(app, cast.owner) as browser:
        path = f"/staff/events/{event.public_id}/postings/new"
        wrong = NEW | {"pay": "好说", "contact_phone": "123", "title": "", "valid_until": "2026-02-30"}
        answer = await browser.post(path, data=wrong)
    assert answer.status_code == 422
    for field in ("pay", "contact_phone", "title", "valid_until"):
        assert f'id="error-{field}"' in answer.text
    assert 'value="好说"' in answer.text
    assert 'value="怀宁县顺风物流有限公司"' in answer.text
    assert "夜班少。</textarea>" in answer.text
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(Posting.id))) == 1


async def test_the_form_sent_back_as_it_is_changes_no_value(app: FastAPI) -> None:
    cast, _, posting = await start(app)
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(f"/staff/postings/{posting.public_id}")
        answer = await browser.post(f"/staff/postings/{posting.public_id}", data=form_of(page))
    assert answer.status_code == 303
    after = await now_of(app, posting.public_id)
    skipped = {"revision", "updated_at", "id"}
    columns = [column.key for column in Posting.__table__.columns if column.key not in skipped]
    assert [getattr(after, name) for name in columns] == [getattr(posting, name) for name in columns]


async def test_a_change_to_an_open_posting_rings_its_event(app: FastAPI) -> None:
    cast, event, posting = await start(app)
    async with signed_in(app, cast.owner) as browser:
        with database_of(app).bus.listening(f"event:{event.id}") as ring:
            answer = await browser.post(f"/staff/postings/{posting.public_id}", data={"pay": "9000元/月"})
            if database_of(app).is_sqlite:
                assert ring.is_set()
    assert answer.headers["location"] == f"/staff/postings/{posting.public_id}?done=saved"
    after = await now_of(app, posting.public_id)
    assert (after.pay_min, after.pay_max, after.monthly_max, after.state) == (9000, 9000, 9000, "published")
    assert (after.revision, after.title, after.benefits) == (2, "电焊工", posting.benefits)


async def test_two_who_change_different_fields_both_keep_their_work(app: FastAPI) -> None:
    cast, _, posting = await start(app)
    path = f"/staff/postings/{posting.public_id}"
    async with signed_in(app, cast.owner) as browser:
        opened = form_of(await browser.get(path))
        await browser.post(path, data={"headcount": "8人"})
        assert (await browser.post(path, data=opened | {"pay": "9000元/月"})).status_code == 303
    after = await now_of(app, posting.public_id)
    assert (after.headcount, after.pay_max, after.revision) == (8, 9000, 3)


async def test_two_who_change_the_same_field_see_both_values(app: FastAPI) -> None:
    cast, _, posting = await start(app)
    path = f"/staff/postings/{posting.public_id}"
    async with signed_in(app, cast.owner) as browser:
        opened = form_of(await browser.get(path))
        await browser.post(path, data={"pay": "7000元/月"})
        answer = await browser.post(path, data=opened | {"pay": "9000元/月"})
        assert answer.status_code == 409
        assert "别人刚刚改成：7000元/月" in answer.text
        assert 'value="9000元/月"' in answer.text
        assert (await now_of(app, posting.public_id)).pay_max == 7000
        assert (await browser.post(path, data=form_of(answer))).status_code == 303
    assert (await now_of(app, posting.public_id)).pay_max == 9000


async def test_words_that_break_a_rule_take_an_open_posting_off_the_air(app: FastAPI) -> None:
    cast, _, posting = await start(app)
    path = f"/staff/postings/{posting.public_id}"
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(path, data={"description": "限男性，入职交押金500元。"})
        assert answer.headers["location"] == f"{path}?done=paused"
        assert (await now_of(app, posting.public_id)).state == "paused"
        refused = await browser.post(f"{path}/act", data={"act": "resume"})
        assert (refused.status_code, "审查意见" in refused.text) == (409, True)
        await browser.post(path, data={"description": "会二保焊。"})
        assert (await browser.post(f"{path}/act", data={"act": "resume"})).status_code == 303
    assert (await now_of(app, posting.public_id)).state == "published"


async def test_a_finding_is_decided_with_a_reason_that_is_kept(app: FastAPI) -> None:
    cast, _, posting = await start(app, state="checked")
    async with database_of(app).write() as session:
        finding = await make_finding(session, posting)
    path = f"/staff/postings/{posting.public_id}"
    async with signed_in(app, cast.owner) as browser:
        assert "仍要发布" in (await browser.get(path)).text
        empty = await browser.post(f"{path}/findings/{finding.id}", data={"reason": "  "})
        assert (empty.status_code, "请写明为什么可以发布" in empty.text) == (422, True)
        assert (await browser.post(f"{path}/act", data={"act": "publish"})).status_code == 409
        answer = await browser.post(f"{path}/findings/{finding.id}", data={"reason": "国家规定的禁忌岗位"})
        assert answer.status_code == 303
        for _ in range(2):
            assert (await browser.post(f"{path}/act", data={"act": "publish"})).status_code == 303
        assert "国家规定的禁忌岗位" in (await browser.get(path)).text
        assert (await browser.post(f"{path}/findings/999", data={"reason": "x"})).status_code == 404
    assert (await now_of(app, posting.public_id)).state == "published"
    async with database_of(app).read() as session:
        assert (await session.scalars(select(LawFinding.allowed_by))).all() == [cast.owner.id]
        assert (await session.scalars(select(Listing.number))).all() == ["101"]


@pytest.mark.parametrize(
    ("act", "state"), [("pause", "paused"), ("fill", "filled"), ("withdraw", "withdrawn"), ("explode", None)]
)
async def test_the_buttons_move_the_posting(app: FastAPI, act: str, state: str | None) -> None:
    cast, _, posting = await start(app)
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(f"/staff/postings/{posting.public_id}/act", data={"act": act})
    assert answer.status_code == (303 if state else 422)
    assert (await now_of(app, posting.public_id)).state == (state or "published")


async def test_who_sees_and_who_may_change(app: FastAPI, client: httpx.AsyncClient) -> None:
    cast, event, posting = await start(app)
    async with database_of(app).write() as session:
        finding = await make_finding(session, posting)
    path = f"/staff/postings/{posting.public_id}"
    posts = [path, f"{path}/act", f"{path}/findings/{finding.id}", f"/staff/events/{event.public_id}/postings/new"]
    gets = [path, posts[3]]
    assert [(await client.get(get)).status_code for get in gets] == [303, 303]
    assert [(await client.post(post, data=NEW)).status_code for post in posts] == [401] * 4
    async with signed_in(app, cast.stranger) as browser:
        assert [(await browser.get(get)).status_code for get in gets] == [404, 404]
        sent = NEW | {"act": "withdraw", "reason": "x"}
        assert [(await browser.post(post, data=sent)).status_code for post in posts] == [404] * 4
        assert (await browser.get("/staff/postings/nothing")).status_code == 404
    async with signed_in(app, cast.host) as browser:
        page = await browser.get(path)
        assert page.status_code == 200
        assert CONTACT_NAME not in page.text
        assert CONTACT_PHONE not in page.text
        assert [(await browser.post(post, data=NEW)).status_code for post in posts] == [403] * 4
    async with signed_in(app, cast.city) as browser:
        assert CONTACT_PHONE in (await browser.get(path)).text
    after = await now_of(app, posting.public_id)
    assert (after.revision, after.state, after.findings[0].allowed_at) == (1, "published", None)


async def test_the_words_of_the_file_are_there_to_compare(app: FastAPI) -> None:
    source = {
        "file": "岗位.xlsx",
        "sheet": "表",
        "row": 4,
        "cells": {"pay": "<i>6千", "contact": "13955601234"},
        "read": {},
    }
    cast, _, posting = await start(app, source=source)
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(f"/staff/postings/{posting.public_id}")
    assert "岗位.xlsx · 表 · 第 4 行" in page.text
    assert "&lt;i&gt;6千" in page.text


async def test_no_form_breaks_the_page(app: FastAPI) -> None:
    cast, event, posting = await start(app)
    paths = [f"/staff/postings/{posting.public_id}", f"/staff/events/{event.public_id}/postings/new"]
    async with signed_in(app, cast.owner) as browser:
        for sent in _forms():
            body = urlencode(sent, errors="surrogatepass")
            for path in paths:
                kind = {"content-type": "application/x-www-form-urlencoded"}
                answer = await browser.post(path, content=body, headers=kind)
                assert answer.status_code in {303, 409, 422}, sent
        assert (await browser.get(paths[0])).status_code == 200


def _forms() -> list[list[tuple[str, str]]]:
    """Forms that nobody's browser would send, the same in each run."""
    found: list[list[tuple[str, str]]] = []
    names = st.sampled_from([*NEW, "base"])
    bases = (
        "{",
        "[]",
        "null",
        '{"pay": 1}',
        json.dumps({"pay": "x", "benefits": ["y"]}),
        "\x00",
        "\ud800",
        "9" * 40,
        "none",
    )
    values = (
        st.sampled_from(bases) | st.text(max_size=20) | st.sampled_from(["普工", "5000元/月", "340822", "bachelor"])
    )

    @seed(1)
    @settings(max_examples=40, database=None, deadline=None)
    @given(st.lists(st.tuples(names, values), max_size=12))
    def collect(form: list[tuple[str, str]]) -> None:
        found.append([pair for pair in form if pair[0] != "key"])

    collect()
    return found
