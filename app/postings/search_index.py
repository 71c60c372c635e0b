"""The full-text index of postings: written with the posting, asked for the ids of postings.

A virtual table of FTS5 on SQLite, where the row's id is the posting's, a `tsvector` with a GIN index on PostgreSQL.
Both hold what `app.postings.terms` makes of title, employer and description; whoever writes one of these calls
`index_postings` in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Integer, Join, TextClause, column, select, table, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles

from app.base.slices import slices
from app.employers.models import Employer
from app.postings.models import Posting
from app.postings.terms import DESCRIPTION, EMPLOYER, TITLE, asked_of, query_of, terms_of
from bot.sought import Sought
from bot.wishes import Wishes

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
    texts = (Posting.title, Employer.name, Posting.description, Posting.division, Posting.benefits)
    statement = select(Posting.id, *texts).join(Posting.employer)
    insert = _INSERT[session.get_bind().dialect.name]
    for some in slices(posting_ids):
        found = await session.execute(statement.where(Posting.id.in_(some)))
        rows = [{"id": row.id, "words": " ".join(terms_of(*row[1:]))} for row in found]
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

    def elsewhere(self, words: Sequence[Sought]) -> str:
        """Postings whose description or employer has one of the words."""
        return self._any(self._beside_title(word) for word in words[:_MOST_KEYWORDS])

    def anywhere(self, words: Sequence[Sought]) -> str:
        """Postings that have one of the words where it is looked for."""
        return self._any([self.by_title(words), self.elsewhere(words)])

    def all_of(self, words: Sequence[Sought]) -> str:
        """Postings that have each of the keywords, in one of its words."""
        each = [self.anywhere([word]) for word in words[:_MOST_KEYWORDS]]
        return self._all(each) if all(each) else ""

    def narrowed(self, query: str | None, wishes: Wishes) -> str | None:
        """Of what the query finds what is where the wishes say and gives their benefits; None finds all."""
        groups = [self._any(map(self._term, group)) for group in asked_of(wishes)]
        return query if query == "" else self._all([query or "", *groups]) or None

    def without(self, query: str, others: Iterable[str]) -> str:
        """What the query finds and the others do not."""
        other = self._any(others)
        if not query or not other:
            return query
        return f"({query} NOT {other})" if self.dialect == "sqlite" else f"({query} & !{other})"

    def _beside_title(self, word: Sought) -> str:
        fields = ((DESCRIPTION, word.description), (EMPLOYER, word.employer))
        return self._any(self._word(name, mark) for mark, names in fields for name in names[:_MOST_WORDS])

    def _word(self, word: str, mark: str) -> str:
        return _spelt(self, word, mark)

    def all_terms(self, terms: Iterable[str]) -> str:
        """Postings that have each of the terms."""
        return self._all(map(self._term, terms))

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


@lru_cache(maxsize=10_000)
def _spelt(query: Query, word: str, mark: str) -> str:
    """A word in the language of its database; the words of a vocabulary come again and again."""
    return query.all_terms(query_of(word, mark))


class Outer(Join):
    """A join that begins with its left side: without figures of a table SQLite would ask the index row by row."""

    inherit_cache = True


@compiles(Outer, "sqlite")
def _(join: Outer, compiler: Any, **options: Any) -> str:
    options["asfrom"] = True
    sides = (compiler.process(part, **options) for part in (join.left, join.right, join.onclause))
    return "{} CROSS JOIN {} ON {}".format(*sides)


async def plan_for_index(session: AsyncSession) -> None:
    """Until its transaction ends a session reads tables by their indexes.

    PostgreSQL takes the test whether a row has some terms for a hundred times cheaper than it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SET LOCAL enable_seqscan = off"))


class Finding(NamedTuple):
    """What to select from, the posting's id in it, and the condition where there is one."""

    rows: Join
    posting_id: ColumnElement[int]
    conditions: tuple[TextClause, ...] = ()


def found_in(dialect: str, right: FromClause, *, posting_id: ColumnElement[int]) -> Finding:
    """Rows of `right` whose postings the parameter `query` finds, which is written for that dialect."""
    if dialect == "sqlite":
        index = table("search_index", column("rowid"))
        row_id = index.c.rowid
        return Finding(Outer(index, right, row_id == posting_id), row_id, (text("search_index MATCH :query"),))
    # rather than ask the index PostgreSQL would test one row after the other from the newest: a sum is in no order that
    # it knows, and an offset keeps it from looking inside
    index = table("search_index", column("posting_id", Integer))
    newest = (index.c.posting_id + 0).label("posting_id")
    found = select(newest).where(text("words @@ CAST(:query AS tsquery)")).order_by(newest.desc()).offset(0)
    rows = found.subquery("found")
    return Finding(rows.join(right, rows.c.posting_id == posting_id), rows.c.posting_id)
