"""`mashang wechat simulate`: what a person sees, by what is printed, on the demo event."""

import asyncio
import json
import os
import pty
import re
import select as ready
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.base.clock import system_clock
from app.base.database import Database
from app.base.settings import Settings
from app.chat.answering import answer
from app.chat.models import Conversation, Message
from app.chat.people_models import Handover
from app.chat.wechat.receiving import Reception
from app.cli.wechat.phone import Phone
from app.cli.wechat.stage import APP_ID, Stage, stage
from app.codes.models import Code, Scan
from app.postings.models import Listing
from app.staff.models import Centre
from app.wechat.models import Peer, Send, WeChatAccount
from app.wechat.sends import queue_send
from bot.phrases import say
from qr import matrix, payload, png
from tests.cast import actor, make_account
from tests.cli.conftest import Mashang

PUBLIC = "http://127.0.0.1:8000"
INTRODUCTION = """\
照微信的样子聊天：公众号是假的（A，认证服务号，安全模式），机器人是真的。
什么都不会发到网上，也不会发到微信。
"""
THANKED = "不客气，有需要随时说。\n"
VOICE = """\
语音我还听不了，对不住您。请打字说，用手机键盘上的话筒说成文字也行，比如“怀宁 保安 五千以上”。

回复数字也行：
1 找工作
2 怎么用
3 转人工
"""


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy this machine is, an answer counts as one that came in time."""
    defaults = Reception.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "in_time", 60.0)


@pytest.fixture
def talk(on_demo: Mashang) -> "Talk":
    return Talk(on_demo)


class Talk:
    def __init__(self, mashang: Mashang) -> None:
        self._mashang = mashang

    def __call__(self, *lines: str, options: tuple[str, ...] = ()) -> str:
        done = self._mashang("wechat", "simulate", *options, given="".join(f"{line}\n" for line in lines))
        assert done.exit_code == 0, done.stderr
        return done.stdout

    def json(self, *lines: str, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        told = [json.loads(line) for line in self(*lines, options=(*options, "--json")).splitlines()]
        assert len(told) == len(lines)
        return told


def asked(url: str, statement: Any) -> list[Any]:
    async def run() -> list[Any]:
        database = Database(url)
        async with database.read() as session:
            rows = list(await session.scalars(statement))
        await database.close()
        return rows

    return asyncio.run(run())


def token(url: str, number: str, *, place: str = "air") -> str:
    """Of the posting's code as it is seen in that place."""
    of_posting = select(Code.token).join(Listing, Listing.id == Code.listing_id).where(Listing.number == number)
    found: str
    (found,) = asked(url, of_posting.where(Code.place == place))
    return found


def test_a_scan_is_a_card_and_the_conversation_goes_on(talk: Talk, demo_database_url: str) -> None:
    printed = talk("#scan 103", "工资多少", "谢谢")
    code = token(demo_database_url, "103", place="share")
    assert (
        printed
        == f"""\
┌────────
│ 化工工艺工程师 12万–18万元/年
│ 安徽鹭澜石化新材料有限公司
│ 安庆市大观区高新区山口片区霞虹路18号
│ 包吃、五险、公积金、班车、带薪年假
│ 本科及以上，要有3年以上经验
│ 想去就回复“我要面试”，有不清楚的直接问，比如“几点上班”。点这里看岗位。
│ {PUBLIC}/J{code}
└────────

工资12万–18万元/年。

回复数字也行：
1 我要面试
2 几点上班
3 在哪里上班
4 包吃住吗

{THANKED}"""
    )


def test_links_stand_with_their_address(talk: Talk, demo_database_url: str) -> None:
    printed = talk("#scan interview 103")
    address = f"{PUBLIC}/I{token(demo_database_url, '103', place='share')}"
    assert (
        printed
        == f"""\
化工工艺工程师（103号）可以在手机上面试。请打开下面的页面，填好姓名和电话就能排队：
「去填姓名和电话」{address}

回复数字也行：
1 填好了
2 先不排
"""
    )


