"""What a browser or a program sends to the chat, read no further than it may be long."""

from typing import Annotated, Literal
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request

from app.base.errors import Invalid

# 2,000 characters as \uXXXX pairs or percent signs, and room for the rest
LONGEST_BODY = 32 * 1024
_TOO_LARGE = 413
_KEY = r"^[A-Za-z0-9_-]{1,64}$"
_FIELDS = 8
_OTHERS = ("request_key", "after")


class Scanned(BaseModel):
    """One of the two codes of a job, by its code's letters or its spoken number; with neither, what is on air."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["job", "interview"]
    number: Annotated[str | None, Field(pattern=r"^[0-9]{1,4}$")] = None
    code: Annotated[str | None, Field(max_length=20)] = None


class Asked(BaseModel):
    """A message. `request_key` names one press of "send": the same again gives the same answer, and no effect."""

    model_config = ConfigDict(extra="forbid")

    text: str = ""
    request_key: Annotated[str | None, Field(pattern=_KEY)] = None
    scan: Scanned | None = None


class Sent(Asked):
    """A message from the page; `after`: the number of the last line that it shows."""

    after: Annotated[int | None, Field(ge=0, le=1_000_000)] = None


async def asked_as_json(request: Request) -> Asked:
    """Raises 413 and 422."""
    try:
        return Asked.model_validate_json(await _body(request))
    except ValidationError as error:
        raise Invalid("内容要是一个 JSON 对象，文字写在 text 里。") from error


async def asked_by_form(request: Request) -> Sent:
    """The page's own form; a tapped quick reply counts instead of what stands in the box."""
    try:
        fields = parse_qs((await _body(request)).decode(errors="replace"), max_num_fields=_FIELDS)
    except ValueError as error:
        raise HTTPException(422) from error
    typed = fields.get("pick") or fields.get("text") or [""]
    try:
        return Sent.model_validate({"text": typed[0], **{name: fields[name][0] for name in _OTHERS if name in fields}})
    except ValidationError as error:
        raise HTTPException(422) from error


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise HTTPException(_TOO_LARGE)
    return bytes(body)
