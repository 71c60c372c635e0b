"""Findings of the law check, renewed with the words they are about; what staff decided stays."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.postings.draft import Finding
from app.postings.findings import blocked, distinct, renew_findings, undecided
from app.postings.models import LawFinding, Posting
from tests.cast import NOW, make_cast, make_employer, make_posting
from tests.statements import counted

MEN = Finding("gender", "block", "限男性", "不得限定性别。")
FEE = Finding("fee", "block", "押金", "不得收取押金。")
YOUNG = Finding("age", "warn", "35岁以下", "请放宽。")


async def postings(session: AsyncSession, count: int = 1) -> list[Posting]:
    employer = await make_employer(session, (await make_cast(session)).centre)
    return [await make_posting(session, employer) for _ in range(count)]


async def renew(session: AsyncSession, posting: Posting, *found: Finding) -> None:
    await renew_findings(session, {posting.id: found}, now=NOW)


async def stand(session: AsyncSession, posting: Posting) -> list[tuple[str, str, bool]]:
    """Of each finding kept: kind, words, and whether it was decided."""
    rows = await session.scalars(
        select(LawFinding).where(LawFinding.posting_id == posting.id).order_by(LawFinding.kind, LawFinding.words)
    )
    return [(row.kind, row.words, row.allowed_at is not None) for row in rows]


async def decide(session: AsyncSession, posting: Posting, kind: str) -> None:
    row = (
        await session.scalars(select(LawFinding).where(LawFinding.posting_id == posting.id, LawFinding.kind == kind))
    ).one()
    row.allowed_at, row.reason = NOW, "女浴室保洁"
    await session.flush()


async def test_what_is_found_is_kept_and_what_is_gone_goes(database: Database) -> None:
    async with database.write() as session:
        (posting,) = await postings(session)
        await renew(session, posting, MEN, YOUNG, MEN)
        assert await stand(session, posting) == [("age", "35岁以下", False), ("gender", "限男性", False)]
        await renew(session, posting, FEE, YOUNG)
        assert await stand(session, posting) == [("age", "35岁以下", False), ("fee", "押金", False)]
        await renew(session, posting)
        assert await stand(session, posting) == []


async def test_a_decision_stands_for_its_words_and_for_no_others(database: Database) -> None:
    async with database.write() as session:
        (posting,) = await postings(session)
        await renew(session, posting, MEN)
        await decide(session, posting, "gender")
        await renew(session, posting, MEN)
        assert (await stand(session, posting), await blocked(session, [posting.id])) == (
            [("gender", "限男性", True)],
            set(),
        )
        await renew(session, posting, Finding("gender", "block", "只招男工", MEN.message))
        assert await stand(session, posting) == [("gender", "只招男工", False), ("gender", "限男性", True)]
        assert await blocked(session, [posting.id]) == {posting.id}


async def test_only_what_blocks_and_is_undecided_holds_back(database: Database) -> None:
    async with database.write() as session:
        held, warned, decided, clean = await postings(session, 4)
        await renew_findings(session, {held.id: [MEN, FEE], warned.id: [YOUNG], decided.id: [MEN]}, now=NOW)
        await decide(session, decided, "gender")
        ids = [posting.id for posting in (held, warned, decided, clean)]
        assert await blocked(session, ids) == {held.id}
        found = await undecided(session, ids)
    assert {posting_id: [row.words for row in rows] for posting_id, rows in found.items()} == {
        held.id: ["限男性", "押金"]
    }


async def test_nothing_is_said_of_postings_that_were_not_asked_about(database: Database) -> None:
    async with database.write() as session:
        first, second = await postings(session, 2)
        await renew_findings(session, {first.id: [MEN], second.id: [MEN]}, now=NOW)
        await renew(session, first)
        assert (await stand(session, first), len(await stand(session, second))) == ([], 1)
        assert (await blocked(session, []), await undecided(session, [])) == (set(), {})


async def test_statements_do_not_grow_with_the_postings(database: Database) -> None:
    async def cost(session: AsyncSession, rows: Sequence[Posting]) -> int:
        with counted(database) as statements:
            await renew_findings(session, {row.id: [MEN, FEE] for row in rows}, now=NOW)
        return len(statements)

    async with database.write() as session:
        rows = await postings(session, 4)
        assert [await cost(session, rows[:1]), await cost(session, rows[1:])] == [2, 2]


def test_one_of_each_kind_and_words_in_their_order() -> None:
    again = Finding("gender", "warn", "限男性", "别的话")
    assert distinct([FEE, MEN, again, YOUNG, FEE]) == [FEE, again, YOUNG]
