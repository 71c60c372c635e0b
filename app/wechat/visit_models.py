"""What pages of ours that were opened inside WeChat leave behind: codes that tie, guesses at them, messages allowed."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base


class TieCode(Base):
    """Six digits on a page: whoever sends them in the chat is the seeker of that page. Good once, until `expires_at`.

    `used_by`: keyed hash of the openid that sent them, which is told the same once more; `outcome`: what that was.
    """

    __tablename__ = "wechat_tie_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    seeker_id: Mapped[int] = mapped_column(ForeignKey("seekers.id", ondelete="CASCADE"), index=True)
    digits: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_by: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str | None] = mapped_column(String(8))


class TieGuess(Base):
    """Digits that stood for nobody, by who sent them: keyed hash of the openid. The same twice is one guess."""

    __tablename__ = "wechat_tie_guesses"
    __table_args__ = (UniqueConstraint("openid_hash", "digits"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    openid_hash: Mapped[str] = mapped_column(String(64))
    digits: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(index=True)


class Allowance(Base):
    """One message that somebody allowed on a page of WeChat's (一次性订阅消息), and one only, however often they do.

    `key` stands for the visit that allowed it last, so that coming back to it allows nothing more.
    """

    __tablename__ = "wechat_allowances"
    __table_args__ = (UniqueConstraint("peer_id", "template_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_id: Mapped[int] = mapped_column(ForeignKey("wechat_peers.id", ondelete="CASCADE"))
    template_id: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(64))
    allowed_at: Mapped[datetime]
    spent_at: Mapped[datetime | None]
