"""Conversations with the bot and what was said in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


class Conversation(Base):
    """One seeker on one channel (web, cli, wechat). `key`: keyed hash of who speaks; `state`: the bot's memory."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    channel: Mapped[str] = mapped_column(String(6))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    seeker_id: Mapped[int | None] = mapped_column(ForeignKey("seekers.id"), index=True)
    # whom lines that were not asked for are sent to; null for a browser, which has its page
    peer_id: Mapped[int | None] = mapped_column(ForeignKey("wechat_peers.id"), unique=True)
    state: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)


def _who_spoke(context: Any) -> str:
    return "seeker" if context.get_current_parameters()["from_seeker"] else "bot"


class Message(Base):
    """A line of a conversation; `parts` and `understood` are the reply's, empty for what the seeker wrote.

    `speaker`: seeker, bot, staff (`account_id` says who) or system. `from_seeker`: words that a seeker wrote; a scan
    is the seeker's and has none. `answered_by`: bot or staff, of the seeker's words that were (app/chat/answers.py).
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_event", "event_id", "at"),
        Index("ix_messages_asked", "event_id", "from_seeker", "intent", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    at: Mapped[datetime]
    from_seeker: Mapped[bool]
    speaker: Mapped[str] = mapped_column(String(6), default=_who_spoke)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_by: Mapped[str | None] = mapped_column(String(5))
    intent: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    parts: Mapped[list[Any]]
    # what the bot understood and did, so that a second try is told the same
    understood: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # as a channel that has no pages was given it (bot.wechat.Rendering), so that a second try is given the same
    rendered: Mapped[dict[str, Any]] = mapped_column(default=dict)
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"))
    # the browser's own word for one press of "send", so that a second try changes nothing
    request_key: Mapped[str | None] = mapped_column(String(64), unique=True)


class LateTurn(Base):
    """What came in by WeChat and could not be answered in time: acknowledged, and answered by the outbox.

    `push` is what was sent, empty once it is answered; the row goes a day later. `request_key`: that of its message.
    """

    __tablename__ = "late_turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_id: Mapped[int] = mapped_column(ForeignKey("wechat_peers.id", ondelete="CASCADE"), index=True)
    request_key: Mapped[str] = mapped_column(String(64), unique=True)
    push: Mapped[dict[str, Any]]
    at: Mapped[datetime]
