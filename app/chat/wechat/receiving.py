"""Pushes of WeChat taken in time: answered, else acknowledged and answered later, and once in any case.

The platform pushes again what was not answered within five seconds, three times in all. The line of the transcript is
what a push is known by again: whoever comes second, at once or after a crash, is given what was answered first.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime

from app.base.errors import AppError, Unavailable
from app.chat.wechat.answering import Answering
from app.chat.wechat.given import NOTHING, Given
from bot.wechat import Push

_log = logging.getLogger(__name__)
IN_TIME, AT_LAST = 2.5, 2.0
"""Seconds that an answer may take, and that keeping a push for later may take after that: 4.5 of the platform's 5."""
AT_ONCE = 8
"""How many turns are thought out side by side: more make none of them faster, in one process."""
_BUSY = "现在人太多，请过几秒再发一次。"
UNANSWERED = frozenset({"view", "unfollow", "other"})
"""Kinds of pushes that nobody expects an answer to."""


class _Turn:
    """Waits for one of the places that turns are thought out at, so that a crowd delays no turn that has begun."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots = slots
        self.has_begun = False

    async def run(self, work: Coroutine[None, None, Given]) -> Given:
        try:
            async with self._slots:
                self.has_begun = True
                return await work
        finally:
            work.close()  # one that never began


@dataclass(frozen=True, kw_only=True)
class Reception(Answering):
    """What takes pushes, one for each process."""

    in_time: float = IN_TIME
    at_last: float = AT_LAST
    _running: set[asyncio.Task[Given]] = field(default_factory=set)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def take(self, push: Push, *, now: datetime) -> Given:
        """The answer; nothing where there is none, or where it comes later.

        Raises Unavailable where the push could be neither answered nor kept: nothing is acknowledged then, and the
        platform pushes it again. Whatever else the answer raises, it raises.
        """
        if push.kind == "unfollow":
            await self.unfollow(push, now=now)
        if push.kind in UNANSWERED:
            return NOTHING
        turn = _Turn(self._slots)
        answer = self._start(turn.run(self.answer(push, now=now)))
        await asyncio.wait({answer}, timeout=self.in_time)
        if answer.done():
            return answer.result()
        if not turn.has_begun:
            answer.cancel()  # what is kept now is answered by the outbox alone
        kept = self._start(self.put_off(push, now=now))
        await asyncio.wait({kept}, timeout=self.at_last)
        if not kept.done():
            raise Unavailable(_BUSY)
        return kept.result()

    def _start(self, work: Coroutine[None, None, Given]) -> asyncio.Task[Given]:
        """Goes on when nobody waits for it any more; what it raises then is told here."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Given]) -> None:
        self._running.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, AppError):  # which is a sentence for whoever wrote
            _log.warning("a push was not answered: %s", type(error).__name__)
