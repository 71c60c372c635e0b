"""One's own data: what is held is said, and erased after a yes."""

from bot.memory_desk import MemoryDesk
from bot.turn import State
from tests.bot.bot_cast import Talk, make_job


def talk(*, known: bool) -> Talk:
    return Talk(MemoryDesk([make_job()], known=known))


async def test_what_is_held_is_said_with_the_way_to_erase_it() -> None:
    reply = await talk(known=True).say("你们存了我哪些信息")
    assert reply.text.splitlines() == [
        "关于您，这里存着：姓名、电话、排队记录。姓名和电话只用来面试联系，用人单位只看到您同意给的。",
        "要全部删除，说“删除我的资料”。",
    ]


async def test_before_erasing_it_is_said_what_goes_and_what_stays() -> None:
    held = talk(known=True)
    reply = await held.say("删除我的资料")
    assert (reply.actions, held.desk.known, held.state.pending) == ([], True, "forget")
    assert reply.text.splitlines() == [
        "要删除您的资料吗？",
        "会删掉：姓名、电话、聊过的话、找工作的条件、新岗位通知，排着的面试也一起取消。删了找不回来。",
        "只留下不带名字的数，比如扫了几次码、面试了几个人。",
        "确定就说“确认删除”。",
    ]


async def test_a_yes_erases_once_and_the_bot_forgets_the_wishes() -> None:
    held = talk(known=True)
    for text in ("我要面试 103", "删除我的简历"):
        await held.say(text)
    done = await held.say("确认删除")
    assert (done.actions, held.state, await held.desk.places()) == ([{"do": "forget"}], State(), [])
    assert (await held.say("确认删除")).actions == []


async def test_a_no_keeps_it() -> None:
    held = talk(known=True)
    await held.say("删除我的简历")
    assert ((await held.say("先不删")).text, held.desk.known) == ("好的，没有删除。", True)


async def test_nothing_held_is_nothing_to_erase() -> None:
    assert (await talk(known=False).say("把我的电话删了")).text == "这里没有存您的资料。"
