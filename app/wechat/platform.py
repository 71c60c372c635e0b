"""The platform as the rest of Mashang calls it: with a token that is good, and never what it has forbidden."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from app.base.clock import Clock
from app.base.database import Database
from app.base.keys import Keys
from app.wechat.accounts import CAPABILITIES, account_of, alarm, downgrade, find_account, heed, held, may, stopped_until
from app.wechat.api import WeChatApi
from app.wechat.codes import meaning
from app.wechat.credentials import Credentials
from app.wechat.failures import ApiError, Lacking, NoToken, NotYet
from app.wechat.models import WeChatAccount
from app.wechat.probing import find_lacks
from app.wechat.sends import release_reachable
from app.wechat.tokens import SharedToken, Sleep, Token

T = TypeVar("T")
# one of these for a token says that it will not be given at all, until staff have set something right
_PASSING = ("retry", "stop_day", "stop_minute")


class Platform:
    """One for each process. `api` has the calls; `call` makes them as the platform wants them made.

    Raises, beside ApiError and Unreachable: Lacking and NotYet, where the call was not made at all.
    """

    def __init__(
        self,
        database: Database,
        keys: Keys,
        credentials: Credentials,
        clock: Clock,
        api: WeChatApi,
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.database, self.keys, self.credentials, self.clock, self.api = database, keys, credentials, clock, api
        self._access = SharedToken(database, keys, clock, self._fetch, kind="access", sleep=sleep)
        # a ticket stays the same to its end
        self._ticket = SharedToken(
            database, keys, clock, self._fetch_ticket, kind="jsapi", sleep=sleep, fresh=timedelta(0)
        )

    async def call(self, what: str, capability: str, do: Callable[[str], Awaitable[T]]) -> T:
        """Makes the call with an access token. `what` names it: each has limits of its own.

        What the platform refuses for good, for today or for the minute is not asked again before that is over.
        """
        account = await self.account()
        if not may(account, capability):
            raise Lacking(capability)
        if (until := stopped_until(account, what, now=self.clock())) is not None:
            raise NotYet(until)
        try:
            return await self._ask(do)
        except ApiError as error:
            if meaning(error.code).do in {"stop_day", "stop_minute", "downgrade", "alarm"}:
                async with self.database.write() as session:
                    row = await held(session, account.id)
                    heed(row, error.code, what=what, capability=capability, now=self.clock())
            raise

    async def ticket(self) -> str:
        """What pages are signed with for the JS-SDK."""
        account = await self.account()
        if not may(account, "jssdk"):
            raise Lacking("jssdk")
        return (await self._ticket.get(account.id)).value

    async def account(self) -> WeChatAccount:
        """The row as it stands now."""
        async with self.database.read() as session:
            if (account := await find_account(session, self.credentials)) is not None:
                return account
        async with self.database.write() as session:
            return await account_of(session, self.credentials, now=self.clock())

    async def mode(self) -> str:
        """A, B or C: see `WeChatAccount`."""
        return (await self.account()).mode

    async def probe(self, *, at_once: bool = False) -> bool:
        """Finds out what the account may do; False where the platform does not tell: the last that is known stays.

        `at_once`: staff have set something right, and do not want to wait until the platform may be asked again.
        """
        account_id = (await self.account()).id
        if at_once:
            await self._access.ask_at_once(account_id)
        try:
            lacks = await find_lacks(self._ask, self.api)
        except (ApiError, NoToken) as failure:
            if failure.code is not None:
                await self._alarm(failure.code)
            return False
        async with self.database.write() as session:
            account = await held(session, account_id)
            account.lacks, account.probed_at, account.alarm_code, account.alarm_at = [], self.clock(), None, None
            downgrade(account, *lacks)
        while "custom" not in lacks and await self._release(account_id):
            pass
        return True

    async def _release(self, account_id: int) -> int:
        """What waited while the account could not write to people."""
        async with self.database.write() as session:
            return await release_reachable(session, account_id, now=self.clock())

    async def _ask(self, do: Callable[[str], Awaitable[T]]) -> T:
        """Once more, with another token, where the platform refuses the first."""
        account_id = (await self.account()).id
        try:
            return await self._ask_once(account_id, do)
        except ApiError as error:
            if meaning(error.code).do != "token":
                raise
        return await self._ask_once(account_id, do)

    async def _ask_once(self, account_id: int, do: Callable[[str], Awaitable[T]]) -> T:
        token = await self._access.get(account_id)
        try:
            answer = await do(token.value)
        except ApiError as error:
            if meaning(error.code).do == "token":
                await self._refused(account_id, token, error.code)
            elif error.code > 0:  # refused for another reason: the token was good
                await self._accepted(account_id, token)
            raise
        await self._accepted(account_id, token)
        return answer

    async def _refused(self, account_id: int, token: Token, code: int) -> None:
        """A token that was fetched for one that was refused, and is refused itself: that will not mend by itself."""
        if await self._access.refused(account_id, token) > 1:
            await self._alarm(code)

    async def _accepted(self, account_id: int, token: Token) -> None:
        """What was noted against tokens before it is over."""
        if not token.refused:
            return
        await self._access.accepted(account_id, token)
        async with self.database.write() as session:
            account = await held(session, account_id)
            if account.alarm_code is not None and meaning(account.alarm_code).do == "token":
                account.alarm_code, account.alarm_at = None, None

    async def _fetch(self, *, force: bool) -> tuple[str, int]:
        try:
            return await self.api.fetch_token(force=force)
        except ApiError as error:
            if meaning(error.code).do not in _PASSING:
                await self._alarm(error.code, *CAPABILITIES)
            raise

    async def _fetch_ticket(self, *, force: bool) -> tuple[str, int]:  # noqa: ARG002 - there is no force for tickets
        return await self.call("ticket/getticket", "jssdk", self.api.jsapi_ticket)

    async def _alarm(self, code: int, *without: str) -> None:
        account_id = (await self.account()).id
        async with self.database.write() as session:
            account = await held(session, account_id)
            alarm(account, code, now=self.clock())
            downgrade(account, *without)
