"""The full-text index says what the postings say: after an import, after every change, after the migration."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

import app
from app.base import schema
from app.base.database import Database
from app.postings import editing
from app.postings.draft import PostingDraft
from app.postings.models import Posting
from app.postings.saving import save_drafts
from app.postings.search import candidates
from app.postings.search_index import Query, index_postings
from app.postings.terms import terms_of
from bot.sought import Sought
from bot.wishes import Wishes
from tests.cast import NOW, actor, make_cast, make_employer, make_event, make_posting

DRAFT = PostingDraft(
    employer="怀宁县皖江精密铸造有限公司",
    title="电焊工",
    description="二保焊、氩弧焊",
    division="340822",
    benefits=frozenset({"meals"}),
)


async def index(session: AsyncSession) -> dict[int, list[str]]:
    """What the index holds, by posting; each posting once."""
    if session.get_bind().dialect.name == "sqlite":
        rows = await session.execute(text("SELECT rowid, words FROM search_index"))
        found = [(row_id, words.split(" ")) for row_id, words in rows]
    else:
        rows = await session.execute(text("SELECT posting_id, tsvector_to_array(words) FROM search_index"))
        found = [(row_id, words) for row_id, words in rows]
    assert len({row_id for row_id, _ in found}) == len(found)
    return {row_id: sorted(words) for row_id, words in found}


async def said(session: AsyncSession) -> dict[int, list[str]]:
    """What it ought to hold."""
    postings = await session.scalars(select(Posting).options(joinedload(Posting.employer)))
    return {
        row.id: sorted(terms_of(row.title, row.employer.name, row.description, row.division, row.benefits))
        for row in postings.all()
    }


async def assert_in_step(database: Database, count: int) -> None:
    async with database.read() as session:
        indexed = await index(session)
        assert indexed == await said(session)
    assert len(indexed) == count


async def test_the_index_is_in_step_through_imports_and_changes(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
    who = actor(cast.owner).who()
    many = [replace(DRAFT, row=n, title=f"{n}号车间普工", employer=f"怀宁{n // 9}号厂") for n in range(2_000)]
    changed = [replace(draft, description="要倒班", benefits=frozenset({"no_night"})) for draft in many[:700]]
    for drafts, count in ((many, 2_000), (many, 2_000), ([*changed, DRAFT], 2_001)):
        async with database.write() as session:
            await save_drafts(session, event, drafts, who=who, now=NOW)
        await assert_in_step(database, count)

    async with database.write() as session:
        await editing.add_posting(session, event, DRAFT, public_id="abcdefghjkmn", who=who, now=NOW)
    await assert_in_step(database, 2_002)
    async with database.write() as session:
        typed = await editing.posting_by_public_id(session, "abcdefghjkmn")
        assert typed is not None
        other = replace(DRAFT, title="保洁", description="", division="340881", benefits=frozenset())
        await editing.change_posting(session, typed, other, revision=1, who=who, now=NOW)
    await assert_in_step(database, 2_002)


async def test_what_is_undone_leaves_the_index_as_it_was(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        await make_posting(session, await make_employer(session, cast.centre))
    with pytest.raises(LookupError):
        async with database.write() as session:
            await save_drafts(session, event, [DRAFT], who=actor(cast.owner).who(), now=NOW)
            raise LookupError
    await assert_in_step(database, 1)


async def test_indexing_again_changes_nothing_and_a_new_name_of_the_employer_counts(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        posting = await make_posting(session, await make_employer(session, cast.centre))
        await index_postings(session, [posting.id, posting.id, 99])
        posting.employer.name = "安庆振风铸造有限公司"
        await session.flush()
        await index_postings(session, [posting.id])
        await index_postings(session, [])
    await assert_in_step(database, 1)


def test_only_known_modules_write_what_the_index_says() -> None:
    """Publishing writes the state alone. Whoever is to stand here besides calls `index_postings`."""
    folder = Path(str(app.__file__)).parent
    writes = re.compile(r"(?:insert|update|delete)\((?:Posting|Employer)\)|\bemployer\.name = ")
    found = {path.name for path in folder.rglob("*.py") if writes.search(path.read_text("utf-8"))}
    assert found == {"saving.py", "editing.py", "publishing.py", "employers.py"}


def test_the_migration_indexes_what_is_there(database_url: str) -> None:
    async def fill() -> None:
        database = Database(database_url)
        async with database.write() as session:
            cast = await make_cast(session)
            employer = await make_employer(session, cast.centre)
            for number in range(3):
                await make_posting(session, employer, title=f"{number}号线CNC车工", benefits=BENEFITS[number])
        await database.close()

    async def check() -> None:
        database = Database(database_url)
        await assert_in_step(database, 3)
        await database.close()

    asyncio.run(fill())
    schema.downgrade(database_url, revision="0008")
    schema.upgrade(database_url)
    asyncio.run(check())


BENEFITS: tuple[frozenset[str], ...] = (frozenset(), frozenset({"meals", "no_night"}), frozenset({"housing_fund"}))
CARPENTER = Sought(("木工",), ("做门",), ("家具",))


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("sqlite", {"by_title": '"t木工"', "anywhere": '("t木工" OR ("d做门" OR "e家具"))'}),
        ("postgresql", {"by_title": "'t木工'", "anywhere": "('t木工' | ('d做门' | 'e家具'))"}),
    ],
)
def test_a_query_speaks_the_language_of_its_database(dialect: str, expected: dict[str, str]) -> None:
    query = Query(dialect)
    assert {name: getattr(query, name)([CARPENTER]) for name in expected} == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            Query("sqlite").all_of([Sought(("木工",), ("做门",)), Sought(("漆工",))]),
            '(("t木工" OR "d做门") AND "t漆工")',
        ),
        (Query("sqlite").all_of([Sought(("油漆工",))]), '("t油漆" AND "t漆工")'),
        (Query("sqlite").all_of([CARPENTER, Sought(("%",))]), ""),
        (Query("sqlite").anywhere([Sought(("%",)), Sought()]), ""),
        (Query("sqlite").by_title([Sought(("厂",))]), '"t厂" *'),
        (Query("postgresql").by_title([Sought(("厂",))]), "'t厂':*"),
        (Query("sqlite").without('"ta"', ['"tb"', "", '"tc"']), '("ta" NOT ("tb" OR "tc"))'),
        (Query("postgresql").without("'ta'", ["'tb'"]), "('ta' & !'tb')"),
        (Query("sqlite").without('"ta"', []), '"ta"'),
        (Query("sqlite").without("", ['"ta"']), ""),
        (Query("sqlite").narrowed("", Wishes(divisions=("340811",))), ""),
        (Query("sqlite").narrowed(None, Wishes(pay_min=5)), None),
        (Query("sqlite").narrowed(None, Wishes(divisions=("340811", "340802"))), '("p340811" OR "p340802")'),
        (Query("sqlite").narrowed('"ta"', Wishes(benefits=frozenset({"meals"}))), '("ta" AND "bmeals")'),
    ],
)
def test_queries_are_put_together(found: str | None, expected: str | None) -> None:
    assert found == expected


@pytest.mark.parametrize("word", ['"', "'", "a' | 'b", 'a" OR "b', "NEAR(", "*", "车工:A", "\\", "&!()", "词 词"])
async def test_no_word_is_taken_for_the_language_of_queries(database: Database, word: str) -> None:
    wishes: dict[str, Any] = {"event_ids": [1], "today": NOW.date(), "words": [Sought((word,), (word,), (word,))]}
    async with database.read() as session:
        assert await candidates(session, Wishes(), **wishes) == []
