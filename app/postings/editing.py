"""Postings typed and changed by hand."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from app.base.audit import Who, note
from app.base.database import tell
from app.base.errors import Conflict, Invalid
from app.events.models import Event
from app.postings.columns import columns_of, values_of
from app.postings.comparing import Prepared
from app.postings.compliance import check
from app.postings.draft import PostingDraft
from app.postings.findings import renew_findings
from app.postings.listings import whole_listings
from app.postings.models import Listing, Posting
from app.postings.publishing import hold_back, tell_events
from app.postings.saving import insert_postings
from app.postings.search_index import index_postings
from app.postings.wording import check_again


async def posting_by_public_id(session: AsyncSession, public_id: str) -> Posting | None:
    """With its employer, centre and findings."""
    statement = (
        select(Posting)
        .where(Posting.public_id == public_id)
        .options(joinedload(Posting.employer), joinedload(Posting.centre), selectinload(Posting.findings))
    )
    found: Posting | None = await session.scalar(statement)
    return found


async def listings_of_posting(session: AsyncSession, posting: Posting) -> list[Listing]:
    """Its places in events, the newest event first."""
    rows = await session.scalars(whole_listings().where(Listing.posting_id == posting.id))
    return sorted(rows, key=lambda row: (row.event.starts_at, row.id), reverse=True)


async def add_posting(
    session: AsyncSession, event: Event, draft: PostingDraft, *, public_id: str, who: Who, now: datetime
) -> int:
    """A checked posting behind the others of the event; its listing's id. The same `public_id` twice fails."""
    _whole(draft)
    draft = replace(draft, cells={})
    values = values_of(draft)
    item = Prepared(draft, values, values, check(draft), {})
    (listing_id,) = await insert_postings(session, event, [item], now=now, public_id=public_id)
    posting_id = await session.scalar(select(Listing.posting_id).where(Listing.id == listing_id))
    # nothing was read: there are no cells to go back to
    await session.execute(update(Posting).where(Posting.id == posting_id).values(source={}))
    note(session, who, "posting_added", thing=("posting", posting_id), now=now)
    tell(session, f"event:{event.id}")
    return listing_id


async def change_posting(
    session: AsyncSession, posting: Posting, draft: PostingDraft, *, revision: int, who: Who, now: datetime
) -> bool:
    """Writes the draft's fields. True where the posting was open and is paused, since its words now break a rule.

    Raises Conflict unless the posting still has the `revision` that was edited.
    """
    _whole(draft)
    statement = (
        update(Posting)
        .where(Posting.id == posting.id, Posting.revision == revision)
        .values(**columns_of(draft), revision=revision + 1, updated_at=now)
        .returning(Posting.id)
        .execution_options(synchronize_session=False)
    )
    if await session.scalar(statement) is None:
        raise Conflict("这个岗位刚被别人改过。请对照下面的内容，确认后再保存。")
    await index_postings(session, [posting.id])
    found = check_again(draft, read=posting.source.get("read", {}), cells=posting.source.get("cells", {}))
    await renew_findings(session, {posting.id: found}, now=now)
    note(session, who, "posting_changed", thing=("posting", posting.id), now=now)
    await tell_events(session, [posting.id])
    listings = await listings_of_posting(session, posting)
    return bool(await hold_back(session, listings[:1], who=who, now=now))


def _whole(draft: PostingDraft) -> None:
    if not draft.employer.strip():
        raise Invalid("请填写用人单位全称。", field="employer")
    if not draft.title.strip():
        raise Invalid("请填写岗位名称。", field="title")
