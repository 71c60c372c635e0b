"""Pictures that people send are read where the platform keeps them, and nowhere else."""

import asyncio
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import requests

from app.base.clock import system_clock
from app.wechat.credentials import Credentials
from app.wechat.pictures import Pictures
from qr import LARGEST_BYTES, matrix, png
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.server import serving

HELD = "HTTPS://RSJ.ANQING.GOV.CN/J7K3M9Q"
PICTURE = png(matrix(HELD), module=8)


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform(system_clock, visitor="oVisitor0000000000000000Visi")
    with serving(platform):
        yield platform


@pytest.fixture
def pictures(platform: Platform) -> Iterator[Pictures]:
    pictures = Pictures(Credentials(platform.app_id, None, "token", None, platform.address))
    yield pictures
    pictures.close()


async def fetched(address: str) -> bytes:
    """What anybody would get there, who follows wherever it leads."""
    return (await asyncio.to_thread(requests.get, address, timeout=10)).content


async def test_a_code_on_the_platforms_picture_is_read(platform: Platform, pictures: Pictures) -> None:
    address, _ = platform.add_picture(PICTURE, type_="image/png")
    assert await pictures.codes(address) == [HELD]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://localhost:{port}{path}",
        "http://127.0.0.1:{port}@localhost:{port}{path}",
        "http://localhost:{port}{path}?.qpic.cn",
        "http://localhost:{port}{path}#.qpic.cn",
        "http://qpic.cn@localhost:{port}{path}",
        "http://localhost:{port}\\@a.qpic.cn/..{path}",
    ],
)
async def test_what_lies_elsewhere_is_not_fetched(platform: Platform, pictures: Pictures, elsewhere: str) -> None:
    """The same picture, by an address that only looks like the platform's."""
    address, _ = platform.add_picture(PICTURE, type_="image/png")
    port, path = address.removeprefix("http://127.0.0.1:").split("/", 1)
    asked = elsewhere.format(port=port, path=f"/{path}")
    assert await fetched(asked) == PICTURE
    assert await pictures.codes(asked) == []


NO_HOSTS = ["http://a..qpic.cn/0", f"http://{'a' * 64}.qpic.cn/0"]
NO_PAGES = ["", "file:///etc/hostname", "http://[", "//127.0.0.1/x", "ftp://a.qpic.cn/0"]


@pytest.mark.parametrize("address", NO_PAGES + NO_HOSTS)
async def test_what_is_no_address_of_a_page_is_no_picture(pictures: Pictures, address: str) -> None:
    assert await pictures.codes(address) == []


async def test_a_redirect_leads_nowhere(platform: Platform, pictures: Pictures) -> None:
    address, _ = platform.add_picture(PICTURE, type_="image/png")
    leads = (
        f"{platform.address}/connect/oauth2/authorize?appid={platform.app_id}&redirect_uri={quote(address, safe='')}"
        "&response_type=code&scope=snsapi_base&state=x"
    )
    assert await fetched(leads) == PICTURE
    assert await pictures.codes(leads) == []


async def test_what_is_too_large_is_not_read(platform: Platform, pictures: Pictures) -> None:
    address, _ = platform.add_picture(PICTURE + bytes(LARGEST_BYTES), type_="image/png")
    assert await pictures.codes(address) == []


async def test_a_picture_that_is_gone_holds_nothing(platform: Platform, pictures: Pictures) -> None:
    assert await pictures.codes(f"{platform.address}/mmbiz_jpg/gone/0") == []
