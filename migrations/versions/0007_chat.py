"""Conversations and messages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"

json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("channel", sa.String(6), nullable=False),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id")),
        sa.Column("seeker_id", sa.Integer, sa.ForeignKey("seekers.id")),
        sa.Column("state", json, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_conversations_seeker_id", "conversations", ["seeker_id"])
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_seeker", sa.Boolean, nullable=False),
        sa.Column("intent", sa.String(16)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("parts", json, nullable=False),
        sa.Column("understood", json, nullable=False),
        sa.Column("listing_id", sa.Integer, sa.ForeignKey("listings.id")),
        sa.Column("request_key", sa.String(64), unique=True),
    )
    op.create_index("ix_messages_conversation_id", "messages", ["conversation_id"])
    op.create_index("ix_messages_event", "messages", ["event_id", "at"])


def downgrade() -> None:
    op.drop_table("messages")
    op.drop_table("conversations")
