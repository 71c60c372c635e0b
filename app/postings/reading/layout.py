"""What kind of row stands below a header: a posting, a section, a sum, a signature, a blank."""

import re
from enum import Enum

from app.postings.reading.employer import employer_in
from app.postings.reading.raw import Raw, is_nothing, plain


class RowKind(Enum):
    POSTING = "posting"
    SECTION = "section"
    ASIDE = "aside"
    """A sum, a signature, a note: not read."""
    BLANK = "blank"


_SUM = re.compile(
    r"^(?:本页|本表|全表|单位|企业|以上|县区)?(?:小计|合计|总计|共计|累计|总数|汇总|总人数)"
    r"|^以上[^,，:：]{0,6}共|^共[\d一二三四五六七八九十百]+(?:家|个|人)"
)
_SIGNED = re.compile(
    r"^(?:填表|审核|制表|填报|经办|负责|报送|统计|审批|联系|复核|主管|分管|单位负责|单位盖章|公章)[^:：]{0,6}"
    r"(?:人|单位|时间|日期|领导|部门|签字|电话|盖章|章)?[^:：]{0,4}[:：]"
    r"|^[(（]?(?:单位)?(?:盖章|公章|签章)[)）]?"
    r"|^(?:注|备注|说明|附注?|填报说明|温馨提示|提示|注意)\d?[:：]"
    r"|^(?:审核|填表|制表|填报)人"
)
_SECTION = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}[、.,)）部类章]|[(（][一二三四五六七八九十]{1,3}[)）]|[【〖《].*[】〗》]$)"
    r"|(?:企业|行业|专区|专场|园区|岗位|类|板块|县|区|市)$"
)


def kind_of(cells: list[Raw], *, titled: bool, essential: int) -> RowKind:
    """`titled`: the row's title cell is filled; `essential`: how many cells of the posting itself are filled."""
    filled = [plain(cell) for cell in cells if cell is not None and plain(cell)]
    if not filled:
        return RowKind.BLANK
    if any(_SUM.match(text) for text in filled[:2]) and (not titled or essential <= 2):  # noqa: PLR2004 - a sum and its number
        return RowKind.ASIDE
    if _SIGNED.match(filled[0]):
        return RowKind.ASIDE
    if len(set(filled)) == 1 and not filled[0].isdigit():
        alone = filled[0]
        if not titled or _SECTION.search(alone) or employer_in(alone):
            return RowKind.SECTION
    if essential == 0 or all(is_nothing(cell) for cell in cells):
        return RowKind.BLANK
    return RowKind.POSTING
