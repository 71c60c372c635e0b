"""A credential that all processes share in one row, fetched anew by one of them.

Who fetches holds a lease, on PostgreSQL across processes; the others go on with the old one while it lives, or wait.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Select, or_, select, update

from app.base.clock import Clock
from app.base.database import Database
from app.base.inserting import insert_new
from app.base.keys import Keys
from app.wechat.accounts import next_midnight
from app.wechat.codes import meaning
from app.wechat.failures import ApiError, Lacking, NoToken, NotYet
from app.wechat.models import WeChatToken

FRESH = timedelta(minutes=5)
"""How long before its end an access token is fetched anew: earlier, `stable_token` gives the same one again."""
LEASE = timedelta(seconds=60)
"""How long one process may take to fetch: longer than the two calls that it makes at most."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
MOST_FORCED = 6
"""How many refusals in a row are met by force; the platform allows 20 times a day."""
_POLL_SECONDS, _POLLS = 0.1, 100

Sleep = Callable[[float], Awaitable[None]]


class Fetch(Protocol):
    """Asks the platform, by force or not: the value, and the seconds that it lives."""

    async def __call__(self, *, force: bool) -> tuple[str, int]: ...


@dataclass(frozen=True)
class Token:
    """`refused`: how many in a row the platform refused before this one."""

    value: str
    refused: int


class SharedToken:
    """The row of that kind ("access", "jsapi"), by account. `fresh`: how long before its end a new one is fetched."""

    def __init__(
        self,
        database: Database,
        keys: Keys,
        clock: Clock,
        fetch: Fetch,
        *,
        kind: str,
        sleep: Sleep,
        fresh: timedelta = FRESH,
    ) -> None:
        self._database, self._keys, self._clock, self._fetch = database, keys, clock, fetch
        self._kind, self._sleep, self._fresh = kind, sleep, fresh

    async def get(self, account_id: int) -> Token:
        """One that is good by all we know. Raises NoToken, and what `fetch` raises where it did not ask."""
        for _ in range(_POLLS):
            row, now = await self._row(account_id), self._clock()
            leased = row.leased_until is not None and row.leased_until > now
            must_wait = row.not_before is not None and row.not_before > now
            value = self._read(row) if leased or must_wait or _lives(row, now + self._fresh) else None
            if value is not None and _lives(row, now):
                return Token(value, row.refused)
            if leased:
                await self._sleep(_POLL_SECONDS)
            elif must_wait:
                raise NoToken(row.not_before or now)
            elif (lease := await self._lease(row, now=now)) is not None:
                return await self._renew(row, lease)
        raise NoToken(self._clock() + LEASE)

    async def refused(self, account_id: int, token: Token) -> int:
        """The platform refused it: nobody uses it again. How many in a row that makes; 0 where it was replaced by then.

        After the first, a new one may be fetched at once; after each other, when a time has passed that doubles.
        """
        now = self._clock()
        async with self._database.write() as session:
            row = (await session.scalars(self._of(account_id).with_for_update())).one()
            if row.value != self._keys.encrypt(token.value) or not _lives(row, now):
                return 0
            row.refused, row.expires_at = row.refused + 1, now
            if row.refused > 1:
                row.not_before = now + min(FIRST_WAIT * 2 ** min(row.refused - 2, 10), LONGEST_WAIT)
            return row.refused

    async def accepted(self, account_id: int, token: Token) -> None:
        """The platform took it: refusals are counted anew."""
        taken = WeChatToken.value == self._keys.encrypt(token.value)
        await self._update(WeChatToken.account_id == account_id, taken, refused=0, not_before=None)

    async def ask_at_once(self, account_id: int) -> None:
        """Ends the time in which the platform must not be asked: somebody has set right what it refused."""
        await self._update(WeChatToken.account_id == account_id, WeChatToken.kind == self._kind, not_before=None)

    async def _row(self, account_id: int) -> WeChatToken:
        async with self._database.read() as session:
            if (row := await session.scalar(self._of(account_id))) is not None:
                return row
        async with self._database.write() as session:
            values = {"account_id": account_id, "kind": self._kind, "refused": 0}
            await session.execute(insert_new(session, WeChatToken, "account_id", "kind").values(values))
            return (await session.scalars(self._of(account_id))).one()

    def _read(self, row: WeChatToken) -> str | None:
        """None where there is none, or it was kept under another secret: a new one is fetched then."""
        try:
            return self._keys.decrypt(row.value) if row.value else None
        except ValueError:
            return None

    async def _lease(self, row: WeChatToken, *, now: datetime) -> str | None:
        """None where somebody else was faster, or has fetched one since the row was read."""
        lease = secrets.token_hex(8)
        free = or_(WeChatToken.leased_until.is_(None), WeChatToken.leased_until <= now)
        unchanged = WeChatToken.fetched_at.is_not_distinct_from(row.fetched_at)
        values = {"lease": lease, "leased_until": now + LEASE}
        return lease if await self._update(WeChatToken.id == row.id, free, unchanged, **values) else None

    async def _renew(self, row: WeChatToken, lease: str) -> Token:
        """Goes on with the old one while it lives, where there is no new one."""
        old = self._read(row)
        try:
            value, seconds = await self._ask(row, old)
        except ApiError as error:
            until = _not_before(error, now=self._clock())
            await self._give_back(lease, not_before=until)
            if old is not None and _lives(row, self._clock()):
                return Token(old, row.refused)
            raise NoToken(until, code=error.code) from None
        except (Lacking, NotYet):
            await self._give_back(lease)
            raise
        now = self._clock()
        ends = now + timedelta(seconds=seconds)
        # one that is old already is not asked for again with each call
        wait = None if ends > now + self._fresh else now + FIRST_WAIT
        await self._give_back(lease, value=self._keys.encrypt(value), expires_at=ends, fetched_at=now, not_before=wait)
        return Token(value, row.refused)

    async def _ask(self, row: WeChatToken, old: str | None) -> tuple[str, int]:
        value, seconds = await self._fetch(force=False)
        if value == old and 0 < row.refused <= MOST_FORCED:
            return await self._fetch(force=True)
        return value, seconds

    async def _give_back(self, lease: str, **values: Any) -> None:
        await self._update(WeChatToken.lease == lease, lease=None, leased_until=None, **values)

    async def _update(self, *where: Any, **values: Any) -> bool:
        """Whether there was such a row."""
        changed = update(WeChatToken).where(*where).values(**values).returning(WeChatToken.id)
        async with self._database.write() as session:
            return await session.scalar(changed, execution_options={"synchronize_session": False}) is not None

    def _of(self, account_id: int) -> Select[WeChatToken]:
        return select(WeChatToken).where(WeChatToken.account_id == account_id, WeChatToken.kind == self._kind)


def _lives(row: WeChatToken, moment: datetime) -> bool:
    return row.value is not None and row.expires_at is not None and row.expires_at > moment


def _not_before(error: ApiError, *, now: datetime) -> datetime:
    """When the platform may be asked again for what it just did not give."""
    match meaning(error.code).do:
        case "retry":
            return now + timedelta(seconds=15)
        case "stop_minute":
            return now + timedelta(minutes=1)
        case "stop_day":
            return next_midnight(now)
    return now + timedelta(minutes=5)
