"""Forms as staff see them while they write."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.core.db.base import db
from app.core.errors import NotFound
from app.form_builder.models import QuestionnaireDraft
from app.form_builder.rules import canonical, keys_of
from app.questionnaires.models import Questionnaire, QuestionnaireVersion
from app.questionnaires.queries import definition_of, latest_version


@dataclass(frozen=True)
class Working:
    """A form as staff see it while they write: its draft, or what its newest version says. `revision` 0: no draft."""

    form: Questionnaire
    newest: QuestionnaireVersion | None
    data: dict[str, Any]
    revision: int

    @property
    def has_draft(self) -> bool:
        """Is somebody writing the next version?"""
        return self.revision > 0


def forms() -> list[Any]:
    """Every form: rows of key, title, number of its newest version (None: never published), when a draft changed."""
    newest = (
        select(QuestionnaireVersion.questionnaire_id, func.max(QuestionnaireVersion.number).label("number"))
        .group_by(QuestionnaireVersion.questionnaire_id)
        .subquery()
    )
    wanted = (
        select(Questionnaire.key, Questionnaire.title, newest.c.number, QuestionnaireDraft.changed_at)
        .outerjoin(newest, newest.c.questionnaire_id == Questionnaire.id)
        .outerjoin(QuestionnaireDraft, QuestionnaireDraft.questionnaire_id == Questionnaire.id)
        .order_by(Questionnaire.key)
    )
    return list(db.session.execute(wanted))


def form(key: str) -> Questionnaire:
    """One form; raises Missing."""
    found = db.session.scalar(select(Questionnaire).where(Questionnaire.key == key))
    if found is None:
        raise NotFound
    return found


def working(key: str) -> Working:
    """A form with its draft, or with the data from which a draft would begin; raises Missing."""
    found = form(key)
    draft = db.session.get(QuestionnaireDraft, found.id)
    newest = latest_version(key)
    if draft is not None:
        return Working(found, newest, draft.definition, draft.revision)
    if newest is None:
        raise NotFound
    return Working(found, newest, canonical(definition_of(newest)), 0)


def versions_of(form_id: int) -> list[QuestionnaireVersion]:
    """The published versions of a form, newest first."""
    wanted = select(QuestionnaireVersion).where(QuestionnaireVersion.questionnaire_id == form_id)
    return list(db.session.scalars(wanted.order_by(QuestionnaireVersion.number.desc())))


def version_number(form_id: int, number: int) -> QuestionnaireVersion:
    """Version n of a form; raises Missing."""
    wanted = select(QuestionnaireVersion).where(
        QuestionnaireVersion.questionnaire_id == form_id, QuestionnaireVersion.number == number
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def names_ever_used(form_id: int) -> set[str]:
    """Every name that any version of this form gave: a new question may not inherit an old one's answers."""
    return {name for one in versions_of(form_id) for name in keys_of(canonical(definition_of(one)))}