def test_a_scan_is_in_the_ledger_once_however_it_is_written_and_pushed(talk: Talk, demo_database_url: str) -> None:
    first, again, *_ = talk.json(
        "#scan 103", "#again", "#scan J104", "#scan job 105", "#scan interview 106", "#scan i108"
    )
    scanned = asked(demo_database_url, select(Scan.channel + Scan.kind + Scan.token).order_by(Scan.id))
    codes = [token(demo_database_url, number) for number in ("103", "104", "105", "106", "108")]
    assert again == first
    assert scanned == [f"wechat{kind}{code}" for kind, code in zip("JJJII", codes, strict=True)]


def test_a_code_is_scanned_by_its_characters_too(talk: Talk, demo_database_url: str) -> None:
    (by_number,) = talk.json("#scan 103")
    (by_code,) = talk.json(f"#scan J{token(demo_database_url, '103').lower()}")
    assert by_code == by_number


def test_what_people_do_beside_writing(talk: Talk) -> None:
    voice, places, menu = talk.json("#voice", "#location 怀宁", "#menu 我的面试")
    assert voice["text"] == VOICE.removesuffix("\n")
    assert places["text"].splitlines()[0] == "按您发的位置，您在怀宁县。"
    assert menu["text"].splitlines()[0] == "您还没有排队。看中哪个岗位，说“我要面试”就能排上。"
    assert [one["kind"] for one in (voice, places, menu)] == ["text"] * 3


def test_a_place_is_told_by_name_or_by_degrees(talk: Talk) -> None:
    by_name, by_degrees = talk.json("#location 怀宁", "#location 30.73,116.83")
    assert by_name["text"].splitlines()[0] == by_degrees["text"].splitlines()[0] == "按您发的位置，您在怀宁县。"


def test_a_picture_of_a_code_is_a_scan(talk: Talk, demo_database_url: str, tmp_path: Path) -> None:
    (scanned,) = talk.json("#scan 103")
    address = payload(PUBLIC, "J", token(demo_database_url, "103"))
    (tmp_path / "code.png").write_bytes(png(matrix(address), module=8))
    (tmp_path / "no.png").write_bytes(b"no picture")
    photographed, unread = talk.json("#picture code.png", "#picture no.png")
    assert photographed == scanned
    assert unread["text"].splitlines()[0] == say("sent.picture")
    assert asked(demo_database_url, select(func.count(Scan.id))) == [2]


def test_who_unfollows_can_do_nothing_but_follow(talk: Talk) -> None:
    gone, mute, back, again = talk.json("#unfollow", "在吗", "#follow 103", "谢谢")
    assert (gone["kind"], gone["text"]) == ("nothing", "")
    assert (mute["kind"], mute["text"]) == ("note", "已经取消关注，公众号收不到。请先 #follow。")
    assert back["article"]["title"] == "化工工艺工程师 12万–18万元/年"
    assert again["text"] == THANKED.removesuffix("\n")


def test_what_cannot_be_done_is_said_and_pushes_nothing(talk: Talk, demo_database_url: str) -> None:
    told = {
        "#dance": "没有 #dance 这个动作。写 #help 看有哪些。",
        "#scan": "请写号码，例如 #scan 103（岗位信息码）或 #scan interview 103（云面试码）。",
        "#scan 9999": "没有 9999 号岗位。",
        "#picture none.png": "图片打不开：none.png。",
        "#location 月亮": "请写安庆的一个区县，例如 #location 怀宁，或者纬度和经度：#location 30.73,116.83",
        "#menu 抽奖": "菜单上有：找工作、我的面试、人工。",
        "#again": "还没有推过什么。",
        "#wait": "没有稍后发来的。",
        "": "微信发不出空的消息。",
    }
    said = talk.json(*told)
    assert [one["text"] for one in said] == list(told.values())
    assert {one["kind"] for one in said} == {"note"}
    assert asked(demo_database_url, select(func.count(Message.id))) == [0]


