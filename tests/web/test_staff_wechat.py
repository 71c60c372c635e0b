"""The page of the official account: how it stands, what is set, what could not be sent; by whom, and once."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.keys import Keys
from app.base.outbox import OutboxEntry
from app.interviews.models import Place
from app.interviews.notice_ways import _facts
from app.interviews.places import whole
from app.web.services import Services
from app.wechat.models import Send
from app.wechat.peers import meet
from app.wechat.profile import FACTS
from app.wechat.scene_making import SCENES
from app.wechat.sends import SEND
from tests.cast import NOW, Cast, database_of, make_account, make_cast, signed_in
from tests.conftest import StillClock
from tests.interviews.stage import make_stage, seat
from tests.statements import counted
from tests.web.wechat_account import AES_KEY, TOKEN, account_of, running, set_account
from tests.wechat_platform.faults import EVERY_PATH
from tests.wechat_platform.platform import Platform as StandIn
from tests.wechat_platform.server import serving

PAGE = "/staff/wechat"
OPENID = "oPeer_0000000000000000000001"
TEMPLATE = "Ks8pGzLn2vXw0aQb7cRdTfYhUjMkNi3oPe4rSt5uVxZ"
CALLED = {"part": "called", "template": TEMPLATE, "field_employer": "thing1", "field_number": "character_string2"}
POSTS = {
    f"{PAGE}/check": {},
    f"{PAGE}/menu": {},
    f"{PAGE}/settings": {"part": "name", "name": "怀宁就业"},
    f"{PAGE}/sends": {"send": "1", "act": "drop"},
}


@pytest.fixture
def stand_in(clock: StillClock) -> Iterator[StandIn]:
    stand_in = StandIn(clock)
    with serving(stand_in):
        yield stand_in


@pytest.fixture
async def app(stand_in: StandIn, database_url: str, clock: StillClock, tmp_path: Path) -> AsyncIterator[FastAPI]:
    async with running(stand_in, database_url, clock, tmp_path) as app:
        yield app


@pytest.fixture
async def admin(app: FastAPI, cast: Cast) -> AsyncIterator[httpx.AsyncClient]:
    async with signed_in(app, cast.city) as admin:
        yield admin


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def marked(html: str, name: str) -> str:
    """The card with that heading, with its marks; nothing where there is none."""
    found = re.search(rf'<section [^>]*aria-labelledby="{name}">(.*?)</section>', html, re.DOTALL)
    return found[1] if found else ""


def section(html: str, name: str) -> str:
    """Its words."""
    return plain(marked(html, name))


def error(html: str, field: str) -> str:
    found = re.search(rf'<p class="error" id="error-{field}">([^<]*)</p>', html)
    return found[1] if found else ""


async def noted(app: FastAPI) -> list[tuple[str, dict[str, Any]]]:
    async with database_of(app).read() as session:
        entries = await session.scalars(select(AuditEntry).where(AuditEntry.thing_kind.startswith("wechat")))
        return [(entry.what, entry.detail) for entry in entries]


async def planned(app: FastAPI, kind: str) -> int:
    async with database_of(app).read() as session:
        return len((await session.scalars(select(OutboxEntry.id).where(OutboxEntry.kind == kind))).all())


async def failed_send(app: FastAPI, *, state: str = "failed", code: int | None = 47003, key: str = "1") -> int:
    """A message to somebody that did not arrive."""
    held: Services = app.state.services
    account = await account_of(app)
    now = held.clock()
    async with held.database.write() as session:
        peer = await meet(session, account.id, OPENID, keys=held.keys, how="said", now=now)
        body = {"type": "text", "text": "您前面还有一个人"}
        send = Send(peer_id=peer.id, key=key, body=body, state=state, code=code, tries=1, at=now)
        session.add(send)
        await session.flush()
        return send.id


async def send_of(app: FastAPI, send_id: int) -> Send:
    async with database_of(app).read() as session:
        return await session.get_one(Send, send_id)


async def test_before_anything_was_asked_it_says_so(admin: httpx.AsyncClient) -> None:
    html = (await admin.get(PAGE)).text
    assert section(html, "now").startswith("现在还不知道是哪种公众号")
    assert "还没有发过。" in section(html, "out")
    assert section(html, "alarm") == ""


@pytest.mark.parametrize(
    ("kind", "says", "lacks"),
    [
        ("A", "认证服务号", []),
        ("B", "认证订阅号", ["扫屏幕上的码，直接进公众号"]),
        ("C", "未认证的公众号", ["底部菜单由这里发布"]),
    ],
)
async def test_a_check_finds_out_what_the_account_may_do(
    stand_in: StandIn, admin: httpx.AsyncClient, kind: Any, says: str, lacks: list[str]
) -> None:
    stand_in.kind = kind
    checked = await admin.post(f"{PAGE}/check")
    assert (checked.status_code, checked.headers["location"]) == (303, f"{PAGE}?done=checked")
    words = section((await admin.get(checked.headers["location"])).text, "now")
    assert words.startswith(f"现在是{says}")
    can, _, cannot = words.partition("现在做不到的")
    assert "上次检查：2026年03月06日 19:00" in words
    assert [feature in cannot and feature not in can for feature in lacks] == [True] * len(lacks)
    assert bool(cannot) == (kind != "A")


async def test_a_second_click_does_no_harm(app: FastAPI, stand_in: StandIn, admin: httpx.AsyncClient) -> None:
    first, second = [(await admin.post(f"{PAGE}/check")).headers["location"] for _ in range(2)]
    assert (first, second) == (f"{PAGE}?done=checked", f"{PAGE}?done=checked")
    assert (len(stand_in.tokens_fetched), stand_in.breaches) == (1, [])
    assert await planned(app, SCENES) == 1


async def test_what_keeps_the_platform_from_answering_is_said_with_what_to_do(
    stand_in: StandIn, admin: httpx.AsyncClient
) -> None:
    stand_in.listed_ips = set()
    refused = await admin.post(f"{PAGE}/check")
    html = (await admin.get(refused.headers["location"])).text
    assert "微信不让查，原因写在下面。" in plain(html)
    assert "请到公众平台“设置与开发”里把它加进 IP 白名单，再点“重新检查”。" in section(html, "alarm")
    assert section(html, "now").startswith("现在只能当场回复")
    stand_in.listed_ips = None
    await admin.post(f"{PAGE}/check")
    html = (await admin.get(PAGE)).text
    assert (section(html, "alarm"), section(html, "now")[:8]) == ("", "现在是认证服务号")


async def test_a_platform_that_is_away_is_no_fault_of_anybodys(stand_in: StandIn, admin: httpx.AsyncClient) -> None:
    stand_in.faults.last(EVERY_PATH, -1)
    answer = await admin.post(f"{PAGE}/check")
    assert answer.headers["location"] == f"{PAGE}?done=unanswered"
    assert "这次没有问到，下面还是原来的情况。" in plain((await admin.get(answer.headers["location"])).text)


async def test_it_says_what_to_enter_and_never_shows_a_secret(
    app: FastAPI, stand_in: StandIn, admin: httpx.AsyncClient, cast: Cast
) -> None:
    async with signed_in(app, cast.host) as host:
        pages = [(await browser.get(PAGE)).text for browser in (admin, host)]
    for html in pages:
        assert 'value="http://mashang.test/wechat"' in html
        assert "AppSecret 已填 消息加解密密钥 已填" in section(html, "address")
        assert [secret in html for secret in (stand_in.secret, TOKEN, AES_KEY)] == [False] * 3


async def test_what_is_not_set_is_said(stand_in: StandIn, database_url: str, clock: StillClock, tmp_path: Path) -> None:
    unset = {"wechat_secret": None, "wechat_aes_key": None}
    async with running(stand_in, database_url, clock, tmp_path, **unset) as app:
        async with database_of(app).write() as session:
            cast = await make_cast(session)
        async with signed_in(app, cast.city) as admin:
            await admin.post(f"{PAGE}/check")
            html = (await admin.get(PAGE)).text
    assert "AppSecret 没填 消息加解密密钥 没填" in section(html, "address")
    assert "没有填 AppSecret" in section(html, "alarm")


SAVED = [
    ({"part": "name", "name": " 怀宁  就业 "}, {"name": "怀宁 就业"}),
    (
        {"part": "proof", "proof_name": "MP_verify_aBc123.txt", "proof_text": "aBc123\n"},
        {"proof_name": "MP_verify_aBc123.txt", "proof_text": "aBc123"},
    ),
    ({"part": "codes", "codes_as": "scene"}, {"codes_as": "scene"}),
    ({"part": "share", "share": "yes"}, {"share": True}),
    (
        CALLED,
        {"templates": {"called": {"id": TEMPLATE, "fields": {"thing1": "employer", "character_string2": "number"}}}},
    ),
    ({"part": "called", "once": TEMPLATE}, {"templates": {"once": {"id": TEMPLATE}}}),
]


@pytest.mark.parametrize(("typed", "kept"), SAVED)
async def test_what_is_set_is_kept_and_noted_once(
    app: FastAPI, admin: httpx.AsyncClient, typed: dict[str, str], kept: dict[str, Any]
) -> None:
    await set_account(app, mode="A", lacks=[])
    for _ in range(2):
        saved = await admin.post(f"{PAGE}/settings", data=typed)
        assert (saved.status_code, saved.headers["location"]) == (303, f"{PAGE}?done=saved")
    account = await account_of(app)
    assert {name: getattr(account, name) for name in kept} == kept
    assert await noted(app) == [("wechat_changed", {"part": typed["part"]})]
    html = (await admin.get(PAGE)).text
    for name, value in typed.items():
        if name.startswith("field_"):
            assert f'name="{name}" autocomplete="off" value="{value}"' in re.sub(r' aria-describedby="[^"]*"', "", html)


async def test_what_was_set_is_taken_back_by_leaving_it_empty(app: FastAPI, admin: httpx.AsyncClient) -> None:
    await set_account(app, mode="A", lacks=[], name="怀宁就业", proof_name="MP_verify_a.txt", proof_text="a")
    for typed in (CALLED, {"part": "called"}, {"part": "name"}, {"part": "proof"}):
        await admin.post(f"{PAGE}/settings", data=typed)
    account = await account_of(app)
    assert (account.name, account.proof_name, account.proof_text, account.templates) == ("", "", "", {})


REFUSED = [
    ({"part": "name", "name": "长" * 41}, "name", "名称最多 40 个字"),
    ({"part": "proof", "proof_name": "x.txt", "proof_text": "a"}, "proof_name", "文件名要和下载的一样"),
    ({"part": "proof", "proof_name": "../MP_verify_a.txt", "proof_text": "a"}, "proof_name", "文件名要和下载的一样"),
    ({"part": "proof", "proof_name": "MP_verify_a.txt", "proof_text": "<b>"}, "proof_text", "用记事本打开文件"),
    ({"part": "proof", "proof_name": "MP_verify_a.txt", "proof_text": ""}, "proof_text", "用记事本打开文件"),
    ({"part": "codes", "codes_as": "scene"}, "codes_as", "只有认证服务号才能选"),
    ({"part": "codes"}, "codes_as", "请选一种"),
    ({"part": "share", "share": "yes"}, "share", "认证过的公众号才能打开"),
]


@pytest.mark.parametrize(("typed", "field", "reason"), REFUSED)
async def test_what_cannot_be_says_why_at_its_field_and_keeps_what_was_typed(
    app: FastAPI, admin: httpx.AsyncClient, typed: dict[str, str], field: str, reason: str
) -> None:
    answer = await admin.post(f"{PAGE}/settings", data=typed)
    assert (answer.status_code, error(answer.text, field)[: len(reason)]) == (422, reason)
    assert plain(answer.text).count(reason) == 2  # at the top, too: the field may be far below
    assert f'href="#error-{field}"' in answer.text
    if field in {"name", "proof_name"}:
        assert f'value="{typed[field]}"' in answer.text
    account = await account_of(app)
    assert (account.name, account.proof_name, account.codes_as, account.share) == ("", "", "page", False)
    assert await noted(app) == []


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"template": "太短"}, "template", "模板 ID 是一长串字母和数字"),
        ({"once": "太短"}, "once", "模板 ID 是一长串字母和数字"),
        ({"field_number": "第二栏"}, "field_number", "栏目名是小写字母加数字"),
        ({"field_number": "thing1"}, "field_number", "这一栏已经填了别的内容"),
        ({"field_number": "", "field_employer": ""}, "field_employer", "请至少填一栏"),
    ],
)
async def test_a_template_that_cannot_be_is_refused(
    app: FastAPI, admin: httpx.AsyncClient, changed: dict[str, str], field: str, reason: str
) -> None:
    await set_account(app, mode="A", lacks=[])
    answer = await admin.post(f"{PAGE}/settings", data=CALLED | changed)
    assert (answer.status_code, error(answer.text, field)[: len(reason)]) == (422, reason)
    assert (await account_of(app)).templates == {}


async def test_what_may_stand_in_a_template_is_what_the_notice_knows(database: Database) -> None:
    """What it does not know would be sent as the word it is."""
    async with database.write() as session:
        stage = await make_stage(session)
        place_id = (await seat(session, stage.welder, 1, keys=Keys(b"secret"))).id
        place = (await session.scalars(whole().where(Place.id == place_id))).one()
        assert set(FACTS) == set(_facts(place, now=NOW))


async def test_choosing_the_platforms_codes_has_them_made(app: FastAPI, admin: httpx.AsyncClient) -> None:
    await set_account(app, mode="A", lacks=[])
    await admin.post(f"{PAGE}/settings", data={"part": "codes", "codes_as": "page"})
    assert await planned(app, SCENES) == 0
    await admin.post(f"{PAGE}/settings", data={"part": "codes", "codes_as": "scene"})
    assert await planned(app, SCENES) == 1


async def test_the_domains_proof_is_served_as_it_is_and_nothing_beside_it(
    admin: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    name = "/MP_verify_aBc123.txt"
    assert (await client.get(name)).status_code == 404
    await admin.post(f"{PAGE}/settings", data={"part": "proof", "proof_name": name[1:], "proof_text": "aBc123"})
    served = await client.get(name)
    assert (served.status_code, served.text, served.headers["content-type"]) == (
        200,
        "aBc123",
        "text/plain; charset=utf-8",
    )
    assert (await client.head(name)).status_code == 200
    others = ["/MP_verify_abc123.txt", "/MP_verify_.txt", "/MP_verify_aBc123.TXT", "/MP_verify_%00.txt"]
    assert [(await client.get(other)).status_code for other in others] == [404] * 4


async def test_the_menu_is_put_into_the_account(app: FastAPI, stand_in: StandIn, admin: httpx.AsyncClient) -> None:
    await admin.post(f"{PAGE}/check")
    for _ in range(2):
        answer = await admin.post(f"{PAGE}/menu")
        assert answer.headers["location"] == f"{PAGE}?done=menu"
    assert stand_in.menu is not None
    assert [button["key"] for button in stand_in.menu["button"]] == ["find_jobs", "my_interviews", "human"]
    assert "2026年03月06日 19:00 发布过" in section((await admin.get(PAGE)).text, "menu")


@pytest.mark.parametrize(("code", "sentence"), [(45009, "今天调用微信的次数用完了"), (-1, "微信一时没有回应")])
async def test_a_menu_that_is_not_taken_says_why(
    stand_in: StandIn, admin: httpx.AsyncClient, code: int, sentence: str
) -> None:
    await admin.post(f"{PAGE}/check")
    stand_in.faults.plan("/cgi-bin/menu/create", code)
    answer = await admin.post(f"{PAGE}/menu")
    assert (answer.status_code, error(answer.text, "menu")[: len(sentence)]) == (409, sentence)


async def test_without_that_right_it_says_how_to_make_the_menu_by_hand(
    stand_in: StandIn, admin: httpx.AsyncClient
) -> None:
    stand_in.kind = "C"
    await admin.post(f"{PAGE}/check")
    words = section((await admin.get(PAGE)).text, "menu")
    assert ("自定义菜单" in words, "发布菜单" in words, "http://mashang.test/my" in words) == (True, False, True)
    answer = await admin.post(f"{PAGE}/menu")
    assert (answer.status_code, error(answer.text, "menu")[:12]) == (409, "这个公众号不能从这里发布")
    assert stand_in.menu is None


async def test_messages_that_did_not_arrive_are_seen_to_once(app: FastAPI, admin: httpx.AsyncClient) -> None:
    failed, unsure = await failed_send(app), await failed_send(app, state="unsure", code=None, key="2")
    html = (await admin.get(PAGE)).text
    assert "1 没发出去 1 不知道到没到" in " ".join(
        f"{count} {words}" for words, count in re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", html)
    )
    assert "模板消息的内容和模板对不上。" in section(html, "out")
    assert "不知道对方收到没有" in section(html, "out")
    assert ("您前面还有" in html, OPENID in html) == (False, False)

    told = [
        (await admin.post(f"{PAGE}/sends", data={"send": str(send), "act": act})).headers["location"]
        for send, act in ((failed, "again"), (failed, "again"), (unsure, "drop"), (unsure, "drop"), (999, "drop"))
    ]
    assert told == [f"{PAGE}?done={word}" for word in ("again", "gone", "dropped", "gone", "gone")]
    again, dropped = await send_of(app, failed), await send_of(app, unsure)
    assert (again.state, again.tries, dropped.body, dropped.closed_at is None) == ("waiting", 0, None, False)
    assert await planned(app, SEND) == 1
    assert [what for what, _ in await noted(app)] == ["wechat_sent_again", "wechat_let_go"]


async def test_what_was_sent_is_counted_for_the_day(app: FastAPI, admin: httpx.AsyncClient, clock: StillClock) -> None:
    send_id = await failed_send(app, state="sent", code=None)
    async with database_of(app).write() as session:
        (await session.get_one(Send, send_id)).closed_at = clock()
    counts = []
    for _ in range(2):
        counts.append(dict(re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", (await admin.get(PAGE)).text)).get("今天发出"))
        clock.forward(hours=6)
    assert counts == ["1", None]  # nothing is open, nothing was sent: the page says so in words


async def test_others_read_and_change_nothing(app: FastAPI, cast: Cast) -> None:
    await failed_send(app)
    async with database_of(app).write() as session:
        county_admin = await make_account(session, cast.centre, "怀宁管理员", role="admin")
    for account in (cast.owner, cast.host, cast.stranger):
        async with signed_in(app, account) as browser:
            html = (await browser.get(PAGE)).text
            assert ("您可以看。" in plain(html), 'action="/staff/wechat/settings"' in html) == (True, False)
            assert "<button" not in marked(html, "out")
            assert [(await browser.post(address, data=form)).status_code for address, form in POSTS.items()] == [
                403
            ] * 4
    assert (await account_of(app)).name == ""
    async with signed_in(app, county_admin) as browser:
        assert (await browser.post(f"{PAGE}/settings", data=POSTS[f"{PAGE}/settings"])).status_code == 303


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"{PAGE}/settings", {"part": "secret", "name": "x"}),
        (f"{PAGE}/settings", {}),
        (f"{PAGE}/sends", {"send": "1", "act": "read"}),
        (f"{PAGE}/sends", {}),
    ],
)
async def test_a_form_that_there_is_not_is_refused(
    admin: httpx.AsyncClient, address: str, form: dict[str, str]
) -> None:
    assert (await admin.post(address, data=form)).status_code == 422


async def test_marks_in_an_answer_or_an_address_are_text(admin: httpx.AsyncClient) -> None:
    answer = await admin.post(f"{PAGE}/settings", data={"part": "proof", "proof_name": "<script>alert(1)</script>"})
    html = (await admin.get(PAGE, params={"done": "<script>alert(1)</script>"})).text
    assert ("<script>alert" in answer.text, "<script>alert" in html) == (False, False)


async def test_the_number_of_statements_does_not_grow_with_the_messages(app: FastAPI, admin: httpx.AsyncClient) -> None:
    counts = []
    for number in (1, 3):
        for key in range(number):
            await failed_send(app, key=f"{number}-{key}")
        with counted(database_of(app)) as statements:
            await admin.get(PAGE)
        counts.append(len(statements))
    assert counts[0] == counts[1]
