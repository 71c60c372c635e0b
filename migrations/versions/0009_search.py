"""Full text of postings, with what is there already."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from app.postings.benefits import ORDER
from app.postings.terms import terms_of

revision = "0009"
down_revision = "0008"

_AT_ONCE = 1_000
_OLD = """
    SELECT postings.id, title, name, description, division, benefits
    FROM postings JOIN employers ON employers.id = postings.employer_id
    WHERE postings.id > :last ORDER BY postings.id LIMIT :most
"""


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        options = "tokenize = 'ascii', detail = none, columnsize = 0"
        op.execute(f"CREATE VIRTUAL TABLE search_index USING fts5 (words, {options})")
        insert = sa.text("INSERT INTO search_index (rowid, words) VALUES (:id, :words)")
    else:
        posting = sa.ForeignKey("postings.id", ondelete="CASCADE")
        op.create_table(
            "search_index",
            sa.Column("posting_id", sa.Integer, posting, primary_key=True),
            sa.Column("words", TSVECTOR, nullable=False),
        )
        op.create_index("ix_search_index_words", "search_index", ["words"], postgresql_using="gin")
        words = "array_to_tsvector(string_to_array(:words, ' '))"
        insert = sa.text(f"INSERT INTO search_index (posting_id, words) VALUES (:id, {words})")  # noqa: S608 - our own text
    _index_what_is_there(op.get_bind(), insert)


def _index_what_is_there(connection: sa.Connection, insert: sa.TextClause) -> None:
    last = 0
    while old := connection.execute(sa.text(_OLD), {"last": last, "most": _AT_ONCE}).all():
        connection.execute(insert, [{"id": row.id, "words": " ".join(_terms(row))} for row in old])
        last = old[-1].id


def _terms(row: sa.Row[Any]) -> list[str]:
    benefits = [name for place, name in enumerate(ORDER) if row.benefits >> place & 1]
    return terms_of(row.title, row.name, row.description, row.division, benefits)


def downgrade() -> None:
    op.execute("DROP TABLE search_index")