@pytest.mark.parametrize(
    ("mode", "account"),
    [("plain", "A"), ("compatible", "A"), ("secure", "A"), ("secure", "B"), ("secure", "C"), ("plain", "C")],
)
def test_the_same_words_get_the_same_answer_in_every_way(
    on_demo: Mashang, sqlite_demo_url: str, mode: str, account: str
) -> None:
    """But a scan reaches only an account that has codes of its own, and only a verified one has a menu."""
    lines = "谢谢\n#voice\n#scan interview 103\n#menu 人工\n"
    done = on_demo(
        "wechat", "simulate", "--mode", mode, "--account", account, given=lines,
        env={"MASHANG_DATABASE_URL": sqlite_demo_url},
    )  # fmt: skip
    address = f"{PUBLIC}/I{token(sqlite_demo_url, '103')}"
    page = f"这种公众号收不到扫码。手机扫印着的码，打开的是网页：{address}\n"
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{THANKED}\n{VOICE}\n")
    assert (page in done.stdout) == (account != "A")
    assert done.stdout.endswith("未认证的号没有这样的菜单。\n") == (account == "C")


def test_it_says_what_it_is_before_anything_else(on_demo: Mashang, sqlite_demo_url: str) -> None:
    done = on_demo("wechat", "simulate", given="", env={"MASHANG_DATABASE_URL": sqlite_demo_url})
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith(INTRODUCTION)
    assert f"数据库：{sqlite_demo_url}。这里扫的码、问的话，会算进它的数字。\n" in done.stderr


def test_a_password_of_the_database_is_not_shown(on_demo: Mashang, postgres_demo_url: str) -> None:
    with_password = re.sub(r"^(postgresql[^:]*://[^:@/]+)(:[^@]*)?@", r"\1:geheim@", postgres_demo_url)
    done = on_demo("wechat", "simulate", given="", env={"MASHANG_DATABASE_URL": with_password})
    assert with_password != postgres_demo_url
    assert "geheim" not in done.stderr


def test_with_nothing_configured_there_is_a_demo(mashang: Mashang) -> None:
    first = mashang("wechat", "simulate", given="谢谢\n")
    second = mashang("wechat", "simulate", given="谢谢\n")
    assert (first.exit_code, first.stdout, second.stdout) == (0, THANKED, THANKED)
    assert first.stderr.startswith(f"正在准备演示数据…\n{INTRODUCTION}数据库：演示数据。\n")
    assert second.stderr.startswith(f"{INTRODUCTION}数据库：演示数据。\n")


def test_what_waits_for_people_of_a_real_account_is_left_alone(mashang: Mashang, database_url: str) -> None:
    """It would be told by our stand-in that they do not exist, and never be sent."""
    asyncio.run(_real_account(database_url))
    done = mashang("wechat", "simulate", given="谢谢\n", env={"MASHANG_DATABASE_URL": database_url})
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("这个数据库接着真的公众号")
    assert asked(database_url, select(Send.state)) == ["waiting"]
    assert asked(database_url, select(func.count(Message.id))) == [0]


async def _real_account(url: str) -> None:
    now = system_clock()
    database = Database(url)
    async with database.write() as session:
        account = WeChatAccount(
            app_id="wx0123456789abcdef", mode="A", lacks=[], stops={}, name="", proof_name="", proof_text="",
            codes_as="page", share=False, templates={}, made_at=now,
        )  # fmt: skip
        session.add(account)
        await session.flush()
        peer = Peer(
            account_id=account.id, openid_hash="hash", openid=b"", follows=True, said_at=now, said_left=5,
            tapped_left=0, met_at=now,
        )  # fmt: skip
        session.add(peer)
        await session.flush()
        await queue_send(session, peer.id, {"type": "text", "text": "轮到您了。"}, key="one", now=now)
    await database.close()


def test_nobody_is_left_whom_anything_could_be_sent_to(talk: Talk, demo_database_url: str) -> None:
    talk("有新岗位通知我", "转人工")
    assert asked(demo_database_url, select(WeChatAccount.app_id)) == [APP_ID]
    assert asked(demo_database_url, select(func.count(Peer.id))) == [0]
    assert asked(demo_database_url, select(Conversation.peer_id)) == [None]


def test_it_stands_for_one_person_each_time(talk: Talk) -> None:
    talk("找焊工")
    (second,) = talk.json("包吃住的")
    assert "焊工" not in second["text"]


