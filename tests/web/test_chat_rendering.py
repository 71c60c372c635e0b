"""Parts of a reply: the same to a page, to a program, and out of the transcript."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.chat.parts import job_keys, keep, recall
from app.chat.transcript import Line
from app.web.chat.greeting import EXAMPLES, greeting
from app.web.chat.rendering import is_safe, part_json, shown
from bot.job import Job
from bot.reply import Card, Cards, Choices, Image, Link, Part, Text
from bot.terms.pay import Pay

NOON = datetime(2026, 3, 6, 4, 0, tzinfo=UTC)
JOB = Job(
    key="7", number="103", employer="独秀纺织", title="保安", pay=Pay(3000, 4000, "month"), path="", state="published"
)
PATHS = {"7": ("/JABCDEF", "/IABCDEF")}
WITH_PATHS = replace(JOB, path="/JABCDEF", interview_path="/IABCDEF")

PARTS: list[tuple[Part, dict[str, Any]]] = [
    (Text("您好"), {"type": "text", "text": "您好"}),
    (Choices(("换一批", "怎么用")), {"type": "choices", "labels": ["换一批", "怎么用"]}),
    (Link("看原文", "/policies/1"), {"type": "link", "label": "看原文", "path": "/policies/1"}),
    (Image("/qr/1.png", "二维码"), {"type": "image", "path": "/qr/1.png", "alt": "二维码"}),
]
CARDS = Cards((Card(WITH_PATHS, ("工资符合",), 2),))


@pytest.mark.parametrize(("part", "as_json"), PARTS)
def test_a_part_is_kept_and_told_as_it_is(part: Part, as_json: dict[str, Any]) -> None:
    kept = keep(part, PATHS)
    assert (kept, part_json(part), recall(kept, {})) == (as_json, as_json, part)


def test_a_card_keeps_which_job_it_was_and_no_copy_of_it() -> None:
    kept = keep(Cards((Card(JOB, ("工资符合",), 2),)), PATHS)
    card = {"job": "7", "reasons": ["工资符合"], "ordinal": 2, "paths": ["/JABCDEF", "/IABCDEF"]}
    assert kept == {"type": "cards", "cards": [card]}
    assert (job_keys([kept]), recall(kept, {"7": JOB})) == (["7"], CARDS)


def test_a_card_whose_job_is_gone_is_gone() -> None:
    assert recall(keep(CARDS, PATHS), {}) == Cards(())


def test_a_card_tells_a_program_where_its_codes_lead_and_no_inner_number() -> None:
    assert part_json(CARDS) == {
        "type": "cards",
        "cards": [
            {
                "ordinal": 2,
                "job": WITH_PATHS.as_json(),
                "reasons": ["工资符合"],
                "open": True,
                "path": "/JABCDEF",
                "interview_path": "/IABCDEF",
            }
        ],
    }


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("/JABCDEF", True),
        ("https://www.anqing.gov.cn/1", True),
        ("http://10.0.0.1/", True),
        ("//evil.test", False),
        ("/\\evil.test", False),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,1", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_link_leads_nowhere_that_runs(address: str, *, safe: bool) -> None:
    line = Line(at=NOON, from_seeker=False, text="x", parts=(Link("看", address),))
    (shown_line,) = shown([line], now=NOON)
    assert (is_safe(address), shown_line.parts[0][0]) == (safe, "link" if safe else "text")


def test_the_time_stands_after_a_pause() -> None:
    moments = [NOON, NOON + timedelta(minutes=5), NOON + timedelta(minutes=11), NOON + timedelta(days=1)]
    lines = [Line(at=moment, from_seeker=True, text="谢谢", parts=()) for moment in moments]
    now = NOON + timedelta(days=1, minutes=1)
    assert [line.time for line in shown(lines, now=now)] == ["3月6日 12:00", None, "3月6日 12:11", "12:00"]
    assert [line.time for line in shown(lines[:1], now=now, since=NOON)] == [None]


def test_a_line_without_words_is_not_shown() -> None:
    erased = Line(at=NOON, from_seeker=True, text="", parts=())
    assert shown([erased], now=NOON) == []


def test_the_greeting_offers_no_search_that_must_fail() -> None:
    some, none = greeting(3), greeting(0)
    assert [part for _, part in some.parts][1:] == [Text("现在有3个岗位在招人。"), Choices(EXAMPLES)]
    assert [part for _, part in none.parts][2] == Choices(("怎么用",))
