"""A page that is opened inside WeChat asks once who it is, and is the same page whatever comes of it."""

from datetime import timedelta

from sqlalchemy import func, select

from app.seekers.models import Identity, Seeker
from app.web.wechat.asking_who import MOST_AWAY, PAUSE, Away
from app.wechat.models import Peer
from tests.cast import NOW, database_of
from tests.web.seeker_stage import Page
from tests.web.wechat.phone import LAN, XIAO, Phone
from tests.web.wechat.visits import code, inside, joined, recognised, way_back
from tests.wechat_platform.faults import Fault

EXCHANGE = "/sns/oauth2/access_token"


async def known(phone: Phone) -> tuple[int | None, list[str]]:
    """How many seekers there are, and by what they are known."""
    async with database_of(phone.app).read() as session:
        kinds = await session.scalars(select(Identity.kind).order_by(Identity.kind))
        return await session.scalar(select(func.count(Seeker.id))), list(kinds)


async def test_a_place_taken_on_the_page_is_known_in_the_chat(phone: Phone) -> None:
    token = await code(phone, phone.show.welder)
    async with inside(phone) as client:
        page = Page(await recognised(phone, client, f"/I{token}"))
        assert (page.status, page.h1) == (200, ["手机面试，不用跑路"])
        assert await phone.scans() == [("I", token, "page", phone.show.welder.id)]
        await joined(phone, client, phone.show.welder)
    assert "1号" in (await phone.say("我的面试")).text
    assert "1号" not in (await phone.say("我的面试", who=LAN)).text
    assert await known(phone) == (1, ["browser", "openid"])


async def test_a_place_taken_before_wechat_was_asked_is_known_in_the_chat(phone: Phone) -> None:
    async with inside(phone) as client:
        await joined(phone, client, phone.show.welder)
        page = Page(await recognised(phone, client, "/my"))
        assert len(page.jobs) == 1
    assert "1号" in (await phone.say("我的面试")).text
    assert await known(phone) == (1, ["browser", "openid"])


async def test_a_place_of_another_browser_is_on_the_page_of_this_one(phone: Phone) -> None:
    """Two browsers of one openid, as after the cookies were cleared."""
    async with inside(phone) as old:
        await recognised(phone, old, "/my")
        await joined(phone, old, phone.show.welder)
    async with inside(phone) as new:
        await joined(phone, new, phone.show.packer)
        page = Page(await recognised(phone, new, "/my/data"))
        assert page.status == 200
        assert len(Page(await new.get("/my")).jobs) == 2
    assert await known(phone) == (1, ["browser", "browser", "openid"])


async def test_who_is_recognised_only_cannot_be_written_to(phone: Phone) -> None:
    async with inside(phone) as client:
        await recognised(phone, client, "/my")
    async with database_of(phone.app).read() as session:
        peer = (await session.scalars(select(Peer))).one()
    assert (peer.follows, peer.said_left, peer.tapped_left) == (False, 0, 0)


async def test_nobody_is_asked_twice(phone: Phone) -> None:
    async with inside(phone) as client:
        assert (await client.get("/my")).status_code == 303
        assert (await client.get("/my")).status_code == 200
        assert (await client.get("/my/data")).status_code == 200
    async with inside(phone) as again:
        await recognised(phone, again, "/my")
        again.cookies.delete("wechat_asked")  # the next session
        assert (await again.get("/my")).status_code == 200


async def test_a_browser_that_keeps_no_cookie_is_led_in_no_circle(phone: Phone) -> None:
    token = await code(phone, phone.show.welder)
    async with inside(phone) as client:
        away = await client.get(f"/I{token}")
        client.cookies.clear()
        landed = await client.get(way_back(phone, away))
        client.cookies.clear()
        page = await client.get(landed.headers["location"])
    assert (page.status_code, await phone.scans()) == (200, [("I", token, "page", phone.show.welder.id)])
    assert await known(phone) == (0, [])


async def test_a_scan_after_the_way_back_is_one_more(phone: Phone) -> None:
    token = await code(phone, phone.show.welder)
    async with inside(phone) as client:
        page = await recognised(phone, client, f"/I{token}")
        phone.clock.forward(minutes=1)
        for path in (f"/I{token}", str(page.url)):
            assert (await client.get(path)).status_code == 200
    assert len(await phone.scans()) == 3


def _bad_state(way: str) -> str:
    return way.partition("&state=")[0] + "&state=" + "0" * 72


def _no_code(way: str) -> str:
    return way.replace("code=", "nothing=")


