"""Jobs as cards inside WeChat: off unless staff switched it on, and for pages of ours only."""

from hashlib import sha1

import httpx
import pytest

from app.web.wechat import jssdk
from app.wechat.accounts import account_of
from tests.web.seeker_stage import PHONE, Page
from tests.web.wechat.phone import Phone
from tests.web.wechat.visits import PUBLIC, code, inside
from tests.wechat_platform.faults import Fault

SCRIPT = "https://res.wx.qq.com/open/js/jweixin-1.6.0.js"


async def share(phone: Phone, *, on: bool = True) -> None:
    async with phone.held.database.write() as session:
        (await account_of(session, phone.wechat.credentials, now=phone.clock())).share = on


async def sources(client: httpx.AsyncClient, path: str) -> tuple[list[str], str]:
    """The scripts that a page names, and from where it may load any."""
    answer = await client.get(path)
    assert answer.status_code == 200
    scripts = [element.attrs.get("data-script", "") for element in Page(answer).elements if element.tag == "script"]
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    return [script for script in scripts if script], policy["script-src"]


async def test_a_jobs_page_may_load_wechats_script_where_staff_want_it(phone: Phone) -> None:
    await share(phone)
    job = f"/J{await code(phone, phone.show.welder)}"
    async with inside(phone) as client:
        assert await sources(client, job) == ([SCRIPT], f"'self' {SCRIPT}")
        for other in ("/", "/chat", f"/I{await code(phone, phone.show.welder)}?more=1"):
            client.cookies.set("wechat_asked", "1")
            assert await sources(client, other) == ([], "'self'")
        hidden = f"/J{await code(phone, phone.show.gone)}"
        assert await sources(client, hidden) == ([], "'self'")


async def test_the_card_shows_pay_and_place_and_leads_to_the_job(phone: Phone) -> None:
    await share(phone)
    token = await code(phone, phone.show.welder)
    async with inside(phone) as client:
        page = Page(await client.get(f"/J{token}"))
    (card,) = [element.attrs for element in page.elements if "data-script" in element.attrs]
    assert (card["data-title"], card["data-link"]) == ("电焊工", f"{PUBLIC}/J{token}?c=link")
    assert card["data-text"] == "6000–8000元/月，怀宁县高河镇工业园 8 号，怀宁县皖江精密铸造有限公司"


async def test_otherwise_no_page_asks_a_third_party(phone: Phone) -> None:
    job = f"/J{await code(phone, phone.show.welder)}"
    for agent, on in ((PHONE["user-agent"], False), ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0", True)):
        await share(phone, on=on)
        async with inside(phone, **{"user-agent": agent}) as client:
            assert await sources(client, job) == ([], "'self'")


async def asked(phone: Phone, url: str) -> httpx.Response:
    async with inside(phone) as client:
        return await client.get("/wechat/jssdk", params={"url": url})


async def test_a_page_of_ours_is_signed(phone: Phone) -> None:
    await share(phone)
    url = f"{PUBLIC}/J{await code(phone, phone.show.welder)}?c=link"
    answer = await asked(phone, url)
    given = answer.json()
    assert phone.platform.ticket is not None
    signed = f"jsapi_ticket={phone.platform.ticket[0]}&noncestr={given['nonceStr']}&timestamp={given['timestamp']}"
    assert given == {
        "appId": phone.platform.app_id,
        "timestamp": int(phone.clock().timestamp()),
        "nonceStr": given["nonceStr"],
        "signature": sha1(f"{signed}&url={url}".encode(), usedforsecurity=False).hexdigest(),
    }
    assert answer.headers["cache-control"] == "no-store"


NOT_OURS = (
    "",
    PUBLIC,
    f"{PUBLIC}/J7K3M9Q#jobs",
    "http://rsj.anqing.gov.cn/J7K3M9Q",
    "https://evil.test/J7K3M9Q",
    "https://rsj.anqing.gov.cn.evil.test/",
    "https://rsj.anqing.gov.cn@evil.test/",
    "//rsj.anqing.gov.cn/J7K3M9Q",
    "https://[/J7K3M9Q",
    f"{PUBLIC}/J7K3M9Q&\n",
    f"{PUBLIC}/{'J' * 500}",
)


async def test_nothing_else_is(phone: Phone) -> None:
    await share(phone)
    statuses = {url: (await asked(phone, url)).status_code for url in NOT_OURS}
    assert (statuses, phone.platform.calls) == (dict.fromkeys(NOT_OURS, 404), [])


async def test_where_it_is_not_wanted_or_not_allowed_nothing_is_signed(phone: Phone) -> None:
    for kind, on in (("A", False), ("C", True)):
        await phone.become(kind)
        await share(phone, on=on)
        assert (await asked(phone, f"{PUBLIC}/J7K3M9Q")).status_code == 404
    assert phone.platform.calls == []


async def test_a_platform_out_of_reach_is_asked_later(phone: Phone) -> None:
    await share(phone)
    phone.platform.faults.plan("/cgi-bin/ticket/getticket", Fault("html"))
    assert (await asked(phone, f"{PUBLIC}/J7K3M9Q")).status_code == 503


async def test_signatures_are_bounded(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jssdk, "SIGNATURES", 3)
    await share(phone)
    assert [(await asked(phone, f"{PUBLIC}/")).status_code for _ in range(4)] == [200] * 3 + [429]
