"""What staff call the fields of a posting, and what their values look like in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.terms.benefits import NAMES as BENEFITS
from bot.terms.divisions import LOCAL, NAMES
from bot.terms.education import LEVELS
from bot.terms.pay import Pay
from bot.wording import pay_words

LABELS = {
    "employer": "用人单位",
    "uscc": "统一社会信用代码",
    "title": "岗位名称",
    "headcount": "招聘人数",
    "pay": "薪资待遇",
    "education": "学历要求",
    "experience": "工作经验",
    "experience_years": "工作经验",
    "age": "年龄要求",
    "age_min": "最小年龄",
    "age_max": "最大年龄",
    "gender": "性别",
    "division": "所在区县",
    "address": "工作地点",
    "benefits": "福利",
    "job_type": "用工形式",
    "employment": "招聘方式",
    "contact_name": "联系人",
    "contact_phone": "联系电话",
    "description": "岗位说明",
    "valid_until": "截止日期",
}
GENDERS = {"any": "不限", "male": "男", "female": "女"}
JOB_TYPES = {"full_time": "全职", "part_time": "兼职", "temporary": "临时、短期", "intern": "实习"}
EMPLOYMENTS = {"direct": "单位直招", "dispatch": "劳务派遣", "agency": "代招、外包"}
DIVISIONS = {code: NAMES[code].name for code in LOCAL}
ACTS = {
    "publish": "发布",
    "pause": "暂停",
    "resume": "恢复",
    "fill": "标记招满",
    "withdraw": "撤下",
    "reopen": "重新开放",
}
_NOTHING = "（空）"


def words(field: str, value: Any) -> str:
    """A value of `values_of` as a sentence would name it."""
    if field == "pay":
        return pay_words(Pay(**value))
    if field == "headcount":
        return f"{value} 人" if value else "若干"
    if value in (None, "", []):
        return _NOTHING
    return _SPOKEN.get(field, str)(value)


_SPOKEN: dict[str, Callable[[Any], str]] = {
    "education": lambda code: LEVELS.get(code, code),
    "experience_years": lambda years: f"{years} 年",
    "age_min": lambda age: f"{age} 岁",
    "age_max": lambda age: f"{age} 岁",
    "gender": lambda code: GENDERS.get(code, code),
    "division": lambda code: NAMES[code].name if code in NAMES else code,
    "benefits": lambda codes: "、".join(name for code, name in BENEFITS.items() if code in codes),
    "job_type": lambda code: JOB_TYPES.get(code, code),
    "employment": lambda code: EMPLOYMENTS.get(code, code),
    "valid_until": lambda day: date.fromisoformat(day).strftime("%Y年%m月%d日"),
}


def label(field: str | None) -> str:
    return LABELS.get(field or "", "请留意")
