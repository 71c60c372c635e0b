"""Signing in: who gets in, what is said to who does not, and where they are sent."""

from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.base.settings import Settings
from app.main import create_app
from app.staff.accounts import disable_account
from app.staff.models import SignIn
from app.web.staff.session import COOKIE
from tests.cast import PASSWORD, Cast, actor, database_of, make_cast, signed_in
from tests.conftest import StillClock

WRONG = "用户名或密码不对，请检查后再试。"


async def sign_in(client: httpx.AsyncClient, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return await client.post("/staff/login", data={"name": name, "password": password, **more})


async def test_the_right_password_opens_twelve_hours(client: httpx.AsyncClient, cast: Cast, clock: StillClock) -> None:
    answer = await sign_in(client, f" {cast.owner.name} ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/")
    assert (await client.get("/staff/")).status_code == 200
    clock.forward(hours=12)
    late = await client.get("/staff/")
    assert (late.status_code, late.headers["location"]) == (303, "/staff/login?next=/staff/")


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: httpx.AsyncClient, cast: Cast) -> None:
    cookie = (await sign_in(client, cast.owner.name)).headers["set-cookie"].lower()
    assert sorted(part.strip().partition("=")[0] for part in cookie.split(";")) == [
        "httponly",
        "mashang_staff",
        "max-age",
        "path",
        "samesite",
    ]
    assert "samesite=lax" in cookie


async def test_over_https_the_cookie_is_secure(sqlite_url: str, settings_data: Settings, clock: StillClock) -> None:
    app = create_app(settings_data, clock=clock)
    async with database_of(app).write() as session:
        cast = await make_cast(session)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://mashang.test") as client:
        cookie = (await sign_in(client, cast.owner.name)).headers["set-cookie"]
    await database_of(app).close()
    assert "; Secure" in cookie


@pytest.fixture
def settings_data(sqlite_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        _env_file=None,
        database_url=sqlite_url,
        data_dir=tmp_path_factory.mktemp("data"),
        public_url="https://mashang.test",
    )


async def test_an_unknown_name_and_a_wrong_password_read_alike(client: httpx.AsyncClient, cast: Cast) -> None:
    wrong = await sign_in(client, cast.owner.name, "不是这个密码呀")
    unknown = await sign_in(client, "没有这个人", "不是这个密码呀")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert WRONG in wrong.text
    assert wrong.text == unknown.text.replace("没有这个人", cast.owner.name)
    assert "不是这个密码呀" not in wrong.text


async def test_the_form_keeps_the_name_and_the_way_on(client: httpx.AsyncClient, cast: Cast) -> None:
    answer = await sign_in(client, '"><b>谁', "x", next="/staff/events/abc")
    assert 'value="&#34;&gt;&lt;b&gt;谁"' in answer.text
    assert 'name="next" value="/staff/events/abc"' in answer.text


@pytest.mark.parametrize(
    ("next_page", "landing"),
    [
        ("/staff/events/abc", "/staff/events/abc"),
        ("/host/abc", "/host/abc"),
        ("https://evil.test/", "/staff/"),
        ("//evil.test/staff/", "/staff/"),
        ("/\\evil.test", "/staff/"),
        ("/staff/\\..", "/staff/"),
        ("/staff/\r\nset-cookie: a=b", "/staff/"),
        ("javascript:alert(1)", "/staff/"),
        ("", "/staff/"),
    ],
)
async def test_only_addresses_of_our_own_are_followed(
    client: httpx.AsyncClient, cast: Cast, next_page: str, landing: str
) -> None:
    answer = await sign_in(client, cast.owner.name, next=next_page)
    again = await client.get("/staff/login", params={"next": next_page})
    assert (answer.headers["location"], again.headers["location"]) == (landing, landing)


async def test_after_five_wrong_tries_not_even_the_right_one_counts(
    client: httpx.AsyncClient, cast: Cast, clock: StillClock
) -> None:
    wrong = [(await sign_in(client, cast.owner.name, "不是这个")).status_code for _ in range(6)]
    right = (await sign_in(client, cast.owner.name)).status_code
    unknown = [(await sign_in(client, "没有这个人", "不是这个")).status_code for _ in range(6)]
    other = (await sign_in(client, cast.city.name)).status_code
    clock.forward(minutes=10)
    later = (await sign_in(client, cast.owner.name)).status_code
    assert wrong == unknown == [422, 422, 422, 422, 422, 429]
    assert (right, other, later) == (429, 303, 303)


