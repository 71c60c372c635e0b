"""Counts the statements that an application sends, on all its connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from sqlalchemy import event

from tests.cast import database_of


@contextmanager
def counted(app: FastAPI) -> Iterator[list[str]]:
    """The statements sent while the block runs, but for those that begin a transaction."""
    statements: list[str] = []
    database = database_of(app)
    engines = {database._writer.sync_engine, database._reader.sync_engine}

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
