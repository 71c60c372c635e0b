"""Pictures that people send to the account: where the platform keeps them, and nowhere else."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError

from app.wechat.credentials import Credentials
from qr import LARGEST_BYTES, NoPictureError, codes_in

# where PicUrl of a push points to (接收普通消息)
_HOSTS = (".qpic.cn", ".qlogo.cn")
# so plain that no two programs can read another host in it, as they do where there is a backslash
_ADDRESS = re.compile(r"https?://(?P<place>[0-9A-Za-z.:-]+)(?:[/?][!-~]*)?")
_CONNECT_SECONDS, _READ_SECONDS = 2.0, 3.0
_PIECE = 64 * 1024


class Pictures:
    """Reads the codes in pictures, `threads` at a time; the rest wait for their turn."""

    def __init__(self, credentials: Credentials, *, threads: int = 2) -> None:
        # where a stand-in for the platform is set, its pictures are there, too
        self._own = urlsplit(credentials.api).netloc
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pictures")

    async def codes(self, address: str) -> list[str]:
        """What the QR codes in the picture hold; empty where it holds none, cannot be fetched or is no picture."""
        if not self._is_the_platforms(address):
            return []
        return await asyncio.get_running_loop().run_in_executor(self._threads, _codes, address)

    def _is_the_platforms(self, address: str) -> bool:
        read = _ADDRESS.fullmatch(address)
        return read is not None and (read["place"] == self._own or read["place"].lower().endswith(_HOSTS))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _codes(address: str) -> list[str]:
    try:
        return codes_in(_fetched(address))
    except (requests.RequestException, HTTPError, NoPictureError):  # HTTPError: no host has such a name
        return []


def _fetched(address: str) -> bytes:
    """No further than a picture may be large; a redirect could lead anywhere."""
    timeout = (_CONNECT_SECONDS, _READ_SECONDS)
    with requests.get(address, timeout=timeout, stream=True, allow_redirects=False) as answer:
        answer.raise_for_status()
        picture = bytearray()
        for piece in answer.iter_content(_PIECE):
            picture += piece
            if len(picture) > LARGEST_BYTES:
                raise NoPictureError("larger than a picture may be")
        return bytes(picture)
