"""Links that open one employer's desk at one event: handed out by staff, shown once, taken back at any time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import Who, note
from app.base.database import tell
from app.base.errors import AppError, Invalid, NotFound
from app.base.keys import Keys
from app.interviews.models import DeskLink, Queue

LABEL_LENGTH = 30
# 128 bits in hexadecimal
_SECRET_LENGTH = 32
_HASHED_AS = "desk"


class Revoked(AppError):
    """The link was good once."""

    status = 410


async def create_link(
    session: AsyncSession, queue: Queue, *, label: str, press: str, keys: Keys, who: Who, now: datetime
) -> tuple[DeskLink, str]:
    """A new link and its secret, of which only the hash is kept; Invalid (field "label") for an empty or long label.

    The secret is a keyed hash of who pressed and of `press`, the form's own random word: pressed twice, it is one link.
    """
    secret = keys.hash("desk-link", f"{who.kind}:{who.id}:{queue.id}:{press}")[:_SECRET_LENGTH]
    link = await _by_secret(session, secret, keys)
    if link is None:
        link = await _make(session, queue, secret, clean_label(label), keys=keys, who=who, now=now)
    return link, secret


async def _make(
    session: AsyncSession, queue: Queue, secret: str, label: str, *, keys: Keys, who: Who, now: datetime
) -> DeskLink:
    link = DeskLink(queue_id=queue.id, secret_hash=_hash(secret, keys), label=label, created_by=who.id, created_at=now)
    try:
        async with session.begin_nested():
            session.add(link)
    except IntegrityError:  # the same press at the same moment
        found = await _by_secret(session, secret, keys)
        if found is None:
            raise
        return found
    note(session, who, "desk_link_made", thing=("desk_link", link.id), now=now)
    tell(session, f"queue:{queue.id}")
    return link


async def _by_secret(session: AsyncSession, secret: str, keys: Keys) -> DeskLink | None:
    return await session.scalar(select(DeskLink).where(DeskLink.secret_hash == _hash(secret, keys)))


def clean_label(text: str) -> str:
    label = " ".join("".join(character for character in text if character.isprintable()).split())
    if not label:
        raise Invalid("请写明这个链接给谁用，例如“人事王经理”。", field="label")
    if len(label) > LABEL_LENGTH:
        raise Invalid(f"备注最多{LABEL_LENGTH}个字。", field="label")
    return label


async def find_link(session: AsyncSession, secret: str, keys: Keys) -> DeskLink:
    """The link with queue, event and employer. NotFound for a secret never given out, Revoked for one taken back."""
    queue = joinedload(DeskLink.queue, innerjoin=True)
    link = await session.scalar(
        select(DeskLink)
        .options(queue.joinedload(Queue.event, innerjoin=True), queue.joinedload(Queue.employer, innerjoin=True))
        .where(DeskLink.secret_hash == _hash(secret, keys))
    )
    if link is None:
        raise NotFound("没有找到这个面试席。请核对链接是否完整，或请就业服务中心重新发一个。")
    if link.revoked_at is not None:
        raise Revoked("这个面试席链接已经停用。如果还需要面试，请联系就业服务中心重新发一个。")
    return link


async def links_of(session: AsyncSession, queue_ids: Collection[int]) -> list[DeskLink]:
    """All links of those queues, taken back or not, the oldest first."""
    statement = select(DeskLink).where(DeskLink.queue_id.in_(queue_ids)).order_by(DeskLink.id)
    return list(await session.scalars(statement))


async def revoke(session: AsyncSession, link: DeskLink, *, who: Who, now: datetime) -> None:
    """Takes the link back at once; a second time changes nothing."""
    changed = await session.scalar(
        update(DeskLink)
        .where(DeskLink.id == link.id, DeskLink.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(DeskLink.id)
        .execution_options(synchronize_session=False)
    )
    if changed is not None:
        note(session, who, "desk_link_revoked", thing=("desk_link", link.id), now=now)
        tell(session, f"queue:{link.queue_id}")


def _hash(secret: str, keys: Keys) -> str:
    return keys.hash(_HASHED_AS, secret)
