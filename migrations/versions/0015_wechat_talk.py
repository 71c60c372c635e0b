"""Conversations by WeChat: who they are with, what was shown there, what could not be answered in time."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"

json = sa.JSON().with_variant(JSONB(), "postgresql")
REPEATABLE = sa.text("request IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("conversations") as conversations:
        conversations.add_column(sa.Column("peer_id", sa.Integer))
        conversations.create_foreign_key("fk_conversations_peer_id_wechat_peers", "wechat_peers", ["peer_id"], ["id"])
        conversations.create_unique_constraint("uq_conversations_peer_id", ["peer_id"])
    # a constant default: no row of a large table is written anew
    op.add_column("messages", sa.Column("rendered", json, nullable=False, server_default="{}"))
    op.create_table(
        "late_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "peer_id", sa.Integer, sa.ForeignKey("wechat_peers.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("request_key", sa.String(64), nullable=False, unique=True),
        sa.Column("push", json, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("scans", sa.Column("request", sa.String(64)), schema="ledger")
    op.create_index(
        "uq_scans_request",
        "scans",
        ["request"],
        unique=True,
        schema="ledger",
        sqlite_where=REPEATABLE,
        postgresql_where=REPEATABLE,
    )


def downgrade() -> None:
    op.drop_index("uq_scans_request", "scans", schema="ledger")
    op.drop_column("scans", "request", schema="ledger")
    op.drop_table("late_turns")
    op.drop_column("messages", "rendered")
    with op.batch_alter_table("conversations") as conversations:
        conversations.drop_constraint("uq_conversations_peer_id", type_="unique")
        conversations.drop_constraint("fk_conversations_peer_id_wechat_peers", type_="foreignkey")
        conversations.drop_column("peer_id")
