"""Which entry a question gets: by matter, by place, by day."""

from datetime import date
from typing import Any

import pytest

from bot.answers.book import Book, answer_of
from bot.answers.entry import Entry, lies_in
from bot.desk import Answer, WhichPlace

TODAY = date(2026, 3, 6)


def entry(key: str, *divisions: str, **changes: Any) -> Entry:
    fields: dict[str, Any] = {"topic": "policy", "title": "探亲补贴", "words": ("探亲补贴怎么领",), "text": key}
    return Entry(key=key, divisions=divisions, **{**fields, **changes})


def asked(
    *entries: Entry, question: str = "探亲补贴怎么领", places: tuple[str, ...] = (), subject: str | None = None
) -> Answer | WhichPlace | None:
    return Book(entries).answer(question, topic="policy", divisions=places, subject=subject, today=TODAY)


def told(*entries: Entry, **how: Any) -> str | None:
    """The text of the answer; None where there is none."""
    found = asked(*entries, **how)
    assert not isinstance(found, WhichPlace)
    return found.text if found else None


TONGCHENG, YIXIU, CITY = entry("桐城", "340881"), entry("宜秀", "340811"), entry("全市", "340800")
EVERYWHERE = entry("各地")


@pytest.mark.parametrize(
    ("entries", "places", "text"),
    [
        ((EVERYWHERE,), (), "各地"),
        ((EVERYWHERE,), ("340100",), "各地"),
        ((CITY,), (), "全市"),
        ((CITY,), ("340822",), "全市"),
        ((TONGCHENG, YIXIU), ("340811",), "宜秀"),
        ((TONGCHENG, CITY), ("340881",), "桐城"),
        ((TONGCHENG, CITY), ("340822",), "全市"),
        ((TONGCHENG, CITY), (), "全市"),
        ((TONGCHENG, YIXIU), ("340822", "340881"), "桐城"),
    ],
)
def test_the_most_exact_entry_for_the_place_is_told(
    entries: tuple[Entry, ...], places: tuple[str, ...], text: str
) -> None:
    assert told(*entries, places=places) == text


@pytest.mark.parametrize("places", [(), ("340800",)])
def test_where_it_differs_the_district_is_asked(places: tuple[str, ...]) -> None:
    assert asked(TONGCHENG, YIXIU, places=places) == WhichPlace(
        subject="whole:宜秀", title="探亲补贴", places=("宜秀区", "桐城市")
    )


@pytest.mark.parametrize(("place", "name"), [("340822", "怀宁县"), ("340100", "合肥市"), ("999999", "999999")])
def test_a_district_without_an_answer_is_named(place: str, name: str) -> None:
    found = asked(TONGCHENG, YIXIU, places=(place,))
    assert isinstance(found, WhichPlace)
    assert (found.missing, found.places) == (name, ("宜秀区", "桐城市"))


def test_a_matter_that_is_over_everywhere_says_so_before_it_asks() -> None:
    over = {"valid_until": date(2021, 2, 17), "period": "2021年春节期间"}
    found = asked(entry("a", "340881", **over), entry("b", "340811", **over))
    assert isinstance(found, WhichPlace)
    assert (found.expired, found.period) == (True, "2021年春节期间")


def test_what_holds_now_goes_before_what_will_and_what_did() -> None:
    past = entry("去年", valid_until=date(2025, 12, 31))
    coming = entry("明年", valid_from=date(2027, 1, 1))
    assert told(past, coming, entry("今年", valid_until=TODAY)) == "今年"
    assert told(past, coming) == "明年"
    assert told(past, entry("前年", valid_until=date(2024, 12, 31))) == "去年"


def test_the_centres_own_goes_before_its_citys() -> None:
    assert told(entry("市", is_own=False), entry("县")) == "县"


def test_the_last_day_still_counts() -> None:
    ends = entry("a", valid_until=TODAY)
    days = [date(2026, 3, 6), date(2026, 3, 7)]
    assert [answer_of(ends, day).expired for day in days] == [False, True]


def test_a_day_to_come_is_told_and_one_gone_by_is_not() -> None:
    begins = entry("a", valid_from=TODAY)
    assert [answer_of(begins, day).valid_from for day in (date(2026, 3, 5), TODAY)] == [TODAY, None]


@pytest.mark.parametrize(
    ("question", "places", "text"),
    [
        ("宜秀的呢", ("340811",), "宜秀"),
        ("怎么领", (), "桐城"),
        ("要什么条件", (), "桐城"),
        ("社保补贴呢", ("340811",), None),
        ("天气怎么样", (), None),
    ],
)
def test_what_names_no_matter_goes_on_with_the_one_spoken_of(
    question: str, places: tuple[str, ...], text: str | None
) -> None:
    assert told(TONGCHENG, YIXIU, question=question, places=places, subject="桐城") == text


def test_a_matter_asked_about_and_not_told_yet_is_asked_about_again() -> None:
    found = asked(TONGCHENG, YIXIU, question="怎么领", subject="whole:宜秀")
    assert isinstance(found, WhichPlace)
    assert told(TONGCHENG, YIXIU, question="桐城", places=("340881",), subject="whole:宜秀") == "桐城"


def test_a_matter_that_was_withdrawn_meanwhile_is_gone() -> None:
    assert asked(YIXIU, question="怎么领", subject="gone") is None
    assert asked(YIXIU, question="怎么领", subject=None) is None


def test_the_topic_decides_between_equals_only() -> None:
    right = entry("维权", topic="rights", title="探亲假", words=("探亲补贴怎么领",))
    book = Book((right, EVERYWHERE))
    found = [
        book.answer("探亲补贴怎么领", topic=topic, divisions=(), subject=None, today=TODAY)
        for topic in ("policy", "rights", "training")
    ]
    assert [answer.text for answer in found if isinstance(answer, Answer)] == ["各地", "维权", "维权"]


@pytest.mark.parametrize(
    ("code", "division", "inside"),
    [
        ("340881", "340881", True),
        ("340881", "340800", True),
        ("340800", "340881", False),
        ("340881", "340000", True),
        ("340100", "340800", False),
        ("000000", "340800", False),
    ],
)
def test_a_division_lies_in_itself_and_in_those_above(code: str, division: str, inside: bool) -> None:  # noqa: FBT001 - a case's own expectation
    assert lies_in(code, division) == inside


def test_what_differs_by_place_says_so() -> None:
    alone, two = asked(TONGCHENG, places=("340881",)), asked(TONGCHENG, YIXIU, places=("340881",))
    assert isinstance(alone, Answer)
    assert isinstance(two, Answer)
    assert (alone.differs, two.differs) == (False, True)
