"""What becomes of envelopes that no platform sends: counted, and everything that must not be."""

import logging
from collections import Counter
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.web.wechat.envelopes import Case
from tests.wechat_platform.pusher import Pusher
from tests.wechat_platform.replies import BadReply

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFUSALS = frozenset({400, 403, 413})


@dataclass
class Judge:
    """`statuses` by kind of case; `wrong` says what must not be: errors of ours, wrong replies, refusals that speak."""

    pusher: Pusher
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def try_all(self, cases: Iterable[Case]) -> int:
        """How many were taken."""
        taken = 0
        for case in cases:
            sent = case.delivery
            status, _, body = await self.pusher.send(sent.method, sent.path, sent.headers, sent.body)
            self.statuses[case.kind, status] += 1
            taken += status == 200
            if why := self._why(case, status, body):
                self.wrong.append(f"{case.kind}: {why}: {sent.path} {sent.body[:2000]!r}")
        return taken

    def _why(self, case: Case, status: int, body: bytes) -> str:
        if status in _REFUSALS:
            return "" if status == 413 or not body else f"a refusal that says {body!r}"
        if status != 200 or case.verdict == "refused":
            return f"status {status}"
        reader = replace(self.pusher._reader(), account=case.account)
        try:
            reader.read(body, openid=case.openid, now=self.pusher.clock())
        except BadReply as error:
            return f"a reply that is none, {error}: {body[:500]!r}"
        return ""


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(f"{record.name}: {record.getMessage()} {record.exc_info}")


@contextmanager
def errors_logged() -> "Iterator[list[str]]":
    """Errors of whatever logs, while it lasts."""
    handler = _Errors()
    logging.getLogger().addHandler(handler)
    try:
        yield handler.found
    finally:
        logging.getLogger().removeHandler(handler)
