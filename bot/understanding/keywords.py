"""Trades, titles and workplaces asked for: known ones, else what stands where a trade would stand."""

import re
from functools import cache

from bot.understanding.patterns import any_of
from bot.understanding.sentence import TRADE, Sentence
from bot.understanding.trades import lexicon
from bot.understanding.vocabulary import lines_of, words_of

_MOST = 4
_LONG = 80
_TAIL = 120
# a licence, a school subject or a course, not a wish for the trade
_NOT_WISHED = re.compile(r"资格|操作|上岗|从业")
_CERTIFICATE = re.compile(r"(?:师|工|员)?(?:[初中高]级)?(?:资格|操作|上岗|从业)?证")
_COMPANY = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:有限公司|集团|公司))")
_PLAIN_COMPANY = re.compile(
    r"[有没找想的在招要哪什么个家进去大小好正规这那和跟我上市劳务某一]|国有|私人|外资|保安|物业|家政|保洁|装修|建筑|贸易|外贸|快递|物流|保险|科技|电子|人力|食品|服装|医药|软件|网络|广告|旅游|运输|汽车|园林|房产|中介|外包|派遣"
)
_LED_IN = re.compile(r"^(?:我|想|要|去|进|到|在|应聘|请问|看看|问下|找|有没有|有|是|问问|了解|那个|这个)+")
_ENDINGS = r"(?:工(?!作|资|厂|程|地|种|龄|会|伤|时)|员|师|厂|店|司机|助理|经理|老师|阿姨|师傅|学徒|顾问|专员|主管|教练|馆|坊|队|队员|手)"
_ASKED = re.compile(
    r"(?:找|想做|想干|想当|想进|干过|做过|招|应聘|有没有|想找|做|干|当|进|会|求|推荐|介绍|来|有)"
    r"(?:个|份|点|些|下|一下|一份|一个|几个)*(?P<word>[\u4e00-\u9fffa-z]{2,8}?)(?:的)?(?:工作|活|岗位|职位|招|人|吗|呢|么|没|不|类|$|(?=\s))"
)
_LED = re.compile(
    r"^\s*(?P<word>[\u4e00-\u9fff]{2,8}?)(?:的)?(?:有吗|有没有|有没|有不|有么|招吗|招不招|招人|工作|岗位|活|呢|还招|要人)"
)
_TITLED = re.compile(rf"(?P<word>(?:(?![的了和或有])[\u4e00-\u9fff]){{1,5}}{_ENDINGS})(?![\u4e00-\u9fff]*(?:费|证|资))")


def read_employer(sentence: Sentence) -> str | None:
    """A firm asked for by name; 物流公司 and the like are kinds of workplace instead."""
    for match in sentence.free_matches(_COMPANY):
        name = _LED_IN.sub("", match["name"])
        if len(name) > len("某某公司") and (name.endswith("有限公司") or not _PLAIN_COMPANY.search(name[:-2])):
            sentence.take(match.end() - len(name), match.end())
            return name
    return None


def read_keywords(sentence: Sentence) -> list[str]:
    """Known trades and workplaces, in the sentence's order; marks them."""
    found: list[tuple[int, str]] = []
    for match in sentence.free_matches(_addressed()):
        sentence.take(*match.span())
    for match in sentence.free_matches(lexicon()):
        if _CERTIFICATE.match(sentence.text, match.end()):
            continue
        sentence.take(*match.span(), TRADE)
        found.append((match.start(), match[0]))
    if len(found) > _MOST and len(sentence.text) > _LONG:
        # a long story: the wish comes at its end
        found = [hit for hit in found if hit[0] >= len(sentence.text) - _TAIL] or found[-1:]
    return _without_parts([word for _, word in found])


def guess_keywords(sentence: Sentence, *, freely: bool) -> list[str]:
    """An unknown trade by where it stands or how it ends; `freely` where the sentence surely looks for work."""
    rest = sentence.rest
    patterns = (_TITLED, _ASKED, _LED) if freely else (_TITLED, _LED)
    for pattern in patterns:
        for match in pattern.finditer(rest):
            word = _trimmed(match["word"])
            if word:
                sentence.take(*match.span("word"), TRADE)
                return [word]
    return []


def _trimmed(word: str) -> str | None:
    """The word without the fillers at its ends; None where nothing of substance is left."""
    parts = [part for part in _fillers().split(word) if part]
    best = max(parts, key=len, default="")
    plain = set(words_of("wishes")["generic"]["words"])
    return best if len(best) > 1 and best not in plain else None


def _without_parts(words: list[str]) -> list[str]:
    unique = list(dict.fromkeys(words))
    return [word for word in unique if not any(word != other and word in other for other in unique)]


@cache
def _addressed() -> re.Pattern[str]:
    return any_of(words_of("wishes")["address"]["words"])


@cache
def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lines_of("fillers"))))
