"""The platform's own codes ("scan and follow") that stand for ours."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.models import Code
from app.wechat.models import Scene, WeChatAccount

LEAST = timedelta(days=1)
"""What must be left of a code's life for it to be shown: a recording of the show is scanned later, too."""


async def code_of_scene(session: AsyncSession, url: str) -> str | None:
    """Kind and token of the code that such a code stands for (J7K3M9Q), by the address it holds."""
    stood_for = select(Scene.kind, Code.token).join(Code, Code.id == Scene.code_id).where(Scene.url == url)
    row = (await session.execute(stood_for.limit(1))).first()
    return f"{row.kind}{row.token}" if row else None


async def payload_of(
    session: AsyncSession, account_id: int | None, code: Code, kind: str, *, own: str, now: datetime
) -> str:
    """What a code on the screen holds: the platform's address where staff chose that and one is good, else `own`.

    Never for print: the platform's codes end, ours do not.
    """
    if account_id is None:
        return own
    good = (
        select(Scene.url)
        .join(WeChatAccount, WeChatAccount.id == Scene.account_id)
        .where(
            WeChatAccount.id == account_id,
            WeChatAccount.codes_as == "scene",
            # what an account that is no longer verified does with them, nobody says
            WeChatAccount.mode == "A",
            Scene.code_id == code.id,
            Scene.kind == kind,
            or_(Scene.expires_at.is_(None), Scene.expires_at > now + LEAST),
        )
    )
    return await session.scalar(good) or own
