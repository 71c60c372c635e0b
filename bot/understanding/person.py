"""What seekers say of themselves: age, schooling, years of experience."""

import re
from functools import cache

from bot.terms.education import lowest_level
from bot.terms.numerals import DIGITS, number
from bot.understanding.figures import FIGURE
from bot.understanding.patterns import any_of
from bot.understanding.sentence import AGE, Sentence
from bot.understanding.vocabulary import words_of

_TENS = r"(?:[1-8]\d|[二三四五六七八]?十[一二三四五六七八九]?)"
_UNITS = r"(?![\d千百万k元块天年月号个人小时点公里斤路栋楼平米度%级期分钟班次份家名位周星条项岁以-])"
_WHO = (
    "我|妈|爸|父亲|母亲|老公|老婆|爱人|儿子|女儿|他|她|丈夫|妻子|哥|姐|弟|妹|今年|年龄|年纪|虚岁|本人|快|都|已经|满|奔|年近|年过|嫂子?|叔叔?|婶|姑|舅"
    "|公公|婆婆|对象|媳妇|亲戚|朋友|男性?|女性?|岁数|丫头|小伙|阿姨|大姐|大叔|家属|老人|老头|头子|妈子|爹|娘|孙女|孙子|侄子|侄女|外甥|女婿|如今|现在|退伍|老[\u4e00-\u9fff]|老爷子|老太太|妇女|姐姐|妹妹|哥哥|弟弟|人|先生|女士"
)
_LINK = r"(?:今年|也|都|快|已经|才|刚满|刚|满|有|是|大概|差不多|虚岁|周岁|虚|到|马上|将近|要|年龄|:|：|,|，| ){0,4}"
_AGES: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"(?<![\d一二三四五六七八九十-])(?P<age>{_TENS})(?:多|几|来)?(?:周|虚)?岁(?!的?(?:孩|小孩|娃|宝|儿子|女儿))"
    ),
    re.compile(rf"(?:{_WHO}){_LINK}(?<![\d一二三四五六七八九十])(?P<age>{_TENS})(?:多|出头|来|好几)?{_UNITS}"),
    re.compile(
        r"(?:^|(?<=[\s,，、。;；]))(?P<age>[1-8]\d|[二三四五六七]十[一二三四五六七八九]?(?=了))(?=$|[\s,，、。;；]|了|男|女|周|的|能|可以|还)"
    ),
)
_AGES += (
    # a figure that is a clause of its own, in Chinese numerals: 冰箱洗衣机，五十三
    re.compile(
        r"(?:^|(?<=[\s,，、。;；]))(?:女的?|男的?)?(?P<age>[二三四五六七]?十[一二三四五六七八九]?|[二三四五六七]十)整?(?=$|[\s,，、。;；])"
    ),
    re.compile(r"(?P<age>[二三四五六七八]十)有(?P<units>[一二三四五六七八九])(?![\u4e00-\u9fff]?[年个月天块元千百万])"),
)
_YOUNGEST, _OLDEST = 14, 90
_YEARS = re.compile(
    rf"(?:干|做|开|搞|当|有|跑|烧|教|带|修|焊|踩|从事|工作|驾龄|工龄|经验|从业|上)(?:过|了|有|满)*(?P<after>{FIGURE})(?:多|来|几)?年"
    rf"|(?P<before>{FIGURE})(?:多|来|几)?年(?:多)?(?:的)?(?:工作|相关|从业|驾龄|工龄|经验|行业|[\u4e00-\u9fff]{{0,4}}经验)"
)
_MOST_YEARS = 60
# years said by themselves (钳工，5年), but no year of birth, no span to come, no 年薪
_BARE_YEARS = re.compile(
    rf"(?<![第前去今明每半近\d一二两三四五六七八九十])(?<!漂了)(?<!住了)(?<!役)(?P<years>{FIGURE})(?:多|来|几)?年(?:半|多)?"
    rf"(?![级前底薪终后轻纪龄假初内合能落挣赚下到了没])"
)
_MOST_BARE_YEARS = 40
_SCHOOL = re.compile(
    r"博士|硕士|研究生|本科|学士|大学(?=毕业|文凭|学历|文化)|大专|专科|高职|中专|中技|中职|职高|技校|职业高中|高中|初中|小学"
    r"(?=毕业|文化|学历|没毕业|肄业|水平|没读完|没念完|$|[\s,，。])"
)
# the schools of children, pupils and teachers
_NOT_OWN = re.compile(r"(?:老师|教师|生家教|数学|英语|语文|托管|门口|附近|旁边|学校|课|辅导)")
_CHILD = re.compile(r"(?:还在上|在读|在上|在念|孩子上|娃上|孩子读|接送|教|老师)$")


def read_age(sentence: Sentence) -> int | None:
    """The age of who looks for work, 14 to 90."""
    if sentence.text.strip().isdigit():
        return None
    for pattern in _AGES:
        for match in sentence.free_matches(pattern):
            age = number(match["age"] + (match.groupdict().get("units") or ""))
            if age is not None and _YOUNGEST <= age <= _OLDEST:
                end = match.end()
                sentence.take(match.start("age"), end, AGE)
                return int(age)
    return None


def read_education(sentence: Sentence) -> str | None:
    """The seeker's own level; the highest of several."""
    last = None
    for match in sentence.free_matches(_SCHOOL):
        if _NOT_OWN.match(sentence.text, match.end()) or _CHILD.search(sentence.text, 0, match.start()):
            continue
        sentence.take(*match.span())
        last = match[0]
    level = lowest_level(last + "毕业") if last else None
    return None if level == "any" else level


def read_experience(sentence: Sentence) -> int | None:
    """Whole years in a trade; 0 for who says to have none."""
    for match in sentence.free_matches(_YEARS):
        years = _years(match["after"] or match["before"])
        if years is not None and years <= _MOST_YEARS:
            sentence.take(*match.span())
            return int(years)
    for match in sentence.free_matches(_BARE_YEARS):
        years = _years(match["years"])
        if years is not None and 0 < years <= _MOST_BARE_YEARS:
            sentence.take(*match.span())
            return int(years)
    for match in sentence.free_matches(_none()):
        sentence.take(*match.span())
        return 0
    return None


def _years(text: str) -> float | None:
    """Whole years; of 七八 the lower, of 十几 the ten."""
    years = number(text[:-1] if _spread(text) else text.rstrip("几"))
    return years if years is not None and years == int(years) else None


def _spread(text: str) -> bool:
    """七八, 两三, 十五六: the last two are neighbours."""
    low, high = (DIGITS.get(char, 0) for char in text[-2:].rjust(2))
    return low > 0 and high == low + 1


@cache
def _none() -> re.Pattern[str]:
    return any_of(words_of("wishes")["experience"]["none"])
