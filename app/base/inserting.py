"""Inserting what may be there already, on both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.models import Base


def insert_new(session: AsyncSession, table: type[Base], *unique: str) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that skips rows whose `unique` columns are there already; of two at once the second waits and skips."""
    return _insert(session, table).on_conflict_do_nothing(index_elements=unique)


def upsert(
    session: AsyncSession, table: type[Base], *unique: str, values: dict[str, Any], change: dict[str, Any]
) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of these values that changes the row instead where its `unique` columns are there already."""
    return _insert(session, table).values(values).on_conflict_do_update(index_elements=unique, set_=change)


def _insert(session: AsyncSession, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
