"""One place that turns an error into what the asker reads: a page for people, JSON for programs."""

import logging
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from app.base.errors import AppError, SignedOut, Unavailable
from app.web.rendering import page

_log = logging.getLogger(__name__)
_TITLES = {401: "请先登录", 403: "没有权限", 404: "没有找到", 409: "已经有了变化", 429: "请稍等一下", 503: "请稍后再试"}
_SENTENCES = {
    404: "没有找到这个页面。请检查地址，或从首页重新进入。",
    405: "这个地址不能这样使用。请从首页重新进入。",
    413: "内容太大了。请减少一些再试。",
    422: "提交的内容不完整或格式不对。请检查后再试。",
    500: "系统出了点问题，我们已经记录下来。请稍后再试。",
}


def install(app: FastAPI) -> None:
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(OperationalError, _database_away)
    app.add_exception_handler(DataError, _unfit_for_the_database)
    app.add_exception_handler(Exception, _unexpected)


def answer(request: Request, status: int, sentence: str) -> Response:
    """The sentence as JSON under /api, as a page everywhere else."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": sentence}, status_code=status)
    way_on = "/staff/login" if status == SignedOut.status else "/"
    return page(
        request, "problem.html", status=status, sentence=sentence, title=_TITLES.get(status, "出错了"), way_on=way_on
    )


async def _app_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, AppError):
        raise error
    if isinstance(error, SignedOut) and request.url.path.startswith(("/staff", "/host")) and request.method == "GET":
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/staff/login?next={quote(wanted)}", status_code=303)
    response = answer(request, error.status, error.sentence)
    if error.retryable:
        response.headers["retry-after"] = "2"
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return answer(request, status, _SENTENCES.get(status, _SENTENCES[500]))


async def _invalid(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the handler's own signature
    return answer(request, 422, _SENTENCES[422])


async def _database_away(request: Request, error: Exception) -> Response:
    _log.error("the database did not answer: %s", error)
    return await _app_error(request, Unavailable("系统正忙，请过几秒再试一次。"))


async def _unfit_for_the_database(request: Request, error: Exception) -> Response:
    """Text with U+0000, or a figure past what a column holds, where no form has said so before."""
    _log.warning("what was sent to %s fits no column: %s", _route(request), type(error).__name__)
    return answer(request, 422, _SENTENCES[422])


async def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("unexpected error at %s", _route(request), exc_info=error)
    return answer(request, 500, _SENTENCES[500])


def _route(request: Request) -> str:
    """The address as the code writes it: what stands in its place may be a secret, such as a desk's link."""
    return f"{request.method} {getattr(request.scope.get('route'), 'path', 'an unknown address')}"
