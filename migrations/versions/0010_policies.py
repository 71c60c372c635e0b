"""Curated answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0010"
down_revision = "0009"

json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "policies",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("centre_id", sa.Integer, sa.ForeignKey("centres.id"), nullable=False),
        sa.Column("seed", sa.String(40)),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("topic", sa.String(8), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("divisions", json, nullable=False),
        sa.Column("audience", sa.String(200), nullable=False),
        sa.Column("amount", sa.String(120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("link", sa.String(300), nullable=False),
        sa.Column("hotline", sa.String(20), nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_until", sa.Date),
        sa.Column("period", sa.String(40), nullable=False),
        sa.Column("words", json, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.UniqueConstraint("centre_id", "seed"),
    )
    op.create_index("ix_policies_valid_until", "policies", ["valid_until"])
    op.create_table(
        "policy_revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("policy_id", sa.Integer, sa.ForeignKey("policies.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("contents", json, nullable=False),
        sa.UniqueConstraint("policy_id", "number"),
    )


def downgrade() -> None:
    op.drop_table("policy_revisions")
    op.drop_table("policies")
