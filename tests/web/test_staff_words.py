"""The page of the vocabulary: try, add, remove, undo, search."""

import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.chat.words import words_now
from tests.cast import Cast, database_of, make_employer, make_event, make_listing, make_posting, signed_in

PAGE = "/staff/words"


@pytest.fixture
async def show(app: FastAPI, cast: Cast) -> None:
    """The county's event that is on, with a welder's job, and one of another county's."""
    async with database_of(app).write() as session:
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        await make_listing(session, event, await make_posting(session, employer))


async def words(app: FastAPI) -> list[tuple[str, str | None]]:
    async with database_of(app).read() as session:
        return [(word.word, word.means) for word in await words_now(session)]


def form(word: str = "铁花子", means: str = "焊工", **more: str) -> dict[str, str]:
    return {"word": word, "means": means, "key": "bcdfghjkmnpq", **more}


def plain(answer: httpx.Response) -> str:
    """What is read on the page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


async def test_an_empty_vocabulary_says_where_words_come_from(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.get(PAGE)
    assert (answer.status_code, "还没有自己加的词" in plain(answer), "找一个词" in plain(answer)) == (200, True, False)


async def test_a_word_is_added_once_and_taken_back(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        added = await browser.post(PAGE, data=form())
        again = await browser.post(PAGE, data=form())
        assert (added.status_code, added.headers["location"]) == (303, f"{PAGE}?added=bcdfghjkmnpq")
        assert again.headers["location"] == added.headers["location"]
        assert await words(app) == [("铁花子", "焊工")]
        told = plain(await browser.get(added.headers["location"]))
        assert "已加上“铁花子”，意思和“焊工”一样，现在就起作用。 撤销" in told
        removed = await browser.post(f"{PAGE}/bcdfghjkmnpq/remove")
        assert (removed.status_code, await words(app)) == (303, [])
        told = plain(await browser.get(removed.headers["location"]))
        assert "已移除“铁花子”，机器人不再认它。 撤销" in told
        restored = await browser.post(f"{PAGE}/bcdfghjkmnpq/restore")
        assert (restored.status_code, await words(app)) == (303, [("铁花子", "焊工")])


async def test_it_is_tried_before_and_after_and_nothing_is_kept(app: FastAPI, cast: Cast, show: None) -> None:
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(f"{PAGE}/try", data=form(sentence="铁花子"))
    told = plain(answer)
    now, _, after = told.partition("加上“铁花子”以后")
    assert (answer.status_code, "听成：" in now, "听成： 找工作：铁花子" in after) == (200, True, True)
    assert "电焊工（101号）" in after
    assert "还没有保存" in after
    assert 'value="bcdfghjkmnpq"' in answer.text
    assert await words(app) == []


async def test_a_sentence_alone_is_tried_as_it_is(app: FastAPI, cast: Cast, show: None) -> None:
    async with signed_in(app, cast.owner) as browser:
        told = plain(await browser.post(f"{PAGE}/try", data={"sentence": "找焊工"}))
    assert ("电焊工（101号）" in told, "以后" in told, "怀宁县春风行动直播专场" in told) == (True, False, True)


async def test_a_word_alone_makes_its_own_sentence(app: FastAPI, cast: Cast, show: None) -> None:
    async with signed_in(app, cast.owner) as browser:
        told = plain(await browser.post(f"{PAGE}/try", data=form()))
    assert "“我想找铁花子的工作”" in told


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}/try"])
@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        (form(word="太湖", sentence="太湖"), "word", "机器人会把“太湖”听成别的意思（找工作：太湖县）"),
        (form(word="工作", sentence="工作"), "word", "“工作”是平常话，不是工种。"),
        (form(means="铲花子", sentence="x"), "means", "机器人还不认识“铲花子”"),
    ],
)
async def test_what_may_not_be_added_says_why_at_its_field(
    app: FastAPI, cast: Cast, *, address: str, typed: dict[str, str], field: str, reason: str
) -> None:
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(address, data=typed)
    error = re.search(rf'<p class="error" id="error-{field}">([^<]*)</p>', answer.text)
    assert error is not None
    assert error[1].startswith(reason)
    assert (answer.status_code, await words(app)) == (422 if address == PAGE else 200, [])


async def test_nothing_typed_is_asked_for(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(f"{PAGE}/try", data={})
    assert (answer.status_code, "请写一句求职者会说的话。" in plain(answer)) == (200, True)


async def test_the_list_is_searched_by_word_and_meaning(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        await browser.post(PAGE, data=form())
        await browser.post(PAGE, data=form("撸猫师", "", key="cdfghjkmnpqr"))
        by = {q: plain(await browser.get(PAGE, params={"q": q})) for q in ("铁花", "焊工", "撸猫师", "无人")}
    listed = {q: [word for word in ("铁花子", "撸猫师") if f"{word} " in told] for q, told in by.items()}
    assert listed == {"铁花": ["铁花子"], "焊工": ["铁花子"], "撸猫师": ["撸猫师"], "无人": []}
    assert "没有找到“无人”。" in by["无人"]


async def test_another_county_sees_the_word_and_whose_it_is_and_cannot_remove_it(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        await browser.post(PAGE, data=form())
    async with signed_in(app, cast.stranger) as browser:
        listed = await browser.get(PAGE)
        refused = await browser.post(f"{PAGE}/bcdfghjkmnpq/remove")
    assert "怀宁县公共就业服务中心 · 怀宁小程" in plain(listed)
    assert ("/remove" in listed.text, refused.status_code, await words(app)) == (False, 404, [("铁花子", "焊工")])


async def test_the_host_reads_the_list_and_has_no_form(app: FastAPI, cast: Cast) -> None:
    async with signed_in(app, cast.owner) as browser:
        await browser.post(PAGE, data=form())
    async with signed_in(app, cast.host) as browser:
        listed = await browser.get(f"{PAGE}?added=bcdfghjkmnpq")
        tried = await browser.post(f"{PAGE}/try", data=form("扫雪工"))
    assert ("铁花子" in plain(listed), f'action="{PAGE}"' in listed.text.replace('method="get"', "")) == (True, True)
    assert ('formaction="/staff/words/try"' in listed.text, "撤销" in plain(listed), tried.status_code) == (
        False,
        False,
        403,
    )


async def test_a_text_with_marks_is_shown_as_text(app: FastAPI, cast: Cast, show: None) -> None:
    async with signed_in(app, cast.owner) as browser:
        answer = await browser.post(f"{PAGE}/try", data=form("<b>铁</b>", sentence="<script>alert(1)</script>"))
    assert ("<script>alert" in answer.text, "<b>铁" in answer.text) == (False, False)


TEXT: Any = st.text(max_size=40) | st.text("铁花子找工作的<>&\"'\0\n", max_size=20)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=TEXT, means=TEXT, sentence=TEXT, key=TEXT)
async def test_whatever_is_typed_gets_an_answer(
    app: FastAPI, cast: Cast, *, word: str, means: str, sentence: str, key: str
) -> None:
    typed = {
        name: text.encode(errors="replace").decode()
        for name, text in (("word", word), ("means", means), ("sentence", sentence), ("key", key))
    }
    async with signed_in(app, cast.owner) as browser:
        statuses = {(await browser.post(address, data=typed)).status_code for address in (PAGE, f"{PAGE}/try")}
        statuses.add((await browser.get(PAGE, params={"q": typed["word"], "added": typed["key"]})).status_code)
    assert statuses <= {200, 303, 409, 422}
