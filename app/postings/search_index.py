"""The full-text index of postings: written with the posting, asked for the ids of postings.

A virtual table of FTS5 on SQLite, where the row's id is the posting's, a `tsvector` with a GIN index on PostgreSQL.
Both hold what `app.postings.terms` makes of title, employer and description; whoever writes one of these calls
`index_postings` in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Label, Subquery, column, literal_column, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.slices import slices
from app.employers.models import Employer
from app.postings.models import Posting
from app.postings.terms import DESCRIPTION, EMPLOYER, TITLE, query_of, terms_of
from bot.sought import Sought

_INSERT = {
    "sqlite": text("INSERT OR REPLACE INTO search_index (rowid, words) VALUES (:id, :words)"),
    "postgresql": text(
        "INSERT INTO search_index (posting_id, words) VALUES (:id, array_to_tsvector(string_to_array(:words, ' ')))"
        " ON CONFLICT (posting_id) DO UPDATE SET words = excluded.words"
    ),
}
_MOST_KEYWORDS = 6
_MOST_WORDS = 40


async def index_postings(session: AsyncSession, posting_ids: Sequence[int]) -> None:
    """Indexes these postings as they stand now, the first time or again."""
    statement = select(Posting.id, Posting.title, Employer.name, Posting.description).join(Posting.employer)
    insert = _INSERT[session.get_bind().dialect.name]
    for some in slices(posting_ids):
        found = await session.execute(statement.where(Posting.id.in_(some)))
        rows = [{"id": row.id, "words": " ".join(terms_of(row.title, row.name, row.description))} for row in found]
        if rows:
            await session.execute(insert, rows)


@dataclass(frozen=True)
class Query:
    """Combines terms in the syntax of one database."""

    dialect: str

    def by_title(self, words: Sequence[Sought]) -> str:
        """Postings whose title has one of the words."""
        names = [name for word in words[:_MOST_KEYWORDS] for name in word.title[:_MOST_WORDS]]
        return self._any(self._word(name, TITLE) for name in names)

    def anywhere(self, words: Sequence[Sought]) -> str:
        """Postings that have one of the words where it is looked for."""
        return self._any(map(self._sought, words[:_MOST_KEYWORDS]))

    def all_of(self, words: Sequence[Sought]) -> str:
        """Postings that have each of the keywords, in one of its words."""
        each = [self._sought(word) for word in words[:_MOST_KEYWORDS]]
        return self._all(each) if all(each) else ""

    def _sought(self, word: Sought) -> str:
        fields = ((TITLE, word.title), (DESCRIPTION, word.description), (EMPLOYER, word.employer))
        return self._any(self._word(name, mark) for mark, names in fields for name in names[:_MOST_WORDS])

    def _word(self, word: str, mark: str) -> str:
        return self._all(self._term(term) for term in query_of(word, mark))

    def _term(self, term: str) -> str:
        """Terms hold letters and figures only, so that nothing in them can end the quotes."""
        if self.dialect == "sqlite":
            return f'"{term[:-1]}" *' if term.endswith("*") else f'"{term}"'
        return f"'{term[:-1]}':*" if term.endswith("*") else f"'{term}'"

    def _any(self, parts: Iterable[str]) -> str:
        return self._joined(parts, " OR " if self.dialect == "sqlite" else " | ")

    def _all(self, parts: Iterable[str]) -> str:
        return self._joined(parts, " AND " if self.dialect == "sqlite" else " & ")

    @staticmethod
    def _joined(parts: Iterable[str], word: str) -> str:
        """Empty for nothing: an empty part is one that finds nothing, and never reaches here within an AND."""
        some = list(dict.fromkeys(part for part in parts if part))
        return some[0] if len(some) == 1 else f"({word.join(some)})" if some else ""


def matching(query: str, dialect: str) -> Subquery:
    """The ids of postings (`posting_id`) that a query of that dialect finds, on SQLite the newest first."""
    if dialect == "sqlite":
        row: Label[int] = literal_column("rowid").label("posting_id")
        found = select(row).select_from(table("search_index")).where(text("search_index MATCH :query"))
        # the limit of none keeps SQLite from merging this into the query around it, where it would ask row by row
        return found.params(query=query).order_by(literal_column("rowid").desc()).limit(-1).subquery("found")
    index = table("search_index", column("posting_id"))
    asked = select(index.c.posting_id).where(text("words @@ CAST(:query AS tsquery)"))
    return asked.params(query=query).subquery("found")
