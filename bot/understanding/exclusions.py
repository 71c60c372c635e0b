"""What a seeker will not do: 不要中介, 不想进厂, 普工不考虑."""

import re
from collections.abc import Iterator
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.sentence import Sentence
from bot.understanding.vocabulary import words_of

_SPELT_SO = ("agency", "dispatch")
_GLUE = r"(?:是|什么|任何|那种|那些|这种|有|再|给我|推|推荐|去|进|做|干|当|找|看|要|搞|的|了|个|和|或者?|跟|、)*?"
# a clause in which something was refused ends its word here
_LOOSE = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,5}?|[a-z]{2,8})"
    r"(?:的(?=$|\W)|类|岗位?|这类|行业|了(?=$|\W)|(?=$|[\s,，。、]))"
)


def read_exclusions(sentence: Sentence) -> list[str]:
    """Words refused, in the seeker's spelling; agencies and dispatch by their codes."""
    found: list[str] = []
    # a word right behind the refusal, then one right before it, then one behind a space
    ways = (
        _refused_before(sentence, ""),
        _refused_after(sentence),
        _refused_before(sentence, "[ ,，]?"),
        _clause(sentence),
    )
    for refused in ways:
        for word, start, end in refused:
            if sentence.is_free(start, end):
                sentence.take(start, end)
                found.append(word)
    return list(dict.fromkeys(found))


def _refused_before(sentence: Sentence, gap: str) -> Iterator[tuple[str, int, int]]:
    for refusal in sentence.free_matches(_before()):
        if _is_choice(sentence.text, refusal.start()):
            continue
        begin = start = refusal.start()
        position: int | None = _skip(sentence.text, refusal.end(), gap)
        while position is not None and (hit := _word_at(sentence, position, loose=start == begin and not gap)):
            word, end = hit
            yield word, start, end
            start = end
            position = _more(sentence.text, end)


def _is_choice(text: str, position: int) -> bool:
    """招不招, 要不要: asked, not refused."""
    return text[position] == "不" and text[position - 1 : position] == text[position + 1 : position + 2]


def _skip(text: str, position: int, gap: str) -> int:
    match = re.compile(gap).match(text, position)
    return match.end() if match else position


def _more(text: str, end: int) -> int | None:
    """Where the next of several refused words begins: 不要计件、派遣和中介."""
    joined = re.compile(r"(?:的)?(?:和|跟|、|或者?|以及|与)").match(text, end)
    return joined.end() if joined else None


def _word_at(sentence: Sentence, position: int, *, loose: bool) -> tuple[str, int] | None:
    text = sentence.text
    if _never().match(text, position):
        return None
    glue = re.compile(_GLUE)
    for skip in sorted({0, *_ends(glue, text, position)}):
        hit = _known(sentence, position + skip)
        if hit:
            return hit
    match = _LOOSE.match(text, position) if loose else None
    return (match["word"], match.end()) if match and not _never().search(match["word"]) else None


def _ends(glue: re.Pattern[str], text: str, position: int) -> list[int]:
    window = text[position : position + 8]
    return [size for size in range(1, len(window) + 1) if glue.fullmatch(window[:size])]


def _known(sentence: Sentence, position: int) -> tuple[str, int] | None:
    text = sentence.text
    for code in _SPELT_SO:
        match = _coded(code).match(text, position)
        if match:
            return code, match.end()
    end = position
    # 保险销售 is one word refused, not two
    while matches := [match for pattern in (sentence.trades.lexicon, _other()) if (match := pattern.match(text, end))]:
        end = max(match.end() for match in matches)
    return (text[position:end], end) if end > position else None


def _refused_after(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    for refusal in sentence.free_matches(_after()):
        clause = max(sentence.text.rfind(mark, 0, refusal.start()) for mark in " ,，。、;；的") + 1
        for start in range(max(clause, refusal.start() - 8), refusal.start()):
            hit = _known(sentence, start)
            if hit and refusal.start() <= hit[1] < refusal.end():
                yield hit[0], start, refusal.end()
                break


def _clause(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """An unknown word that is refused, and nothing else said: 教培不要."""
    for match in sentence.free_matches(_whole_clause()):
        if not _never().search(match["word"]):
            yield match["word"], *match.span()


@cache
def _whole_clause() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[\s,，。;；]))(?P<word>[\u4e00-\u9fffa-z]{{2,4}}?)(?:{_after().pattern})(?=$|[\s,，。;；])"
    )


@cache
def _before() -> re.Pattern[str]:
    return any_of(words_of("wishes")["exclude"]["before"])


@cache
def _after() -> re.Pattern[str]:
    return any_of(words_of("wishes")["exclude"]["after"])


@cache
def _coded(code: str) -> re.Pattern[str]:
    return any_of(words_of("wishes")["exclude"][code])


@cache
def _other() -> re.Pattern[str]:
    return any_of(sorted(words_of("wishes")["exclude"]["other"], key=len, reverse=True))


@cache
def _never() -> re.Pattern[str]:
    return any_of(sorted(words_of("wishes")["exclude"]["never"], key=len, reverse=True))
