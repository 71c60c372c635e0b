"""Which words staff may add: those that name a trade, and that leave every other sentence as it is understood."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from app.base.errors import Invalid
from app.chat.understood import understood_words
from app.chat.vocabulary import LONGEST
from bot.understanding import Understanding, understand
from bot.understanding.patterns import any_of
from bot.understanding.spelling import clean
from bot.understanding.trades import Trades
from bot.understanding.vocabulary import lines_of, words_of

_SHAPE = re.compile(rf"(?=.*[\u4e00-\u9fffa-z])[\u4e00-\u9fffa-z0-9+#]{{2,{LONGEST}}}")
_BAD_SHAPE = f"一个词要 2 到 {LONGEST} 个字，只能用汉字、字母和数字，中间没有空格和标点。"
_KNOWN = "机器人已经认识“{word}”了，不用再加。"
_PLAIN = "“{word}”是平常话，不是工种。加上它，机器人会听错别的话。"
_MEANT = "机器人会把“{word}”听成别的意思（{meaning}），加了也听不出这个工种。请换一个说法。"
_BREAKS = "加上“{word}”以后，“{sentence}”这样的话会被听错。请换一个更具体的词。"
_NO_SUCH = "机器人还不认识“{means}”，所以不知道“{word}”是什么意思。请填一个已有的工种，或者不填。"
# said around a trade, to see what a new word does to it
_ASKED = ("{}", "我想找{}的工作", "有没有招{}的", "去做{}", "不要{}")
# said of work, of pay and of firms: no trade, however they are put together
_NEVER = (
    *("公司", "有限公司", "集团", "企业", "单位", "中介", "派遣", "岗位", "职位", "工种", "老板", "人事", "面试"),
    *("工资", "月薪", "薪水", "薪资", "底薪", "高薪", "待遇", "福利", "报名", "电话"),
)


def checked_word(typed: str, trades: Trades) -> str:
    """The word as it will stand in sentences that are read; Invalid says why it may not be added."""
    word = clean(typed).strip().removesuffix("的")
    if not _SHAPE.fullmatch(word):
        raise Invalid(_BAD_SHAPE, field="word")
    if trades.lexicon.fullmatch(word):
        raise Invalid(_KNOWN.format(word=word), field="word")
    if not _plain().sub("", word) or any_of(words_of("wishes")["exclude"]["agency"]).fullmatch(word):
        raise Invalid(_PLAIN.format(word=word), field="word")
    more = trades.with_words({word: None})
    for form in _ASKED[:2]:
        said = understand(form.format(word), trades=more)
        if not _is_just_the(word, said):
            before = understand(form.format(word), trades=trades)
            raise Invalid(_MEANT.format(word=word, meaning=understood_words(before)), field="word")
    for sentence in _touched(word, trades):
        if understand(sentence, trades=more) != understand(sentence, trades=trades):
            raise Invalid(_BREAKS.format(word=word, sentence=sentence), field="word")
    return word


def checked_meaning(typed: str, word: str, trades: Trades) -> str | None:
    """The known word that `word` shall mean, None for a trade by itself; Invalid where there is no such."""
    means = clean(typed).strip()
    if not means:
        return None
    if not trades.lexicon.fullmatch(means):
        raise Invalid(_NO_SUCH.format(means=means[:LONGEST], word=word), field="means")
    return means


def _is_just_the(word: str, said: Understanding) -> bool:
    return said.intent == "find_jobs" and said.wishes == {"keywords": [word]}


def _touched(word: str, trades: Trades) -> Iterator[str]:
    """Sentences with the word's letters in them by chance, so that it could take them for itself."""
    for sentence in _everyday():
        if word in clean(sentence):
            yield sentence
    for known in _words(trades.groups):
        for form in _ASKED:
            sentence = form.format(known)
            if word in sentence:
                yield sentence


def _words(groups: tuple[Mapping[str, list[str]], ...]) -> Iterator[str]:
    for group in groups:
        yield from group["words"]


@cache
def _plain() -> re.Pattern[str]:
    """What may stand in any sentence about any job."""
    fields = [name for table in words_of("fields").values() if isinstance(table, dict) for name in table["names"]]
    words = {*lines_of("fillers"), *words_of("wishes")["generic"]["words"], *fields, *_NEVER}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


@cache
def _everyday() -> tuple[str, ...]:
    """Sentences of `everyday.txt`, and the set phrases of every intent."""
    lines = files("app.chat").joinpath("everyday.txt").read_text("utf-8").splitlines()
    phrases = [phrase for table in words_of("intents").values() for phrase in table.get("exact", ())]
    return (*(line for line in lines if line and not line.startswith("#")), *phrases)