async def test_signing_out_takes_the_word_back(app: FastAPI, client: httpx.AsyncClient, cast: Cast) -> None:
    await sign_in(client, cast.owner.name)
    word = client.cookies[COOKIE]
    answer = await client.post("/staff/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/login")
    assert COOKIE not in client.cookies
    client.cookies.set(COOKIE, word)
    assert (await client.get("/staff/")).status_code == 303
    async with database_of(app).read() as session:
        told = (await session.scalars(select(AuditEntry.what).order_by(AuditEntry.id))).all()
    assert told[-2:] == ["signed_in", "signed_out"]


async def test_signing_out_without_a_session_just_leads_to_the_door(client: httpx.AsyncClient) -> None:
    assert (await client.post("/staff/logout")).headers["location"] == "/staff/login"


async def test_a_disabled_account_is_out_at_once_and_stays_out(
    app: FastAPI, client: httpx.AsyncClient, cast: Cast, clock: StillClock
) -> None:
    async with signed_in(app, cast.owner) as owner:
        assert (await owner.get("/staff/")).status_code == 200
        async with database_of(app).write() as session:
            account = await session.merge(cast.owner)
            await disable_account(session, account, who=actor(cast.city).who(), now=clock())
        assert (await owner.get("/staff/")).status_code == 303
    refused = await sign_in(client, cast.owner.name)
    assert (refused.status_code, WRONG in refused.text) == (422, True)


async def test_the_database_keeps_no_word_that_opens_a_session(
    app: FastAPI, client: httpx.AsyncClient, cast: Cast, clock: StillClock
) -> None:
    await sign_in(client, cast.owner.name)
    async with database_of(app).read() as session:
        kept = (await session.scalars(select(SignIn))).one()
    assert (len(kept.token_hash), kept.expires_at - clock()) == (64, timedelta(hours=12))
    client.cookies.set(COOKIE, kept.token_hash)
    assert (await client.get("/staff/")).status_code == 303


@pytest.mark.parametrize("word", ["", "x", "x" * 5000])
async def test_a_made_up_cookie_opens_nothing(client: httpx.AsyncClient, word: str) -> None:
    client.cookies.set(COOKIE, word)
    assert (await client.get("/staff/")).status_code == 303


async def test_no_file_in_a_text_field_breaks_the_form(client: httpx.AsyncClient) -> None:
    answer = await client.post("/staff/login", files={"name": ("a.txt", b"x")}, data={"password": "x"})
    assert answer.status_code == 422


async def test_signing_in_again_ends_the_session_before(client: httpx.AsyncClient, cast: Cast) -> None:
    """Also that of another account, left open in the same browser."""
    await sign_in(client, cast.owner.name)
    before = client.cookies[COOKIE]
    await sign_in(client, cast.city.name)
    after = client.cookies[COOKIE]
    assert before != after
    client.cookies.set(COOKIE, before, domain="mashang.test")
    assert (await client.get("/staff/", headers={"cookie": f"{COOKIE}={before}"})).status_code == 303


async def test_a_cookie_that_somebody_else_set_is_not_the_one_that_is_given(
    client: httpx.AsyncClient, cast: Cast
) -> None:
    answer = await client.post(
        "/staff/login", data={"name": cast.owner.name, "password": PASSWORD}, headers={"cookie": f"{COOKIE}=planted"}
    )
    assert answer.status_code == 303
    assert "planted" not in answer.headers["set-cookie"]


async def test_one_address_cannot_try_name_after_name(
    app: FastAPI, client: httpx.AsyncClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.staff.signin.TRIES_OF_ADDRESS", 6)
    transport = httpx.ASGITransport(app=app, client=("203.0.113.7", 4711))
    async with httpx.AsyncClient(transport=transport, base_url="http://mashang.test") as far:
        statuses = [(await sign_in(far, f"谁{number}", "随便猜的一句话")).status_code for number in range(7)]
        assert statuses == [422] * 6 + [429]
        assert (await sign_in(far, cast.owner.name)).status_code == 429
    assert (await sign_in(client, cast.owner.name)).status_code == 303
