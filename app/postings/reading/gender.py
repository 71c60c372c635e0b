"""Whether a posting asks for one sex. The law check acts on it; here it is only read."""

import re

from app.postings.reading.raw import Raw, is_nothing, plain

_BOTH = re.compile(
    r"不限|不拘|均可|皆可|都可|都行|不论|夫妻|男[^,，;；。]*女|女[^,，;；。]*男|m[/,、]?f", re.IGNORECASE
)
_RATHER = re.compile(r"优先|为佳|尤佳|优佳|更佳")
_CELL = (
    ("male", re.compile(r"^男|[限招要]男|^m(?:ale)?$", re.IGNORECASE)),
    ("female", re.compile(r"^女|[限招要]女|^f(?:emale)?$", re.IGNORECASE)),
)
_BOUND = r"(?:仅限|只限|限|仅招|只招|仅要|只要|要求|须|必须|只收)"
_SENTENCE = tuple(
    (
        code,
        re.compile(
            rf"{_BOUND}(?:为)?{sex}|(?:^|[,，;；。、/\s(])(?:{sex}性|{sex}生|{sex}工|{sex})(?=$|[,，;；。、/\s)\d])|\d(?:周岁|岁)?(?:以下|以内|以上|左右)?的?{sex}(?:性|生|工|(?=$|[,，;；。、)]))|性别[:：]?{sex}"
        ),
    )
    for code, sex in (("male", "男"), ("female", "女"))
)


def read_gender(raw: Raw) -> str:
    """`any`, `male` or `female` from a cell of its own; one sex preferred (男士优先) is `any`."""
    text = plain(raw)
    if is_nothing(raw):
        return "any"
    if re.match(r"(?:男|女)(?:性|士)?[,，(（]", text):  # 女，已婚已育优先: what follows is another matter
        text = re.split(r"[,，(（]", text)[0]
    if _BOTH.search(text) or _RATHER.search(text):
        return "any"
    return next((code for code, pattern in _CELL if pattern.search(text)), "any")


def gender_in(text: str) -> str:
    """The sex that a sentence of requirements, an age cell or a title asks for."""
    for clause in re.split(r"[,，;；。\n]", re.sub(r"(?<=\d)[(（][^)）]*[)）]", "", text)):
        if re.search("男", clause) and re.search("女", clause):
            return "any"
        if not _RATHER.search(clause):
            for code, pattern in _SENTENCE:
                if pattern.search(clause):
                    return code
    return "any"
