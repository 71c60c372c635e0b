"""The platform's own codes ("scan and follow") that stand for ours."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.models import Code
from app.wechat.models import Scene


async def code_of_scene(session: AsyncSession, url: str) -> str | None:
    """Kind and token of the code that such a code stands for (J7K3M9Q), by the address it holds."""
    stood_for = select(Scene.kind, Code.token).join(Code, Code.id == Scene.code_id).where(Scene.url == url)
    row = (await session.execute(stood_for.limit(1))).first()
    return f"{row.kind}{row.token}" if row else None
