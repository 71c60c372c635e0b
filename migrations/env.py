"""Runs the steps on SQLite and on PostgreSQL; called by app.base.schema."""

from pathlib import Path

from alembic import context
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.pool import NullPool

import app.base.audit
import app.base.outbox
import app.chat.models
import app.chat.news_models
import app.chat.people_models
import app.chat.vocabulary
import app.codes.models
import app.interviews.models
import app.live.models
import app.policies.models
import app.postings.models
import app.wechat.models
import app.wechat.visit_models  # noqa: F401 - models register themselves with the metadata
from app.base.database import ledger_path
from app.base.models import Base


def sync_engine(address: str) -> Engine:
    url = make_url(address)
    url = url.set(drivername={"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[url.get_backend_name()])
    engine = create_engine(url, poolclass=NullPool)
    if url.get_backend_name() == "sqlite":
        ledger = ledger_path(url.database)
        event.listen(engine, "connect", lambda connection, _: attach(connection, ledger))
    return engine


def attach(connection: object, ledger: Path) -> None:
    connection.execute("ATTACH DATABASE ? AS ledger", (str(ledger),))  # type: ignore[attr-defined]


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """What models and database are compared by. The full-text index is no model: each database has its own kind."""
    if kind == "schema":
        return name in {None, "ledger"}
    return kind != "table" or name is None or not name.startswith("search_index")


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # two processes that start at once: the second waits, then finds nothing to do
        connection.execute(text("SELECT pg_advisory_xact_lock(20210209)"))
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS ledger"))
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_schemas=True,
        include_name=is_ours,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


with sync_engine(context.config.attributes["url"]).begin() as opened:
    run(opened)
