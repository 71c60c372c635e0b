"""What a seeker is told arrives whole: what nobody asked for, what had to wait for them, and what came late."""

import asyncio
from dataclasses import replace

from sqlalchemy import select

from app.chat.models import Conversation, LateTurn
from app.chat.telling import tell_seeker
from bot.phrases import say
from bot.reply import Text
from tests.web.wechat.phone import XIAO, Phone
from tests.web.wechat.test_wechat_pushes import token
from tests.wechat_platform import pushes

LONG = [f"{number}。{'请您带好证件。' * 15}" for number in range(12)]


async def tell(phone: Phone, words: str) -> None:
    """Staff write into the one conversation."""
    async with phone.held.database.write() as session:
        (talk,) = await session.scalars(select(Conversation))
        await tell_seeker(session, talk, [Text(words)], kind="staff", now=phone.clock())
    await phone.deliver(seconds=1)


def hurry(phone: Phone, *, in_time: float = 0, slots: int = 8) -> None:
    """From now on so many turns are thought out at once, and each has so long to be answered."""
    reception = replace(phone.wechat.reception, in_time=in_time, _slots=asyncio.Semaphore(slots))
    phone.app.state.services = replace(phone.held, wechat=replace(phone.wechat, reception=reception))


async def put_off(phone: Phone, push: pushes.Push) -> str:
    """How a push was acknowledged that could not be answered in time."""
    hurry(phone, slots=0)
    answer = await phone.pusher().push(push)
    hurry(phone, in_time=60)
    return answer.text


async def test_a_long_line_of_staff_is_sent_to_its_end(phone: Phone) -> None:
    """The bot is silent then, and cannot be asked for the rest."""
    await phone.say("转人工")
    await tell(phone, "\n".join(LONG))
    sent = phone.platform.sent_to(XIAO)
    assert "\n".join(message.text for message in sent).splitlines() == [say("told.staff"), *LONG]
    assert len(sent) == 2
    assert (await phone.say("更多")).text == ""


async def test_where_nothing_may_be_sent_the_rest_of_it_comes_when_it_is_asked_for(phone: Phone) -> None:
    """Also while people have the conversation, and with words to them in between."""
    await phone.become("C")
    await phone.say("转人工")
    await tell(phone, "\n".join(LONG))
    first = (await phone.say("在吗")).text.splitlines()
    assert first[-1] == say("wechat.more")
    assert (await phone.say("好的")).text == ""
    rest = (await phone.say("更多")).text.splitlines()
    assert [line for line in first[:-1] + rest if line] == [say("told.staff"), *LONG]
    assert (await phone.say("更多")).text == ""


async def test_a_card_that_came_late_travels_as_its_text(phone: Phone) -> None:
    """A reply of ours holds a text or a card, and the next answer is a text."""
    await phone.become("C")
    code = await token(phone)
    assert await put_off(phone, pushes.scan(XIAO, scene=f"J{code}")) == say("told.looking")
    await phone.deliver(seconds=5)
    shown = (await phone.say("更多")).text.splitlines()
    assert (shown[0], shown[2]) == ("您扫的是这个岗位：", "电焊工（101号），6000–8000元/月")


async def test_what_is_too_long_is_told_late_as_in_time(phone: Phone) -> None:
    """Else it would be tried again and again, and all that they write later would wait for it."""
    assert await put_off(phone, pushes.text(XIAO, "我" * 2001)) == ""
    await phone.deliver(seconds=5)
    (sent,) = phone.platform.sent_to(XIAO)
    assert sent.text.startswith("这段话太长了，最多2000个字。")
    async with phone.held.database.read() as session:
        assert list(await session.scalars(select(LateTurn.push))) == [{}]


async def test_digits_that_were_put_off_are_answered_once(phone: Phone) -> None:
    pusher = phone.pusher()
    push = pusher.dated(pushes.text(XIAO, "绑定"))
    assert await put_off(phone, push) == ""
    assert (await pusher.push(push)).text == ""  # the acknowledgement was lost, and it is pushed again
    await phone.deliver(seconds=5)
    assert [sent.text for sent in phone.platform.sent_to(XIAO)] == [say("tying.how", example="482913")]
