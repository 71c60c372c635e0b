"""The employer's desk in a browser: who waits, call, dial, note an outcome, pause, close."""

import re
from dataclasses import dataclass
from datetime import date

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.audit import AuditEntry, Who
from app.base.database import Database
from app.base.keys import Keys
from app.interviews.links import create_link
from app.interviews.models import Place, Queue
from app.interviews.queue import place_by_id
from app.postings.models import Posting
from app.web.services import Services
from tests.cast import NOW, database_of
from tests.conftest import StillClock
from tests.interviews.stage import Stage, make_stage, queue_of, seat
from tests.statements import counted


@dataclass(frozen=True)
class Setting:
    """A desk opened by its link, and what stands behind it."""

    client: httpx.AsyncClient
    database: Database
    keys: Keys
    stage: Stage
    address: str

    async def seat(self, *numbers: int) -> list[Place]:
        async with self.database.write() as session:
            return [await seat(session, self.stage.welder, number, keys=self.keys) for number in numbers]

    async def press(self, act: str, **fields: str) -> httpx.Response:
        return await self.client.post(f"{self.address}/{act}", data=fields)

    async def html(self) -> str:
        answer = await self.client.get(self.address)
        assert answer.status_code == 200
        return answer.text

    async def states(self) -> list[tuple[int, str, str | None]]:
        async with self.database.read() as session:
            rows = await session.execute(select(Place.number, Place.state, Place.outcome).order_by(Place.number))
            return [(number, state, outcome) for number, state, outcome in rows]


@pytest.fixture
async def desk(app: FastAPI, client: httpx.AsyncClient) -> Setting:
    database = database_of(app)
    held: Services = app.state.services
    async with database.write() as session:
        stage = await make_stage(session)
        queue = await queue_of(session, stage.welder)
        _, secret = await create_link(
            session, queue, label="人事王经理", press="a press", keys=held.keys, who=Who("account", 1), now=NOW
        )
    return Setting(client, database, held.keys, stage, f"/desk/{secret}")


def sections(html: str) -> dict[str, str]:
    """The text of each list of the board by its heading's id."""
    found = re.findall(r'<section aria-labelledby="(\w+)">(.*?)</section>', html, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", body).split()) for name, body in found}


def press_word(html: str) -> str:
    match = re.search(r'name="press" value="(\w+)n"', html)
    assert match is not None
    return f"{match[1]}n"


async def test_an_empty_desk_says_what_will_come(desk: Setting) -> None:
    html = await desk.html()
    assert sections(html)["waiting"].startswith("排队中 0 还没有人排队。")
    assert "人事王经理" in html
    assert 'class="big" disabled' in html


async def test_the_line_shows_name_job_and_a_masked_number(desk: Setting) -> None:
    await desk.seat(1, 2)
    html = await desk.html()
    assert sections(html)["waiting"] == (
        "排队中 2 1号 求职者1 电焊工 19:00 报名，等了 0 分钟 先叫TA 2号 求职者2 电焊工 19:00 报名，等了 0 分钟 先叫TA"
    )
    assert "13800000001" not in html
    assert "还有 2 位在等" in html


async def test_call_dial_note_and_take_back(desk: Setting) -> None:
    await desk.seat(1, 2)
    answer = await desk.press("next", press=press_word(await desk.html()))
    assert (answer.status_code, answer.headers["location"]) == (303, desk.address)
    assert await desk.states() == [(1, "called", None), (2, "waiting", None)]
    before = sections(await desk.html())["called"]
    assert "打电话 138****0001" in before
    await desk.press("1/ring")
    html = await desk.html()
    assert "拨打 13800000001" in sections(html)["called"]
    assert 'href="tel:13800000001"' in html
    await desk.press("1/outcome", outcome="intent", note="周一复试")
    assert await desk.states() == [(1, "done", "intent"), (2, "waiting", None)]
    done = sections(await desk.html())["done"]
    assert done == "今天已面试 1 1号 求职者1 电焊工 19:00 初步意向 · 周一复试 撤回结果"
    await desk.press("1/undo")
    assert await desk.states() == [(1, "called", None), (2, "waiting", None)]


async def test_seeing_a_number_is_recorded_and_names_nobody(desk: Setting) -> None:
    (place,) = await desk.seat(1)
    await desk.press("1/call", press="abcdefgh1")
    await desk.press("1/ring")
    async with desk.database.read() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.what == "phone_shown"))).one()
        link_id = await session.scalar(select(AuditEntry.thing_id).where(AuditEntry.what == "desk_link_made"))
    assert (entry.who_kind, entry.who_id, entry.thing_kind, entry.thing_id, entry.detail) == (
        "desk",
        link_id,
        "contact",
        place.contact_id,
        {},
    )


