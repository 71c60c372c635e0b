"""Free text about a job, and the fields that may hide in it."""

import re

from app.postings.reading.header import Header
from app.postings.reading.raw import is_nothing, plain, shown, words
from app.postings.reading.sheetrow import Cell, SheetRow
from bot.terms.benefits import benefits_in

_YES = re.compile(
    r"是|有|√|✓|✔|y|yes|包|提供|免费|缴纳|可|可以|享受|已缴|公司提供|免费提供|统一安排|安排|齐全|全|均有|都有|按(?:国家)?规定缴纳|依法缴纳|正常缴纳|全额缴纳|转正(?:后)?(?:缴纳)?|入职(?:即|就)?(?:缴纳|买|交)",
    re.IGNORECASE,
)
_NO = re.compile(r"否|无|不|没有|×|x|n|no|不包|不提供|自理|不缴|未缴|不含|暂无", re.IGNORECASE)
_QUESTION = re.compile(r"是否|情况|有无|提供|[?？:：]|[(（].*?[)）]")
_NAMED = re.compile(r"专业|技能|证书|资质|班次|班制|时间|作息")


def notes_of(row: SheetRow) -> str:
    """All free text of a row, as it was written; a column of its own (专业, 班次) keeps its name."""
    parts: list[str] = []
    for name in ("requirements", "description"):
        for cell in row.cells.get(name, ()):
            text = shown(cell.raw).strip()
            if text and not is_nothing(cell.raw) and text not in parts:
                parts.append(_labelled(text, row.header.labels.get(cell.column, "")))
    return "；".join(parts)


def _labelled(text: str, label: str) -> str:
    named = _NAMED.search(label)
    return f"{words(label)}：{text}" if named and named[0] not in text and len(label) < 8 else text  # noqa: PLR2004 - a short label


def benefits_of(row: SheetRow, *, notes: str) -> frozenset[str]:
    """The benefits a row names in their own columns, in its title and in its notes."""
    found = benefits_in(notes)
    for cell in row.cells.get("benefits", ()):
        found |= benefits_in(answered(cell, row.header))
    for name in ("title", "pay_benefits") if "benefits" in row.header.columns else ("title", "pay_benefits", "pay"):
        for cell in row.cells.get(name, ()):
            found |= benefits_in(shown(cell.raw))
    return found


def answered(cell: Cell, header: Header) -> str:
    """The text of a cell; an answer (是, 提供) is read with the question in its header."""
    text, label = plain(cell.raw), _QUESTION.sub("", header.labels.get(cell.column, ""))
    if _YES.fullmatch(text):
        return label if re.match(r"[包管缴交有双带]", label) else f"提供{label}"
    return "" if _NO.fullmatch(text) else shown(cell.raw)
