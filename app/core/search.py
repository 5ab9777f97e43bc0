"""Words that can be looked for: one index, on SQLite's FTS5 and on PostgreSQL's text search alike."""

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class SearchEntry(Model):
    """One thing in one language. `place` and `thing_id` say which; `stems` is what the databases look through.

    Migration 0002 lays SQLite's FTS5 table and PostgreSQL's GIN index, both named search_fts…, over `stems`.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("place", "thing_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(Text)
    thing_id: Mapped[int]
    language: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    stems: Mapped[str] = mapped_column(Text)
