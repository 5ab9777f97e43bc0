"""The table of form drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime
from app.questionnaires.models import Questionnaire


class QuestionnaireDraft(Model):
    """The next version of a form while staff write it; may have gaps.

    `revision` grows with each change, to detect concurrent edits.
    """

    __tablename__ = "questionnaire_draft"

    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id", ondelete="CASCADE"), primary_key=True)
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    questionnaire: Mapped[Questionnaire] = relationship(lazy="joined")
