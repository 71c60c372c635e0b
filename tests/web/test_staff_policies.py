"""The console's pages of answers: looked through, tried, written, previewed, withdrawn and undone."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from app.policies.models import Policy
from app.policies.policies import add_policy, find_policy
from app.policies.revisions import contents_of, revisions_of
from app.staff.models import Account, Centre
from tests.cast import NOW, Cast, actor, database_of, make_event, signed_in
from tests.policies.policy_cast import contents
from tests.statements import counted

LIST, NEW = "/staff/policies", "/staff/policies/new"
KEY = "bcdfghjkmnpq"
FORM: dict[str, Any] = {
    "topic": "policy",
    "title": "探亲补贴",
    "divisions": ["340822"],
    "audience": "外地员工",
    "amount": "每人200元",
    "text": "",
    "source": "县人社局",
    "link": "",
    "hotline": "12333",
    "valid_from": "",
    "valid_until": "2026-03-20",
    "period": "",
    "words": "探亲补贴怎么领\n\n 探亲 补贴 \n探亲补贴怎么领",
    "key": KEY,
}


@pytest.fixture
async def owner(app: FastAPI, cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(app, cast.owner) as browser:
        yield browser


async def put(app: FastAPI, account: Account, *, key: str = KEY, **changes: Any) -> str:
    """An answer of the account's centre; its address."""
    async with database_of(app).write() as session:
        centre = await session.get_one(Centre, account.centre_id)
        who = actor(account).who()
        await add_policy(session, centre, contents(**changes), public_id=key, who=who, now=NOW)
    return f"{LIST}/{key}"


async def kept(app: FastAPI, key: str = KEY) -> Policy:
    async with database_of(app).read() as session:
        found = await find_policy(session, key)
        assert found is not None
        return found


def words_of(page: httpx.Response) -> str:
    """What stands on the page below its bar, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text.partition("<main")[2]).split())


def bubbles(page: httpx.Response) -> list[str]:
    """What the bot says on the page, line by line."""
    return re.findall(r"<span>(.*?)</span>", "".join(re.findall(r'<p class="said">(.*?)</p>', page.text)))


async def test_an_empty_list_says_what_it_is_for(owner: httpx.AsyncClient) -> None:
    page = await owner.get(LIST)
    assert "还没有写好的答案。求职者现在问政策，机器人只能请他们打12333。" in words_of(page)
    assert '<form class="filters"' not in page.text


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
