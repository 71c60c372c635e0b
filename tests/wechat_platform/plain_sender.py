"""A sender for the pusher that needs the standard library only, for where no development dependency is."""

import asyncio
import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

from tests.wechat_platform.pusher import PATIENCE, Send


def to_address(address: str, *, timeout: float = PATIENCE) -> Send:
    """To a server at `address`, a connection for each push; `timeout` (seconds) ends the thread that waits."""
    parts = urlsplit(address)

    def request(method: str, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    async def send(
        method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, str], bytes]:
        return await asyncio.to_thread(request, method, path, headers, body)

    return send
