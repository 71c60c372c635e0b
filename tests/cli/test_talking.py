"""`mashang understand` and `mashang ask`: a line in, a line out, one conversation a call."""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.base.database import Database
from app.chat.words import add_word
from app.cli.asking import turn_of
from app.cli.vocabulary import stored_trades
from app.staff.models import Account
from bot.turn import Scan, Turn
from tests.cast import NOW, actor, make_cast, make_employer, make_event, make_listing, make_posting

MASHANG = (sys.executable, "-c", "from app.cli.program import main; main()")


def mashang(*words: str, url: str = "", lines: bytes | None = None, where: Path) -> subprocess.CompletedProcess[bytes]:
    # a locale that knows no Chinese: the command speaks UTF-8 whatever it says
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MASHANG_", "PYTHON", "LC_"))
    }
    environment |= {"MASHANG_DATABASE_URL": url, "MASHANG_DATA_DIR": str(where), "LANG": "C", "PYTHONUTF8": "0"}
    return subprocess.run([*MASHANG, *words], input=lines, capture_output=True, env=environment, check=False)  # noqa: S603 - our own program


def replies(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, Any]]:
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def address(database_url: str) -> str:
    """A database with a show: 101 电焊工, 102 保安."""
    asyncio.run(_fill(Database(database_url)))
    return database_url


async def _fill(database: Database) -> None:
    async with database.write() as session:
        cast = await make_cast(session)
        event = await make_event(session, cast.centre)
        employer = await make_employer(session, cast.centre)
        for title in ("电焊工", "保安"):
            await make_listing(session, event, await make_posting(session, employer, title=title))
    await database.close()


async def _add_word(database: Database, word: str) -> None:
    async with database.write() as session:
        whole = select(Account).options(joinedload(Account.centre)).where(Account.name == "怀宁小程")
        account = (await session.scalars(whole)).one()
        await add_word(session, actor(account), word, "焊工", public_id="abcdefghijkl", now=NOW)
    await database.close()


def test_understand_needs_no_database(tmp_path: Path) -> None:
    done = mashang("understand", "--json", "找焊工，包吃住", where=tmp_path)
    assert replies(done) == [{"intent": "find_jobs", "slots": {"keywords": ["焊工"], "benefits": ["housing", "meals"]}}]
    assert list(tmp_path.iterdir()) == []


def test_understand_reads_line_by_line(tmp_path: Path) -> None:
    done = mashang("understand", "--json", lines="﻿你好\r\n\n再见\u2028谢谢\n第二个\xff".encode(), where=tmp_path)
    assert [reply["intent"] for reply in replies(done)] == ["greet", "unknown", "thanks", "job_detail"]


def test_understand_waits_for_no_library_of_the_server(tmp_path: Path) -> None:
    loaded = "import sys, app.cli.program, app.cli.talking; print(sorted({'sqlalchemy', 'fastapi'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)  # noqa: S603 - our own program
    assert done.stdout == "[]\n"


def test_the_lines_of_one_call_are_one_conversation(address: str, tmp_path: Path) -> None:
    lines = "#scan job\n工资多少\n#scan interview 102\n#scan job 999\n".encode()
    told = replies(mashang("ask", "--json", lines=lines, url=address, where=tmp_path))
    assert [list(reply) for reply in told] == [["intent", "slots", "wishes", "text", "jobs", "actions"]] * 4
    assert [reply["intent"] for reply in told] == ["job_detail", "ask_job", "join_interview", "job_detail"]
    assert [[job["number"] for job in reply["jobs"]] for reply in told] == [["101"], [], [], []]
    assert told[1]["text"] == "工资6000–8000元/月。"
    assert [action["do"] for action in told[2]["actions"]] == ["needs_details"]
    assert told[3]["text"] == "这个码现在查不到岗位。您可以说说想找什么工作。"


def test_a_session_goes_on_and_another_begins_anew(address: str, tmp_path: Path) -> None:
    first = replies(mashang("ask", "--json", "--session", "s1", "找保安", url=address, where=tmp_path))
    second = replies(mashang("ask", "--json", "--session", "s1", "包住的", url=address, where=tmp_path))
    other = replies(mashang("ask", "--json", "--session", "s2", "包住的", url=address, where=tmp_path))
    assert [reply["wishes"] for reply in (*first, *second, *other)] == [
        {"keywords": ["保安"]},
        {"keywords": ["保安"], "benefits": ["housing"]},
        {"benefits": ["housing"]},
    ]


def test_without_json_the_answer_is_for_people(address: str, tmp_path: Path) -> None:
    done = mashang("ask", "谢谢", url=address, where=tmp_path)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, "不客气，有需要随时说。\n", b"")


