"""Queries about forms, drafts and versions."""

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
    """A form as its editors see it: the draft, or the newest version. `revision` 0: no draft."""

    form: Questionnaire
    newest: QuestionnaireVersion | None
    data: dict[str, Any]
    revision: int

    @property
    def has_draft(self) -> bool:
        """True when there is a draft."""
        return self.revision > 0


def forms() -> list[Any]:
    """Every form: rows of key, title, number of the newest version (None: never published), last change of the
    draft.
    """
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
    """A form. Raises NotFound."""
    found = db.session.scalar(select(Questionnaire).where(Questionnaire.key == key))
    if found is None:
        raise NotFound
    return found


def working(key: str) -> Working:
    """A form with its draft, or the data from which a draft would start. Raises NotFound."""
    found = form(key)
    draft = db.session.get(QuestionnaireDraft, found.id)
    newest = latest_version(key)
    if draft is not None:
        return Working(found, newest, draft.definition, draft.revision)
    if newest is None:
        raise NotFound
    return Working(found, newest, canonical(definition_of(newest)), 0)


def versions_of(form_id: int) -> list[QuestionnaireVersion]:
    """Published versions, newest first."""
    wanted = select(QuestionnaireVersion).where(QuestionnaireVersion.questionnaire_id == form_id)
    return list(db.session.scalars(wanted.order_by(QuestionnaireVersion.number.desc())))


def version_number(form_id: int, number: int) -> QuestionnaireVersion:
    """Version n of a form. Raises NotFound."""
    wanted = select(QuestionnaireVersion).where(
        QuestionnaireVersion.questionnaire_id == form_id, QuestionnaireVersion.number == number
    )
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound
    return found


def names_ever_used(form_id: int) -> set[str]:
    """Every key that any version used: a new question must not inherit the answers of an old one."""
    return {name for one in versions_of(form_id) for name in keys_of(canonical(definition_of(one)))}
