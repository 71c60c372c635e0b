"""The labelled conversations, held with an in-memory desk over the demo event's postings."""

import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.memory_desk import MemoryDesk
from bot.turn import Scan
from tests.bot.bot_cast import DATA, Talk, event, event_jobs

FILES = (DATA / "dialogues-dev.jsonl", Path(__file__).parent / "dialogues-more.jsonl")
DIALOGUES = [json.loads(line) for file in FILES for line in file.read_text("utf-8").splitlines()]


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(DATA))
    return importlib.import_module("run_dialogues")


@pytest.mark.parametrize("known", [False, True], ids=["stranger", "known"])
@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue["id"] for dialogue in DIALOGUES])
async def test_conversation_holds(dialogue: dict[str, Any], *, known: bool, checker: ModuleType) -> None:
    talk = Talk(MemoryDesk(event_jobs(), known=known))
    listed, wrong = 0, []
    for turn in dialogue["turns"]:
        reply = await (talk.scan(Scan(turn["scan"])) if "scan" in turn else talk.say(turn["say"]))
        printed = json.loads(json.dumps(reply.as_json()))
        listed = listed if printed["intent"] == "more_jobs" else 0
        wrong += checker.check(turn, printed, event()["postings"], listed)
        listed += len(printed["jobs"])
    assert wrong == []
