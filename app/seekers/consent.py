"""What a seeker agrees to before anything about them is kept, and the proof that they did."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.errors import Invalid
from app.base.settings import CONTACT_DAYS
from app.seekers.models import Consent, Seeker

# a new wording is a new version: whoever agreed to the old one is asked again
CONSENT_VERSION = "2026-2"
_TEXT = (
    "我已满16周岁（帮家人报名的，家人已满16周岁并同意由我代填）。"
    "我同意把姓名、手机号和想了解的岗位提供给我报名的用人单位和就业服务中心，只用于这次面试和回访。"
    "活动结束{days}天后，姓名和手机号自动删除。"
    "我也可以随时看、下载、删除自己的信息：点“我的面试”里的“我的信息”，或在聊天里说“删除我的信息”。"
)
MISSING = "请先勾选同意，并确认已满16周岁。"


def consent_text(days: int = CONTACT_DAYS) -> str:
    """What is ticked; `days` is how long after the event names and phone numbers are kept."""
    return _TEXT.format(days=days)


async def record_consent(
    session: AsyncSession, seeker: Seeker, *, ticked: bool, days: int = CONTACT_DAYS, now: datetime
) -> None:
    """Keeps the text that was ticked, once for each version. Invalid (field "consent") where it was not ticked."""
    if not ticked:
        raise Invalid(MISSING, field="consent")
    if not await has_consented(session, seeker):
        session.add(Consent(seeker_id=seeker.id, version=CONSENT_VERSION, text=consent_text(days), given_at=now))
        await session.flush()


async def has_consented(session: AsyncSession, seeker: Seeker) -> bool:
    """Whether this seeker agreed to the text as it stands today."""
    given = exists().where(Consent.seeker_id == seeker.id, Consent.version == CONSENT_VERSION)
    return bool(await session.scalar(select(given)))
