"""Tables: indicators and their dated values."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model
from app.core.i18n.bilingual import Bilingual, bilingual
from app.impact.rules.periods import years


class Indicator(Model):
    """What is counted, and how."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    position: Mapped[int]
    slug: Mapped[Bilingual] = bilingual("slug", unique=True)
    name: Mapped[Bilingual] = bilingual("name")
    unit: Mapped[Bilingual] = bilingual("unit")
    definition: Mapped[Bilingual] = bilingual("definition")
    how_counted: Mapped[Bilingual] = bilingual("how_counted")

    values: Mapped[list["IndicatorValue"]] = relationship(
        order_by="IndicatorValue.from_year, IndicatorValue.id", lazy="selectin"
    )


class IndicatorValue(Model):
    """One value for a period, with date and source. `at_least`: the source says "more than"."""

    __tablename__ = "indicator_value"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    from_year: Mapped[int]
    to_year: Mapped[int]
    value: Mapped[int]
    at_least: Mapped[bool] = mapped_column(Boolean, default=False)
    as_of: Mapped[date] = mapped_column(Date)
    source_name: Mapped[Bilingual] = bilingual("source_name")
    source_url: Mapped[str] = mapped_column(Text, default="")

    @property
    def years(self) -> str:
        """2016–2020, or 2021."""
        return years([self])
