"""Postings, law findings, listings and imports under review."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"

json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "postings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("centre_id", sa.Integer, sa.ForeignKey("centres.id"), nullable=False),
        sa.Column("employer_id", sa.Integer, sa.ForeignKey("employers.id"), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("headcount", sa.Integer),
        sa.Column("pay_min", sa.Numeric(10, 1)),
        sa.Column("pay_max", sa.Numeric(10, 1)),
        sa.Column("pay_period", sa.String(5)),
        sa.Column("pay_months", sa.Integer, nullable=False),
        sa.Column("pay_negotiable", sa.Boolean, nullable=False),
        sa.Column("pay_text", sa.Text, nullable=False),
        sa.Column("monthly_min", sa.Integer),
        sa.Column("monthly_max", sa.Integer),
        sa.Column("education", sa.String(11), nullable=False),
        sa.Column("experience_years", sa.Integer, nullable=False),
        sa.Column("age_min", sa.Integer),
        sa.Column("age_max", sa.Integer),
        sa.Column("gender", sa.String(6), nullable=False),
        sa.Column("division", sa.String(6)),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("benefits", sa.Integer, nullable=False),
        sa.Column("job_type", sa.String(9), nullable=False),
        sa.Column("employment", sa.String(8), nullable=False),
        sa.Column("contact_name", sa.String(60)),
        sa.Column("contact_phone", sa.String(60)),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("valid_until", sa.Date),
        sa.Column("source", json, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_postings_employer_id", "postings", ["employer_id"])
    op.create_index("ix_postings_search", "postings", ["centre_id", "state", "division", "monthly_max"])
    op.create_table(
        "law_findings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("severity", sa.String(5), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allowed_at", sa.DateTime(timezone=True)),
        sa.Column("allowed_by", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("reason", sa.Text),
    )
    op.create_index("ix_law_findings_posting_id", "law_findings", ["posting_id"])
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id"), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("number", sa.String(4)),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("event_id", "posting_id"),
        sa.UniqueConstraint("event_id", "number"),
    )
    op.create_index("ix_listings_posting_id", "listings", ["posting_id"])
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id"), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("files", json, nullable=False),
        sa.Column("rows", json, nullable=False),
        sa.Column("fixes", json, nullable=False),
        sa.Column("result", json, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_import_batches_event_id", "import_batches", ["event_id"])


def downgrade() -> None:
    op.drop_table("import_batches")
    op.drop_table("listings")
    op.drop_table("law_findings")
    op.drop_table("postings")
