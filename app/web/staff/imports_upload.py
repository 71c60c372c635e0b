"""Uploaded files and pasted texts: counted and measured, then read one at a time in a thread."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from starlette.datastructures import FormData, UploadFile

from app.base.errors import Invalid
from app.postings.batches import ReadFile, contents_of
from app.postings.reading.file import read_file
from app.postings.reading.pasted import read_text
from app.postings.reading.problems import BadFileError
from app.web.staff.forms import MEGABYTE, TooLarge

MOST_OF_A_FILE = 10 * MEGABYTE
MOST_AT_ONCE = 60 * MEGABYTE
MOST_FILES = 60
_PASTED = "粘贴的文字"
# one file of ten megabytes may unpack to hundreds: two at once could exhaust a small server
_one_at_a_time = threading.Lock()

Contents = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def uploads(form: FormData) -> list[UploadFile]:
    """The files of the form. Raises Invalid for none or too many, TooLarge for one that is too large."""
    files = [item for item in form.getlist("files") if isinstance(item, UploadFile) and item.filename]
    if not files:
        raise Invalid("还没有选择文件。请选择用人单位发来的表格（.xlsx、.xls 或 .csv）。", field="files")
    if len(files) > MOST_FILES:
        raise Invalid(f"一次最多上传 {MOST_FILES} 个文件，请分几次上传。", field="files")
    for file in files:
        if (file.size or 0) > MOST_OF_A_FILE:
            limit = MOST_OF_A_FILE // MEGABYTE
            raise TooLarge(f"文件“{name_of(file)}”超过 {limit} MB。请删去图片和用不到的工作表，只留岗位内容，再上传。")
    return files


def name_of(file: UploadFile) -> str:
    """The file's own name, without folders and control characters."""
    name = PurePath((file.filename or "").replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[:120] or "未命名"


async def read_uploads(files: Sequence[UploadFile], *, today: date) -> Contents:
    """The files and rows of a preview; a bad file has its sentence, and the others go on."""
    return await asyncio.to_thread(lambda: contents_of([_read(file, today=today) for file in files]))


async def read_pasted(text: str, *, today: date) -> Contents:
    """The same of a pasted text. Raises Invalid where no job can be made out."""
    try:
        reading = await asyncio.to_thread(read_text, text, today=today)
    except BadFileError as problem:
        raise Invalid(problem.message, field="text") from problem
    return await asyncio.to_thread(contents_of, [ReadFile(_PASTED, reading)])


def _read(file: UploadFile, *, today: date) -> ReadFile:
    name = name_of(file)
    with _one_at_a_time:
        try:
            return ReadFile(name, read_file(name, file.file.read(), today=today))
        except BadFileError as problem:
            return ReadFile(name, error=problem.message)
