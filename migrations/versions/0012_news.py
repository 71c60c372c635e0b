"""The outbox, wishes that seekers want news of, and places whose person is erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

json = sa.JSON().with_variant(JSONB(), "postgresql")
moment = sa.DateTime(timezone=True)
OPEN = sa.text("done_at IS NULL AND failed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("receiver", sa.String(80)),
        sa.Column("payload", json, nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease", sa.String(16)),
        sa.Column("leased_until", moment),
        sa.Column("done_at", moment),
        sa.Column("failed_at", moment),
        sa.Column("reason", sa.String(200)),
        sa.UniqueConstraint("kind", "key", name="uq_outbox_kind_key"),
    )
    for name, columns in {"ix_outbox_open": ["due_at"], "ix_outbox_receiver": ["receiver", "id"]}.items():
        op.create_index(name, "outbox", columns, postgresql_where=OPEN, sqlite_where=OPEN)
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("seeker_id", sa.Integer, sa.ForeignKey("seekers.id"), nullable=False, unique=True),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("centre_id", sa.Integer, sa.ForeignKey("centres.id")),
        sa.Column("wishes", json, nullable=False),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("stopped_at", moment),
        sa.Column("told_to", sa.Integer, nullable=False),
        sa.Column("told_at", moment),
    )
    op.create_index("ix_subscriptions_conversation_id", "subscriptions", ["conversation_id"])
    op.create_table(
        "new_postings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=False, unique=True),
        sa.Column("listing_id", sa.Integer, sa.ForeignKey("listings.id"), nullable=False),
        sa.Column("published_at", moment, nullable=False),
    )
    with op.batch_alter_table("places") as places:
        places.alter_column("contact_id", existing_type=sa.Integer, nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM wanted_listings WHERE place_id IN (SELECT id FROM places WHERE contact_id IS NULL)")
    op.execute("DELETE FROM places WHERE contact_id IS NULL")
    with op.batch_alter_table("places") as altered:
        altered.alter_column("contact_id", existing_type=sa.Integer, nullable=False)
    for name in ("new_postings", "subscriptions", "outbox"):
        op.drop_table(name)