def test_answers_for_people_stand_apart(address: str, tmp_path: Path) -> None:
    done = mashang("ask", lines="谢谢\n谢谢\n".encode(), url=address, where=tmp_path)
    assert done.stdout.decode() == "不客气，有需要随时说。\n\n不客气，有需要随时说。\n"


def test_understand_and_ask_know_the_words_of_the_staff(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MASHANG_DATABASE_URL", address)
    before = stored_trades().kin("铁花子").same
    asyncio.run(_add_word(Database(address), "铁花子"))
    after = stored_trades().kin("铁花子").same
    assert (before, set(after)) == (("铁花子",), {"铁花子", *stored_trades().kin("焊工").same})
    told = replies(mashang("understand", "铁花子", url=address, where=tmp_path))
    asked = replies(mashang("ask", "--json", "铁花子", url=address, where=tmp_path))
    assert told == [{"intent": "find_jobs", "slots": {"keywords": ["铁花子"]}}]
    assert [job["title"] for job in asked[0]["jobs"]] == ["电焊工"]


@pytest.mark.parametrize("url", ["sqlite:///{}/empty.db", "postgresql://nobody@127.0.0.1:1/none", "mysql://a@b/c", "?"])
def test_understand_does_without_a_database_that_is_away(url: str, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    done = mashang("understand", "谢谢", url=url.format(tmp_path), where=tmp_path)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"intent": "thanks", "slots": {}})
    assert done.stderr.decode() == "没有读到数据库里自己加的词，只用标准词库。\n"


def test_an_address_that_is_none_is_said_in_one_line(tmp_path: Path) -> None:
    done = mashang("ask", "你好", url="?", where=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "MASHANG_DATABASE_URL 的写法不对。请参照 docs/settings.md。\n"


@pytest.mark.parametrize("command", ["understand", "ask"])
def test_who_reads_no_further_ends_it_quietly(command: str, address: str, tmp_path: Path) -> None:
    lines = "谢谢\n".encode() * 3000
    environment = os.environ | {"MASHANG_DATABASE_URL": address, "MASHANG_DATA_DIR": str(tmp_path)}
    with subprocess.Popen(  # noqa: S603 - our own program
        [*MASHANG, command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(lines[:70])
        running.stdin.flush()
        first = running.stdout.readline().decode()
        running.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            running.stdin.write(lines)
            running.stdin.close()
        assert (first.count("谢谢"), running.stderr.read(), running.wait()) == (0, b"", 1)


@pytest.mark.parametrize("session", ["长" * 500, "\udcff", "a b\tc"])
def test_a_session_has_any_name(session: str, address: str, tmp_path: Path) -> None:
    words = ("ask", "--json", "--session", session)
    told = [replies(mashang(*words, line, url=address, where=tmp_path))[0]["wishes"] for line in ("找保安", "包住的")]
    assert told == [{"keywords": ["保安"]}, {"keywords": ["保安"], "benefits": ["housing"]}]


def test_a_line_that_is_too_long_is_answered_and_the_next_one_too(address: str, tmp_path: Path) -> None:
    told = replies(mashang("ask", "--json", lines=("长" * 2001 + "\n谢谢\n").encode(), url=address, where=tmp_path))
    assert [reply["intent"] for reply in told] == ["unknown", "thanks"]
    assert told[0]["text"].startswith("这段话太长了，最多2000个字。")


def test_a_database_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = mashang("ask", "你好", url=f"sqlite:///{tmp_path}/none.db", where=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (
        1,
        b"",
        "数据库打不开，或还没有建立。请先运行：mashang init\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_empty_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    done = mashang("ask", "你好", url=f"sqlite:///{tmp_path}/empty.db", where=tmp_path)
    first = done.stderr.decode().splitlines()[0]
    assert (done.returncode, first) == (1, "数据库打不开，或还没有建立。请先运行：mashang init")


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("#scan job", Turn(scan=Scan("job"))),
        ("#scan interview", Turn(scan=Scan("interview"))),
        ("#scan job 103", Turn(scan=Scan("job", number="103"))),
        ("#scan interview  1003 ", Turn(scan=Scan("interview", number="1003"))),
        (" #scan  job\t１０３ ", Turn(scan=Scan("job", number="103"))),
        ("#scan poster", Turn(text="#scan poster")),
        ("#scan job 1 2", Turn(text="#scan job 1 2")),
        ("", Turn()),
    ],
)
def test_a_scan_is_written_as_a_line(line: str, turn: Turn) -> None:
    assert turn_of(line) == turn
