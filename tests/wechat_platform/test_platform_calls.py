"""What the stand-in's other calls take and refuse: codes, menu, template messages, pages, by kind of account."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from tests.conftest import StillClock
from tests.wechat_platform.conftest import Call
from tests.wechat_platform.platform import AccountKind, Platform

SCENE = "/cgi-bin/qrcode/create"
TEMPLATE = "/cgi-bin/message/template/send"
ONCE = "/cgi-bin/message/template/subscribe"
MENU = "/cgi-bin/menu/create"


def scene(name: str = "J42", **changed: Any) -> dict[str, Any]:
    return {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": name}}, **changed}


async def test_a_temporary_code_has_an_address_and_an_end(platform: Platform, post: Call) -> None:
    made = await post(SCENE, scene(expire_seconds=2_592_000))
    assert made["expire_seconds"] == 2_592_000
    assert made["url"].startswith("http://weixin.qq.com/q/02")
    kept = platform.scenes[made["ticket"]]
    assert (kept.name, kept.url) == ("J42", made["url"])
    assert kept.expires_at is not None
    assert (kept.expires_at - kept.made_at).days == 30
    assert (await post(SCENE, scene(expire_seconds=60)))["url"] != made["url"]


async def test_a_permanent_code_is_made_once(platform: Platform, post: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.wechat_platform.scenes.MOST_PERMANENT", 2)
    first, again, second, third = [
        await post(SCENE, scene(name, action_name="QR_LIMIT_STR_SCENE")) for name in ("J1", "J1", "J2", "J3")
    ]
    assert first == again
    assert set(first) == {"ticket", "url"}
    assert second["url"] != first["url"]
    assert third["errcode"] == 45029
    assert [breach.code for breach in platform.breaches] == [45029]


@pytest.mark.parametrize(
    "body",
    [
        scene(expire_seconds=2_592_001),
        scene(expire_seconds=0),
        scene(expire_seconds="60"),
        scene(""),
        scene("x" * 65),
        scene(action_name="QR_OTHER"),
        {"action_name": "QR_STR_SCENE"},
    ],
)
async def test_a_code_that_cannot_be(platform: Platform, post: Call, body: dict[str, Any]) -> None:
    assert (await post(SCENE, body))["errcode"] == 40053
    assert platform.scenes == {}


def button(**changed: Any) -> dict[str, Any]:
    return {"type": "click", "name": "找工作", "key": "jobs", **changed}


async def test_the_menu_is_set_and_shown(wire: httpx.AsyncClient, post: Call, fetch: Call) -> None:
    token = {"access_token": (await fetch())["access_token"]}
    assert (await wire.get("/cgi-bin/menu/get", params=token)).json()["errcode"] == 46003
    shown = await wire.get("/cgi-bin/get_current_selfmenu_info", params=token)
    assert shown.json() == {"is_menu_open": 0, "selfmenu_info": {"button": []}}
    under = {"name": "我的", "sub_button": [button(type="view", url="https://a.test/", name="我的面试")]}
    assert (await post(MENU, {"button": [button(), under]}))["errcode"] == 0
    assert (await wire.get("/cgi-bin/menu/get", params=token)).json()["menu"]["button"] == [button(), under]
    shown = await wire.get("/cgi-bin/get_current_selfmenu_info", params=token)
    listed = {"name": "我的", "sub_button": {"list": under["sub_button"]}}
    assert shown.json() == {"is_menu_open": 1, "selfmenu_info": {"button": [button(), listed]}}


@pytest.mark.parametrize(
    ("buttons", "code"),
    [
        ([], 40016),
        ([button()] * 4, 40016),
        ([button(name="找工作找工作")], 40018),
        ([button(type="tap")], 40017),
        ([button(key="")], 40019),
        ([button(type="view", url="找工作")], 40020),
        ([button(sub_button=[button()] * 6)], 40023),
        ([button(sub_button=[button(type="tap")])], 40024),
        ([button(sub_button=[button(name="找" * 21)])], 40025),
        ([button(sub_button=[button(key="k" * 129)])], 40026),
        ([button(sub_button=[button(type="view")])], 40027),
    ],
)
async def test_a_menu_that_cannot_be(platform: Platform, post: Call, buttons: list[Any], code: int) -> None:
    assert (await post(MENU, {"button": buttons}))["errcode"] == code
    assert platform.menu is None


def called(**changed: Any) -> dict[str, Any]:
    return {"touser": "o1", "template_id": "T1", "data": {"thing1": {"value": "甲公司"}}, **changed}


async def test_a_template_message_takes_no_quota(platform: Platform, post: Call) -> None:
    platform.templates["T1"] = ("thing1",)
    platform.user("o1")
    first, second = [await post(TEMPLATE, called()) for _ in range(2)]
    assert (first["errcode"], second["errcode"]) == (0, 0)
    assert first["msgid"] != second["msgid"]
    assert [(sent.openid, sent.how) for sent in platform.sent] == [("o1", "template")] * 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (called(template_id="T2"), 40037),
        (called(touser="o2"), 40003),
        (called(data={}), 47003),
        (called(data={"thing1": {"value": ""}}), 47003),
        (called(data={"thing1": {"value": "字" * 21}}), 47003),
        (called(data={"thing1": {"value": "字"}, "thing2": {"value": "字"}}), 47003),
    ],
)
async def test_a_template_message_that_cannot_be(
    platform: Platform, post: Call, body: dict[str, Any], code: int
) -> None:
    platform.templates["T1"] = ("thing1",)
    platform.user("o1")
    assert (await post(TEMPLATE, body))["errcode"] == code
    platform.unfollow("o1")
    assert (await post(TEMPLATE, called()))["errcode"] == 43004
    assert platform.sent == []


async def test_one_message_for_each_consent(platform: Platform, wire: httpx.AsyncClient, post: Call) -> None:
    platform.visitor = "o1"
    body = called(scene="7", title="轮到您了", data={"content": {"value": "请到三号展位"}})
    assert (await post(ONCE, body))["errcode"] == 43101
    page = {"action": "get_confirm", "appid": platform.app_id, "scene": "7", "template_id": "T1"}
    back = await wire.get("/mp/subscribemsg", params={**page, "redirect_url": "https://a.test/me", "reserved": "r"})
    assert back.headers["location"].startswith("https://a.test/me?openid=o1&template_id=T1&action=confirm&scene=7")
    assert (await post(ONCE, body))["errcode"] == 0
    assert (await post(ONCE, body))["errcode"] == 43101
    assert [(sent.openid, sent.how) for sent in platform.sent] == [("o1", "once")]


def link(platform: Platform, **changed: str) -> str:
    asked = {
        "appid": platform.app_id,
        "redirect_uri": "https://a.test/back?x=1",
        "response_type": "code",
        "scope": "snsapi_base",
        "state": "s1",
    }
    return f"/connect/oauth2/authorize?{urlencode({**asked, **changed})}"


async def test_a_page_learns_who_came_once(platform: Platform, wire: httpx.AsyncClient, clock: StillClock) -> None:
    platform.visitor = "o1"
    query = {"appid": platform.app_id, "secret": platform.secret, "grant_type": "authorization_code"}

    async def exchange(code: str) -> dict[str, Any]:
        answer = await wire.get("/sns/oauth2/access_token", params={**query, "code": code})
        assert answer.headers["content-type"] == "text/plain"
        data: dict[str, Any] = answer.json()
        return data

    codes = []
    for _ in range(2):
        back = urlsplit((await wire.get(link(platform))).headers["location"])
        assert (back.netloc, back.path) == ("a.test", "/back")
        asked = parse_qs(back.query)
        assert (asked["x"], asked["state"]) == (["1"], ["s1"])
        codes += asked["code"]
    assert (await exchange(codes[0]))["openid"] == "o1"
    assert (await exchange(codes[0]))["errcode"] == 40163
    assert (await exchange("none"))["errcode"] == 40029
    clock.forward(minutes=5)
    assert (await exchange(codes[1]))["errcode"] == 42003


async def test_a_page_that_is_asked_wrongly_sends_nobody_back(platform: Platform, wire: httpx.AsyncClient) -> None:
    platform.web_domains = {"a.test"}
    good = link(platform)
    wrong = [
        link(platform, appid="wx0"),
        link(platform, scope="all"),
        link(platform, redirect_uri="https://b.test/"),
        good.replace(f"appid={platform.app_id}&", "") + f"&appid={platform.app_id}",
    ]
    assert [(await wire.get(address)).status_code for address in (good, *wrong)] == [302, 200, 200, 200, 200]
    platform.kind = "B"
    assert (await wire.get(good)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [("A", set()), ("B", {SCENE, TEMPLATE}), ("C", {SCENE, TEMPLATE, ONCE, MENU, "/cgi-bin/message/custom/send"})],
)
async def test_each_kind_of_account_lacks_what_it_lacks(
    platform: Platform, post: Call, kind: AccountKind, lacking: set[str]
) -> None:
    platform.kind = kind
    calls = [SCENE, TEMPLATE, ONCE, MENU, "/cgi-bin/message/custom/send"]
    assert {path for path in calls if (await post(path, b"{}"))["errcode"] == 48001} == lacking
    platform.lacks = {"menu"}
    assert (await post(MENU, b"{}"))["errcode"] == 48001


async def test_the_ticket_stays_until_its_end(
    platform: Platform, wire: httpx.AsyncClient, fetch: Call, clock: StillClock
) -> None:
    async def ticket() -> dict[str, Any]:
        query = {"access_token": (await fetch())["access_token"], "type": "jsapi"}
        data: dict[str, Any] = (await wire.get("/cgi-bin/ticket/getticket", params=query)).json()
        return data

    first = await ticket()
    clock.forward(seconds=7199)
    assert await ticket() == {**first, "expires_in": 1}
    clock.forward(seconds=1)
    assert (await ticket())["ticket"] != first["ticket"]
    assert len(platform.tickets_fetched) == 3


async def test_a_picture_is_where_its_push_says(platform: Platform, wire: httpx.AsyncClient) -> None:
    address, media_id = platform.add_picture(b"\x89PNG", type_="image/png")
    found = await wire.get(address)
    assert (found.content, found.headers["content-type"]) == (b"\x89PNG", "image/png")
    assert (await wire.get(address.replace(media_id, "media-0"))).status_code == 404


async def test_the_wrong_method_and_the_wrong_path(wire: httpx.AsyncClient) -> None:
    assert (await wire.get("/cgi-bin/stable_token")).json()["errcode"] == 43002
    assert (await wire.post("/cgi-bin/menu/get")).json()["errcode"] == 43001
    assert (await wire.get("/cgi-bin/none")).json()["errcode"] == 40066
