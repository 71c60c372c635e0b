"""The form of an event: what was typed, and the moments it stands for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Form

from app.base.clock import SHANGHAI, local
from app.base.errors import Invalid
from app.base.ids import new_public_id
from app.events.models import Event
from app.web.staff.forms import form_key

# what browsers send from a datetime-local field, with or without seconds; a space where such a field is plain text
_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
_YEARS = range(2000, 2101)


@dataclass(frozen=True)
class EventForm:
    """Fields as typed. `key` is drawn with the page: the same form sent twice makes one event."""

    name: Annotated[str, Form()] = ""
    starts_at: Annotated[str, Form()] = ""
    ends_at: Annotated[str, Form()] = ""
    key: Annotated[str, Form()] = ""

    def values(self) -> dict[str, str]:
        return {"name": self.name, "starts_at": self.starts_at, "ends_at": self.ends_at, "key": self.key}

    def public_id(self) -> str:
        return form_key(self.key)

    def times(self) -> tuple[datetime, datetime]:
        """Beginning and end, in UTC; raises Invalid."""
        return _moment(self.starts_at, "starts_at", "开始时间"), _moment(self.ends_at, "ends_at", "结束时间")


def values_of(event: Event) -> dict[str, str]:
    return {"name": event.name, "starts_at": _typed(event.starts_at), "ends_at": _typed(event.ends_at), "key": ""}


def new_values() -> dict[str, str]:
    return {"name": "", "starts_at": "", "ends_at": "", "key": new_public_id()}


def _typed(moment: datetime) -> str:
    return local(moment).strftime(_FORMS[0])


def _moment(typed: str, field: str, name: str) -> datetime:
    """A wall clock in Shanghai as a moment in UTC."""
    for form in _FORMS:
        try:
            moment = datetime.strptime(typed.strip(), form).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
        if moment.year in _YEARS:
            return moment.astimezone(UTC)
    reason = "看不懂，请按 2026-03-06 19:00 的样子填写" if typed.strip() else "还没有填"
    raise Invalid(f"{name}{reason}。", field=field)
