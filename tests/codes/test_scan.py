"""What goes into the ledger, and what is refused before it could harm others' scans."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codes.models import Code
from app.codes.scan import ScanRecord, legible, scan_of

NOW = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
PERSON = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.49"


def a_scan(**fields: Any) -> ScanRecord:
    usual: dict[str, Any] = {"at": NOW, "kind": "J", "token": "7K3M9Q", "event_id": 2, "listing_id": 5}
    return ScanRecord(**(usual | {"channel": "page", "visitor": "a" * 32, "crawler": False} | fields))


def test_a_known_code_is_recorded_with_what_it_stands_for() -> None:
    code = Code(token="7K3M9Q", event_id=2, listing_id=5)
    scan = scan_of(code, kind="J", token="7k3m9q", channel="page", visitor="a" * 32, user_agent=PERSON, now=NOW)
    assert scan == a_scan()


def test_an_unknown_token_is_recorded_too() -> None:
    scan = scan_of(None, kind="I", token="ZZZZZ工\0", channel="link", visitor="b", user_agent="curl/8.5.0", now=NOW)
    expected = a_scan(
        kind="I", token="ZZZZZ??", event_id=None, listing_id=None, channel="link", visitor="b", crawler=True
    )
    assert scan == expected


@given(st.text())
def test_whatever_stands_in_place_of_a_token_can_be_recorded(text: str) -> None:
    scan = scan_of(None, kind="J", token=text, channel="page", visitor="b", user_agent=PERSON, now=NOW)
    assert scan.token == legible(text)
    assert len(scan.token) == min(len(text), 12)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": NOW.replace(tzinfo=None)},
        {"kind": "X"},
        {"kind": ""},
        {"channel": "fax"},
        {"token": "7K3M9Q7K3M9Q7"},
        {"token": "7K3\0M9"},
        {"visitor": "a" * 33},
        {"visitor": "访客"},
        {"visitor": "\ud800"},
    ],
    ids=repr,
)
def test_what_the_database_would_refuse_is_no_scan(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        a_scan(**wrong)
