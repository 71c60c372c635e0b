"""`/wechat`: what the platform asks before it pushes, and its pushes.

Whoever is refused learns a status and nothing else; whoever pushes rightly is never answered with an error of ours that
could be mended by pushing again, but by 503, upon which the platform does.
"""

import contextlib
import logging
import secrets
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.base.errors import AppError, TooMany
from app.chat.wechat.given import Given
from app.chat.wechat.receiving import UNANSWERED
from app.web.chat.pace import MESSAGES, TOO_FAST
from app.web.pace import pace_of
from app.web.services import Now
from app.web.wechat.account import WeChat, wechat_of
from bot.wechat import Push, PushError, fields, news_reply, read_push, text_reply

_log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
# "nothing to say", in the platform's own word
_DONE = "success"
_AGAIN = 503
# strangers fill no log
_LOGGED = 6


@router.get("/wechat")
async def verify(request: Request, now: Now) -> Response:
    """The platform asks whether this address is the account's: what it sent is sent back (接入指南)."""
    try:
        wechat_of(request).envelope.check(request.query_params, now=now)
    except PushError as refusal:
        return _refused(request, refusal, now=now)
    return PlainTextResponse(request.query_params.get("echostr", ""))


@router.post("/wechat")
async def take(request: Request, now: Now) -> Response:
    """One push."""
    wechat = wechat_of(request)
    try:
        xml = wechat.envelope.open(await request.body(), request.query_params, now=now)
        push = read_push(fields(xml))
    except PushError as refusal:
        return _refused(request, refusal, now=now)
    try:
        given = await _given(request, wechat, push, now=now)
    except Exception as error:  # noqa: BLE001 - whatever it was, it is pushed again, and says nothing to strangers
        if not getattr(error, "retryable", False):
            _log.error("a push of kind %s failed", push.kind, exc_info=error)
        return Response(status_code=_AGAIN)
    reply = _reply(push, given, now=now)
    if reply is None:
        return PlainTextResponse(_DONE)
    sealed = wechat.envelope.seal(reply, nonce=secrets.token_hex(8), timestamp=int(now.timestamp()))
    return Response(sealed, media_type="application/xml")


def _refused(request: Request, refusal: PushError, *, now: datetime) -> Response:
    """Says nothing to whoever asks; to the operator, a few times a minute, what a wrong setting is refused for."""
    with contextlib.suppress(TooMany):
        pace_of(request, "wechat_refusals", _LOGGED, sentence="").take("", now=now)
        _log.warning("/wechat refused a request: %s", refusal)
    return Response(status_code=refusal.status)


async def _given(request: Request, wechat: WeChat, push: Push, *, now: datetime) -> Given:
    """The answer; where a sentence explains why there is none, that."""
    try:
        if push.kind not in UNANSWERED:
            pace_of(request, "wechat", MESSAGES, sentence=TOO_FAST).take(push.sender, now=now)
    except TooMany as busy:  # what is pushed again is no new message: its answer stays what it was
        return await wechat.reception.given_before(push, now=now) or Given(busy.sentence)
    try:
        return await wechat.reception.take(push, now=now)
    except AppError as error:
        if error.status == _AGAIN:
            raise
        return Given(error.sentence)


def _reply(push: Push, given: Given, *, now: datetime) -> bytes | None:
    at = int(now.timestamp())
    if (card := given.article) is not None:
        return news_reply(push, card.title, card.description, card.url, now=at)
    return text_reply(push, given.text, now=at) if given.text else None
