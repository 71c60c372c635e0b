"""Beside a server that is killed: staff who write into its database, and what happens while nobody serves."""

import asyncio
import itertools
import random
from datetime import timedelta

from sqlalchemy import select, update

from app.base.clock import local_day, system_clock
from app.base.database import Database
from app.base.keys import Keys
from app.base.outbox import OutboxEntry
from app.chat.channel import TOLD
from app.chat.models import Conversation
from app.chat.telling import tell_seeker
from app.chat.wechat.late import LATE
from app.codes.codes import codes_for
from app.postings.listings import open_listings
from app.seekers.consent import record_consent
from app.seekers.contacts import contact_for
from app.seekers.seekers import OPENID, seeker_of
from app.wechat.accounts import account_of
from app.wechat.credentials import Credentials
from app.wechat.models import WeChatToken
from app.wechat.sends import SEND
from bot.reply import Text
from tests.reliability.test_kills import SECRET, free_port
from tests.reliability.wechat_crowd import Code, WeChatCrowd
from tests.wechat_platform.plain_sender import to_address
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.pusher import Pusher

# staff write no faster than a server that is killed so often can send
STAFF_SECONDS = 0.5
TOKEN, AES_KEY = "a-token-of-the-tests", "b2xkLWZhc2hpb25lZC1rZXktZm9yLXRlc3RzLW9ubHk"
KINDS = (SEND, LATE, TOLD)
KEYS = Keys(SECRET.encode())


class Stage:
    """The database beside the server, and those who write into it: staff, and what happens while nobody serves."""

    def __init__(self, database: Database, platform: Platform) -> None:
        self.database, self.platform = database, platform
        self.port = free_port()
        self.codes: list[Code] = []
        self.answers: dict[str, str] = {}  # of staff: the key of the message out, and its words

    async def prepare(self) -> None:
        """An account that has been probed, and the codes of twenty jobs."""
        ours = Credentials(self.platform.app_id, self.platform.secret, TOKEN, AES_KEY, self.platform.address)
        now = system_clock()
        async with self.database.write() as session:
            account = await account_of(session, ours, now=now)
            account.lacks, account.mode, account.probed_at = [], "A", now
            jobs = (await open_listings(session, 1, today=local_day(now)))[:20]
            shown = await codes_for(session, jobs, now=now)
            spoken = await codes_for(session, jobs, place="air", now=now)
        for job in jobs:
            assert job.number is not None
            self.codes.append(
                Code(shown[job.id].token, job.number, spoken[job.id].token, employer_id=job.posting.employer_id)
            )

    def crowd(self) -> WeChatCrowd:
        address = f"http://127.0.0.1:{self.port}"
        pusher = Pusher(
            to_address(address),
            self.platform.app_id,
            TOKEN,
            system_clock,
            aes_key=AES_KEY,
            mode="secure",
            platform=self.platform,
        )
        return WeChatCrowd(self.port, self.codes, pusher, self.introduce)

    async def introduce(self, openid: str) -> None:
        """Somebody whose name and phone are known, as from the page of an earlier interview."""
        now = system_clock()
        async with self.database.write() as session:
            seeker = await seeker_of(session, OPENID, openid, KEYS, now=now)
            await record_consent(session, seeker, ticked=True, now=now)
            await contact_for(session, seeker, name="汪小妹", phone=f"139{openid[-8:]}", keys=KEYS, now=now)

    async def staff_answer_again_and_again(self) -> None:
        """Somebody who wrote is answered, with words that nobody else is told."""
        chance = random.Random(20)  # noqa: S311 - whom, no secret
        for number in itertools.count(1):
            await asyncio.sleep(STAFF_SECONDS)
            async with self.database.write() as session:
                on_wechat = select(Conversation).where(Conversation.peer_id.is_not(None))
                latest = on_wechat.order_by(Conversation.id.desc()).limit(20)
                if not (conversations := (await session.scalars(latest)).all()):
                    continue
                conversation = chance.choice(conversations)
                words = f"工作人员的第{number}句话"
                line = await tell_seeker(session, conversation, [Text(words)], kind="staff", now=system_clock())
            self.answers[f"message:{line.id}"] = words

    async def let_time_pass(self) -> None:
        """Leases of the dead run out, and what waits for its time is due; while nobody serves.

        So many deaths in so few minutes would use up the attempts that an entry has, of which this is no test.
        """
        past = system_clock() - timedelta(seconds=1)
        entries = update(OutboxEntry).where(OutboxEntry.done_at.is_(None), OutboxEntry.kind.in_(KINDS))
        held = update(WeChatToken).where(WeChatToken.leased_until.is_not(None))
        async with self.database.write() as session:
            await session.execute(entries.values(due_at=past, attempts=0))
            await session.execute(entries.where(OutboxEntry.leased_until.is_not(None)).values(leased_until=past))
            await session.execute(held.values(leased_until=past))

    async def is_anything(self, *, due: bool) -> bool:
        """Whether anything in the outbox is open, or is open and `due`."""
        left = select(OutboxEntry.id).where(OutboxEntry.done_at.is_(None), OutboxEntry.kind.in_(KINDS))
        if due:
            left = left.where(OutboxEntry.due_at <= system_clock())
        async with self.database.read() as session:
            return await session.scalar(left.limit(1)) is not None
