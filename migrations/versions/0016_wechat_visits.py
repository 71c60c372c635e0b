"""Pages opened inside WeChat: codes that tie a browser to a conversation, guesses at them, messages allowed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "wechat_tie_codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seeker_id", sa.Integer, sa.ForeignKey("seekers.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("digits", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("used_by", sa.String(64)),
        sa.Column("outcome", sa.String(8)),
    )
    op.create_table(
        "wechat_tie_guesses",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("openid_hash", sa.String(64), nullable=False),
        sa.Column("digits", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.UniqueConstraint("openid_hash", "digits"),
    )
    op.create_table(
        "wechat_allowances",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("peer_id", sa.Integer, sa.ForeignKey("wechat_peers.id", ondelete="CASCADE"), nullable=False),
        sa.Column("template_id", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("peer_id", "template_id"),
    )


def downgrade() -> None:
    for table in ("wechat_allowances", "wechat_tie_guesses", "wechat_tie_codes"):
        op.drop_table(table)
