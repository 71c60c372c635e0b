"""Words that staff added to the vocabulary, and an index for what people asked."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "vocabulary_words",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("centre_id", sa.Integer, sa.ForeignKey("centres.id"), nullable=False),
        sa.Column("word", sa.String(12), nullable=False),
        sa.Column("means", sa.String(24)),
        sa.Column("added_by", sa.Integer, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
    )
    current = sa.text("removed_at IS NULL")
    op.create_index(
        "uq_vocabulary_words_current",
        "vocabulary_words",
        ["word"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_index("ix_messages_asked", "messages", ["event_id", "from_seeker", "intent", "at"])


def downgrade() -> None:
    op.drop_index("ix_messages_asked", "messages")
    op.drop_table("vocabulary_words")
