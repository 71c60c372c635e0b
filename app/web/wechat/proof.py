"""`/MP_verify_….txt`: the file by which the platform finds out that the domain is the account's own."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.base.errors import NotFound
from app.web.services import Read
from app.web.wechat.account import wechat_of
from app.wechat.accounts import find_account

router = APIRouter(include_in_schema=False)
_NOT_FOUND = "没有这个文件。请检查地址。"


# no code's address begins like this, nor has a dot
@router.api_route("/MP_verify_{word}.txt", methods=["GET", "HEAD"])
async def prove(request: Request, session: Read, word: str) -> Response:
    """The file that staff have put in, and no other."""
    account = await find_account(session, wechat_of(request).credentials)
    if account is None or account.proof_name != f"MP_verify_{word}.txt":
        raise NotFound(_NOT_FOUND)
    return PlainTextResponse(account.proof_text)
