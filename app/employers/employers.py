"""Employers of a centre: found by what their name says, made where there is none."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.errors import Invalid
from app.base.ids import new_public_id
from app.base.slices import slices
from app.employers.models import Employer

_NAME_LENGTH = 120
# under the least number of variables a statement may have (SQLite before 3.32: 999), at six a row
_AT_ONCE = 150


def name_key(name: str) -> str:
    """What two spellings of a name share: no spaces, half-width brackets, letters and figures (Unicode NFKC)."""
    plain = unicodedata.normalize("NFKC", clean_name(name))
    closed = "".join(plain.split()).casefold()
    # once more, since letters and accents that a space kept apart have met
    return unicodedata.normalize("NFKC", closed)[:_NAME_LENGTH]


def clean_name(name: str) -> str:
    """The name on one line, without control characters."""
    visible = "".join(sign if unicodedata.category(sign) not in {"Cc", "Cs"} else " " for sign in name)
    return " ".join(visible.split())


async def get_or_create(
    session: AsyncSession, *, centre_id: int, name: str, uscc: str | None, now: datetime
) -> Employer:
    """The centre's employer of that name. A code (uscc) that was not known yet is kept; a known one stays."""
    found = await get_or_create_many(session, [(name, uscc)], centre_id=centre_id, now=now)
    return found[name]


async def get_or_create_many(
    session: AsyncSession, named: Iterable[tuple[str, str | None]], *, centre_id: int, now: datetime
) -> dict[str, Employer]:
    """Employers by the name as given, for (name, uscc) pairs; spellings of one name give the same row.

    Three statements for each 150 names. Raises Invalid for a name that is empty or longer than 120 characters.
    """
    wanted: dict[str, tuple[str, str | None]] = {}
    keys: dict[str, str] = {}
    for name, uscc in named:
        key = _key_of(name)
        keys[name] = key
        first, known = wanted.get(key, (clean_name(name), None))
        wanted[key] = (first, known or uscc)
    rows: dict[str, Employer] = {}
    for some in slices(wanted, size=_AT_ONCE):
        rows |= await _rows(session, {key: wanted[key] for key in some}, centre_id=centre_id, now=now)
    return {name: rows[key] for name, key in keys.items()}


def _key_of(name: str) -> str:
    key = name_key(name)
    if not key or len(clean_name(name)) > _NAME_LENGTH:
        raise Invalid(f"单位名称要填，最多 {_NAME_LENGTH} 个字。", field="employer")
    return key


async def _rows(
    session: AsyncSession, wanted: dict[str, tuple[str, str | None]], *, centre_id: int, now: datetime
) -> dict[str, Employer]:
    found = await _known(session, wanted, centre_id=centre_id)
    missing = [key for key in wanted if key not in found]
    if missing:
        await _insert(session, {key: wanted[key] for key in missing}, centre_id=centre_id, now=now)
        found |= await _known(session, missing, centre_id=centre_id)
    for key, employer in found.items():
        if employer.uscc is None:
            employer.uscc = wanted[key][1]
    return found


async def _known(session: AsyncSession, keys: Iterable[str], *, centre_id: int) -> dict[str, Employer]:
    query = select(Employer).where(Employer.centre_id == centre_id, Employer.name_key.in_(list(keys)))
    return {employer.name_key: employer for employer in await session.scalars(query)}


async def _insert(
    session: AsyncSession, wanted: dict[str, tuple[str, str | None]], *, centre_id: int, now: datetime
) -> None:
    """Two imports at once may bring the same employer: the second one's row gives way."""
    values = [
        {
            "public_id": new_public_id(),
            "centre_id": centre_id,
            "name": name,
            "name_key": key,
            "uscc": uscc,
            "created_at": now,
        }
        for key, (name, uscc) in wanted.items()
    ]
    key_columns = ["centre_id", "name_key"]
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(
            postgresql.insert(Employer).values(values).on_conflict_do_nothing(index_elements=key_columns)
        )
    else:
        await session.execute(sqlite.insert(Employer).values(values).on_conflict_do_nothing(index_elements=key_columns))