async def test_the_number_of_one_who_waits_is_not_to_be_had(desk: Setting) -> None:
    await desk.seat(1)
    answer = await desk.press("1/ring")
    assert answer.headers["location"] == f"{desk.address}?said=changed"
    assert "13800000001" not in await desk.html()
    async with desk.database.read() as session:
        assert list(await session.scalars(select(AuditEntry).where(AuditEntry.what == "phone_shown"))) == []


async def test_another_link_of_the_same_desk_asks_for_the_number_itself(app: FastAPI, desk: Setting) -> None:
    await desk.seat(1)
    async with desk.database.write() as session:
        queue = await queue_of(session, desk.stage.welder)
        _, secret = await create_link(
            session, queue, label="李主管", press="other", keys=desk.keys, who=Who("account", 1), now=NOW
        )
    await desk.press("1/call", press="abcdefgh1")
    await desk.press("1/ring")
    assert "13800000001" in await desk.html()
    assert "13800000001" not in (await desk.client.get(f"/desk/{secret}")).text


async def test_a_double_click_calls_one(desk: Setting) -> None:
    await desk.seat(1, 2)
    word = press_word(await desk.html())
    for _ in range(2):
        await desk.press("next", press=word)
    assert await desk.states() == [(1, "called", None), (2, "waiting", None)]
    await desk.press("next", press=press_word(await desk.html()))
    assert await desk.states() == [(1, "called", None), (2, "called", None)]


async def test_two_who_press_on_the_same_person_are_told(desk: Setting) -> None:
    await desk.seat(1)
    first = await desk.press("1/call", press="abcdefgh1")
    second = await desk.press("1/call", press="ijklmnop1")
    assert first.headers["location"] == desk.address
    assert second.headers["location"] == f"{desk.address}?said=changed"
    assert "您点的操作没有生效" in (await desk.client.get(second.headers["location"])).text


async def test_nobody_is_absent_who_was_not_rung(desk: Setting) -> None:
    await desk.seat(1, 2)
    for number in (1, 2):
        await desk.press(f"{number}/call", press=f"abcdefgh{number}")
    assert "打过电话，没有来" not in await desk.html()
    await desk.press("1/outcome", outcome="no_show")
    await desk.press("2/ring")
    assert "打过电话，没有来" in await desk.html()
    await desk.press("2/outcome", outcome="no_show")
    assert await desk.states() == [(1, "call_back", None), (2, "no_show", None)]


async def test_who_does_not_answer_is_called_back(desk: Setting) -> None:
    (place,) = await desk.seat(1)
    await desk.press("1/call", press="abcdefgh1")
    await desk.press("1/outcome", outcome="missed")
    assert "约定 3月9日前打电话" in sections(await desk.html())["later"]
    async with desk.database.read() as session:
        assert (await place_by_id(session, place.id)).call_back_by == date(2026, 3, 9)


async def test_pausing_stops_the_calls_and_resuming_goes_on(desk: Setting) -> None:
    await desk.seat(1)
    word = press_word(await desk.html())
    await desk.press("pause")
    answer = await desk.press("next", press=word)
    assert answer.headers["location"] == f"{desk.address}?said=paused"
    assert "叫号已暂停" in await desk.html()
    await desk.press("resume")
    await desk.press("next", press=word)
    assert await desk.states() == [(1, "called", None)]


