"""The console's list of answers: looked through, tried as a seeker would, and who may see which."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import httpx
import pytest
from fastapi import FastAPI

from app.staff.models import Centre
from tests.cast import Cast, database_of, make_event, signed_in
from tests.statements import counted
from tests.web.policy_pages import FORM, LIST, NEW, bubbles, kept, put, words_of


@pytest.fixture
async def owner(app: FastAPI, cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(app, cast.owner) as browser:
        yield browser


async def test_an_empty_list_says_what_it_is_for(owner: httpx.AsyncClient) -> None:
    page = await owner.get(LIST)
    assert "还没有写好的答案。求职者现在问政策，机器人只能请他们打12333。" in words_of(page)
    assert '<form class="filters"' not in page.text


async def test_a_question_is_tried_as_a_seeker_would(app: FastAPI, cast: Cast) -> None:
    await put(app, cast.city, key="bbbbbbbbbbbb", divisions=("340881",), amount="100元")
    await put(app, cast.city, key="cccccccccccc", divisions=("340811",), amount="500元")
    async with signed_in(app, cast.city) as browser:
        asked = await browser.get(LIST, params={"ask": "探亲补贴怎么领"})
        assert bubbles(asked) == ["探亲补贴，各个区县不一样。您在哪个区县上班？"]
        ways = re.findall(r'<a class="button small" href="([^"]+)">(.*?)</a>', asked.text)
        assert [label for _, label in ways] == ["宜秀区", "桐城市", "其他"]
        told = await browser.get(ways[0][0].replace("&amp;", "&"))
        assert bubbles(told)[1:3] == ["探亲补贴（宜秀区）", "多少：500元（来源：县人社局）"]
        assert f'<a href="{LIST}/cccccccccccc">探亲补贴（宜秀区）</a>' in told.text


async def test_what_nothing_answers_leads_to_a_new_answer(owner: httpx.AsyncClient) -> None:
    tried = await owner.get(LIST, params={"ask": "公租房补贴怎么领"})
    link = re.search(rf'<a href="({NEW}\?words=[^"]+)">为它写一条</a>', tried.text)
    assert link is not None
    assert ">公租房补贴怎么领</textarea>" in (await owner.get(link[1])).text


async def test_a_question_about_jobs_is_none_of_these(owner: httpx.AsyncClient) -> None:
    tried = await owner.get(LIST, params={"ask": "找电焊工"})
    assert "机器人没把这句话当成政策、维权或培训的问题，没有用到这里的答案。" in words_of(tried)


@pytest.mark.parametrize("query", ["?ask=&ask=", "?ask=%00%ff", "?state=x&topic=y&q=%25", "?" + "ask=补贴&" * 50])
async def test_odd_questions_to_the_list_are_answered(app: FastAPI, owner: httpx.AsyncClient, query: str) -> None:
    assert (await owner.get(LIST + query)).status_code == 200


async def test_markup_in_an_answer_and_a_question_stays_text(
    app: FastAPI, cast: Cast, owner: httpx.AsyncClient
) -> None:
    evil = "<script>x</script>"
    address = await put(app, cast.owner, title=evil, amount=evil, words=("<b>探亲补贴</b>",))
    pages = [await owner.get(LIST, params={"ask": f"{evil}探亲补贴"}), await owner.get(address)]
    assert [evil in page.text or "<b>探亲" in page.text for page in pages] == [False, False]


async def test_a_county_reads_its_citys_answers_and_changes_none(app: FastAPI, cast: Cast) -> None:
    address = await put(app, cast.city)
    async with signed_in(app, cast.owner) as browser:
        page = await browser.get(address)
        assert "这一条由市里维护，这里只能查看。" in words_of(page)
        assert "<textarea" not in page.text
        assert (await browser.post(address, data=FORM)).status_code == 403
        assert (await browser.post(f"{address}/act", data={"act": "withdraw"})).status_code == 403
    assert ((await kept(app)).state, (await kept(app)).revision) == ("open", 1)


async def test_a_neighbours_answer_is_not_there(app: FastAPI, cast: Cast) -> None:
    address = await put(app, cast.stranger, title="桐城的事")
    async with signed_in(app, cast.owner) as browser:
        assert "桐城的事" not in (await browser.get(LIST)).text
        answers = [await browser.get(address), await browser.post(address, data=FORM)]
    assert [answer.status_code for answer in answers] == [404, 404]


async def test_the_host_looks_and_changes_nothing(app: FastAPI, cast: Cast) -> None:
    address = await put(app, cast.owner)
    async with signed_in(app, cast.host) as browser:
        pages = [await browser.get(LIST), await browser.get(address)]
        assert [page.status_code for page in pages] == [200, 200]
        assert [word in page.text for page in pages for word in ("新增一条", "<textarea")] == [False] * 4
        assert "您的账号只能查看。" in words_of(pages[1])


async def test_what_ends_soon_is_said_on_the_list_and_on_the_first_page(
    app: FastAPI, cast: Cast, owner: httpx.AsyncClient
) -> None:
    assert "政策答案" not in words_of(await owner.get("/staff/"))
    today = date(2026, 3, 6)
    for key, days in (("bbbbbbbbbbbb", 30), ("cccccccccccc", -1), ("dddddddddddd", -40), ("ffffffffffff", 31)):
        await put(app, cast.owner, key=key, title=f"补贴{days}", valid_until=today + timedelta(days=days))
    assert "有 2 条政策答案快到期或刚过期" in words_of(await owner.get("/staff/"))
    page = await owner.get(LIST)
    assert re.findall(r'<a href="/staff/policies\?state=(\w+)">(.*?)</a>', page.text) == [
        ("ending", "有 1 条30天内到期"),
        ("expired", "有 2 条已过期"),
    ]


async def test_the_list_asks_as_much_for_three_answers_as_for_one(
    app: FastAPI, cast: Cast, owner: httpx.AsyncClient
) -> None:
    counts = []
    for number, key in enumerate(("bbbbbbbbbbbb", "cccccccccccc", "dddddddddddd")):
        await put(app, cast.owner, key=key, title=f"补贴{number}")
        with counted(database_of(app)) as sent:
            await owner.get(LIST)
        counts.append(len(sent))
    assert counts[0] == counts[2]


async def test_a_seeker_is_told_what_staff_wrote(app: FastAPI, cast: Cast, client: httpx.AsyncClient) -> None:
    async with database_of(app).write() as session:
        await make_event(session, await session.get_one(Centre, cast.centre.id))
    await put(app, cast.owner)
    answer = await client.post("/api/chat", json={"text": "探亲补贴怎么领"})
    assert "多少：每人200元（来源：县人社局）" in answer.text
