"""Codes, and the ledger of their scans."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token", sa.String(12), nullable=False, unique=True),
        sa.Column("target", sa.String(60), nullable=False, unique=True),
        sa.Column("place", sa.String(8), nullable=False),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("employer_id", sa.Integer, sa.ForeignKey("employers.id")),
        sa.Column("listing_id", sa.Integer, sa.ForeignKey("listings.id")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("listing_id IS NULL OR employer_id IS NULL", name="one_target"),
    )
    op.create_index("ix_codes_event_id", "codes", ["event_id"])
    op.create_index("ix_codes_listing_id", "codes", ["listing_id"])
    op.create_table(
        "scans",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(1), nullable=False),
        sa.Column("token", sa.String(12), nullable=False),
        sa.Column("event_id", sa.Integer),
        sa.Column("listing_id", sa.Integer),
        sa.Column("channel", sa.String(6), nullable=False),
        sa.Column("visitor", sa.String(32), nullable=False),
        sa.Column("crawler", sa.Boolean, nullable=False),
        schema="ledger",
    )
    op.create_index("ix_scans_event", "scans", ["event_id", "at"], schema="ledger")


def downgrade() -> None:
    op.drop_table("scans", schema="ledger")
    op.drop_table("codes")
