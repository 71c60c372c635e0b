"""Words of the staff's own, as they are kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.base.models import Base
from app.staff.models import Account, Centre

LONGEST = 12
"""Characters of a word."""
_CURRENT = text("removed_at IS NULL")


class VocabularyWord(Base):
    """A word that a centre's staff added: `means` is the known word of a trade, null says a trade by itself.

    A row is never changed but to be removed; a word that is wanted again is a new row.
    """

    __tablename__ = "vocabulary_words"
    __table_args__ = (
        Index(
            "uq_vocabulary_words_current",
            "word",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    word: Mapped[str] = mapped_column(String(LONGEST))
    means: Mapped[str | None] = mapped_column(String(24))
    added_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    centre: Mapped[Centre] = relationship(lazy="raise")
    account: Mapped[Account] = relationship(lazy="raise")
