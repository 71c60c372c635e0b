"""Many people at once in front of a server that dies: what they were told, for comparing it with what was kept."""

import asyncio
import contextlib
import itertools
import json
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from app.base.keys import Keys
from app.chat.thinking import Speaker
from tests.reliability.connection import Answer, Connection

SCANNING, JOINING, CHATTING = 20, 3, 3
_WISHES = ("附近有没有焊工的活，六千以上", "包吃住的厂有吗", "第一个", "怎么报名面试", "你好")

_Act = Callable[["Crowd", Connection], Awaitable[None]]


class Crowd:
    """Each request is by a browser of its own, so that each acknowledged one is told apart in the database.

    `scanned` are visitors as the ledger writes them, `joined` public ids of places, `chatted` keys of conversations;
    `wrong` are answers that were none of these.
    """

    def __init__(self, port: int, tokens: list[str], keys: Keys) -> None:
        self._port = port
        self._tokens = itertools.cycle(tokens)
        self._keys = keys
        self._numbers = itertools.count(1)
        self._served = asyncio.Event()
        self._answered = asyncio.Condition()
        self.scanned: set[str] = set()
        self.joined: set[str] = set()
        self.chatted: set[str] = set()
        self.wrong: list[str] = []

    async def all_at_once(self) -> None:
        """Goes on until it is cancelled."""
        acts = [Crowd.scan] * SCANNING + [Crowd.join] * JOINING + [Crowd.chat] * CHATTING
        async with asyncio.TaskGroup() as group:
            for act in acts:
                group.create_task(self._again_and_again(act))

    def server_is_up(self, *, up: bool) -> None:
        """Nobody connects to a server that is known to be dead."""
        if up:
            self._served.set()
        else:
            self._served.clear()

    async def acknowledged(self, *, scans: int, writes: int) -> None:
        """Returns when so many more scans and so many more ordinary writes were answered, or one of them wrongly."""
        scans += len(self.scanned)
        writes += self._writes
        async with self._answered:
            await self._answered.wait_for(lambda: self.wrong or (len(self.scanned) >= scans and self._writes >= writes))

    @property
    def _writes(self) -> int:
        return len(self.joined) + len(self.chatted)

    async def _again_and_again(self, act: _Act) -> None:
        while True:
            await self._served.wait()
            # a killed server ends its connections; what was asked on them is not acknowledged
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                async with Connection.to(self._port) as connection:
                    while True:
                        await act(self, connection)

    async def scan(self, connection: Connection) -> None:
        word, number = secrets.token_hex(16), next(self._numbers)
        kind = "I" if number % 5 == 0 else "J"
        answer = await connection.ask("GET", f"/{kind}{next(self._tokens)}", cookie=self._cookie(word))
        await self._note(answer, 200, self.scanned, self._keys.hash("visitor", word)[:32])

    async def join(self, connection: Connection) -> None:
        word, number = secrets.token_hex(16), next(self._numbers)
        form = urlencode({"name": "汪小妹", "phone": f"139{number:08}", "consent": "1"})
        answer = await connection.ask(
            "POST",
            f"/I{next(self._tokens)}",
            cookie=self._cookie(word),
            kind="application/x-www-form-urlencoded",
            body=form,
        )
        await self._note(answer, 303, self.joined, answer.location.removeprefix("/place/"))

    async def chat(self, connection: Connection) -> None:
        word, number = secrets.token_hex(16), next(self._numbers)
        body = json.dumps({"text": _WISHES[number % len(_WISHES)]})
        answer = await connection.ask(
            "POST", "/api/chat", cookie=self._cookie(word), kind="application/json", body=body
        )
        await self._note(answer, 200, self.chatted, Speaker(channel="web", word=word).key(self._keys))

    def _cookie(self, word: str) -> str:
        return f"visitor={self._keys.sign(f'visitor-{word}')}"

    async def _note(self, answer: Answer, expected: int, told: set[str], what: str) -> None:
        async with self._answered:
            if answer.status == expected:
                told.add(what)
            else:
                self.wrong.append(f"{answer.status} {answer.body}")
            self._answered.notify_all()
