"""The table of enterprises."""

from typing import Any

from sqlalchemy import Boolean, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model
from app.core.drawings.facade import House
from app.core.drawings.house import house_of
from app.core.i18n.bilingual import Bilingual, bilingual
from app.core.text.cleaning import folded


def _folded_name(context: Any) -> str:
    """The sort key of the name; neither database sorts Dutch and French by itself."""
    return folded(context.get_current_parameters()["name"])


class Enterprise(Model):
    """An enterprise that a public source links to Coopcity. Legal form, sector and municipality are codes."""

    __tablename__ = "enterprise"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    sort_name: Mapped[str] = mapped_column(Text, default=_folded_name)
    position: Mapped[int]
    featured: Mapped[bool] = mapped_column(Boolean, default=False)
    is_rehearsal: Mapped[bool] = mapped_column(Boolean, default=False)
    pitch: Mapped[Bilingual] = bilingual("pitch")
    story: Mapped[Bilingual] = bilingual("story")
    legal_form: Mapped[str] = mapped_column(Text)
    sector: Mapped[str] = mapped_column(Text)
    municipality: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[Bilingual] = bilingual("place")
    founded: Mapped[int | None]
    founded_note: Mapped[Bilingual] = bilingual("founded_note")
    jobs: Mapped[int | None]
    website: Mapped[str] = mapped_column(Text, default="")
    source_name: Mapped[Bilingual] = bilingual("source_name")
    source_url: Mapped[str] = mapped_column(Text, default="")
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id", ondelete="SET NULL"), index=True)

    @property
    def house(self) -> House:
        """Its drawing."""
        return house_of(self.slug, self.legal_form, self.sector, self.jobs, self.founded)
