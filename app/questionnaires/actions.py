"""Publish forms; each version is stored for good."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.questionnaires import queries
from app.questionnaires.models import Questionnaire, QuestionnaireVersion
from app.questionnaires.rules.definition import Definition, Faulty, digest
from app.questionnaires.rules.reach import unanswerable


def publish(key: str, *, title: Bilingual, definition: dict[str, Any], by: str, at: datetime) -> QuestionnaireVersion:
    """Publish the next version of a form, or return the newest when nothing changed. `by`: a person's reference.

    Raises Faulty, with a sentence per issue, for an invalid form.
    """
    issues = unanswerable(Definition.read(definition))
    if issues:
        raise Faulty([issue.sentence for issue in issues])
    form = db.session.scalar(select(Questionnaire).where(Questionnaire.key == key))
    if form is None:
        form = Questionnaire(key=key, title=title)
        db.session.add(form)
    form.title = title
    db.session.flush()
    newest, mark = queries.latest_version(key), digest(definition)
    if newest and newest.digest == mark:
        return newest
    published = QuestionnaireVersion(
        questionnaire=form,
        number=newest.number + 1 if newest else 1,
        definition=definition,
        digest=mark,
        published_at=at,
    )
    db.session.add(published)
    db.session.flush()
    audit_trail.record("questionnaire.published", by=by, about=f"questionnaire:{key}", at=at, version=published.number)
    return published
