"""How many statements a page needs: no more for three rows than for one."""

import httpx
import pytest
from fastapi import FastAPI

from tests import cast
from tests.statements import counted
from tests.web.seeker_stage import PHONE, Put, code_of, put_up

FORM = {"name": "李秀英", "phone": "13955567788", "consent": "1"}
# job: code and listing; filled: and the open jobs beside it, compared by a few columns, and the nearest of them, read
# whole; interview: and seeker, queue, who waits; employer: code, event, jobs;
# door: events that are on, next, last, what is on air twice, jobs
EXPECTED = {
    "job": 2,
    "filled": 4,
    "interview": 5,
    "employer": 3,
    "employer interview": 6,
    "door": 6,
    "event": 2,
    "my": 3,
    "place": 5,
}


async def grow(app: FastAPI, client: httpx.AsyncClient, put: Put, filled: Put, *, rows: int) -> None:
    """`rows` open jobs, also beside the filled one, and other events, and as many places of this browser."""
    for row in range(1, rows):
        more = await put_up(app, beside=put, title=f"学徒工{row}")
        await client.post(f"/I{more.token}", data=FORM, headers=PHONE)
        other = await put_up(app, event=f"第{row}场", employer=f"单位{row}")
        await client.post(f"/I{other.token}", data=FORM, headers=PHONE)
    for row in range(rows):
        await put_up(app, beside=filled, title=f"装卸工{row}")


@pytest.mark.parametrize("rows", [1, 3])
async def test_a_pages_queries_do_not_grow_with_its_rows(app: FastAPI, client: httpx.AsyncClient, rows: int) -> None:
    put = await put_up(app)
    employer = await code_of(app, (put.event, put.employer))
    filled = await put_up(app, event="别的专场", state="filled")
    stranger = {"job": f"/J{put.token}", "interview": f"/I{put.token}", "filled": f"/J{filled.token}"}
    stranger |= {"employer": f"/J{employer}", "employer interview": f"/I{employer}"}
    stranger |= {"door": "/", "event": f"/e/{put.event.public_id}"}
    place = (await client.post(f"/I{put.token}", data=FORM, headers=PHONE)).headers["location"]
    await grow(app, client, put, filled, rows=rows)
    database = cast.database_of(app)
    needed: dict[str, int] = {}
    for name, path in {"my": "/my", "place": place, **stranger}.items():
        if name in stranger:
            client.cookies.clear()
        with counted(database) as statements:
            assert (name, (await client.get(path, headers=PHONE)).status_code) == (name, 200)
        needed[name] = len(statements)
    assert needed == EXPECTED
