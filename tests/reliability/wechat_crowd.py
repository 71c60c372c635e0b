"""Many people on WeChat in front of a server that dies: what they did and were told, to compare with what was kept."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.reliability.connection import Connection
from tests.wechat_platform import pushes
from tests.wechat_platform.pusher import TRIES, Pusher
from tests.wechat_platform.pushes import Push
from tests.wechat_platform.replies import BadReply

AT_ONCE = 8
# a third of the answers is lost on its way, and the push comes again; so it does at once, now and then
_LOST, _TWICE = 0.3, 0.2
# not acknowledged, and pushed again
_BUSY = 503
Shown = tuple[str, str, str]
"""What a person is shown: the kind of answer, its text, and the address of its article."""


@dataclass
class Told:
    """A push: `line` is how it stands in the transcript, `scan` what it is in the ledger, and `shown` each answer.

    `joins`: the employer whose queue it leads into.
    """

    push: Push
    line: str
    scan: tuple[str, str, str] | None = None
    joins: int | None = None
    shown: list[Shown] = field(default_factory=list)

    @property
    def is_acknowledged(self) -> bool:
        return self.shown != []


@dataclass(frozen=True)
class Code:
    """A job's code on the screen, and the number that the host reads out, which has a token of its own."""

    token: str
    number: str
    spoken_token: str
    employer_id: int


class WeChatCrowd:
    """Each person does what `_day` says, and then somebody new comes.

    `refused` counts what was not acknowledged in so many words; `wrong` are answers that no push may be given.
    """

    def __init__(
        self, port: int, codes: list[Code], pusher: Pusher, introduce: Callable[[str], Awaitable[None]]
    ) -> None:
        self._port, self._pusher, self._introduce = port, pusher, introduce
        self._codes = itertools.cycle(codes)
        self._chance = random.Random(20210209)  # noqa: S311 - what is lost, no secret
        self._numbers = itertools.count(1)
        self._served = asyncio.Event()
        self._answered = asyncio.Condition()
        self._answers = 0
        self.told: dict[str, list[Told]] = {}
        self.refused = 0
        self.wrong: list[str] = []

    async def all_at_once(self) -> None:
        """Goes on until it is cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(self._one_after_another())

    def server_is_up(self, *, up: bool) -> None:
        """Nobody connects to a server that is known to be dead."""
        if up:
            self._served.set()
        else:
            self._served.clear()

    async def acknowledged(self, count: int) -> None:
        """Returns when so many more pushes were answered, or one of them wrongly."""
        count += self._answers
        async with self._answered:
            await self._answered.wait_for(lambda: self.wrong or self._answers >= count)

    async def _one_after_another(self) -> None:
        while True:
            number = next(self._numbers)
            openid = f"oKilled_{number:020}"
            self.told[openid] = []
            if is_known := number % 3 == 0:
                await self._introduce(openid)
            for told in self._day(openid, is_known=is_known, wants_people=number % 3 == 1):
                self.told[openid].append(told)
                self._pusher._open_quotas(told.push)
                await self._push(told)

    def _day(self, openid: str, *, is_known: bool, wants_people: bool) -> Iterator[Told]:
        """`is_known`: their name and phone are, so that a word is enough to join. No line twice but those of scans."""
        seen, said, heard = (next(self._codes) for _ in range(3))
        yield self._told(pushes.subscribe(openid), "")
        yield self._told(pushes.text(openid, "有没有焊工的活，六千以上"))
        yield self._told(pushes.scan(openid, scene=f"J{seen.token}"), "", scan=("J", seen.token, "wechat"))
        joins = seen.employer_id if is_known else None
        yield self._told(pushes.scan(openid, scene=f"I{seen.token}"), "", scan=("I", seen.token, "wechat"), joins=joins)
        if wants_people:  # after which a number is no spoken code, also one that was put off before
            yield self._told(pushes.text(openid, "转人工"))
            yield self._told(pushes.text(openid, "加班多不多"))
            return
        yield self._told(pushes.text(openid, said.number), scan=("J", said.spoken_token, "spoken"))
        joins = heard.employer_id if is_known else None
        words = f"我要面试{heard.number}"
        yield self._told(pushes.text(openid, words), scan=("I", heard.spoken_token, "spoken"), joins=joins)
        yield self._told(pushes.text(openid, "包吃住的厂有吗"))

    def _told(
        self,
        push: Push,
        line: str | None = None,
        *,
        scan: tuple[str, str, str] | None = None,
        joins: int | None = None,
    ) -> Told:
        words: Mapping[str, str] = dict(push.nodes)
        return Told(self._pusher.dated(push), words.get("Content", "") if line is None else line, scan, joins)

    async def _push(self, told: Told) -> None:
        """Up to three times, as WeChat does, but waiting for a server that is there."""
        for late in range(TRIES):
            await self._served.wait()
            times = 2 if self._chance.random() < _TWICE else 1
            tries = [await one for one in asyncio.as_completed([self._try(told, late) for _ in range(times)])]
            if any(tries) and self._chance.random() >= _LOST:
                return

    async def _try(self, told: Told, late: int) -> bool:
        """Whether it was answered."""
        sent = self._pusher.delivery(told.push, late=late * 5)
        try:
            async with Connection.to(self._port) as connection:
                words = sent.body.decode()
                answer = await connection.ask(sent.method, sent.path, cookie="", kind="text/xml", body=words)
        except (ConnectionError, asyncio.IncompleteReadError):
            return False  # a killed server ends its connections
        async with self._answered:
            is_answered = answer.status == 200
            if is_answered:
                self._read(told, answer.body.encode())
            elif answer.status == _BUSY:
                self.refused += 1
            else:
                self.wrong.append(f"{answer.status} {answer.body}")
            self._answered.notify_all()
        return is_answered

    def _read(self, told: Told, body: bytes) -> None:
        self._answers += 1
        try:
            answer = self._pusher._reader().read(body, openid=told.push.openid, now=self._pusher.clock())
        except BadReply as error:
            self.wrong.append(str(error))
        else:
            told.shown.append((answer.kind, answer.text, answer.article.url if answer.article else ""))
