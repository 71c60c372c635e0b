"""How much of a request is taken, and how long it may take to arrive."""

import asyncio
import re

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.failures import answer

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
KILOBYTE = 1024
# a seeker's form, an interviewer's note, a line of the chat
MOST = 64 * KILOBYTE
# staff's forms hold whole lists
MOST_OF_STAFF = 2 * 1024 * KILOBYTE
SECONDS = 30
# files; their handler reads them itself, once it knows who sends them (app.web.staff.imports_upload)
_FILES = re.compile(r"/staff/events/[^/]+/import(?:/[^/]*)?")
_TOO_LARGE = 413
_TOO_SLOW = 408
_SLOW = "提交的内容没有传完。请检查网络后再试一次。"
_LARGE = "内容太大了。请减少一些再试。"


class _RefusedError(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Bodies:
    """Takes a body whole before its handler begins, so that a slow or endless one holds neither memory nor database.

    One that is too large is refused (413) when the first byte too many arrives or is announced, one that is too slow
    (408) after `SECONDS`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or _FILES.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            body = await _arrived(scope, receive)
        except _RefusedError as refusal:
            response = answer(Request(scope), refusal.status, refusal.sentence)
            response.headers["connection"] = "close"  # the rest of it is not waited for
            await response(scope, receive, send)
            return
        if body is not None:
            await self._app(scope, _again(body, receive), send)


async def _arrived(scope: Scope, receive: Receive) -> bytes | None:
    """The body; None where the sender has gone."""
    most = MOST_OF_STAFF if _is_staffs(scope["path"]) else MOST
    announced = Headers(scope=scope).get("content-length", "0")
    if not announced.isdecimal() or int(announced) > most:
        raise _RefusedError(_TOO_LARGE, _LARGE)
    try:
        async with asyncio.timeout(SECONDS):
            return await _read(receive, most)
    except TimeoutError as late:
        raise _RefusedError(_TOO_SLOW, _SLOW) from late


async def _read(receive: Receive, most: int) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) > most:
            raise _RefusedError(_TOO_LARGE, _LARGE)
        if not message.get("more_body", False):
            return bytes(body)


def _is_staffs(path: str) -> bool:
    return path.startswith("/staff/") and path not in {"/staff/login", "/staff/logout"}


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body at once, and then whatever else the server has to say."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
