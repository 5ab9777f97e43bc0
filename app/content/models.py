"""Tables: pages, news, partners and funding rounds, in both languages."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime, updated_at_column
from app.core.i18n.bilingual import Bilingual, bilingual


class Page(Model):
    """A page, or one text block of a page."""

    __tablename__ = "page"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[Bilingual] = bilingual("title")
    lead: Mapped[Bilingual] = bilingual("lead")
    body: Mapped[Bilingual] = bilingual("body")
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))


class Article(Model):
    """A news article with its source."""

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
    """A founding partner."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    website: Mapped[str] = mapped_column(Text, default="", server_default="")
    role: Mapped[Bilingual] = bilingual("role")
    detail: Mapped[Bilingual] = bilingual("detail")


class FundingRound(Model):
    """A period and who funded it."""

    __tablename__ = "funding_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_year: Mapped[int]
    to_year: Mapped[int]
    source: Mapped[Bilingual] = bilingual("source")
    detail: Mapped[Bilingual] = bilingual("detail")
