"""What a desk link does not open: other employers, other events, other people; and nothing at all once taken back."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.audit import Who
from app.interviews.links import create_link, revoke
from app.interviews.models import DeskLink, Place
from app.postings.models import Posting
from app.web.services import Services
from tests.cast import CONTACT_NAME, CONTACT_PHONE, NOW, make_event, make_listing
from tests.interviews.stage import Stage, make_stage, queue_of, seat

SENTENCE_UNKNOWN = "没有找到这个面试席。"
SENTENCE_REVOKED = "这个面试席链接已经停用。"
ACTS = ["next", "1/call", "1/ring", "1/outcome", "1/put-back", "1/undo", "pause", "resume", "close"]
FORM = {"press": "abcdefghij", "outcome": "unfit", "days": "1"}


@pytest.fixture
async def stage(app: FastAPI) -> Stage:
    """Number 1 waits at the welder's employer; the cook's employer has a desk and nobody in its line."""
    held: Services = app.state.services
    async with held.database.write() as session:
        stage = await make_stage(session)
        await seat(session, stage.welder, 1, keys=held.keys, name="欧阳若兰")
        return stage


async def open_desk(app: FastAPI, stage: Stage) -> tuple[str, DeskLink]:
    """The cook's employer's."""
    held: Services = app.state.services
    async with held.database.write() as session:
        queue = await queue_of(session, stage.cook)
        link, secret = await create_link(
            session, queue, label="店长", press="p", keys=held.keys, who=Who("account", 1), now=NOW
        )
    return f"/desk/{secret}", link


async def states(app: FastAPI) -> list[str]:
    held: Services = app.state.services
    async with held.database.read() as session:
        return list(await session.scalars(select(Place.state).order_by(Place.id)))


async def test_another_employers_people_are_not_on_the_page(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage
) -> None:
    address, _ = await open_desk(app, stage)
    html = (await client.get(address)).text
    assert "怀宁县皖味餐饮有限公司" in html
    for secret in ("欧阳若兰", "138****0001", "13800000001", "皖江精密铸造", "电焊工", CONTACT_NAME, CONTACT_PHONE):
        assert secret not in html


@pytest.mark.parametrize("act", [act for act in ACTS if act.startswith("1/")])
async def test_another_employers_people_cannot_be_touched(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage, act: str
) -> None:
    address, _ = await open_desk(app, stage)
    assert (await client.post(f"{address}/{act}", data=FORM)).status_code == 404
    assert await states(app) == ["waiting"]


@pytest.mark.parametrize("act", ["next", "pause", "close"])
async def test_another_employers_line_does_not_move(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage, act: str
) -> None:
    address, _ = await open_desk(app, stage)
    await client.post(f"{address}/{act}", data=FORM)
    assert await states(app) == ["waiting"]


async def test_another_employers_job_cannot_be_filled(app: FastAPI, client: httpx.AsyncClient, stage: Stage) -> None:
    held: Services = app.state.services
    address, _ = await open_desk(app, stage)
    async with held.database.read() as session:
        posting = await session.get_one(Posting, stage.welder.posting_id)
    assert (await client.post(f"{address}/jobs/{posting.public_id}/fill")).status_code == 404
    async with held.database.read() as session:
        assert (await session.get_one(Posting, stage.welder.posting_id)).state == "published"


async def test_the_same_employer_at_another_event_is_another_desk(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage
) -> None:
    held: Services = app.state.services
    async with held.database.write() as session:
        other = await make_event(session, stage.cast.centre, name="夏季专场")
        posting = await session.get_one(Posting, stage.cook.posting_id)
        listing = await make_listing(session, other, posting)
        await seat(session, listing, 7, keys=held.keys, name="司马相如")
    address, _ = await open_desk(app, stage)
    html = (await client.get(address)).text
    assert "司马相如" not in html
    assert "夏季专场" not in html
    assert (await client.post(f"{address}/1/call", data=FORM)).status_code == 404


async def test_the_seekers_private_link_is_not_on_the_desk(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage
) -> None:
    """Whoever has it may leave the queue in the seeker's stead."""
    held: Services = app.state.services
    address, _ = await open_desk(app, stage)
    async with held.database.write() as session:
        place = await seat(session, stage.cook, 2, keys=held.keys)
    html = (await client.get(address)).text
    assert "求职者2" in html
    assert place.public_id not in html


@pytest.mark.parametrize("secret", ["nobody", "0" * 32, "%00", "é" * 32])
async def test_an_unknown_link_is_an_honest_page(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage, secret: str
) -> None:
    answer = await client.get(f"/desk/{secret}")
    assert answer.status_code == 404
    assert SENTENCE_UNKNOWN in answer.text
    for act in ACTS:
        assert (await client.post(f"/desk/{secret}/{act}", data=FORM)).status_code == 404
    assert (await client.get(f"/desk/{secret}/stream")).status_code == 404
    assert await states(app) == ["waiting"]


async def test_a_link_taken_back_opens_nothing_any_more(app: FastAPI, client: httpx.AsyncClient, stage: Stage) -> None:
    held: Services = app.state.services
    address, link = await open_desk(app, stage)
    async with held.database.write() as session:
        await seat(session, stage.cook, 2, keys=held.keys)
        await revoke(session, link, who=Who("account", 1), now=NOW)
    answer = await client.get(address)
    assert answer.status_code == 410
    assert SENTENCE_REVOKED in answer.text
    assert "求职者2" not in answer.text
    for act in ACTS:
        assert (await client.post(f"{address}/{act}", data=FORM)).status_code == 410
    assert (await client.get(f"{address}/stream")).status_code == 410
    assert await states(app) == ["waiting", "waiting"]


async def test_another_sites_page_cannot_press_the_buttons(
    app: FastAPI, client: httpx.AsyncClient, stage: Stage
) -> None:
    address, _ = await open_desk(app, stage)
    answer = await client.post(f"{address}/pause", headers={"origin": "https://evil.test"})
    assert answer.status_code == 403
