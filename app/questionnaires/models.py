"""Tables: forms and their published, immutable versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual, bilingual


class Questionnaire(Model):
    """A form by name; people fill in one of its versions."""

    __tablename__ = "questionnaire"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[Bilingual] = bilingual("title")


class QuestionnaireVersion(Model):
    """Version n of a form; immutable, with a hash of its definition.

    The definition is loaded on demand: most pages have it cached by hash.
    """

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    number: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    digest: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)

    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined")


@event.listens_for(QuestionnaireVersion, "before_update")
@event.listens_for(QuestionnaireVersion, "before_delete")
def _refuse(_mapper: Mapper[Any], _connection: Connection, version: QuestionnaireVersion) -> None:
    """Refuse changes: an answer is always shown with the question as it was asked."""
    raise Conflict(f"version {version.number} of a form is published and never changes")