async def test_closing_promises_everybody_a_day_and_can_be_taken_back(desk: Setting) -> None:
    await desk.seat(1, 2)
    await desk.press("1/call", press="abcdefgh1")
    await desk.press("close", days="3")
    assert await desk.states() == [(1, "called", None), (2, "call_back", None)]
    html = await desk.html()
    assert "约定 3月11日前打电话" in sections(html)["later"]
    assert "重新开放排队" in html
    await desk.press("resume")
    async with desk.database.read() as session:
        assert await session.scalar(select(Queue.state)) == "open"


async def test_after_the_event_the_desk_stays_but_opens_no_line(desk: Setting, clock: StillClock) -> None:
    clock.forward(hours=2)
    html = await desk.html()
    assert "活动已结束" in html
    answer = await desk.press("resume")
    assert answer.headers["location"] == f"{desk.address}?said=over"


async def test_the_interviewer_marks_a_job_filled(desk: Setting) -> None:
    async with desk.database.read() as session:
        posting = await session.get_one(Posting, desk.stage.fitter.posting_id)
    answer = await desk.press(f"jobs/{posting.public_id}/fill")
    assert answer.headers["location"] == desk.address
    assert sections(await desk.html())["jobs"].endswith("装配钳工 已招满")


async def test_the_same_phone_from_two_browsers_is_marked(desk: Setting) -> None:
    async with desk.database.write() as session:
        await seat(session, desk.stage.welder, 1, keys=desk.keys)
        await seat(session, desk.stage.welder, 2, phone="138 0000 0001", keys=desk.keys)
    assert (await desk.html()).count("同一手机号") == 2


async def test_what_is_typed_is_text(desk: Setting) -> None:
    async with desk.database.write() as session:
        await seat(session, desk.stage.welder, 1, name="<b>王</b>", keys=desk.keys)
    await desk.press("1/call", press="abcdefgh1")
    await desk.press("1/outcome", outcome="undecided", note="<script>1</script>")
    html = await desk.html()
    assert "<b>王" not in html
    assert "<script>1" not in html
    assert "&lt;script&gt;1&lt;/script&gt;" in html


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("next", {"press": "short"}),
        ("next", {}),
        ("1/outcome", {}),
        ("0/ring", {}),
        ("x/ring", {}),
        ("close", {"days": "4"}),
    ],
)
async def test_a_malformed_form_does_nothing(desk: Setting, act: str, fields: dict[str, str]) -> None:
    await desk.seat(1)
    assert (await desk.press(act, **fields)).status_code == 422
    assert await desk.states() == [(1, "waiting", None)]


async def test_an_outcome_that_is_none_is_refused(desk: Setting) -> None:
    await desk.seat(1)
    await desk.press("1/call", press="abcdefgh1")
    assert (await desk.press("1/outcome", outcome="married")).status_code == 422
    assert await desk.states() == [(1, "called", None)]


async def test_the_fragment_is_the_board_of_the_page(desk: Setting) -> None:
    await desk.seat(1)
    fragment = (await desk.client.get(f"{desk.address}?fragment=1")).text
    page = await desk.html()
    without_words = [re.sub(r'name="press" value="\w+"', "", html).strip() for html in (fragment, page)]
    assert without_words[0].startswith('<main id="board"')
    assert without_words[0] in without_words[1]


async def test_a_desk_page_is_kept_by_no_cache(desk: Setting) -> None:
    answer = await desk.client.get(desk.address)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert (await desk.press("pause")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("people", [1, 3])
async def test_statements_do_not_grow_with_the_line(desk: Setting, people: int) -> None:
    await desk.seat(*range(1, people + 1))
    with counted(desk.database) as statements:
        await desk.html()
    assert len(statements) == 5
