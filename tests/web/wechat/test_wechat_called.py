"""From a place that was taken on a page to the words 轮到您了 on the phone, through the chat."""

from app.base.audit import Who
from app.interviews import queue
from app.interviews.calling import call_next
from app.interviews.models import Place
from app.seekers.consent import record_consent
from app.seekers.seekers import seeker_of_browser
from app.wechat.tie_codes import new_code
from tests.chat.conftest import NAME, PHONE, VISITOR
from tests.web.wechat.conftest import PUBLIC
from tests.web.wechat.phone import LAN, XIAO, Phone

DESK = Who("desk", 1)


async def seated(phone: Phone) -> tuple[Place, str]:
    """A place of the browser's, and the six digits that its page shows."""
    keys, now = phone.held.keys, phone.clock()
    async with phone.held.database.write() as session:
        seeker = await seeker_of_browser(session, VISITOR, keys, now=now)
        await record_consent(session, seeker, ticked=True, now=now)
        place = await queue.join(
            session, seeker, phone.show.welder, name=NAME, phone=PHONE, relation="self", keys=keys, now=now
        )
        return place, await new_code(session, seeker.id, keys=keys, now=now)


async def call(phone: Phone, place: Place) -> None:
    async with phone.held.database.write() as session:
        await call_next(session, place.queue, who=DESK, now=phone.clock())


async def test_the_digits_of_a_page_make_its_place_known_in_the_chat(phone: Phone) -> None:
    _, digits = await seated(phone)
    assert (await phone.say("我的面试")).text.splitlines()[0].startswith("您还没有排队。")
    await phone.say(f"绑定 {digits}")
    assert "怀宁县皖江精密铸造有限公司" in (await phone.say("我的面试")).text
    assert (await phone.say("我的面试", who=LAN)).text.splitlines()[0].startswith("您还没有排队。")
    assert [words for speaker, words in await phone.transcript() if digits in words] == []


async def test_who_is_called_is_told_with_the_way_to_their_place(phone: Phone) -> None:
    place, digits = await seated(phone)
    await phone.say(f"绑定 {digits}")
    await call(phone, place)
    await phone.deliver(seconds=1)
    (sent,) = phone.platform.sent_to(XIAO)
    assert (NAME in sent.text, PHONE in sent.text) == (False, False)
    assert sent.text.splitlines()[-1].startswith(f'<a href="{PUBLIC}/place/{place.public_id}">')
    await phone.deliver(seconds=60)
    assert (len(phone.platform.sent_to(XIAO)), phone.platform.breaches) == (1, [])


async def test_where_nothing_may_be_sent_the_call_waits_for_nobody_and_breaks_nothing(phone: Phone) -> None:
    place, digits = await seated(phone)
    await phone.become("C")
    await phone.say(f"绑定 {digits}")
    await call(phone, place)
    await phone.deliver(seconds=1)
    assert phone.platform.sent_to(XIAO) == []
    assert "正在叫您" in (await phone.say("排到几号了")).text
