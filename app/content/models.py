"""Pages, news, partners and funding rounds; every text in both languages."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime, updated_at_column
from app.core.i18n.bilingual import Bilingual, bilingual


class Page(Model):
    """One page, or one block of text of a page made of several rooms. Editors write it side by side."""

    __tablename__ = "page"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[Bilingual] = bilingual("title")
    lead: Mapped[Bilingual] = bilingual("lead")
    body: Mapped[Bilingual] = bilingual("body")
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Article(Model):
    """One piece of news, with the source it rests on."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    slug: Mapped[Bilingual] = bilingual("slug", unique=True)
    title: Mapped[Bilingual] = bilingual("title")
    lead: Mapped[Bilingual] = bilingual("lead")
    body: Mapped[Bilingual] = bilingual("body")
    quote: Mapped[Bilingual] = bilingual("quote")
    quote_by: Mapped[Bilingual] = bilingual("quote_by")
    quote_note: Mapped[Bilingual] = bilingual("quote_note")
    source_name: Mapped[Bilingual] = bilingual("source_name")
    source_url: Mapped[str] = mapped_column(Text, default="")
    published_on: Mapped[date] = mapped_column(Date, index=True)
    revised_at: Mapped[datetime] = updated_at_column()


class Partner(Model):
    """One of the seven founding partners."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[Bilingual] = bilingual("role")
    detail: Mapped[Bilingual] = bilingual("detail")


class FundingRound(Model):
    """Who paid for which years."""

    __tablename__ = "funding_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_year: Mapped[int]
    to_year: Mapped[int]
    source: Mapped[Bilingual] = bilingual("source")
    detail: Mapped[Bilingual] = bilingual("detail")
