"""The official account of this installation, its tokens, the people who write to it, and what is sent to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.base.models import Base

OPEN = text("closed_at IS NULL")
# what is deleted is gone: no JSON that says null
_BODY = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


class WeChatAccount(Base):
    """What is known of an official account. Modes: A (verified service account), B (no scene codes), C (no sending).

    `lacks`: capabilities that the platform refuses: custom, scene, template, oauth, jssdk, menu. `stops`: a call and
    the ISO 8601 moment until which it must not be made. `alarm_code`: the last thing that staff must know.
    `templates`: a purpose ("called") and its {"id", "fields": {the template's field: what goes there}}.
    """

    __tablename__ = "wechat_accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    app_id: Mapped[str] = mapped_column(String(32), unique=True)
    mode: Mapped[str] = mapped_column(String(1))
    lacks: Mapped[list[str]]
    probed_at: Mapped[datetime | None]
    stops: Mapped[dict[str, Any]]
    alarm_code: Mapped[int | None]
    alarm_at: Mapped[datetime | None]
    # what seekers search for in WeChat
    name: Mapped[str] = mapped_column(String(40))
    # the file by which the platform wants the domain proved
    proof_name: Mapped[str] = mapped_column(String(64))
    proof_text: Mapped[str] = mapped_column(String(64))
    # what the codes on the screen lead to: "page" (our own) or "scene" (the account)
    codes_as: Mapped[str] = mapped_column(String(5))
    share: Mapped[bool]
    templates: Mapped[dict[str, Any]]
    menu_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class WeChatToken(Base):
    """A credential that all processes share: kind "access" or "jsapi". `value` is encrypted (`Keys.encrypt`).

    Who fetches a new one holds the lease meanwhile. `refused` counts how many times in a row the platform refused what
    it had given itself; nothing is fetched before `not_before`.
    """

    __tablename__ = "wechat_tokens"
    __table_args__ = (UniqueConstraint("account_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("wechat_accounts.id"))
    kind: Mapped[str] = mapped_column(String(8))
    value: Mapped[bytes | None] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(String(16))
    leased_until: Mapped[datetime | None]
    refused: Mapped[int]
    not_before: Mapped[datetime | None]


class Peer(Base):
    """Somebody on WeChat, known to this account by an openid: kept as a keyed hash, and encrypted to write to them.

    They may be sent `said_left` messages within 48 hours of `said_at`, `tapped_left` within a minute of `tapped_at`.
    """

    __tablename__ = "wechat_peers"
    __table_args__ = (UniqueConstraint("account_id", "openid_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("wechat_accounts.id"))
    openid_hash: Mapped[str] = mapped_column(String(64))
    openid: Mapped[bytes] = mapped_column(LargeBinary)
    follows: Mapped[bool]
    # since when the platform says that they cannot be written to
    unreachable_at: Mapped[datetime | None]
    said_at: Mapped[datetime | None]
    said_left: Mapped[int]
    tapped_at: Mapped[datetime | None]
    tapped_left: Mapped[int]
    met_at: Mapped[datetime]


class Send(Base):
    """A message out. States: waiting, sending, sent, parked (until they write again), failed, unsure.

    `unsure`: the process died while the platform was being asked, so nobody knows; it is not sent again by itself.
    `body` is personal data and is null once the row is closed; one that failed is open until staff have seen to it.
    """

    __tablename__ = "wechat_sends"
    __table_args__ = (
        Index("ix_wechat_sends_peer_id", "peer_id", "state"),
        Index("ix_wechat_sends_open", "at", postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_wechat_sends_closed_at", "closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    peer_id: Mapped[int] = mapped_column(ForeignKey("wechat_peers.id"))
    key: Mapped[str] = mapped_column(String(80), unique=True)
    body: Mapped[dict[str, Any] | None] = mapped_column(_BODY)
    state: Mapped[str] = mapped_column(String(7))
    # the platform's last refusal
    code: Mapped[int | None]
    tries: Mapped[int]
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Scene(Base):
    """A code of the platform's own ("scan and follow") that stands for one of ours. Kind: J or I. No end: permanent."""

    __tablename__ = "wechat_scenes"
    __table_args__ = (UniqueConstraint("account_id", "code_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("wechat_accounts.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("codes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(1))
    url: Mapped[str] = mapped_column(String(255))
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    made_at: Mapped[datetime]
