"""The signature that WeChat's script checks."""

import pytest

from app.wechat.accounts import account_of, downgrade
from app.wechat.failures import Lacking
from app.wechat.jssdk import sign, signature
from tests.wechat.ours import Ours

URL = "https://rsj.anqing.gov.cn/J7K3M9Q?c=link"


def test_it_is_what_wechats_own_example_gives() -> None:
    """附录1-JS-SDK使用权限签名算法."""
    ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
    signed = signature(
        ticket, nonce="Wm3WZYTPz0wzccnW", timestamp=1414587457, url="http://mp.weixin.qq.com?params=value"
    )
    assert signed == "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


async def test_pages_share_one_ticket_and_no_nonce(ours: Ours) -> None:
    async with ours.database.write() as session:
        (await account_of(session, ours.credentials, now=ours.clock())).lacks = []
    one, other = [await sign(ours.platform, URL, now=ours.clock()) for _ in range(2)]
    assert ours.stand_in.ticket is not None
    ticket = ours.stand_in.ticket[0]
    assert one.signature == signature(ticket, nonce=one.nonce, timestamp=one.timestamp, url=URL)
    assert (one.app_id, one.timestamp) == (ours.stand_in.app_id, int(ours.clock().timestamp()))
    assert (len(ours.stand_in.tickets_fetched), one.nonce == other.nonce) == (1, False)


async def test_an_account_that_may_not_signs_nothing(ours: Ours) -> None:
    async with ours.database.write() as session:
        downgrade(await account_of(session, ours.credentials, now=ours.clock()), "jssdk")
    with pytest.raises(Lacking):
        await sign(ours.platform, URL, now=ours.clock())
