"""What the law check found in postings, kept beside what staff decided about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.slices import slices
from app.postings.models import LawFinding

BLOCK = "block"


class Found(Protocol):
    """A finding as the law check gives it."""

    @property
    def kind(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def message(self) -> str: ...


async def blocked(session: AsyncSession, posting_ids: Sequence[int]) -> set[int]:
    """Those of the postings with a finding that blocks and that nobody has decided yet."""
    found: set[int] = set()
    for some in slices(posting_ids):
        statement = select(LawFinding.posting_id).where(
            LawFinding.posting_id.in_(some),
            LawFinding.severity == BLOCK,
            LawFinding.allowed_at.is_(None),
        )
        found.update(await session.scalars(statement))
    return found


async def undecided(session: AsyncSession, posting_ids: Sequence[int]) -> dict[int, list[LawFinding]]:
    """What holds each of the postings back, by posting."""
    found: dict[int, list[LawFinding]] = {}
    for row in await _rows(session, posting_ids):
        if row.severity == BLOCK and row.allowed_at is None:
            found.setdefault(row.posting_id, []).append(row)
    return found


async def renew_findings(session: AsyncSession, found: Mapping[int, Sequence[Found]], *, now: datetime) -> None:
    """Writes what the check finds now, by posting.

    A finding of the same kind and words stays as it is, decided or not; a decided one stays for the record even when
    its words are gone; the rest of the old ones go, and new ones ask for a decision.
    """
    kept: dict[int, set[tuple[str, str]]] = {posting_id: set() for posting_id in found}
    gone: list[int] = []
    for row in await _rows(session, list(found)):
        now_found = {_key(finding) for finding in found[row.posting_id]}
        if (row.kind, row.words) in now_found or row.allowed_at is not None:
            kept[row.posting_id].add((row.kind, row.words))
        else:
            gone.append(row.id)
    for some in slices(gone):
        await session.execute(delete(LawFinding).where(LawFinding.id.in_(some)))
    new = [
        finding_row(posting_id, finding, now=now)
        for posting_id, findings in found.items()
        for finding in distinct(findings)
        if _key(finding) not in kept[posting_id]
    ]
    if new:
        await session.execute(insert(LawFinding), new)


async def _rows(session: AsyncSession, posting_ids: Sequence[int]) -> list[LawFinding]:
    rows: list[LawFinding] = []
    for some in slices(posting_ids):
        rows += await session.scalars(select(LawFinding).where(LawFinding.posting_id.in_(some)))
    return rows


def distinct(findings: Iterable[Found]) -> list[Found]:
    """One of each kind and words, in their order."""
    return list({_key(finding): finding for finding in findings}.values())


def finding_row(posting_id: int, finding: Found, *, now: datetime) -> dict[str, object]:
    """The columns of a finding nobody has decided yet."""
    return {
        "posting_id": posting_id,
        "kind": finding.kind,
        "severity": finding.severity,
        "words": finding.words,
        "message": finding.message,
        "found_at": now,
    }


def _key(finding: Found) -> tuple[str, str]:
    return finding.kind, finding.words