def _other_path(way: str) -> str:
    return way.replace("to=%2Fmy", "to=%2Fmy%2Fdata")


async def test_a_way_back_that_is_not_right_leads_to_the_page(phone: Phone) -> None:
    for broken in (_bad_state, _no_code, _other_path):
        async with inside(phone) as client:
            landed = await client.get(broken(way_back(phone, await client.get("/my"))))
            assert landed.status_code == 303
            assert (await client.get(landed.headers["location"])).status_code == 200
        assert await known(phone) == (0, [])


async def test_a_platform_that_does_not_say_leads_to_the_page(phone: Phone) -> None:
    faults: tuple[Fault | int, ...] = (Fault("reset"), Fault("html"), 40029, 40163, 48001, -1)
    for calls, fault in enumerate(faults, 1):
        phone.platform.faults.plan(EXCHANGE, fault)
        async with inside(phone) as client:
            assert (await recognised(phone, client, "/my")).status_code == 200
        assert (await known(phone), len(phone.platform.calls)) == ((0, []), calls)


async def test_who_comes_back_too_late_is_not_recognised(phone: Phone) -> None:
    async with inside(phone) as client:
        way = way_back(phone, await client.get("/my"))
        phone.clock.forward(minutes=10)
        landed = await client.get(way)
        assert (await client.get(landed.headers["location"])).status_code == 200
    assert (await known(phone), phone.platform.calls) == ((0, []), [])


async def test_anothers_way_back_makes_nobody_them(phone: Phone) -> None:
    """A link with one's own code, sent to somebody else, would put their next place into one's own hands."""
    async with inside(phone) as attacker, inside(phone) as victim:
        link = way_back(phone, await attacker.get("/my"), who=LAN)
        await victim.get("/")
        await victim.get(link)
        await joined(phone, victim, phone.show.welder)
    assert await known(phone) == (1, ["browser"])


async def test_a_code_is_used_once(phone: Phone) -> None:
    async with inside(phone) as client:
        way = way_back(phone, await client.get("/my"))
        assert [(await client.get(way)).status_code for _ in range(2)] == [303, 303]
    assert await known(phone) == (1, ["browser", "openid"])


async def test_it_leads_to_our_own_pages_only(phone: Phone) -> None:
    for to in ("https://evil.test", "//evil.test", "/\\evil.test", "/staff/", "", "/my\n"):
        async with inside(phone) as client:
            answer = await client.get("/wechat/oauth", params={"to": to})
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/my")


async def test_outside_of_wechat_nobody_is_asked(phone: Phone) -> None:
    async with inside(phone, **{"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0"}) as client:
        assert (await client.get("/my")).status_code == 200


async def test_who_does_not_look_or_is_elsewhere_is_not_asked(phone: Phone) -> None:
    for how in ({"purpose": "prefetch"}, {"host": "127.0.0.1:8000"}):
        async with inside(phone, **how) as client:
            assert (await client.get("/my")).status_code == 200


async def test_an_account_that_may_not_asks_nobody(phone: Phone) -> None:
    paths = ("/my", "/my/data", f"/I{await code(phone, phone.show.welder)}")
    for kind in ("B", "C"):
        await phone.become(kind)
        async with inside(phone) as client:
            assert [(await client.get(path)).status_code for path in paths] == [200, 200, 200]


async def test_who_is_erased_is_not_asked_at_once_who_they_are(phone: Phone) -> None:
    async with inside(phone) as client:
        await recognised(phone, client, "/my")
        client.cookies.delete("wechat_asked")
        done = await client.post("/my/data/delete")
        assert (await client.get(done.headers["location"])).status_code == 200
    async with database_of(phone.app).read() as session:
        assert list(await session.scalars(select(Peer))) == []
    assert await known(phone) == (1, [])


def test_nobody_is_sent_away_while_nobody_comes_back() -> None:
    away = Away()
    for _ in range(MOST_AWAY):
        assert away.may_send(NOW)
        away.send(NOW)
    assert not away.may_send(NOW + PAUSE - timedelta(seconds=1))
    assert away.may_send(NOW + PAUSE)
    away.send(NOW + PAUSE)
    assert not away.may_send(NOW + PAUSE)
    away.came_back()
    assert away.may_send(NOW + PAUSE)


async def test_the_openid_of_who_is_recognised_stands_nowhere_in_the_open(phone: Phone) -> None:
    async with inside(phone) as client:
        page = await recognised(phone, client, "/my")
        assert XIAO not in page.text + str(page.headers) + str(dict(client.cookies))
