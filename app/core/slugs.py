"""Addresses that things had before: an old one leads to the present one for good."""

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class FormerSlug(Model):
    """A slug that one thing had in one language. `place` and `thing_id` say which thing."""

    __tablename__ = "former_slug"
    __table_args__ = (UniqueConstraint("place", "language", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    thing_id: Mapped[int]
