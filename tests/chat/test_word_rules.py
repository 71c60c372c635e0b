"""Which words staff may add to the vocabulary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import Invalid
from app.chat.vocabulary import LONGEST
from app.chat.word_rules import checked_meaning, checked_word
from bot.understanding import understand
from bot.understanding.trades import standard_trades

TRADES = standard_trades()


def refusal(typed: str) -> str:
    with pytest.raises(Invalid) as refused:
        checked_word(typed, TRADES)
    assert refused.value.field == "word"
    return refused.value.sentence


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("扫雪工", "扫雪工"),
        (" 撸猫师 ", "撸猫师"),
        ("掃雪員", "扫雪员"),  # as a sentence is read: simplified
        ("３Ｄ打印", "3d打印"),
        ("PLC调试", "plc调试"),
        ("搬砖的", "搬砖"),
    ],
)
def test_what_names_a_trade_is_taken_as_sentences_are_read(typed: str, word: str) -> None:
    assert checked_word(typed, TRADES) == word


@pytest.mark.parametrize(
    "typed", ["", "工", "103", "扫雪 工", "扫雪工，", "扫" * 13, "扫雪\u0000工!", "<b>扫雪</b>", "😀😀"]
)
def test_a_word_has_a_shape(typed: str) -> None:
    assert refusal(typed) == "一个词要 2 到 12 个字，只能用汉字、字母和数字，中间没有空格和标点。"


@pytest.mark.parametrize("typed", ["焊工", "看大门的", "CNC"])
def test_a_known_word_is_not_needed(typed: str) -> None:
    assert refusal(typed) == f"机器人已经认识“{typed.lower().removesuffix('的')}”了，不用再加。"


@pytest.mark.parametrize("typed", ["工作", "找工作", "工资", "夜班", "公司", "中介", "老板", "面试", "不要", "师傅"])
def test_a_plain_word_would_spoil_other_sentences(typed: str) -> None:
    assert refusal(typed) == f"“{typed}”是平常话，不是工种。加上它，机器人会听错别的话。"


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("太湖", "找工作：太湖县"),
        ("八千", "找工作：工资不低于8000元/月"),
        ("大专", "找工作：大专能去"),
        ("转人工", "找工作人员"),
        ("第二个", "看某个岗位：第2个"),
        ("安庆焊工", "找工作：焊工、安庆市"),
    ],
)
def test_a_word_with_another_meaning_says_which(typed: str, meaning: str) -> None:
    assert refusal(typed) == (f"机器人会把“{typed}”听成别的意思（{meaning}），加了也听不出这个工种。请换一个说法。")


@pytest.mark.parametrize(
    ("typed", "sentence"), [("高工资", "有没有高工资的"), ("去打", "去打工行吗"), ("招焊", "有没有招焊工的")]
)
def test_a_word_that_takes_letters_of_others_says_whose(typed: str, sentence: str) -> None:
    assert refusal(typed) == f"加上“{typed}”以后，“{sentence}”这样的话会被听错。请换一个更具体的词。"


@pytest.mark.parametrize("typed", ["身份证", "怀孕", "残疾人", "夫妻", "帮忙", "毕业生", "怎么申请", "赔偿", "大学生"])
def test_words_of_life_and_law_are_no_trades(typed: str) -> None:
    with pytest.raises(Invalid):
        checked_word(typed, TRADES)


def test_it_means_a_known_word_or_is_a_trade_by_itself() -> None:
    assert checked_meaning("", "扫雪工", TRADES) is None
    assert checked_meaning(" 保洁 ", "扫雪工", TRADES) == "保洁"
    with pytest.raises(Invalid) as refused:
        checked_meaning("铲雪工", "扫雪工", TRADES)
    assert (refused.value.field, refused.value.sentence) == (
        "means",
        "机器人还不认识“铲雪工”，所以不知道“扫雪工”是什么意思。请填一个已有的工种，或者不填。",
    )


@given(st.text(max_size=30) | st.text("扫雪工作找焊厂包住的元不要一二三百千abc0", max_size=LONGEST))
def test_whatever_is_typed_is_refused_in_words_or_understood_from_then_on(typed: str) -> None:
    try:
        word = checked_word(typed, TRADES)
    except Invalid:
        return
    said = understand(f"我想找{word}的工作", trades=TRADES.with_words({word: None}))
    assert (said.intent, said.wishes) == ("find_jobs", {"keywords": [word]})
