"""A line of a chat taken apart: what each piece of it says about a job."""

import re

from app.postings.reading.age import age_in
from app.postings.reading.columns import field_of
from app.postings.reading.employer import NAME, employer_in
from app.postings.reading.experience import experience_in
from app.postings.reading.gender import gender_in
from bot.terms.benefits import benefits_in
from bot.terms.divisions import division_of_address
from bot.terms.education import lowest_level
from bot.terms.text import normalise

Said = tuple[str, str]
"""A field and what was written of it."""

_LABEL = re.compile(
    r"[【\[]\s*([\u4e00-\u9fff]{2,8})\s*[】\]]\s*[:：]?|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,8})\s*[:：]"
)
_LISTED = re.compile(r"^\s*(?:\d{1,2}[.、)）](?!\d)|[①-⑳]|[-*•·])\s*")
_HIRING = re.compile(r"^(?:现|因[^,，]{0,10}需要?)?(?:诚招|诚聘|急招|急聘|招聘|招收|招募|直招|聘请|招|聘)(?!聘|满)")
_PEOPLE = re.compile(
    r"(?:各)?(?:\d+(?:[-~]\d+)?|[一二两三四五六七八九十百]+|若干|数|多)(?:名|人|个|位)(?:以上|左右)?|若干"
)
_NO_TITLE = re.compile(r"以下|岗位|信息|启事|简章|公告|人员$|如下|招聘会|工作$|薪|元|电话|有意")
_JOB = re.compile(
    r"^[\u4e00-\u9fffA-Za-z0-9/、（）()]{0,12}(?:工|员|师|长|司机|助理|经理|主管|会计|出纳|客服|销售|顾问|老师|护士|学徒|保姆|月嫂|阿姨|干部|代表|技师|组长|钳|主播)$"
)
_PAY = re.compile(r"薪|工资|收入|底薪|保底|元|块|面议|计件|\d+(?:\.\d+)?[kKwW千万]|\d{4,}[-~—至到]\d{4,}|综合\d")
_PLACE = re.compile(r"[路街镇乡村号园区道]|大道|工业|附近|对面")
_LONGEST = 80
_AT = re.compile(r"(?:工作)?(?:地址|地点|位于|位置)在?")
_PHONE = re.compile(r"1[3-9]\d[\d*\-]{7,}|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|[48]00-?\d{3,4}-?\d{3,4}(?!\d)")
_PIECE = re.compile(r"[\s,，;；。|!！]+")


def said_in(line: str, *, titled: bool) -> list[Said]:
    """What a line says, in its order. `titled`: whether the job at hand has its title already."""
    text = normalise(line)
    marks = [mark for mark in _LABEL.finditer(text) if field_of(mark[1] or mark[2]) not in {None, "-"}]
    if not marks:
        return _free(text, titled=titled)
    said = _free(text[: marks[0].start()], titled=titled)
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = text[mark.end() : following.start() if following else len(text)].strip(" ,，;；。")
        if value:
            said.append((field_of(mark[1] or mark[2]) or "description", value))
    return said


def _free(text: str, *, titled: bool) -> list[Said]:
    listed = _LISTED.match(text)
    said: list[Said] = []
    for piece in _PIECE.split(_LISTED.sub("", text)):
        if re.sub(r"(?:急|现|直|诚|长期)?(?:招聘|招|聘)[:：]?$", "", piece):
            known = titled or any(field == "title" for field, _ in said)
            said += _piece(piece, titled=known, first=bool(listed) and not said)
    return said


def _piece(piece: str, *, titled: bool, first: bool) -> list[Said]:
    if len(piece) > _LONGEST:
        return [("description", piece)]
    if _PHONE.search(piece):
        return [("contact", piece)]
    placed = _AT.match(piece)
    if placed and division_of_address(piece):
        return [("address", piece[placed.end() :])]
    named = NAME.match(piece)
    if named and employer_in(piece):
        rest = piece[named.end() :]
        return [("employer", named[0]), *(_piece(rest, titled=titled, first=False) if rest else [])]
    job = _job(piece, first=first, titled=titled)
    return job or [(_meaning(piece), piece)]


def _job(piece: str, *, first: bool, titled: bool) -> list[Said]:
    """A title, with the number of people behind it: 招普工10名, 质检员2人, 焊工."""
    hiring = _HIRING.match(piece)
    name = piece[hiring.end() :] if hiring else piece
    people = _PEOPLE.search(name)
    bare = (name[: people.start()] if people else name).strip("：:、-· ")
    if not bare and people and hiring is None:
        return [("headcount", name)]
    marked = hiring or first or (people and name.endswith(people[0]))
    if _NO_TITLE.search(bare) or not bare or not (marked or (not titled and _JOB.match(bare))):
        return []
    if not hiring and not first and (age_in(piece) != (None, None) or _PAY.search(bare)):
        return []
    return [("title", bare)] + ([("headcount", name[people.start() :])] if people else [])


def _meaning(piece: str) -> str:
    """The field that a piece without a label speaks of."""
    tests = (
        ("age", "岁" in piece and age_in(piece) != (None, None)),
        ("pay", bool(_PAY.search(piece)) and re.search(r"\d|面议|计件|[千万]", piece) is not None),
        ("benefits", bool(benefits_in(piece))),
        ("description", bool(experience_in(piece)) or gender_in(piece) != "any"),
        ("age", age_in(piece) != (None, None)),
        ("education", lowest_level(piece) is not None),
        ("address", division_of_address(piece) is not None and bool(_PLACE.search(piece))),
    )
    return next((field for field, holds in tests if holds), "description")
