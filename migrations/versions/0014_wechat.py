"""The official account on WeChat: its tokens, people, messages out and scene codes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"

json = sa.JSON().with_variant(JSONB(), "postgresql")
moment = sa.DateTime(timezone=True)
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "wechat_accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("app_id", sa.String(32), nullable=False, unique=True),
        sa.Column("mode", sa.String(1), nullable=False),
        sa.Column("lacks", json, nullable=False),
        sa.Column("probed_at", moment),
        sa.Column("stops", json, nullable=False),
        sa.Column("alarm_code", sa.Integer),
        sa.Column("alarm_at", moment),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("proof_name", sa.String(64), nullable=False),
        sa.Column("proof_text", sa.String(64), nullable=False),
        sa.Column("codes_as", sa.String(5), nullable=False),
        sa.Column("share", sa.Boolean, nullable=False),
        sa.Column("templates", json, nullable=False),
        sa.Column("menu_at", moment),
        sa.Column("made_at", moment, nullable=False),
    )
    _create_tokens()
    _create_peers()
    _create_sends()
    _create_scenes()


def _create_tokens() -> None:
    op.create_table(
        "wechat_tokens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("wechat_accounts.id"), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("value", sa.LargeBinary),
        sa.Column("expires_at", moment),
        sa.Column("fetched_at", moment),
        sa.Column("lease", sa.String(16)),
        sa.Column("leased_until", moment),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Column("not_before", moment),
        sa.UniqueConstraint("account_id", "kind", name="uq_wechat_tokens_account_id_kind"),
    )


def _create_peers() -> None:
    op.create_table(
        "wechat_peers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("wechat_accounts.id"), nullable=False),
        sa.Column("openid_hash", sa.String(64), nullable=False),
        sa.Column("openid", sa.LargeBinary, nullable=False),
        sa.Column("follows", sa.Boolean, nullable=False),
        sa.Column("unreachable_at", moment),
        sa.Column("said_at", moment),
        sa.Column("said_left", sa.Integer, nullable=False),
        sa.Column("tapped_at", moment),
        sa.Column("tapped_left", sa.Integer, nullable=False),
        sa.Column("met_at", moment, nullable=False),
        sa.UniqueConstraint("account_id", "openid_hash", name="uq_wechat_peers_account_id_openid_hash"),
    )


def _create_sends() -> None:
    op.create_table(
        "wechat_sends",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("peer_id", sa.Integer, sa.ForeignKey("wechat_peers.id"), nullable=False),
        sa.Column("key", sa.String(80), nullable=False, unique=True),
        sa.Column("body", json),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("code", sa.Integer),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("closed_at", moment),
    )
    op.create_index("ix_wechat_sends_peer_id", "wechat_sends", ["peer_id", "state"])
    op.create_index("ix_wechat_sends_open", "wechat_sends", ["at"], postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_index("ix_wechat_sends_closed_at", "wechat_sends", ["closed_at"])


def _create_scenes() -> None:
    op.create_table(
        "wechat_scenes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("wechat_accounts.id"), nullable=False),
        sa.Column("code_id", sa.Integer, sa.ForeignKey("codes.id"), nullable=False),
        sa.Column("kind", sa.String(1), nullable=False),
        sa.Column("url", sa.String(255), nullable=False),
        sa.Column("expires_at", moment),
        sa.Column("made_at", moment, nullable=False),
        sa.UniqueConstraint("account_id", "code_id", "kind", name="uq_wechat_scenes_account_id_code_id_kind"),
    )
    op.create_index("ix_wechat_scenes_code_id", "wechat_scenes", ["code_id"])
    op.create_index("ix_wechat_scenes_expires_at", "wechat_scenes", ["expires_at"])


def downgrade() -> None:
    for name in ("wechat_scenes", "wechat_sends", "wechat_peers", "wechat_tokens", "wechat_accounts"):
        op.drop_table(name)
