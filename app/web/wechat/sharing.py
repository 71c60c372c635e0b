"""A job's page as a card in WeChat: only inside WeChat, and where staff have switched it on.

No page of ours asks a third party otherwise, and this one asks WeChat, inside WeChat.
"""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from app.codes.codes import path
from app.web.guard import policy
from app.web.rendering import inline_hashes
from app.web.seeker.jobs import place_line
from app.web.services import Services
from app.web.wechat.inside import is_at_home, is_inside, own_address
from app.wechat.accounts import find_account, may
from app.wechat.jssdk import SCRIPT
from bot.job import Job
from bot.wording import pay_words


@dataclass(frozen=True)
class Card:
    """What a shared job shows, and where it leads; `script` is WeChat's own."""

    title: str
    text: str
    link: str
    script: str = SCRIPT


async def card_of(request: Request, session: AsyncSession, held: Services, job: Job, *, token: str) -> Card | None:
    """None where the page is to be shared as any other."""
    wechat = held.wechat
    if wechat is None or not is_inside(request) or not is_at_home(request, held.settings):
        return None
    account = await find_account(session, wechat.credentials)
    if account is None or not account.share or not may(account, "jssdk"):
        return None
    text = "，".join(part for part in (pay_words(job.pay), place_line(job), job.employer) if part)
    return Card(job.title, text, own_address(held.settings, f"{path('J', token)}?c=link"))


def let_script_in(answer: Response) -> None:
    """Widens the content security policy of this one answer by WeChat's script."""
    answer.headers["content-security-policy"] = policy(inline_hashes(), script=SCRIPT)
