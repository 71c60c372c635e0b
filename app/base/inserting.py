"""Inserting what may be there already, on both databases."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.models import Base


def insert_or(
    session: AsyncSession, table: type[Base], *unique: str, values: dict[str, Any], change: dict[str, Any]
) -> postgresql.Insert | sqlite.Insert:
    """An INSERT of these values that changes the row instead where its `unique` columns are there already."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(table).values(values).on_conflict_do_update(index_elements=unique, set_=change)


def insert_new(session: AsyncSession, table: type[Base], *unique: str) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that skips rows whose `unique` columns are there already; of two at once the second waits and skips."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return insert(table).on_conflict_do_nothing(index_elements=unique)
