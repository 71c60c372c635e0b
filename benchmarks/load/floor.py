"""The bare full-text query that a search is measured against: a plain index of the same postings."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import psycopg
import rjieba

Floor = Callable[[Sequence[str]], list[Any]]
"""Finds the 200 best rows that have all of the words."""

BEST = 200
_AT_ONCE = 5_000
_TEXTS = """
    SELECT postings.id, postings.title, employers.name, postings.address, postings.description
    FROM postings JOIN employers ON employers.id = postings.employer_id
"""


def words_of(*texts: str) -> list[str]:
    """The words of the texts, as rjieba cuts them for a search; no signs."""
    return [word for text in texts for word in rjieba.cut_for_search(text.lower()) if word.isalnum()]


def sqlite_floor(path: str) -> Floor:
    connection = sqlite3.connect(path)
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS floor USING fts5 (words)")
    with connection:
        rows = connection.execute(_TEXTS).fetchall()
        connection.executemany("INSERT INTO floor (rowid, words) VALUES (?, ?)", _cut(rows))

    def ask(words: Sequence[str]) -> list[Any]:
        query = " ".join(f'"{word}"' for word in words)
        return connection.execute(
            "SELECT rowid FROM floor WHERE floor MATCH ? ORDER BY rank LIMIT ?", (query, BEST)
        ).fetchall()

    return ask


def postgres_floor(address: str) -> Floor:
    connection = psycopg.connect(address, autocommit=True)
    connection.execute("CREATE TABLE floor (id integer PRIMARY KEY, words tsvector)")
    with connection.transaction(), connection.cursor() as cursor:
        texts = _cut(connection.execute(_TEXTS).fetchall())
        while some := list(islice(texts, _AT_ONCE)):
            cursor.executemany("INSERT INTO floor VALUES (%s, to_tsvector('simple', %s))", some)
    connection.execute("CREATE INDEX ON floor USING gin (words)")
    connection.execute("VACUUM ANALYZE floor")

    def ask(words: Sequence[str]) -> list[Any]:
        query = " & ".join(f"'{word}'" for word in words)
        return connection.execute(
            "SELECT id FROM floor, to_tsquery('simple', %s) AS query WHERE words @@ query"
            " ORDER BY ts_rank(words, query) DESC LIMIT %s",
            (query, BEST),
        ).fetchall()

    return ask


def _cut(rows: Sequence[tuple[int, str, str, str, str]]) -> Iterator[tuple[int, str]]:
    return ((row[0], " ".join(words_of(*row[1:]))) for row in rows)
