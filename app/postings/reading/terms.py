"""On what terms a job is offered: hours and duration, and who signs the contract."""

import re

_PART = re.compile(r"兼职|半天班|非全日制|零工")
_BY_THE_HOUR = re.compile(r"小时工|钟点工|计时工")
_INTERN = re.compile(r"实习(?!期|工资|津贴|经历|经验)|见习生|管培实习")
_TRAINEE = re.compile(r"实习|见习")
_TEMPORARY = re.compile(r"临时|短期|日结|暑期工|暑假工|寒假工|假期工|寒假|暑假|季节[工性]|农忙|学生工|短工|天结")
_LASTING = re.compile(
    r"长短期|非(?:临时|短期|兼职)|不(?:招|要)(?:临时|短期|暑假|寒假|兼职)[^,，;；。]*|(?:临时|短期|暑假工|兼职)[^,，;；。]{0,4}(?:勿扰|不要|除外)"
)
_DISPATCH = re.compile(r"派遣|与[^,，;；。]{0,10}(?:劳务|人力)[^,，;；。]{0,8}签")
_AGENCY = re.compile(
    r"代招|代理招聘|(?:劳务|业务|人力|岗位|服务|人事|生产线?)外包|外包(?!装|墙|边)|委托招聘|代为招聘|中介"
)
_DIRECT = re.compile(
    r"(?:非|不是|不走|拒绝|无|没有|不经|免|不通过)[^,，;；。]{0,2}(?:劳务派遣|派遣|中介|外包|代招|劳务)[^,，;；。]*|(?:中介|劳务|派遣)[^,，;；。]{0,3}勿扰"
)


def job_type_of(title: str, *, form: str = "", notes: str = "") -> str:
    """`full_time`, `part_time`, `temporary` or `intern`.

    `form` is a column of its own (用工形式), `notes` whatever else the posting says.
    """
    text = f"{title}，{form}，{notes}"
    lasting = _LASTING.sub("", text)
    if _PART.search(lasting) or _BY_THE_HOUR.search(title):
        return "part_time"
    if _INTERN.search(title) or _TRAINEE.search(form):
        return "intern"
    return "temporary" if _TEMPORARY.search(lasting) else "full_time"


def employment_of(employer: str, *, notes: str = "") -> str:
    """`direct`, `dispatch` (劳务派遣) or `agency` (代招, 外包), by the notes and the raw name of the employer."""
    said = _DIRECT.sub("", notes)
    if _DISPATCH.search(said):
        return "dispatch"
    if _AGENCY.search(said) or "代招" in employer:
        return "agency"
    return "dispatch" if "劳务派遣" in employer else "direct"
