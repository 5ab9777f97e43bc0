"""Events of the agenda."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.bilingual import Bilingual, bilingual
from app.core.db import Model, Moment


class Event(Model):
    """One evening, session or workshop. `language` is nl, fr, or both."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    slug: Mapped[Bilingual] = bilingual("slug", unique=True)
    title: Mapped[Bilingual] = bilingual("title")
    lead: Mapped[Bilingual] = bilingual("lead")
    body: Mapped[Bilingual] = bilingual("body")
    place: Mapped[Bilingual] = bilingual("place")
    language: Mapped[str] = mapped_column(Text)
    places: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="SET NULL"), index=True)
