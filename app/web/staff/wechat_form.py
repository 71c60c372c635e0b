"""The forms of the official account's page: what was typed, and the columns it stands for."""

from typing import Any

from starlette.datastructures import FormData

from app.base.errors import Invalid
from app.wechat import profile
from app.wechat.models import WeChatAccount
from app.wechat.profile import CALLED, FACTS, ONCE

_LONGEST = 200
_FIELDS = {
    "name": ("name",),
    "proof": ("proof_name", "proof_text"),
    "codes": ("codes_as",),
    "share": ("share",),
    CALLED: ("template", "once", *(f"field_{fact}" for fact in FACTS)),
}
"""What each form of the page asks for."""


def shown(account: WeChatAccount) -> dict[str, str]:
    """What is kept, as the forms show it."""
    called = account.templates.get(CALLED, {"id": "", "fields": {}})
    field_of = {fact: field for field, fact in called["fields"].items()}
    return {
        "name": account.name,
        "proof_name": account.proof_name,
        "proof_text": account.proof_text,
        "codes_as": account.codes_as,
        "share": "yes" if account.share else "no",
        "template": called["id"],
        "once": account.templates.get(ONCE, {"id": ""})["id"],
        **{f"field_{fact}": field_of.get(fact, "") for fact in FACTS},
    }


def typed(form: FormData, part: str) -> dict[str, str]:
    """The fields of that form as they came. Raises Invalid where there is no such form."""
    if part not in _FIELDS:
        raise Invalid("没有这一项设置。请回到公众号页面重新选择。")
    return {name: str(form.get(name, ""))[:_LONGEST] for name in _FIELDS[part]}


def columns(part: str, values: dict[str, str], account: WeChatAccount) -> dict[str, Any]:
    """What is to be kept. Raises Invalid, naming the field."""
    match part:
        case "name":
            return profile.checked_name(values)
        case "proof":
            return profile.checked_proof(values)
        case "codes":
            return profile.checked_codes(values, account)
        case "share":
            return profile.checked_share(values, account)
    return profile.checked_called(values, account)
