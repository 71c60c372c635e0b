"""Reports of postings: before staff at once, each person's once, decided once, and told."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from app.base.audit import AuditEntry
from app.base.database import Database
from app.base.errors import Conflict, NotFound
from app.chat import complaints
from app.chat.conversations import say
from app.chat.deciding import decide, open_about, reported, reported_count
from app.chat.models import Message
from app.chat.people_models import Complaint
from app.chat.thinking import Chat, Speaker
from app.chat.transcript import Exchange
from app.postings.models import Posting
from app.staff.models import Account
from bot.turn import Scan, Turn
from tests.cast import NOW, actor
from tests.chat.conftest import STRANGER, VISITOR, Show
from tests.chat.handed import make_complaint

ME = Speaker(channel="web", word=VISITOR)
SOMEBODY = Speaker(channel="web", word=STRANGER)


async def tell(chat: Chat, text: str, *, speaker: Speaker = ME, **options: Any) -> Exchange:
    return await say(chat, speaker, Turn(text=text), **{"now": NOW, **options})


async def about(chat: Chat, key: int, *, speaker: Speaker = ME) -> None:
    await say(chat, speaker, Turn(scan=Scan("job", key=str(key))), now=NOW)


async def rows(database: Database) -> list[Complaint]:
    async with database.read() as session:
        return list(await session.scalars(select(Complaint).order_by(Complaint.id)))


async def decided(database: Database, account: Account, complaint: Complaint, outcome: Any, **options: Any) -> bool:
    async with database.write() as session:
        return await decide(
            session, actor(account), complaint.public_id, outcome, **{"done": "已致电单位", "now": NOW, **options}
        )


async def system_lines(database: Database) -> list[str]:
    async with database.read() as session:
        told = select(Message.text).where(Message.speaker == "system").order_by(Message.id)
        return list(await session.scalars(told))


async def test_a_report_is_kept_with_its_posting_and_words(database: Database, show: Show, chat: Chat) -> None:
    await about(chat, show.guard.id)
    answered = await tell(chat, "这家收押金，找13812345678退的")
    again = await tell(chat, "他们是骗子", now=NOW + timedelta(minutes=1))
    (kept,) = await rows(database)
    assert (
        answered.answered.text.splitlines()[0]
        == "收到，已经把保安（103号）的情况转给工作人员核实，有结果会在这里告诉您。"
    )
    assert (kept.state, kept.posting_id, kept.listing_id) == ("open", show.guard.posting_id, show.guard.id)
    assert (kept.centre_id, kept.event_id) == (show.cast.centre.id, show.event.id)
    assert [word["text"] for word in kept.words] == ["这家收押金，找138****5678退的", "他们是骗子"]
    assert (kept.opened_at, kept.said_at) == (NOW, NOW + timedelta(minutes=1))
    assert again.intent == "report_posting"


async def test_a_report_without_a_posting_is_the_centres(database: Database, show: Show, chat: Chat) -> None:
    answered = await tell(chat, "我要举报骗子")
    (kept,) = await rows(database)
    assert answered.answered.text.splitlines()[0] == "收到，已经转给工作人员核实，有结果会在这里告诉您。"
    assert (kept.posting_id, kept.centre_id, kept.event_id) == (None, show.cast.centre.id, show.event.id)


async def test_reports_at_once_are_one_complaint(database: Database, show: Show, chat: Chat) -> None:
    await about(chat, show.guard.id)
    await asyncio.gather(*(tell(chat, f"这家收押金{number}元") for number in range(5)))
    (kept,) = await rows(database)
    assert sorted(word["text"] for word in kept.words) == [f"这家收押金{number}元" for number in range(5)]


async def test_a_flood_is_bounded(database: Database, show: Show, chat: Chat) -> None:
    await about(chat, show.guard.id)
    for _ in range(complaints.MOST_WORDS + 2):
        await tell(chat, "这家收押金")
    (kept,) = await rows(database)
    assert len(kept.words) == complaints.MOST_WORDS
    for row in (show.welder, show.packer):
        await about(chat, row.id)
        await tell(chat, "这家收押金")
    async with database.write() as session:
        await session.execute(update(Complaint).values(state="handled"))
    for _ in range(complaints.MOST_A_DAY - 3):
        await tell(chat, "这家收押金")
        async with database.write() as session:
            await session.execute(update(Complaint).values(state="handled"))
    refused = await tell(chat, "这家收押金")
    assert refused.answered.text.startswith("举报太多，这里暂时登记不了，请打12333")
    later = await tell(chat, "这家收押金", now=NOW + timedelta(days=1, seconds=1))
    assert later.answered.text.startswith("收到，已经")
    assert len(await rows(database)) == complaints.MOST_A_DAY + 1


async def test_many_browsers_cannot_fill_the_inbox(
    database: Database, show: Show, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(complaints, "MOST_OPEN", 2)
    for number in range(3):
        speaker = Speaker(channel="web", word=f"{number:032}")
        await about(chat, show.guard.id, speaker=speaker)
        await tell(chat, "这家收押金", speaker=speaker)
    assert len(await rows(database)) == 2


async def test_staff_see_reports_by_posting_and_only_their_own(database: Database, show: Show) -> None:
    async with database.write() as session:
        first = await make_complaint(session, show.guard, words="收押金")
        other = await make_complaint(session, show.welder, words="假的", now=NOW + timedelta(minutes=1))
        second = await make_complaint(session, show.guard, words="扣身份证", now=NOW + timedelta(minutes=2))
    async with database.read() as session:
        seen = {
            name: [(group.ref, len(group.complaints)) for group in await reported(session, actor(account))]
            for name, account in (("owner", show.cast.owner), ("city", show.cast.city), ("other", show.cast.stranger))
        }
        counts = [
            await reported_count(session, actor(a)) for a in (show.cast.owner, show.cast.city, show.cast.stranger)
        ]
        of_posting = [await open_about(session, row.posting) for row in (show.guard, show.packer)]
    both = [(first.public_id, 2), (other.public_id, 1)]
    assert seen == {"owner": both, "city": both, "other": []}
    assert (counts, of_posting, second.state) == ([2, 2, 0], [2, 0], "open")


async def test_upheld_pauses_the_posting_and_everybody_hears(database: Database, show: Show, chat: Chat) -> None:
    for speaker in (ME, SOMEBODY):
        await about(chat, show.guard.id, speaker=speaker)
        await tell(chat, "这家收押金", speaker=speaker)
    first, _ = await rows(database)
    assert await decided(database, show.cast.owner, first, "upheld", pausing=True) is True
    async with database.read() as session:
        state = await session.scalar(select(Posting.state).where(Posting.id == show.guard.posting_id))
        noted = list(await session.scalars(select(AuditEntry).where(AuditEntry.what == "complaint_decided")))
    kept = [(row.state, row.decided_by, row.decided_at, row.note) for row in await rows(database)]
    assert state == "paused"
    assert kept == [("upheld", show.cast.owner.id, NOW, "已致电单位")] * 2
    assert (
        await system_lines(database)
        == ["您反映的保安（103号），工作人员核实属实，这个岗位已经停招。谢谢您告诉我们。"] * 2
    )
    assert [entry.detail for entry in noted] == [{"outcome": "upheld", "paused": True}] * 2


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        ("upheld", "您反映的保安（103号），工作人员核实属实，正在处理。谢谢您告诉我们。"),
        (
            "unfounded",
            "您反映的保安（103号），工作人员核实过了，没有发现问题。再遇到要您先交钱的，别交，随时告诉我们。",
        ),
        ("handled", "您反映的保安（103号），工作人员已经处理了。还有疑问，说“转人工”。"),
    ],
)
async def test_the_reporter_is_told_what_was_found(database: Database, show: Show, outcome: str, sentence: str) -> None:
    async with database.write() as session:
        complaint = await make_complaint(session, show.guard)
    assert await decided(database, show.cast.city, complaint, outcome) is False
    async with database.read() as session:
        state = await session.scalar(select(Posting.state).where(Posting.id == show.guard.posting_id))
    assert (await system_lines(database), state) == ([sentence], "published")


async def test_a_posting_that_is_not_open_needs_no_pause(database: Database, show: Show) -> None:
    async with database.write() as session:
        complaint = await make_complaint(session, show.gone)
    assert await decided(database, show.cast.owner, complaint, "upheld", pausing=True) is False
    assert await system_lines(database) == ["您反映的挡车工（104号），工作人员核实属实，正在处理。谢谢您告诉我们。"]


async def test_of_two_who_decide_at_once_one_does(database: Database, database_url: str, show: Show) -> None:
    async with database.write() as session:
        complaint = await make_complaint(session, show.guard)
    other = Database(database_url)
    came = await asyncio.gather(
        decided(database, show.cast.owner, complaint, "upheld", pausing=True),
        decided(other, show.cast.city, complaint, "unfounded"),
        return_exceptions=True,
    )
    await other.close()
    assert sorted(type(one).__name__ for one in came) == ["Conflict", "bool"]
    assert len(await system_lines(database)) == 1


async def test_nobody_decides_what_is_anothers_or_decided(database: Database, show: Show) -> None:
    async with database.write() as session:
        complaint = await make_complaint(session, show.guard)
    with pytest.raises(NotFound):
        await decided(database, show.cast.stranger, complaint, "handled")
    await decided(database, show.cast.owner, complaint, "handled")
    with pytest.raises(Conflict):
        await decided(database, show.cast.owner, complaint, "unfounded")
    # a new report of it after the decision is a new matter, which the old one's address does not decide
    async with database.write() as session:
        await make_complaint(session, show.guard)
    with pytest.raises(Conflict):
        await decided(database, show.cast.owner, complaint, "unfounded")
    assert [row.state for row in await rows(database)] == ["handled", "open"]


async def test_a_posting_of_another_centre_in_the_show_is_its_centres_matter(
    database: Database, show: Show, chat: Chat
) -> None:
    async with database.write() as session:
        await session.execute(
            update(Posting).where(Posting.id == show.guard.posting_id).values(centre_id=show.cast.stranger.centre_id)
        )
    await about(chat, show.guard.id)
    await tell(chat, "这家收押金")
    (kept,) = await rows(database)
    assert kept.centre_id == show.cast.stranger.centre_id
