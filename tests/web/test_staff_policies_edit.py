"""One answer in the console: written, previewed, changed by two at once, withdrawn and undone."""

import re
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.policies.models import Policy
from app.policies.revisions import contents_of, revisions_of
from tests.cast import Cast, database_of, signed_in
from tests.policies.policy_cast import contents
from tests.web.policy_pages import FORM, KEY, LIST, NEW, bubbles, kept, put, words_of


@pytest.fixture
async def owner(app: FastAPI, cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(app, cast.owner) as browser:
        yield browser


async def test_a_new_answer_is_told_from_then_on(app: FastAPI, owner: httpx.AsyncClient) -> None:
    assert (await owner.get(NEW)).status_code == 200
    answer = await owner.post(NEW, data=FORM)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LIST}/{KEY}?done=added")
    policy = await kept(app)
    assert contents_of(policy) == contents(
        divisions=("340822",), audience="外地员工", valid_until=date(2026, 3, 20), words=("探亲补贴怎么领", "探亲 补贴")
    )
    page = await owner.get(answer.headers["location"])
    assert "已保存，求职者现在就能问到。" in words_of(page)
    assert bubbles(page) == [
        "探亲补贴（怀宁县）",
        "给谁：外地员工",
        "多少：每人200元（来源：县人社局）",
        "有效期到2026年3月20日。",
        "有不清楚的，打12333问。",
    ]


async def test_pressing_save_twice_makes_one(app: FastAPI, owner: httpx.AsyncClient) -> None:
    places = [(await owner.post(NEW, data=FORM)).headers["location"] for _ in range(2)]
    assert places == [f"{LIST}/{KEY}?done=added"] * 2
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(Policy.id))) == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "请填写标题，例如：春节留岗补贴。"),
        ({"valid_until": "下个月"}, "valid_until", "请按 2026-03-06 的样子填写日期。"),
        ({"valid_until": "9999-01-01"}, "valid_until", "请按 2026-03-06 的样子填写日期。"),
        ({"words": "怎么领"}, "words", "“怎么领”太笼统，看不出问的是什么事。请加上事情的名称。"),
        ({"divisions": []}, None, ""),
        ({"divisions": ["340881", "999999"]}, "divisions", "只能选本中心范围内的区县。"),
    ],
)
async def test_what_cannot_be_saved_is_marked_and_kept(
    app: FastAPI, owner: httpx.AsyncClient, changes: dict[str, Any], field: str | None, sentence: str
) -> None:
    answer = await owner.post(NEW, data=FORM | changes)
    assert answer.status_code == (422 if field else 303)
    marked = re.findall(r'<p class="error" id="error-(\w+)">(.*?)</p>', answer.text)
    assert marked == ([(field, sentence)] if field else [])
    assert field is None or ("外地员工" in answer.text and KEY in answer.text)


async def test_a_preview_saves_nothing(app: FastAPI, owner: httpx.AsyncClient) -> None:
    page = await owner.post(NEW, data=FORM | {"preview": "1", "amount": "300元"})
    assert (page.status_code, bubbles(page)[2]) == (200, "多少：300元（来源：县人社局）")
    assert "还没有保存。旁边是求职者会看到的样子" in words_of(page)
    async with database_of(app).read() as session:
        assert await session.scalar(select(func.count(Policy.id))) == 0


async def test_a_change_can_be_undone_at_once(app: FastAPI, cast: Cast, owner: httpx.AsyncClient) -> None:
    address = await put(app, cast.owner)
    answer = await owner.post(address, data=FORM | {"amount": "300元", "revision": "1"})
    page = await owner.get(answer.headers["location"])
    assert "已保存，求职者现在看到的就是新的内容。" in words_of(page)
    assert "怀宁小程 修改：哪些区县、给谁、多少、截止日期、求职者的问法" in words_of(page)
    undone = await owner.post(f"{address}/act", data={"act": "undo", "to": "1", "revision": "2"})
    assert undone.headers["location"] == f"{address}?done=undo"
    assert contents_of(await kept(app)) == contents()


async def test_withdrawn_and_brought_back(app: FastAPI, cast: Cast, owner: httpx.AsyncClient) -> None:
    address = await put(app, cast.owner)
    await owner.post(f"{address}/act", data={"act": "withdraw", "revision": "1"})
    assert "探亲补贴" not in words_of(await owner.get(LIST)).partition("筛选")[2]
    assert "探亲补贴" in words_of(await owner.get(f"{LIST}?state=withdrawn")).partition("筛选")[2]
    tried = await owner.get(LIST, params={"ask": "探亲补贴怎么领"})
    assert bubbles(tried)[0].startswith("这件事我没有现成的准话")
    await owner.post(f"{address}/act", data={"act": "reopen", "revision": "2"})
    assert (await kept(app)).state == "open"


async def test_what_another_changed_meanwhile_is_shown_beside(
    app: FastAPI, cast: Cast, owner: httpx.AsyncClient
) -> None:
    address = await put(app, cast.owner)
    await owner.post(address, data=FORM | {"amount": "300元", "revision": "1"})
    late = await owner.post(address, data=FORM | {"amount": "400元", "revision": "1"})
    assert late.status_code == 409
    assert "别人刚刚改成：300元" in words_of(late)
    assert 'value="400元"' in late.text
    assert 'name="revision" value="2"' in late.text
    again = await owner.post(address, data=FORM | {"amount": "400元", "revision": "2"})
    assert (again.status_code, (await kept(app)).amount) == (303, "400元")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"act": "burn"}, 422),
        ({"act": "undo", "to": "9"}, 404),
        ({"act": "undo", "to": "²"}, 404),
        ({"act": "reopen"}, 409),
        ({"act": "withdraw", "revision": "9"}, 409),
    ],
)
async def test_an_act_that_does_not_fit_does_nothing(
    app: FastAPI, cast: Cast, owner: httpx.AsyncClient, data: dict[str, str], status: int
) -> None:
    address = await put(app, cast.owner)
    assert (await owner.post(f"{address}/act", data=data)).status_code == status
    async with database_of(app).read() as session:
        assert len(await revisions_of(session, await kept(app))) == 1


SHARP = ["\0", "²", "-1", "9" * 400, "%_\\'\"", "9999-12-31", "[" * 20_000, "\u202e\u200b", " ", "=1+1"]


async def test_no_value_of_any_field_breaks_a_form(app: FastAPI, cast: Cast, owner: httpx.AsyncClient) -> None:
    address = await put(app, cast.owner, key="bbbbbbbbbbbb")
    names = [*FORM, "revision", "preview"]
    statuses = {
        (await owner.post(where, data=FORM | {name: value})).status_code
        for where in (address, NEW)
        for name in names
        for value in SHARP
    }
    assert statuses <= {200, 303, 409, 422}
