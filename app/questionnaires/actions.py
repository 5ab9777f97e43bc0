"""Writing a form and publishing it: each version is kept for good, as it was asked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.core import audit, twins
from app.core.bilingual import Bilingual
from app.core.db import db
from app.core.errors import Conflict
from app.questionnaires import queries
from app.questionnaires.models import Questionnaire, QuestionnaireDraft, QuestionnaireVersion
from app.questionnaires.queries import Working
from app.questionnaires.rules import Definition, digest
from app.questionnaires.rules.drafting import canonical, new_key, texts_of


def publish(key: str, *, title: Bilingual, definition: dict[str, Any], by: str, at: datetime) -> QuestionnaireVersion:
    """Make the next version of a form, or give the newest one when it says the same. `by` is a person's reference.

    Raises Faulty, with a sentence per reason, for a form that may not go out.
    """
    Definition.read(definition)
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
    audit.record("questionnaire.published", by=by, about=f"questionnaire:{key}", at=at, version=published.number)
    return published


def make(data: dict[str, Any], *, title: Bilingual, by: Person, at: datetime) -> Questionnaire:
    """A new form with a draft. Its name is given, without meaning; raises Faulty for data that is no form."""
    taken = {row.key for row in queries.forms()}
    key = data["key"] if data["key"] not in taken else new_key(f"{data['key'][:30]}_", taken)
    form = Questionnaire(key=key, title=title)
    db.session.add(form)
    db.session.flush()
    definition = canonical(Definition.sketch({**data, "key": key}))
    db.session.add(
        QuestionnaireDraft(questionnaire_id=form.id, definition=definition, changed_at=at, changed_by_id=by.id)
    )
    db.session.flush()
    audit.record("questionnaire.made", by=by.ref, about=f"questionnaire:{key}", at=at)
    return form


def write(
    found: Working, data: dict[str, Any], *, revision: int, confirmed: Collection[str] = (), by: Person, at: datetime
) -> None:
    """Make this the draft of a form; `revision` is the one the writer saw (0: there was no draft).

    Raises Conflict when a colleague changed the form meanwhile, and Faulty for data that is no form.
    """
    if revision != found.revision:
        raise Conflict("stale")
    definition = canonical(Definition.sketch(data))
    draft = db.session.get(QuestionnaireDraft, found.form.id)
    if draft is None:
        draft = QuestionnaireDraft(questionnaire_id=found.form.id, revision=0)
        db.session.add(draft)
    before = texts_of(found.data)
    draft.definition, draft.revision = definition, revision + 1
    draft.changed_at, draft.changed_by_id = at, by.id
    found.form.title = Bilingual.of(definition["title"])
    db.session.flush()
    twins.note(about(found.form), before, texts_of(definition), confirmed=confirmed, at=at)


def throw_away(found: Working, *, revision: int, by: Person, at: datetime) -> None:
    """Give the draft up; the newest version is the form again. Raises Conflict without one."""
    draft = db.session.get(QuestionnaireDraft, found.form.id)
    if draft is None or found.newest is None or draft.revision != revision:
        raise Conflict("draft")
    db.session.delete(draft)
    twins.forget(about(found.form))
    db.session.flush()
    audit.record("questionnaire.draft_dropped", by=by.ref, about=f"questionnaire:{found.form.key}", at=at)


def publish_draft(found: Working, *, revision: int, by: Person, at: datetime) -> QuestionnaireVersion:
    """Make the draft the next version. Raises Faulty with a sentence per reason why it may not go out yet."""
    if not found.has_draft or revision != found.revision or twins.marks(about(found.form)):
        raise Conflict("draft")
    made = publish(found.form.key, title=found.form.title, definition=found.data, by=by.ref, at=at)
    draft = db.session.get(QuestionnaireDraft, found.form.id)
    db.session.delete(draft)
    db.session.flush()
    return made


def about(form: Questionnaire) -> str:
    """How the publish gate names a form."""
    return f"questionnaire:{form.id}"
