"""What staff send in a form: bounded while it arrives, and read as what it may be."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from app.base.errors import AppError, Invalid
from app.base.ids import new_public_id

MEGABYTE = 1024 * 1024
MOST_OF_A_FORM = 2 * MEGABYTE
_KEY_LENGTH = 12
_DIGITS = 8


class TooLarge(AppError):
    status = 413


@asynccontextmanager
async def bounded_form(request: Request, *, most: int = MOST_OF_A_FORM) -> AsyncIterator[FormData]:
    """The form, of at most so many bytes. Raises TooLarge as soon as there are more, Invalid where it is broken."""
    refusal = TooLarge(f"一次提交的内容超过了 {most // MEGABYTE} MB。请减少文件，分几次上传。")
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > most:
        raise refusal
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise refusal
        return message

    try:
        form = await Request(request.scope, receive).form(max_files=1000, max_fields=20_000, max_part_size=MEGABYTE)
    except HTTPException as broken:
        raise Invalid("提交的内容不完整。请回到上一页再试一次。") from broken
    try:
        yield form
    finally:
        await form.close()


def form_key(typed: object) -> str:
    """The key drawn with the page, by which the same form sent twice makes one thing; a new one for anything else."""
    is_key = isinstance(typed, str) and len(typed) == _KEY_LENGTH and typed.isascii() and typed.isalnum()
    return str(typed) if is_key else new_public_id()


def number_in(text: object, *, default: int) -> int:
    """A number of up to eight digits, as far as rows, files and pages go; the default for anything else."""
    is_number = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) <= _DIGITS
    return int(str(text)) if is_number else default
