"""The files staff may edit: every pattern compiles, every phrase is filled and used."""

import re
from pathlib import Path
from string import Formatter

import pytest

import bot
from bot.phrases import say, table
from bot.understanding.patterns import any_of, compiled, needs_marks
from bot.understanding.sentence import REF, TRADE, Sentence
from bot.understanding.spelling import clauses, clean, flat
from bot.understanding.trades import standard_trades
from bot.understanding.vocabulary import lines_of, words_of

TRADES = standard_trades()
# the chat and the line say some of them themselves, when no turn of the bot does
HOME = Path(bot.__file__).parent
SOURCES = "\n".join(
    path.read_text("utf-8")
    for folder in (HOME, *(HOME.parent / "app" / name for name in ("chat", "interviews", "wechat")))
    for path in folder.rglob("*.py")
)
PHRASES = [f"{section}.{name}" for section, sentences in table().items() if section != "choices" for name in sentences]


def test_every_intent_pattern_compiles_and_is_written_once() -> None:
    for intent, rules in words_of("intents").items():
        for level in ("sure", "likely", "weak", "unless"):
            patterns = rules.get(level, [])
            assert len(set(patterns)) == len(patterns), (intent, level)
            for pattern in patterns:
                assert compiled(pattern).search("") is None, (intent, pattern)


def test_the_short_cuts_of_patterns() -> None:
    assert compiled("有…吗").search("有这个岗位吗") is not None
    assert compiled("有…吗").search("有这个岗位现在还招人吗") is None
    assert compiled("^{ref}的").search(f"{REF}的") is not None
    assert needs_marks("学{trade}")
    assert not needs_marks("{ref}的")
    assert any_of(["甲", "乙丙"]).fullmatch("乙丙") is not None


def test_spans_are_shown_as_one_mark_each() -> None:
    sentence = Sentence("第二个焊工")
    sentence.take(0, 3, REF)
    sentence.take(3, 5, TRADE)
    assert sentence.view(REF) == f"{REF}焊工"
    assert sentence.view(REF, TRADE) == REF + TRADE
    assert sentence.rest == "     "
    assert list(sentence.free_matches(re.compile("焊"))) == []


def test_one_spelling() -> None:
    assert clean("　ＡＢＣ１２３ 報名 工姿 ") == "abc123 报名 工资"
    assert flat("你好，在 吗？") == "你好在吗"
    assert clauses("不会弄 教教我，好吗") == ["不会弄", "教教我", "好吗"]


def test_traditional_characters_are_paired() -> None:
    pairs = words_of("spelling")["traditional"]
    assert len(pairs["from"]) == len(pairs["to"]) == len(set(pairs["from"]))


def test_no_slip_is_mended_into_another() -> None:
    meant = words_of("spelling")["words"]
    assert {slip: clean(right) for slip, right in meant.items()} == {
        slip: right.lower() for slip, right in meant.items()
    }


def test_trades_and_their_kin() -> None:
    assert TRADES.lexicon.findall("氩弧焊或者叉车司机") == ["氩弧焊", "叉车司机"]
    assert "电焊" in TRADES.kin("焊工").same
    assert "铆工" in TRADES.kin("焊工").near
    assert set(TRADES.kin("焊工").same) & set(TRADES.kin("焊工").near) == set()
    assert TRADES.kin("裱褙匠").same == ("裱褙匠",)
    assert TRADES.is_head("司机", "搅拌车司机")
    assert not TRADES.is_head("车工", "叉车工")


def test_every_neighbour_is_a_trade() -> None:
    known = {
        word.lower() for group in words_of("trades")["trade"] for word in [*group["words"], *group.get("asked", [])]
    }
    strange = {
        near for group in words_of("trades")["trade"] for near in group.get("near", []) if near.lower() not in known
    }
    assert strange == set()


def test_fillers_come_longest_first() -> None:
    lengths = [len(word) for word in lines_of("fillers")]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_used_and_can_be_said(name: str) -> None:
    section, _, key = name.partition(".")
    sentence = table()[section][key]
    blanks = {blank: "甲" for _, blank, _, _ in Formatter().parse(sentence) if blank is not None}
    assert say(name, **blanks) == re.sub(r"\{\w+\}", "甲", sentence)
    used = name in SOURCES or f'"{key}"' in SOURCES
    by_code = section in ("states", "employment", "job_types", "excluded", "dropped", "detail_labels")
    assert used or by_code or f'"{section}.{{' in SOURCES or f"{section}.{{" in SOURCES


@pytest.mark.parametrize("name", PHRASES)
def test_phrases_shout_nothing(name: str) -> None:
    section, _, key = name.partition(".")
    assert re.findall(r"[!！]|[\U0001F300-\U0001FAFF]", table()[section][key]) == []
