"""Names and phone numbers: read forgivingly, kept encrypted, shown masked until somebody asks and is recorded."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import AuditEntry, Who, note
from app.base.errors import Invalid
from app.base.keys import Keys
from app.seekers.models import Contact, Seeker

NAME_LENGTH = 30
RELATIONS = ("self", "family")
_SHOWN = "phone_shown"

# mobile numbers: 11 digits from 13 to 19 (工信部 电信网码号); fixed lines: area code of 3 or 4 digits, then 7 or 8
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"0(?:10|2[0-9])[0-9]{8}|0[3-9][0-9]{2}[0-9]{7,8}")
_COUNTRY = re.compile(r"^(?:\+86|0086|86(?=1[3-9][0-9]{9}$))")
_BETWEEN = re.compile(r"[\s\-—–_.·()（）]+")


def normalise_phone(text: str) -> str:
    """The digits of a mainland mobile or fixed number, without country code; Invalid otherwise.

    Full-width digits, spaces, dashes, brackets and +86 are forgiven.
    """
    digits = _COUNTRY.sub("", _BETWEEN.sub("", _plain(text)))
    if _MOBILE.fullmatch(digits) or _FIXED.fullmatch(digits):
        return digits
    if not digits:
        raise Invalid("请填写手机号，方便用人单位联系您。", field="phone")
    if re.fullmatch(r"[0-9]{7,8}", digits):
        raise Invalid("手机号是 11 位数字；座机请带上区号，例如 0556-5512345。", field="phone")
    raise Invalid("电话号码好像不对。手机号是11位数字，请检查后再填。", field="phone")


def clean_name(text: str) -> str:
    """A name of 1 to 30 characters with single spaces and nothing invisible; Invalid otherwise."""
    name = " ".join(_plain(text).split())
    if not any(unicodedata.category(character).startswith("L") for character in name):
        raise Invalid("请填写姓名。", field="name")
    if len(name) > NAME_LENGTH:
        raise Invalid(f"姓名最多{NAME_LENGTH}个字。", field="name")
    return name


def _plain(text: str) -> str:
    """Half-width, without control, format or unpaired surrogate characters; white space becomes a space."""
    spaced = "".join(" " if character.isspace() else character for character in text)
    kept = "".join(character for character in spaced if not unicodedata.category(character).startswith("C"))
    return unicodedata.normalize("NFKC", kept).strip()


def mask_phone(phone: str) -> str:
    """138****5678: enough to recognise one's own number, not enough to dial."""
    return f"{phone[:3]}****{phone[-4:]}"


async def contact_for(
    session: AsyncSession, seeker: Seeker, *, name: str, phone: str, relation: str = "self", keys: Keys, now: datetime
) -> Contact:
    """The seeker's contact with that phone, made when missing; a newly typed name replaces the old one.

    Looked up within this seeker only: a phone number proves nothing about who typed it.
    """
    if relation not in RELATIONS:
        raise Invalid("请选择是本人报名还是帮家人报名。", field="relation")
    secret_name, secret_phone = keys.encrypt(clean_name(name)), keys.encrypt(normalise_phone(phone))
    found = await _find(session, seeker, secret_phone)
    if found is None:
        contact = Contact(seeker_id=seeker.id, name=secret_name, phone=secret_phone, relation=relation, created_at=now)
        try:
            async with session.begin_nested():
                session.add(contact)
        except IntegrityError:  # the same form was sent twice at once, and the other one was first
            found = await _find(session, seeker, secret_phone)
        else:
            return contact
    if found is None:
        raise RuntimeError("a contact that exists was not found")
    found.name, found.relation = secret_name, relation
    return found


async def _find(session: AsyncSession, seeker: Seeker, phone: bytes) -> Contact | None:
    return await session.scalar(select(Contact).where(Contact.seeker_id == seeker.id, Contact.phone == phone))


def name_of(contact: Contact, keys: Keys) -> str:
    return keys.decrypt(contact.name)


def phone_of(contact: Contact, keys: Keys) -> str:
    """The whole number, for whoever may have it: see `reveal` and `shown_to`."""
    return keys.decrypt(contact.phone)


def masked_phone_of(contact: Contact, keys: Keys) -> str:
    return mask_phone(keys.decrypt(contact.phone))


def reveal(session: AsyncSession, contact: Contact, *, keys: Keys, who: Who, now: datetime) -> str:
    """The whole phone number; that it was shown, to whom and when goes into the audit log."""
    note(session, who, _SHOWN, thing=("contact", contact.id), now=now)
    return keys.decrypt(contact.phone)


async def shown_to(session: AsyncSession, who: Who, *, since: datetime) -> set[int]:
    """The contacts whose number this one has asked to see since then, by the audit log."""
    shown = select(AuditEntry.thing_id).where(
        AuditEntry.at >= since,
        AuditEntry.what == _SHOWN,
        AuditEntry.who_kind == who.kind,
        AuditEntry.who_id == who.id,
    )
    return {contact_id for contact_id in await session.scalars(shown) if contact_id is not None}
