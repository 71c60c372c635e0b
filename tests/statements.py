"""Counts the statements that a database's sessions send: a page's number of them must not grow with its rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app.base.database import Database


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The statements sent while the block runs, but for those that begin a transaction.

    The scan ledger has connections of its own, and is not heard.
    """
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    # on PostgreSQL the reading engine is the writing one with an option, and hears all that is sent
    engines = {database.engine.sync_engine} | ({database._reader.sync_engine} if database.is_sqlite else set())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
