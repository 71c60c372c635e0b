"""How many messages a person may be sent, by the clock."""

from typing import Any

import pytest

from tests.conftest import StillClock
from tests.wechat_platform.conftest import Call
from tests.wechat_platform.platform import Platform

SEND = "/cgi-bin/message/custom/send"


def words(openid: str = "o1", text: str = "轮到您了") -> dict[str, Any]:
    return {"touser": openid, "msgtype": "text", "text": {"content": text}}


async def codes(post: Call, times: int) -> list[int]:
    return [(await post(SEND, words()))["errcode"] for _ in range(times)]


async def test_who_wrote_may_be_sent_five_within_48_hours(platform: Platform, post: Call, clock: StillClock) -> None:
    platform.said("o1")
    clock.forward(hours=47, minutes=59)
    assert await codes(post, 6) == [0, 0, 0, 0, 0, 45047]
    assert [sent.text for sent in platform.sent_to("o1")] == ["轮到您了"] * 5
    assert [(breach.code, breach.openid) for breach in platform.breaches] == [(45047, "o1")]
    # what was left is not added up
    platform.said("o1")
    platform.said("o1")
    assert await codes(post, 6) == [0, 0, 0, 0, 0, 45047]


async def test_48_hours_later_the_window_is_closed(platform: Platform, post: Call, clock: StillClock) -> None:
    platform.said("o1")
    clock.forward(hours=48)
    assert await codes(post, 1) == [45015]
    assert [breach.code for breach in platform.breaches] == [45015]
    assert platform.sent == []


async def test_who_tapped_may_be_sent_three_within_a_minute(platform: Platform, post: Call, clock: StillClock) -> None:
    platform.tapped("o1")
    clock.forward(seconds=59)
    assert await codes(post, 4) == [0, 0, 0, 45047]
    platform.tapped("o1")
    clock.forward(minutes=1)
    assert await codes(post, 1) == [45015]


async def test_the_two_windows_stand_side_by_side(platform: Platform, post: Call, clock: StillClock) -> None:
    platform.said("o1")
    platform.tapped("o1")
    assert platform.users["o1"].left(clock()) == 8
    assert await codes(post, 9) == [0] * 8 + [45047]


async def test_who_does_not_follow_any_more_is_sent_nothing(platform: Platform, post: Call) -> None:
    platform.said("o1")
    platform.unfollow("o1")
    assert await codes(post, 1) == [43004]
    platform.follow("o1")
    assert await codes(post, 1) == [0]
    assert platform.breaches == []


async def test_nobody_knows_a_stranger(post: Call) -> None:
    assert (await post(SEND, words("o2")))["errcode"] == 40003


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (words(text="字" * 682 + "ab"), 0),
        (words(text="字" * 683), 45002),
        (words(text=""), 44004),
        ({**words(), "msgtype": "hologram"}, 40008),
        ({**words(), "touser": ""}, 40003),
        ({"touser": "o1", "msgtype": "text"}, 47001),
        (b"", 44002),
        (b'{"touser": "o1"', 47001),
        (b"[]", 47001),
        (b'{"touser": "\xff"}', 47001),
        ({"touser": "o1", "msgtype": "news", "news": {"articles": [{"title": "a"}]}}, 0),
        ({"touser": "o1", "msgtype": "news", "news": {"articles": [{"title": "a"}, {"title": "b"}]}}, 45008),
        ({"touser": "o1", "msgtype": "news", "news": {"articles": []}}, 44003),
        ({"touser": "o1", "msgtype": "image", "image": {"media_id": "none"}}, 40007),
    ],
)
async def test_a_message_is_checked(platform: Platform, post: Call, body: dict[str, Any] | bytes, code: int) -> None:
    platform.said("o1")
    assert (await post(SEND, body))["errcode"] == code
    assert len(platform.sent) == (code == 0)
    # what is refused costs nothing
    assert platform.users["o1"].left(platform.clock()) == 5 - (code == 0)


async def test_escaped_chinese_is_taken_and_noted(platform: Platform, post: Call) -> None:
    platform.said("o1")
    escaped = rb'{"touser": "o1", "msgtype": "text", "text": {"content": "\u4f60\u597d"}}'
    assert (await post(SEND, escaped))["errcode"] == 0
    assert [(breach.code, breach.why) for breach in platform.breaches] == [(0, "escaped text is seen as it stands")]
    doubled = rb'{"touser": "o1", "msgtype": "text", "text": {"content": "\\u4f60 \u0001 \n"}}'
    assert (await post(SEND, doubled))["errcode"] == 0
    assert len(platform.breaches) == 1


async def test_a_day_and_a_minute_have_their_limits(platform: Platform, post: Call, clock: StillClock) -> None:
    platform.said("o1")
    platform.limits.minutely[SEND] = 1
    platform.limits.daily[SEND] = 2
    assert await codes(post, 2) == [0, 45011]
    clock.forward(minutes=1)
    assert await codes(post, 1) == [0]
    clock.forward(minutes=1)
    assert await codes(post, 1) == [45009]
    # the day ends at midnight in Shanghai, which is five hours off
    clock.forward(hours=4, minutes=57)
    assert await codes(post, 1) == [45009]
    clock.forward(minutes=1)
    assert await codes(post, 1) == [0]
    assert [breach.code for breach in platform.breaches] == [45011, 45009, 45009]
