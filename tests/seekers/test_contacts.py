"""Names and phone numbers: what is forgiven, what is refused, what is stored, what is shown."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.base.audit import AuditEntry, Who
from app.base.database import Database
from app.base.errors import Invalid
from app.base.keys import Keys
from app.seekers.contacts import (
    clean_name,
    contact_for,
    mask_phone,
    masked_phone_of,
    name_of,
    normalise_phone,
    phone_of,
    reveal,
    shown_to,
)
from app.seekers.models import Contact
from app.seekers.seekers import seeker_of_browser
from tests.cast import NOW

KEYS = Keys(b"a secret of the tests")


def taken(read: Callable[[str], str], typed: str) -> str | None:
    """What was read; None where it was refused in words."""
    try:
        return read(typed)
    except Invalid:
        return None


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13812345678", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("0556-5512345", "05565512345"),
        ("（0556）5512345", "05565512345"),
        ("010 12345678", "01012345678"),
        ("021-12345678", "02112345678"),
        ("0551 12345678", "055112345678"),
        ("138\u200b12345678", "13812345678"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, phone: str) -> None:
    assert normalise_phone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请填写手机号，方便用人单位联系您。"),
        ("  \u200b", "请填写手机号，方便用人单位联系您。"),
        ("5512345", "手机号是 11 位数字；座机请带上区号，例如 0556-5512345。"),
        ("1381234567", "电话号码好像不对。手机号是11位数字，请检查后再填。"),
        ("138123456789", "电话号码好像不对。手机号是11位数字，请检查后再填。"),
        ("12812345678", "电话号码好像不对。手机号是11位数字，请检查后再填。"),
        ("+1 212 555 0100", "电话号码好像不对。手机号是11位数字，请检查后再填。"),
        ("13812345678;drop", "电话号码好像不对。手机号是11位数字，请检查后再填。"),
        ("١٣٨١٢٣٤٥٦٧٨", "电话号码好像不对。手机号是11位数字，请检查后再填。"),
    ],
)
def test_another_is_refused_with_what_to_do(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        normalise_phone(typed)
    assert (refused.value.field, refused.value.sentence) == ("phone", sentence)


@given(st.text())
def test_whatever_is_typed_gives_digits_or_a_refusal(typed: str) -> None:
    phone = taken(normalise_phone, typed)
    if phone is not None:
        assert (phone.isascii(), phone.isdigit(), normalise_phone(phone)) == (True, True, phone)
        assert len(mask_phone(phone)) == 11


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王芳", "王芳"),
        ("  阿卜杜拉·买买提  ", "阿卜杜拉·买买提"),
        ("王\u202e芳\u0000", "王芳"),
        ("Ann\t\n Li", "Ann Li"),
        ("王" * 30, "王" * 30),
    ],
)
def test_a_name_is_cleaned(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "请填写姓名。"), (" \u3000", "请填写姓名。"), ("123", "请填写姓名。"), ("王" * 31, "姓名最多30个字。")],
)
def test_a_name_that_is_none_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_name(typed)
    assert (refused.value.field, refused.value.sentence) == ("name", sentence)


@given(st.text(alphabet=st.characters()))
def test_whatever_is_typed_as_a_name_can_be_kept(typed: str) -> None:
    name = taken(clean_name, typed)
    if name is not None:
        assert 1 <= len(name) <= 30
        assert KEYS.decrypt(KEYS.encrypt(name)) == name


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13812345678", "138****5678"), ("05565512345", "055****2345"), ("055112345678", "055****5678")],
)
def test_a_masked_number_cannot_be_dialled(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


async def test_a_contact_is_one_for_each_phone_of_a_seeker(database: Database) -> None:
    async with database.write() as session:
        seeker = await seeker_of_browser(session, "b", KEYS, now=NOW)
        first = await contact_for(session, seeker, name="王芳", phone="13812345678", keys=KEYS, now=NOW)
        same = await contact_for(session, seeker, name="王小芳", phone="138 1234 5678", keys=KEYS, now=NOW)
        other = await contact_for(
            session, seeker, name="王母", phone="13912345678", relation="family", keys=KEYS, now=NOW
        )
    assert (same.id == first.id, other.id == first.id) == (True, False)
    assert (name_of(same, KEYS), phone_of(same, KEYS), masked_phone_of(same, KEYS)) == (
        "王小芳",
        "13812345678",
        "138****5678",
    )
    async with database.read() as session:
        assert await session.scalar(select(func.count(Contact.id))) == 2


async def test_showing_a_number_is_remembered_for_who_asked_and_since_when(database: Database) -> None:
    asker, other = Who("desk", 1), Who("account", 1)
    async with database.write() as session:
        seeker = await seeker_of_browser(session, "b", KEYS, now=NOW)
        contact = await contact_for(session, seeker, name="王芳", phone="13812345678", keys=KEYS, now=NOW)
        assert reveal(session, contact, keys=KEYS, who=asker, now=NOW) == "13812345678"
    async with database.read() as session:
        assert await shown_to(session, asker, since=NOW) == {contact.id}
        assert await shown_to(session, other, since=NOW) == set()
        assert await shown_to(session, asker, since=NOW + timedelta(seconds=1)) == set()
        entry = (await session.scalars(select(AuditEntry))).one()
    assert (entry.what, entry.thing_kind, entry.thing_id, entry.detail) == ("phone_shown", "contact", contact.id, {})


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("mashang*")))


async def test_no_name_and_no_number_stand_readable_in_the_file(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    async with database.write() as session:
        seeker = await seeker_of_browser(session, "a browser's cookie", KEYS, now=NOW)
        contact = await contact_for(session, seeker, name="欧阳若兰", phone="13812345678", keys=KEYS, now=NOW)
        reveal(session, contact, keys=KEYS, who=Who("desk", 1), now=NOW)
    await database.close()
    written = everything_in(tmp_path)
    assert b"phone_shown" in written  # what was written is really in these bytes
    for secret in ("欧阳若兰", "若兰", "13812345678", "12345678", "a browser's cookie"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert secret.encode(encoding) not in written
