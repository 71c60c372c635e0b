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
# some of Python's codecs give text that no database and no page can hold, such as halves of surrogate pairs
_CHARSET = re.compile(r"charset(?!\s*=\s*\"?utf-?8\"?\s*(?:;|$))", re.IGNORECASE)
_TOO_LARGE = 413
_TOO_SLOW = 408
_NOT_UTF_8 = 415
_SLOW = "提交的内容没有传完。请检查网络后再试一次。"
_LARGE = "内容太大了。请减少一些再试。"
_FOREIGN = "提交的文字不是 UTF-8 编码，读不了。请换一个浏览器再试。"


class _RefusedError(Exception):
    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Bodies:
    """Takes a body whole before its handler begins, so that a slow or endless one holds neither memory nor database.

    One that is too large is refused (413) when the first byte too many arrives or is announced, one that is too slow
    (408) after `SECONDS`, and one that names another charset than UTF-8 at once (415).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self._app(scope, receive, send)
            return
        try:
            ready = await _ready(scope, receive)
        except _RefusedError as refusal:
            response = answer(Request(scope), refusal.status, refusal.sentence)
            response.headers["connection"] = "close"  # the rest of it is not waited for
            await response(scope, receive, send)
            return
        if ready is not None:
            await self._app(scope, ready, send)


async def _ready(scope: Scope, receive: Receive) -> Receive | None:
    """What the handler is to receive from; None where the sender has gone."""
    if _CHARSET.search(Headers(scope=scope).get("content-type", "")):
        raise _RefusedError(_NOT_UTF_8, _FOREIGN)
    if _FILES.fullmatch(scope["path"]):
        return receive
    body = await _arrived(scope, receive)
    return None if body is None else _again(body, receive)


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
