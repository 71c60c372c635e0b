"""A conversation on WeChat: pages, numbers, what staff write, and what is forgotten."""

import re

from sqlalchemy import select

from app.chat.answering import answer
from app.chat.models import Conversation
from app.chat.people_models import Handover
from app.seekers.models import Identity
from app.wechat.models import Peer, Send
from bot.phrases import say
from tests.cast import actor, make_listing, make_posting
from tests.web.wechat.phone import LAN, XIAO, Phone
from tests.wechat_platform import pushes
from tests.wechat_platform.replies import LONGEST_TEXT

_TAG = re.compile(r"</?a[^>]*>")


async def long_titles(phone: Phone) -> None:
    """Jobs whose cards fill more than one message."""
    async with phone.held.database.write() as session:
        show = phone.show
        for number in range(8):
            employer = await session.merge(show.guard.posting.employer)
            event = await session.merge(show.event)
            posting = await make_posting(session, employer, title=f"仓库管理员{'甲乙丙丁戊己庚辛'[number] * 60}")
            await make_listing(session, event, posting, number=str(201 + number))


async def staff_write(phone: Phone, words: str) -> None:
    owner = actor(phone.show.cast.owner)
    async with phone.held.database.write() as session:
        handover = (await session.scalars(select(Handover))).one()
        await answer(
            session,
            owner,
            handover,
            words,
            press=words,
            keys=phone.held.keys,
            patience=phone.wechat.reception.chat.patience,
            now=phone.clock(),
        )


async def test_a_long_answer_comes_in_pages(phone: Phone) -> None:
    await long_titles(phone)
    first = await phone.say("仓库管理员")
    assert first.text.splitlines()[-1] == say("wechat.more")
    assert len(first.text.encode()) <= LONGEST_TEXT
    rest = await phone.say("更多")
    assert rest.text.splitlines()[-1] != say("wechat.more")
    whole = (first.text + "\n" + rest.text).splitlines()
    assert [line[:2] for line in whole if "（20" in line] == ["1.", "2.", "3.", "4.", "5."]
    assert (await phone.transcript())[2:] == [("seeker", "更多"), ("bot", _TAG.sub("", rest.text))]
    assert (await phone.say("更多")).text.splitlines()[
        0
    ] == "剩下的就这些，没有更多了："  # now it is the next of the jobs


async def test_more_pages_are_those_of_ones_own_answer(phone: Phone) -> None:
    await long_titles(phone)
    await phone.say("仓库管理员")
    assert (await phone.say("更多", who=LAN)).text.splitlines()[0] == "现在有11个岗位在招人，先看这5个："


async def test_a_number_is_the_choice_that_it_stands_for(phone: Phone) -> None:
    greeted = await phone.say("你好")
    assert greeted.text.splitlines()[-3:] == ["1 找工作", "2 怎么用", "3 转人工"]
    assert (await phone.say("2")).text.splitlines()[0] == say("talk.help").splitlines()[0]
    assert [words for speaker, words in await phone.transcript() if speaker == "seeker"] == ["你好", "怎么用"]


async def test_a_number_below_the_choices_is_still_the_job_of_the_list(phone: Phone) -> None:
    listed = await phone.say("有什么岗位")
    assert "4 我要面试第一个" in listed.text.splitlines()
    second = next(line for line in listed.text.splitlines() if line.startswith("2. "))
    assert (await phone.say("2")).text.splitlines()[0] == second.removeprefix("2. ")


async def test_words_of_staff_are_sent_and_named_as_theirs(phone: Phone) -> None:
    await phone.say("转人工")
    await phone.say("工资能再高点吗")
    await staff_write(phone, "可以面谈 <a href='http://evil.test'>点我</a>")
    await phone.deliver(seconds=1)
    (sent,) = phone.platform.sent_to(XIAO)
    assert sent.text == "工作人员：\n可以面谈 ＜a href='http://evil.test'＞点我＜/a＞"
    await phone.deliver(seconds=60)
    assert len(phone.platform.sent_to(XIAO)) == 1
    assert phone.platform.breaches == []


async def test_where_nothing_may_be_sent_words_of_staff_come_with_the_next_answer(phone: Phone) -> None:
    await phone.become("C")
    await phone.say("转人工")
    await staff_write(phone, "可以面谈")
    await phone.deliver(seconds=1)
    assert phone.platform.sent_to(XIAO) == []
    assert (await phone.say("有人吗")).text == "工作人员：\n可以面谈"
    assert (await phone.say("好的谢谢")).kind == "nothing"


async def test_what_found_no_window_goes_out_when_they_write_again(phone: Phone) -> None:
    await phone.say("转人工")
    phone.clock.forward(hours=49)
    await staff_write(phone, "您还在找吗")
    await phone.deliver(seconds=1)
    assert phone.platform.sent_to(XIAO) == []
    await phone.say("在的")
    await phone.deliver(seconds=1)
    assert [sent.text for sent in phone.platform.sent_to(XIAO)] == ["工作人员：\n您还在找吗"]
    assert phone.platform.breaches == []


async def test_who_no_longer_follows_is_sent_nothing(phone: Phone) -> None:
    await phone.say("转人工")
    await phone.pusher().push(pushes.unsubscribe(XIAO))
    await staff_write(phone, "您好")
    await phone.deliver(seconds=1)
    assert (phone.platform.sent_to(XIAO), phone.platform.breaches) == ([], [])


async def test_who_is_forgotten_leaves_no_openid_and_no_words(phone: Phone) -> None:
    await phone.say("转人工")
    await phone.become("C")
    await staff_write(phone, "可以面谈")
    await phone.deliver(seconds=1)
    await phone.say("不用人工了")
    await phone.say("怀宁的焊工，有新岗位通知我")
    await phone.say("删除我的资料")
    assert (await phone.say("确认删除")).text.startswith("已经删除您的资料")
    async with phone.held.database.read() as session:
        assert list(await session.scalars(select(Peer))) == []
        assert list(await session.scalars(select(Send))) == []
        assert list(await session.scalars(select(Identity))) == []
        (talk,) = await session.scalars(select(Conversation))
        assert (talk.peer_id, talk.state["wishes"]) == (None, {})
    assert (await phone.say("你好")).text.splitlines()[0] == say("talk.greet")


async def test_who_asks_is_told_that_their_openid_is_held(phone: Phone) -> None:
    await phone.say("你好")
    held = (await phone.say("你们存了我哪些信息")).text.splitlines()[0]
    assert held.startswith("关于您，这里存着：聊天记录、公众号里的编号。")


async def test_two_people_share_nothing(phone: Phone) -> None:
    await phone.say("怀宁的焊工")
    await phone.say("转人工")
    assert (await phone.say("第一个工资多少", who=LAN)).text.splitlines()[0] != ""
    async with phone.held.database.read() as session:
        talks = list(await session.scalars(select(Conversation).order_by(Conversation.id)))
    assert [talk.channel for talk in talks] == ["wechat", "wechat"]
    assert talks[1].state["wishes"] == {}
