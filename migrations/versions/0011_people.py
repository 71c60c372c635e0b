"""Who said a line, conversations with people, and complaints."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"

json = sa.JSON().with_variant(JSONB(), "postgresql")
moment = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    with op.batch_alter_table("messages") as messages:
        messages.add_column(sa.Column("speaker", sa.String(6), nullable=False, server_default="bot"))
        messages.add_column(sa.Column("answered_by", sa.String(5)))
        messages.add_column(
            sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", name="fk_messages_account_id_accounts"))
        )
    # a scan has an intent and no words: the seeker's too
    op.execute("UPDATE messages SET speaker = 'seeker' WHERE from_seeker OR intent IS NOT NULL")
    op.execute(
        "UPDATE messages SET answered_by = 'bot'"
        " WHERE from_seeker AND intent NOT IN ('unknown', 'greet', 'thanks', 'bye', 'human')"
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id"), nullable=False, unique=True),
        sa.Column("centre_id", sa.Integer, sa.ForeignKey("centres.id")),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id")),
        sa.Column("state", sa.String(7), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("seeker_at", moment, nullable=False),
        sa.Column("staff_at", moment),
        sa.Column("answered_by", sa.Integer, sa.ForeignKey("accounts.id")),
    )
    op.create_index("ix_handovers_state", "handovers", ["state", "due_at"])
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("public_id", sa.String(16), nullable=False, unique=True),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("centre_id", sa.Integer, sa.ForeignKey("centres.id")),
        sa.Column("event_id", sa.Integer, sa.ForeignKey("events.id")),
        sa.Column("posting_id", sa.Integer, sa.ForeignKey("postings.id")),
        sa.Column("listing_id", sa.Integer, sa.ForeignKey("listings.id")),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("words", json, nullable=False),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("said_at", moment, nullable=False),
        sa.Column("decided_at", moment),
        sa.Column("decided_by", sa.Integer, sa.ForeignKey("accounts.id")),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_index("ix_complaints_posting_id", "complaints", ["posting_id", "state"])
    op.create_index("ix_complaints_state", "complaints", ["state", "said_at"])
    op.create_index("ix_complaints_conversation_id", "complaints", ["conversation_id", "opened_at"])
    op.create_index(
        "uq_complaints_open",
        "complaints",
        ["conversation_id", "posting_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_table("complaints")
    op.drop_table("handovers")
    with op.batch_alter_table("messages") as messages:
        messages.drop_constraint("fk_messages_account_id_accounts", type_="foreignkey")
        messages.drop_column("account_id")
        messages.drop_column("answered_by")
        messages.drop_column("speaker")
