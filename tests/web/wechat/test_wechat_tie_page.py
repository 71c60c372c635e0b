"""What the page of a place offers inside WeChat: to its owner, and only while it is of use."""

import re
from urllib.parse import urlsplit

import httpx
import pytest

from app.chat.tying import answer_to_tie
from app.web.wechat.tying import CODES
from app.wechat.accounts import account_of
from bot.phrases import say
from tests.web.seeker_stage import Page
from tests.web.wechat.phone import LAN, XIAO, Phone
from tests.web.wechat.visits import inside, joined, recognised
from tests.wechat_platform import webpages

TIE = "在微信聊天里也能查"
ALLOW = "叫到我时，微信通知我"
ONCE = "tmpl_once_00000000000000000000000000000000001"


async def name(phone: Phone, **templates: object) -> int:
    async with phone.held.database.write() as session:
        account = await account_of(session, phone.wechat.credentials, now=phone.clock())
        account.name, account.templates = "怀宁就业", dict(templates)
        return account.id


async def offers(client: httpx.AsyncClient, place: str) -> list[str]:
    return [heading for heading in Page(await client.get(place)).all("h2") if heading in {TIE, ALLOW}]


async def drawn(client: httpx.AsyncClient, place: str) -> str:
    answer = await client.post(f"{place}/tie")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{place}#tie")
    (digits,) = re.findall(r"绑定 ([0-9]{6})", (await client.get(place)).text)
    return str(digits)


@pytest.mark.parametrize("kind", ["A", "B", "C"])
async def test_digits_from_the_page_tie_it_to_the_chat(phone: Phone, kind: str) -> None:
    await phone.become(kind)
    account_id = await name(phone)
    async with inside(phone) as client:
        place = await joined(phone, client, phone.show.welder)
        page = Page(await client.get(place))
        assert ("发给公众号“怀宁就业”" in "".join(page.all("section")), TIE in page.all("h2")) == (True, True)
        assert "绑定" not in (await client.get(place)).text
        words = f"绑定 {await drawn(client, place)}"
        answer = await answer_to_tie(
            phone.held.database, account_id, XIAO, words, keys=phone.held.keys, now=phone.clock()
        )
        assert answer == say("tying.tied_silently" if kind == "C" else "tying.tied")
        assert await offers(client, place) == []
    assert "1号" in (await phone.say("我的面试")).text


async def test_the_page_promises_calls_only_where_they_can_be_told(phone: Phone) -> None:
    for kind, promised in (("B", True), ("C", False)):
        await phone.become(kind)
        async with inside(phone) as client:
            place = await joined(phone, client, phone.show.welder)
            assert ("收叫号" in (await client.get(place)).text) == promised


async def test_who_has_only_the_link_gets_no_digits(phone: Phone) -> None:
    async with inside(phone) as owner, inside(phone) as other:
        place = await joined(phone, owner, phone.show.welder)
        await joined(phone, other, phone.show.packer)
        assert (await other.post(f"{place}/tie")).status_code == 303
        assert await offers(other, place) == []
        assert not re.search("绑定 [0-9]", (await owner.get(place)).text + (await other.get(place)).text)


async def test_outside_of_wechat_nothing_is_offered(phone: Phone) -> None:
    async with inside(phone, **{"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0"}) as client:
        assert await offers(client, await joined(phone, client, phone.show.welder)) == []


async def test_digits_are_drawn_a_few_times_a_minute(phone: Phone) -> None:
    async with inside(phone) as client:
        place = await joined(phone, client, phone.show.welder)
        assert [(await client.post(f"{place}/tie")).status_code for _ in range(CODES + 1)] == [303] * CODES + [429]


async def allowing(phone: Phone, client: httpx.AsyncClient, place: str) -> str:
    """The way back from WeChat's page on which the person agrees."""
    (link,) = [link for link in Page(await client.get(place)).links() if "subscribemsg" in link]
    away = urlsplit(link)
    assert (away.scheme, away.netloc, away.path) == ("https", "mp.weixin.qq.com", "/mp/subscribemsg")
    assert away.fragment == "wechat_redirect"
    return webpages.consent(phone.platform, away.query)


async def test_one_message_can_be_allowed_on_the_page(phone: Phone) -> None:
    await name(phone, once={"id": ONCE})
    async with inside(phone) as client:
        await recognised(phone, client, "/my")
        place = await joined(phone, client, phone.show.welder)
        assert await offers(client, place) == [ALLOW]
        back = await client.get(await allowing(phone, client, place))
        assert (back.status_code, back.headers["location"]) == (303, place)
        page = Page(await client.get(place))
        assert "好了。叫到您时，微信会通知您一次。" in page.all("p")
        assert ALLOW not in page.all("h2")


@pytest.mark.parametrize("how", ["cancel", "another openid", "no proof", "another browser"])
async def test_what_was_not_allowed_there_is_not(phone: Phone, how: str) -> None:
    await name(phone, once={"id": ONCE})
    async with inside(phone) as client, inside(phone) as other:
        await recognised(phone, client, "/my")
        place = await joined(phone, client, phone.show.welder)
        way = await allowing(phone, client, place)
        way = {
            "cancel": way.replace("action=confirm", "action=cancel"),
            "another openid": way.replace(XIAO, LAN),
            "no proof": re.sub("reserved=[0-9a-f]+", f"reserved={'0' * 72}", way),
        }.get(how, way)
        back = await (other if how == "another browser" else client).get(way)
        assert (back.status_code, back.headers["location"]) == (303, place)
        assert await offers(client, place) == [ALLOW]


async def test_nothing_can_be_allowed_without_a_template_or_an_openid(phone: Phone) -> None:
    async with inside(phone) as client:
        await recognised(phone, client, "/my")
        assert await offers(client, await joined(phone, client, phone.show.welder)) == []
    await name(phone, once={"id": ONCE})
    async with inside(phone) as stranger:
        assert await offers(stranger, await joined(phone, stranger, phone.show.packer)) == [TIE]
