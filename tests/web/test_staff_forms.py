"""What staff send in forms, read as what it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from app.base.errors import AppError, Invalid
from app.base.ids import new_public_id
from app.web.staff.forms import TooLarge, bounded_form, form_key, number_in

PLAIN = b"application/x-www-form-urlencoded"


def sent(*pieces: bytes, kind: bytes = PLAIN, declared: bytes | None = None) -> Request:
    """A request whose body arrives in those pieces."""
    waiting = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Message:
        return waiting.pop(0)

    headers = [(b"content-type", kind)] + ([(b"content-length", declared)] if declared else [])
    # with an application behind it, a broken form is an answer and no failure
    return Request({"type": "http", "method": "POST", "headers": headers, "app": object()}, receive)


async def test_a_form_is_read_as_it_arrives() -> None:
    async with bounded_form(sent(b"name=%E7%84%8A", b"%E5%B7%A5&page=2")) as form:
        assert form.multi_items() == [("name", "焊工"), ("page", "2")]


@pytest.mark.parametrize(
    ("request_", "kind", "status"),
    [
        (sent(b"a=1", declared=b"101"), TooLarge, 413),
        (sent(b"a=" + b"1" * 60, b"1" * 60), TooLarge, 413),
        (sent(b"a", kind=b"multipart/form-data; boundary=x"), Invalid, 422),
        (sent(b"a", kind=b"multipart/form-data"), Invalid, 422),
    ],
)
async def test_too_much_is_refused_by_its_length_or_while_it_comes(
    request_: Request, kind: type[AppError], status: int
) -> None:
    with pytest.raises(kind) as refused:
        async with bounded_form(request_, most=100):
            pass
    assert refused.value.status == status


@given(st.text(max_size=14) | st.none() | st.integers())
def test_a_forms_key_is_twelve_plain_signs_or_drawn_anew(typed: object) -> None:
    key = form_key(typed)
    assert (len(key), key.isascii(), key.isalnum()) == (12, True, True)
    assert form_key(key) == key


def test_what_the_page_drew_is_kept() -> None:
    drawn = new_public_id()
    assert [form_key(drawn), form_key(drawn + "x") == drawn + "x", form_key(f"{drawn[:11]}/")[11] == "/"] == [
        drawn,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("7", 7),
        ("00000012", 12),
        ("123456789", 1),
        ("-1", 1),
        ("1.5", 1),
        ("", 1),
        ("２", 1),
        ("²", 1),
        (None, 1),
        (3, 1),
    ],
)
def test_numbers_have_up_to_eight_digits(typed: object, number: int) -> None:
    assert number_in(typed, default=1) == number
