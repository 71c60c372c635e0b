"""The name of a job, cleaned of numbers, pay, benefits and slogans."""

import re

from app.postings.reading.headcount import read_headcount
from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_broken, is_date, is_nothing, words
from bot.terms.benefits import benefits_in

LONGEST, RAW_LONGEST = 120, 300
_LISTED = re.compile(r"\s*(?:[①-⑳]|[(（]\d{1,2}[)）]|(?:(?<=^)|(?<=[\s、,，;；]))\d{1,2}[、.．)）](?!\d))\s*")
_SLOGAN = (
    r"急(?=[\s:!])|急招|急聘|急需|急缺|诚聘|诚招|诚邀|高薪|热招|热聘|直招|大量招聘|大量|长期招聘|长期招|长期|现招|特招|招募|聘请|聘用"
    r"|(?<!人事)(?<!资源)招聘(?!专员|主管|经理|助理|顾问|官|岗|负责人|总监|实习|文员|客服|员)"
    r"|[年月日时]薪|月入|年入|待遇优厚?|[!！]+"
)
_PERKS = (
    r"(?:包吃包住|包吃住|管吃住|提供食宿|包住宿|包住|包[早午晚中]餐|包吃|五险一金|六险一金|五险|社保|周末双休|双休|不加班)"
    r"(?!专员|代理|客服|经办)"
)
# a sum of money: at least three digits, or a unit
_SUM = r"(?<![A-Za-z0-9])(?:\d+(?:\.\d+)?(?:元|[kKwW千万])?[-~—–－至到]+)?(?:\d{3,}(?![\d届级年款号型路线])|\d+(?:\.\d+)?[kKwW千万](?![\u4e00-\u9fff]*达))(?:元|块)?(?:/?(?:月|天|小时|时|年|日))?(?:以上|起|左右|\+)?"  # noqa: E501 - one figure
_BASE = r"(?:月薪|年薪|日薪|薪资|工资|底薪|保底)"
_PEOPLE = r"\d+[人名位]|若干名?|数名"
_DECORATION = re.compile(r"[\u2600-\u27bf\u25a0-\u25ff\u2b00-\u2bff\u203b\U0001f300-\U0001faff\ufe0f]+")
"""Stars, flags, pictures: they say nothing about the job."""
_NUMBER = r"(?:\d{1,4}(?:[-~—–－至到]\d{1,4})?|[一二两三四五六七八九十]{1,3})"
_WANTED = re.compile(rf"(?<![\d.]){_NUMBER}[人名位](?=$|[\s()（）\[\]【】,，、;；/])")
_COUNTED = re.compile(rf"{_WANTED.pattern}|(?<=[(（\[【]){_NUMBER}(?=[)）\]】])")
_GAP = r"[\s,，:：、·+]*"
_LEAD = re.compile(rf"^(?:(?:{_SLOGAN}|{_PERKS}|{_BASE}?{_SUM}){_GAP})+")
_TRAIL = re.compile(rf"{_GAP}(?:(?:{_PERKS}|{_SLOGAN}|{_BASE}?{_SUM}|{_PEOPLE}){_GAP})+$")
_BRACKET = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_CHATTER = re.compile(
    r"急|招聘|长期|高薪|欢迎|可学|退休|返聘|无经验|不限|优先|诚聘|[0-9一二两三四五六七八九十]+[名人位]|若干|\d{3,}|\d[kK千万]|包[吃住]|五险|待遇|薪|热招|倒班|两班|可接受|均可|熟手|生手|男女|限[男女]"
)


def read_title(raw: Raw) -> str:
    """The cleaned title; several jobs of one row are joined by "/". Raises `UnreadableError` for none or nonsense."""
    if is_nothing(raw):
        raise UnreadableError("missing_title", "这一行没有写岗位名称，请补上。")
    if is_broken(raw) or is_date(raw) or isinstance(raw, int | float):
        raise UnreadableError("unreadable_title", "这一格不是岗位名称，请改成“普工”“会计”这样的写法。")
    title = _cleaned(words(raw)[:RAW_LONGEST])
    if not re.search(r"[^\W\d_]", title):
        raise UnreadableError("unreadable_title", "这一格不是岗位名称，请改成“普工”“会计”这样的写法。")
    if len(title) > LONGEST or len(words(raw)) > RAW_LONGEST:
        raise UnreadableError("unreadable_title", "岗位名称太长，请只写岗位，其余写到备注里。")
    return title


def count_of(title: str) -> int:
    """How many jobs a cleaned title names: for 各2名."""
    return len(re.split(r"[/、]", title))


def people_in(raw: Raw, *, counted: bool = False) -> int | None:
    """The people a title asks for (服务员2人、收银员（1名）), None if it names none.

    `counted`: the column's header promises a number, so that one alone in brackets is one.
    """
    found = [read_headcount(match[0]) for match in (_COUNTED if counted else _WANTED).finditer(words(raw))]
    named = [count for count in found if count is not None]
    return sum(named) if named and len(named) == len(found) else None


def _cleaned(text: str) -> str:
    parts = [part for line in text.split("\n") for part in _LISTED.split(line)]
    named = [name for name in (_one(part) for part in parts if part.strip(" 、,，;；/")) if name]
    return "/".join(named) or re.sub(r"\s+", " ", text).strip()


def _one(part: str) -> str:
    bare = _BRACKET.sub(_kept, _DECORATION.sub(" ", part)).strip(" 、,，;；:：/")
    bare = re.sub(r"(?<![A-Za-z0-9.+#])\s+|\s+(?![A-Za-z0-9])", " ", bare)
    before = None
    while before != bare:
        before = bare
        bare = _stripped(bare)
    return _unspaced(bare) or _unspaced(part)


def _stripped(bare: str) -> str:
    shorter = _TRAIL.sub("", _LEAD.sub("", bare)).strip(" 、,，;；:：-—·+!！")
    return shorter if re.search(r"[\u4e00-\u9fffA-Za-z]", shorter) else bare


def _kept(match: re.Match[str]) -> str:
    """A bracket that says what the job is (兼职, 电话销售, C1) stays, one about pay or people goes."""
    inner = match[1].strip()
    if not inner or _CHATTER.search(inner) or benefits_in(inner):
        return " "
    return f"（{inner}）" if match[0][0] in "(（" else f" {inner} "


def _unspaced(text: str) -> str:
    """Blanks between Chinese characters go (操 作 工), between Latin words they stay."""
    return re.sub(r"(?<![A-Za-z0-9.+#])\s+|\s+(?![A-Za-z0-9])", "", text).strip()
