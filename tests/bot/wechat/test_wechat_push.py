"""Every kind of push, as the platform's documents show it."""

from typing import Any

import pytest

from bot.wechat import Malformed, Push, fields, read_push

WHO = {"ToUserName": "gh_10f6c3c3ac5a", "FromUserName": "oyORnuP8q7ou2gfYjqLzSIWZf0rs", "CreateTime": "1409735668"}


def message(form: str, **more: str) -> dict[str, str]:
    return {**WHO, "MsgType": form, "MsgId": "6054768590064713728", **more}


def event(name: str, **more: str) -> dict[str, str]:
    return {**WHO, "MsgType": "event", "Event": name, **more}


def expected(kind: Any, *, key: str = "6054768590064713728", **more: Any) -> Push:
    return Push(kind=kind, sender=WHO["FromUserName"], account=WHO["ToUserName"], at=1409735668, key=key, **more)


PICTURE = "http://mmbiz.qpic.cn/a/0"
MESSAGES = [
    (message("text", Content="找焊工"), expected("text", text="找焊工")),
    (message("text"), expected("text")),
    (message("TEXT", Content=" 103 \n"), expected("text", text=" 103 \n")),
    (message("image", PicUrl=PICTURE, MediaId="m"), expected("image", picture=PICTURE)),
    (message("voice", MediaId="m", Format="amr", Recognition="找焊工"), expected("voice")),
    (message("video", MediaId="m", ThumbMediaId="t"), expected("video")),
    (message("shortvideo", MediaId="m", ThumbMediaId="t"), expected("video")),
    (
        message("link", Title="焊工", Description="招人", Url="https://a.cn/J1"),
        expected("link", text="https://a.cn/J1"),
    ),
    (message("file", Title="简历.docx", FileTotalLen="1"), expected("file")),
    (
        message("location", Location_X="30.51", Location_Y="117.05", Scale="15", Label="安庆市宜秀区"),
        expected("location", latitude=30.51, longitude=117.05, label="安庆市宜秀区"),
    ),
    (message("hologram", Content="x"), expected("other")),
    ({**WHO, "MsgType": "hologram"}, expected("other", key="1409735668 hologram ")),
]


@pytest.mark.parametrize(("said", "push"), MESSAGES, ids=[said["MsgType"] for said, _ in MESSAGES])
def test_messages(said: dict[str, str], push: Push) -> None:
    assert read_push(said) == push


EVENTS = [
    (event("subscribe"), expected("follow", key="1409735668 subscribe ")),
    (
        event("subscribe", EventKey="qrscene_J7K3M9Q", Ticket="t"),
        expected("follow", key="1409735668 subscribe qrscene_J7K3M9Q", scene="J7K3M9Q", event_key="qrscene_J7K3M9Q"),
    ),
    (
        event("subscribe", EventKey="last_trade_no_1"),
        expected("follow", key="1409735668 subscribe last_trade_no_1", event_key="last_trade_no_1"),
    ),
    (
        event("subscribe", EventKey="qrscene_"),
        expected("follow", key="1409735668 subscribe qrscene_", event_key="qrscene_"),
    ),
    (event("unsubscribe", EventKey=""), expected("unfollow", key="1409735668 unsubscribe ")),
    (
        event("SCAN", EventKey="J7K3M9Q", Ticket="t"),
        expected("scan", key="1409735668 SCAN J7K3M9Q", scene="J7K3M9Q", event_key="J7K3M9Q"),
    ),
    (event("scan"), expected("scan", key="1409735668 scan ")),
    (event("CLICK", EventKey="human"), expected("click", key="1409735668 CLICK human", event_key="human")),
    (
        event("VIEW", EventKey="https://a.cn/jobs", MenuId="1"),
        expected("view", key="1409735668 VIEW https://a.cn/jobs", event_key="https://a.cn/jobs"),
    ),
    (event("LOCATION", Latitude="23.1", Longitude="113.3"), expected("other", key="1409735668 LOCATION ")),
    (event("TEMPLATESENDJOBFINISH", MsgID="1"), expected("other", key="1409735668 TEMPLATESENDJOBFINISH ")),
    (event("scancode_push", EventKey="k"), expected("other", key="1409735668 scancode_push k", event_key="k")),
]


@pytest.mark.parametrize(("said", "push"), EVENTS, ids=[said["Event"] for said, _ in EVENTS])
def test_events(said: dict[str, str], push: Push) -> None:
    assert read_push(said) == push


def test_two_events_of_one_second_are_two_and_a_repeated_one_is_one() -> None:
    pushes = [
        event("subscribe"),
        event("SCAN", EventKey="J1"),
        event("SCAN", EventKey="I1"),
        event("CLICK", EventKey="J1"),
    ]
    assert len({read_push(said).key for said in pushes}) == 4
    assert read_push(pushes[1]).key == read_push(dict(pushes[1])).key


@pytest.mark.parametrize(
    "place",
    [
        ("", ""),
        ("nan", "117"),
        ("30.5", "inf"),
        ("91", "117"),
        ("30.5", "-180.5"),
        ("30.5", ""),
        ("1e1", "1"),
        ("3_0", "117"),
        ("３０", "117"),
        ("0x1", "1"),
        ("30.5.1", "117"),
        ("30", "1" * 5000),
    ],
)
def test_a_location_that_is_none_keeps_its_label_only(place: tuple[str, str]) -> None:
    said = message("location", Location_X=place[0], Location_Y=place[1], Label="宜秀区")
    assert read_push(said) == expected("location", label="宜秀区")


@pytest.mark.parametrize("place", [("-90", "180"), ("0", "-0.0"), ("+30.5"[1:], "117")])
def test_the_ends_of_the_earth_are_places(place: tuple[str, str]) -> None:
    push = read_push(message("location", Location_X=place[0], Location_Y=place[1]))
    assert (push.latitude, push.longitude) == (float(place[0]), float(place[1]))


@pytest.mark.parametrize(
    "missing",
    [
        {"FromUserName": ""},
        {"FromUserName": " "},
        {"FromUserName": "o" * 65},
        {"FromUserName": "有人"},
        {"FromUserName": "a b"},
        {"ToUserName": ""},
        {"ToUserName": "g\nh"},
        {"CreateTime": ""},
        {"CreateTime": "soon"},
        {"CreateTime": "-1"},
        {"CreateTime": "1.5"},
        {"CreateTime": "１"},
        {"CreateTime": "9" * 5000},
        {"MsgType": ""},
        {"Event": " "},
    ],
)
def test_what_says_not_from_whom_when_or_what_is_malformed(missing: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        read_push(event("SCAN") | missing)


@pytest.mark.parametrize("field", ["FromUserName", "ToUserName", "CreateTime", "MsgType", "Event"])
def test_what_is_not_there_at_all_is_malformed(field: str) -> None:
    said = event("SCAN")
    del said[field]
    with pytest.raises(Malformed):
        read_push(said)


def test_an_encrypted_push_without_its_key_is_malformed() -> None:
    with pytest.raises(Malformed):
        read_push(fields(b"<xml><ToUserName>gh_1</ToUserName><Encrypt>AAAA</Encrypt></xml>"))
