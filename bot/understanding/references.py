"""Which job is meant: an ordinal of the list (第二个), or a spoken code (103, 幺零三号)."""

import re

from bot.terms.numerals import digits, number
from bot.understanding.sentence import REF, Sentence

_CHINESE = "零〇○一幺二两三四五六七八九"
_SPOKEN = re.compile(
    rf"(?<![\d.{_CHINESE}十百千万])(?:岗位|编号|代码|代号|口播码)?(?P<code>\d{{3,4}}|[{_CHINESE}]{{3,4}}|[一二三四五六七八九]百零?[{_CHINESE}十]{{0,3}})"
    r"(?P<tag>号)?(?![\d.千百万k十]|元|块|多|来|左右|以上|以下|岁|个|人|天|年|一天|一小时|斤|公里|平|路|分)"
)
_NTH = re.compile(
    r"(?:排在?|列表里?|上面的?)?(?:第(?P<nth>\d{1,2}|[一二两三四五六七八九十]{1,3})|(?P<last>倒数第(?P<back>[一二三四五\d])|最后(?:面)?(?=一?[个家条份])|末尾那)|(?P<first>头一|首))"
    r"(?!次|天|年|批|页|季|步|代|中学|小学|人民|产业|方|一线|医院|时间|名字?是|人称)(?P<counter>一?(?:个|家|份|条|项|位|号|款|则|行|种|岗位))?"
)
_LOW_NUMBER = re.compile(
    r"(?<!\d)(?P<nth>[1-9]|[1-2]\d|[一二三四五六七八九十]{1,2})号(?!线|楼|店|下午|上午|晚|早|来|去|发|路|门|前|后|以|之|到|仓|车间)"
)
_PICKED = re.compile(r"(?:选|看|要|报|面|投|点|面试|详情|应聘)(?P<nth>[1-9]|1\d)(?=$|[\s,，。]|号|吧|的|那)")
_BARE = re.compile(r"[\s第]*(?P<nth>[1-9]|1\d|20|[一二三四五六七八九十])[\s.、。号]*")
_EVENT_OF_MANY = 4
# schools, emergency numbers and policies that look like codes
_NO_CODE = re.compile(r"(?:985|211)(?:毕|大|院|高|学|本)|[打报拨](?:110|119|120|122)")
_POLICIES = {"4050", "4555"}
# 要我交三百, 押金要300: what was to be paid, not a code
_PAYING = re.compile(r"(?:(?:[交收付扣骗转缴]|退还?)(?:了|我|他|她|过)*|(?:押金|费|钱)(?:要|是|得|了)*)$")


def read_reference(sentence: Sentence) -> int | str | None:
    """An int counts in the list last shown (-1 is its last); a str of digits is a spoken code."""
    found = _code(sentence)
    ordinal = _ordinal(sentence)
    return found or ordinal


def _code(sentence: Sentence) -> str | None:
    for match in sentence.free_matches(_SPOKEN):
        code = digits(match["code"]) or _counted(match["code"])
        if code is None or (not match["tag"] and _is_no_code(code, sentence.text, match)):
            continue
        sentence.take(*match.span(), REF)
        return code
    return None


def _is_no_code(code: str, text: str, match: re.Match[str]) -> bool:
    if len(code) == _EVENT_OF_MANY and (code.endswith("00") or code.startswith(("19", "20"))):
        return True
    alone = match[0] == text.strip()
    # three Chinese digits without 号 are a code only where nothing else is said before them
    chinese = (
        not match["code"].isascii()
        and not alone
        and match.start() > 0
        and text[match.start() - 1] not in " ,，看报投面试选要点查的"
    )
    return (
        chinese
        or (code in _POLICIES and not alone)
        or bool(_PAYING.search(text[: match.start()]))
        or bool(_NO_CODE.search(text[max(0, match.start() - 2) : match.end() + 2]))
    )


def _counted(text: str) -> str | None:
    value = number(text)
    return f"{value:.0f}" if value is not None and 100 <= value < 10_000 else None  # noqa: PLR2004 - spoken codes


def _ordinal(sentence: Sentence) -> int | None:
    bare = _BARE.fullmatch(sentence.text)
    for match in ([bare] if bare else []) or _ordinals(sentence):
        sentence.take(*match.span(), REF)
        groups = match.groupdict()
        if groups.get("last"):
            return -int(number(groups["back"] or "1") or 1)
        return 1 if groups.get("first") else int(number(groups["nth"]) or 1)
    return None


def _ordinals(sentence: Sentence) -> list[re.Match[str]]:
    nth = [match for match in sentence.free_matches(_NTH) if not match["first"] or match["counter"]]
    return nth or [match for pattern in (_LOW_NUMBER, _PICKED) for match in sentence.free_matches(pattern)][:1]
