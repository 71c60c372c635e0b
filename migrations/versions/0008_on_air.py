"""What was on air."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "on_air",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("listing_id", sa.Integer, sa.ForeignKey("listings.id"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_on_air_event", "on_air", ["event_id", "since"])
    now = sa.text("until IS NULL")
    op.create_index("uq_on_air_now", "on_air", ["event_id"], unique=True, sqlite_where=now, postgresql_where=now)


def downgrade() -> None:
    op.drop_table("on_air")