async def test_what_staff_write_comes_later(demo_database_url: str, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_url=demo_database_url, data_dir=tmp_path)
    async with stage(settings, mode="secure", account="A") as held:
        phone = Phone(held)
        handed = await phone.take("转人工")
        await staff_write(held, "您好，我是王芳。")
        waited, later = await phone.take("#wait"), await phone.take("#wait")
        await phone.leave()
    assert handed.text.startswith("已经转给工作人员")
    assert waited.printed() == "工作人员：\n您好，我是王芳。"
    assert later.printed() == "没有稍后发来的。"
    assert (phone.failures, held.platform.breaches) == ([], [])


async def test_to_an_account_that_may_not_write_it_travels_with_the_next_answer(
    sqlite_demo_url: str, tmp_path: Path
) -> None:
    settings = Settings(_env_file=None, database_url=sqlite_demo_url, data_dir=tmp_path)
    async with stage(settings, mode="secure", account="C") as held:
        phone = Phone(held)
        await phone.take("转人工")
        await staff_write(held, "您好，我是王芳。")
        waited, answered = await phone.take("#wait"), await phone.take("不用人工了")
        await phone.leave()
    assert waited.printed() == "没有稍后发来的。"
    assert answered.printed().startswith("工作人员：\n您好，我是王芳。\n\n")


async def staff_write(held: Stage, words: str) -> None:
    async with held.services.database.write() as session:
        centre = (await session.scalars(select(Centre))).one()
        owner = actor(await make_account(session, centre, "王芳"))
        handover = (await session.scalars(select(Handover))).one()
        await answer(
            session,
            owner,
            handover,
            words,
            press=words,
            keys=held.services.keys,
            patience=held.wechat.reception.chat.patience,
            now=system_clock(),
        )


def test_an_answer_that_wechat_would_refuse_is_told_as_it_looks_there(
    on_demo: Mashang, sqlite_demo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the command fails, so that a script notices."""
    monkeypatch.setattr("app.web.wechat.callback.text_reply", lambda *_, **__: b"<xml></xml>")
    done = on_demo("wechat", "simulate", given="谢谢\n", env={"MASHANG_DATABASE_URL": sqlite_demo_url})
    assert (done.exit_code, done.stdout) == (1, "该公众号提供的服务出现故障，请稍后再试\n")
    assert done.stderr.splitlines()[-2:] == ["不合微信的规矩：", "MsgType is ''"]


def test_where_the_stand_in_is_missing_one_sentence_says_so(mashang: Mashang, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("app.cli.wechat.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tests.wechat_platform.platform", None)
    done = mashang("wechat", "simulate", given="谢谢\n")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "这里没有模拟微信的程序：它和测试放在一起（tests/wechat_platform）。"
        "请在完整的源代码文件夹里运行 ./run wechat simulate\n"
    )


def test_in_a_terminal_there_is_a_prompt_and_ctrl_c_ends_it(sqlite_demo_url: str, tmp_path: Path) -> None:
    here, there = pty.openpty()
    # a terminal without escapes, which would stand before the prompt
    plain = {"TERM": "dumb", "LC_ALL": "C.UTF-8"}
    environment = os.environ | plain | {"MASHANG_DATABASE_URL": sqlite_demo_url, "MASHANG_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", "from app.cli.program import main; main()", "wechat", "simulate"],
        stdin=there, stdout=there, stderr=subprocess.PIPE, env=environment, start_new_session=True,
    ) as running:  # fmt: skip
        os.close(there)
        _read(here, "我：")
        os.write(here, "谢谢\n".encode())
        shown = _read(here, "我：")
        running.send_signal(signal.SIGINT)
        assert running.stderr is not None
        said = running.stderr.read().decode()
        assert running.wait() == 0
    os.close(here)
    assert shown.endswith(f"\n{THANKED}\n我：")
    assert said.startswith(INTRODUCTION)
    assert "Traceback" not in said


def _read(terminal: int, until: str) -> str:
    """What is shown, up to those words at its end."""
    shown = b""
    while not shown.endswith(until.encode()):
        assert ready.select([terminal], [], [], 120)[0], shown.decode()
        try:
            shown += os.read(terminal, 4096)
        except OSError:
            pytest.fail(f"it ended, having shown {shown.decode()!r}")
    return shown.decode().replace("\r\n", "\n")
