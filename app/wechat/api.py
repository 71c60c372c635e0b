"""Calls of the platform's API, over wechatpy's client in a bounded pool of threads.

Of wechatpy only the plain request is used. Its own tokens are not: it would fetch them without a timeout, from an
address that cannot be changed, and again for each refusal (docs/decisions/0013-wechat-client.md).
"""

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Literal

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatClientException

from app.wechat.credentials import Credentials
from app.wechat.failures import ApiError, Unreachable

_NO_SECRET = 41004
# what it says of a connection names the address, and ours hold the token
logging.getLogger("urllib3").setLevel(logging.ERROR)


class WeChatApi:
    """One call each, none repeated. Raises ApiError, and Unreachable where no answer can be read.

    `threads`: how many calls at once; `timeout`: seconds to connect, and to wait for each part of an answer.
    """

    def __init__(
        self, credentials: Credentials, *, threads: int = 8, timeout: tuple[float, float] = (3.0, 8.0)
    ) -> None:
        self._credentials, self._timeout = credentials, timeout
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="wechat")
        self._own = threading.local()

    async def fetch_token(self, *, force: bool = False) -> tuple[str, int]:
        """An access token and the seconds that it lives; `force` ends the one before it, 20 times a day at most.

        Raises ApiError 41004 where no secret is set, without a call.
        """
        body = {"grant_type": "client_credential", **self._account(), "force_refresh": force}
        answer = await self._call("post", "cgi-bin/stable_token", data=body)
        return _pair(answer, "access_token")

    async def send_message(self, token: str, body: dict[str, Any]) -> None:
        """A customer service message (客服消息)."""
        await self._call("post", "cgi-bin/message/custom/send", token=token, data=body)

    async def send_template(self, token: str, body: dict[str, Any]) -> None:
        """A template message (模板消息)."""
        await self._call("post", "cgi-bin/message/template/send", token=token, data=body)

    async def send_subscribe_once(self, token: str, body: dict[str, Any]) -> None:
        """The one message that somebody agreed to on a page (一次性订阅消息)."""
        await self._call("post", "cgi-bin/message/template/subscribe", token=token, data=body)

    async def create_scene(self, token: str, body: dict[str, Any]) -> dict[str, Any]:
        """A code of the platform's own: {"ticket", "url"} and, unless it is permanent, "expire_seconds"."""
        return await self._call("post", "cgi-bin/qrcode/create", token=token, data=body)

    async def create_menu(self, token: str, body: dict[str, Any]) -> None:
        await self._call("post", "cgi-bin/menu/create", token=token, data=body)

    async def get_menu(self, token: str) -> dict[str, Any]:
        """Raises ApiError 46003 where none was made."""
        return await self._call("get", "cgi-bin/menu/get", token=token)

    async def jsapi_ticket(self, token: str) -> tuple[str, int]:
        """What pages are signed with for the JS-SDK, and the seconds that it lives."""
        return _pair(
            await self._call("get", "cgi-bin/ticket/getticket", token=token, params={"type": "jsapi"}), "ticket"
        )

    async def oauth_openid(self, code: str) -> str:
        """Who came from the platform's page with that code. Raises ApiError 40029 and 40163 for one that is no good."""
        params = {**self._account(), "code": code, "grant_type": "authorization_code"}
        return _text(await self._call("get", "sns/oauth2/access_token", params=params), "openid")

    def close(self) -> None:
        """Calls that wait for a thread are dropped."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _account(self) -> dict[str, str]:
        if self._credentials.secret is None:
            raise ApiError(_NO_SECRET, "no secret is set")
        return {"appid": self._credentials.app_id, "secret": self._credentials.secret}

    async def _call(
        self,
        method: Literal["get", "post"],
        path: str,
        *,
        token: str | None = None,
        params: dict[str, str] | None = None,
        data: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Waits no longer than the call may take, also for a thread, and for an answer that comes in drops."""
        asked = {**(params or {}), **({"access_token": token} if token else {})}
        # pairs: to a dict without a token the client would add one of its own
        ask = partial(self._ask, method, path, params=list(asked.items()), data=data)
        try:
            async with asyncio.timeout(2 * sum(self._timeout)):
                return await asyncio.get_running_loop().run_in_executor(self._pool, ask)
        except TimeoutError:
            raise Unreachable(reached=True) from None

    def _ask(
        self, method: str, path: str, *, params: list[tuple[str, str]], data: dict[str, Any] | None
    ) -> dict[str, Any]:
        """Errors lose their cause here, whose words hold addresses with tokens in them."""
        try:
            answer = getattr(self._client(), method)(path, params=params, **({"data": data} if data else {}))
        except WeChatClientException as error:
            if error.errcode is None:
                raise Unreachable(reached=True) from None
            raise ApiError(int(error.errcode), str(error.errmsg)) from None
        except requests.RequestException as error:
            raise Unreachable(reached=_arrived(error)) from None
        except (TypeError, ValueError):
            raise Unreachable(reached=True) from None  # an error code that is no number
        if not isinstance(answer, dict):
            raise Unreachable(reached=True)  # no JSON, or no object
        return answer

    def _client(self) -> WeChatClient:
        """This thread's own: a session of `requests` is no two threads' at once."""
        client = getattr(self._own, "client", None)
        if client is None:
            client = WeChatClient(self._credentials.app_id, "", timeout=self._timeout, auto_retry=False)
            client.API_BASE_URL = f"{self._credentials.api}/"
            self._own.client = client
        return client


def _arrived(error: requests.RequestException) -> bool:
    """Whether the call may have reached the platform: not where there was never a connection."""
    if isinstance(error, requests.ConnectTimeout):
        return False
    cause = error.args[0] if error.args else None
    return not (isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError))


def _pair(answer: dict[str, Any], name: str) -> tuple[str, int]:
    seconds = answer.get("expires_in")
    if not isinstance(seconds, int):
        raise Unreachable(reached=True)
    return _text(answer, name), seconds


def _text(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise Unreachable(reached=True)
    return value
