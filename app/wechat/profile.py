"""What staff set of the official account: checked, kept, and noted in the audit."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.audit import Who, note
from app.base.errors import Invalid
from app.wechat.accounts import held, may
from app.wechat.models import WeChatAccount

CALLED, ONCE = "called", "once"
"""What `WeChatAccount.templates` calls the message to whom it is their turn, and the one that somebody allows once."""
FACTS = {
    "employer": "单位",
    "job": "岗位",
    "number": "排队号",
    "time": "叫号时间",
    "event": "场次名称",
    "status": "状态（正在联系您）",
}
"""What may stand in a field of that message, by what `app.interviews.notice_ways` gives, and what staff know it as."""
LONGEST_NAME = 40
_LONGEST_PROOF = 64
# as the platform names the file, and what it holds
_PROOF_NAME = re.compile(r"MP_verify_[0-9A-Za-z]{1,48}\.txt")
_PROOF_TEXT = re.compile(r"[0-9A-Za-z]+")
_TEMPLATE = re.compile(r"[0-9A-Za-z_-]{20,64}")
# thing1, character_string2; first and remark in old templates
_FIELD = re.compile(r"[a-z]+(?:_[a-z]+)*[0-9]{0,2}")
_LONGEST_FIELD = 32

Typed = Mapping[str, str]
"""Fields of a form, by name, as somebody typed them."""


def checked_name(typed: Typed) -> dict[str, Any]:
    """What seekers search for in WeChat; empty takes it away. Raises Invalid, as the others do, naming the field."""
    name = " ".join(typed["name"].split())
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(f"名称最多 {LONGEST_NAME} 个字，不能有特殊符号。", field="name")
    return {"name": name}


def checked_proof(typed: Typed) -> dict[str, Any]:
    """The file by which the platform wants the domain proved; both empty take it away."""
    name, text = typed["proof_name"].strip(), typed["proof_text"].strip()
    if not name and not text:
        return {"proof_name": "", "proof_text": ""}
    if not _PROOF_NAME.fullmatch(name):
        raise Invalid("文件名要和下载的一样，像 MP_verify_ 开头、.txt 结尾，不能改。", field="proof_name")
    if not _PROOF_TEXT.fullmatch(text) or len(text) > _LONGEST_PROOF:
        raise Invalid("用记事本打开文件，把里面那一串字母和数字原样复制过来。", field="proof_text")
    return {"proof_name": name, "proof_text": text}


def checked_codes(typed: Typed, account: WeChatAccount) -> dict[str, Any]:
    """What the codes on the screen lead to."""
    if typed["codes_as"] not in {"page", "scene"}:
        raise Invalid("请选一种。", field="codes_as")
    if typed["codes_as"] == "scene" and not may(account, "scene"):
        raise Invalid("只有认证服务号才能选“进公众号”。", field="codes_as")
    return {"codes_as": typed["codes_as"]}


def checked_share(typed: Typed, account: WeChatAccount) -> dict[str, Any]:
    """Whether a page that is passed on has a title and a picture."""
    share = typed["share"] == "yes"
    if share and not may(account, "jssdk"):
        raise Invalid("认证过的公众号才能打开这一项。", field="share")
    return {"share": share}


def checked_called(typed: Typed, account: WeChatAccount) -> dict[str, Any]:
    """The templates of the message to whom it is their turn; `field_…` say in which field of it each fact goes."""
    kept = {purpose: other for purpose, other in account.templates.items() if purpose not in {CALLED, ONCE}}
    fields = {fact: typed[f"field_{fact}"].strip() for fact in FACTS}
    if typed["template"].strip() or any(fields.values()):
        kept[CALLED] = {"id": _template(typed, "template"), "fields": _by_field(fields)}
    if typed["once"].strip():
        kept[ONCE] = {"id": _template(typed, "once")}
    return {"templates": kept}


def _template(typed: Typed, field: str) -> str:
    template = typed[field].strip()
    if not _TEMPLATE.fullmatch(template):
        raise Invalid("模板 ID 是一长串字母和数字，请从公众平台原样复制。", field=field)
    return template


async def change(
    session: AsyncSession, account_id: int, values: Mapping[str, Any], *, part: str, who: Who, now: datetime
) -> bool:
    """Keeps what was checked; False where it was so already. `part` names the matter in the audit."""
    account = await held(session, account_id)
    if all(getattr(account, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(account, name, value)
    note(session, who, "wechat_changed", thing=("wechat_account", account_id), now=now, detail={"part": part})
    return True


def _by_field(fields: Mapping[str, str]) -> dict[str, str]:
    """The template's fields, each with the fact that goes there."""
    found: dict[str, str] = {}
    for fact, field in fields.items():
        if not field:
            continue
        if not _FIELD.fullmatch(field) or len(field) > _LONGEST_FIELD:
            raise Invalid("栏目名是小写字母加数字，像 thing1、time2。", field=f"field_{fact}")
        if field in found:
            raise Invalid("这一栏已经填了别的内容，请换一栏。", field=f"field_{fact}")
        found[field] = fact
    if not found:
        raise Invalid("请至少填一栏，写清楚什么内容放在模板的哪一栏。", field=f"field_{next(iter(FACTS))}")
    return found
