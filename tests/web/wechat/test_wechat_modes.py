"""One conversation in every mode, on the web too: the same questions, the same answers."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from sqlalchemy import select

from app.chat.models import Message
from tests.web.wechat.conftest import PUBLIC
from tests.web.wechat.phone import XIAO, Phone

# verified service account, verified subscription account, unverified, no account at all
MODES = ["A", "B", "C", "D"]


@dataclass
class Seeker:
    """Somebody who writes in that mode, and reads what they are shown."""

    phone: Phone
    mode: str
    browser: httpx.AsyncClient

    async def say(self, words: str) -> str:
        """What the bot said, by the transcript, once it is certain that it was shown."""
        if self.mode == "D":
            answer = (await self.browser.post("/api/chat", json={"text": words})).json()
            shown = answer["text"] + str(answer["parts"])
        else:
            shown = (await self.phone.say(words, who=XIAO)).text
        async with self.phone.held.database.read() as session:
            lines = select(Message.text).where(Message.speaker == "bot").order_by(Message.id)
            said = (await session.scalars(lines)).all()[-1]
        assert [line for line in said.splitlines() if not _shown(line, shown)] == []
        return said


def _shown(line: str, shown: str) -> bool:
    """A card's links stand below it in WeChat, and a link's address behind its label."""
    label, _, address = line.rpartition("：/")
    return line in shown or (bool(address) and label in shown)


@pytest.fixture(params=MODES)
async def seeker(phone: Phone, request: pytest.FixtureRequest) -> AsyncIterator[Seeker]:
    if request.param != "D":
        await phone.become(request.param)
    transport = httpx.ASGITransport(app=phone.app)
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers={"origin": PUBLIC}) as browser:
        yield Seeker(phone, request.param, browser)


async def test_finding_a_job_and_asking_about_it(seeker: Seeker) -> None:
    found = await seeker.say("怀宁的电焊工，包住")
    assert found.splitlines() == [
        "按您说的（电焊工、怀宁县、包住），有1个：",
        "1. 电焊工（101号），6000–8000元/月",
        "怀宁县，怀宁县皖江精密铸造有限公司（包住；在怀宁县）",
        "想细看就说“第一个详细说说”，想去就说“我要面试第一个”。",
    ]
    assert (await seeker.say("第一个工资多少")).splitlines()[0] == "电焊工（101号）：工资6000–8000元/月。"
    assert "怀宁县高河镇工业园 8 号" in await seeker.say("在哪里上班")
    assert (await seeker.say("103")).splitlines()[0].startswith("保安（103号）")


async def test_wishes_gather_and_go(seeker: Seeker) -> None:
    await seeker.say("有什么岗位")
    assert (await seeker.say("包吃的")).splitlines()[0] == "按您说的（包吃），有2个："
    assert "包装工（102号）" in await seeker.say("工资五千以上的呢")
    assert (await seeker.say("换个叫挖掘机的岗位")).splitlines()[0] != ""


async def test_the_queue(seeker: Seeker) -> None:
    assert (await seeker.say("排到几号了")) == "您还没有排队。看中哪个岗位，说“我要面试”就能排上。"
    joined = (await seeker.say("我要面试 101")).splitlines()
    assert joined[0] == "电焊工（101号）可以在手机上面试。请打开下面的页面，填好姓名和电话就能排队："
    assert joined[1].startswith("去填姓名和电话：/I")


async def test_people_and_the_way_back(seeker: Seeker) -> None:
    assert (await seeker.say("转人工")).splitlines()[0] == "已经转给工作人员，请稍等，后面由工作人员来答。"
    assert await seeker.say("有人吗") == ""
    assert await seeker.say("不用人工了") == "好的，我回来了。您想找什么工作？"


async def test_news_and_own_data(seeker: Seeker) -> None:
    await seeker.say("怀宁的保安，有新岗位通知我")
    assert "聊天记录" in await seeker.say("你们存了我哪些信息")
    await seeker.say("删除我的资料")
    assert (await seeker.say("确认删除")).startswith("已经删除您的资料")


async def test_talk(seeker: Seeker) -> None:
    """Whatever it is, it is what the web says: the first to be asked says what the others must say."""
    transport = httpx.ASGITransport(app=seeker.phone.app)
    for words in ("？？？", "老板拖欠工资怎么办", "怎么用", "谢谢", "再见", "汉" * 200):
        said = await seeker.say(words)
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC, headers={"origin": PUBLIC}) as other:
            assert (await other.post("/api/chat", json={"text": words})).json()["text"] == said
