"""Edit the draft of a form and publish it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.form_builder import queries
from app.form_builder.models import QuestionnaireDraft
from app.form_builder.queries import Working
from app.form_builder.rules import canonical, free_title, new_key, texts_of
from app.questionnaires.actions import publish
from app.questionnaires.models import Questionnaire, QuestionnaireVersion
from app.questionnaires.rules.definition import Definition


def make(data: dict[str, Any], *, title: Bilingual, by: Person, at: datetime) -> Questionnaire:
    """Create a form with a draft, under a unique title and a neutral key.

    Raises Faulty for invalid data.
    """
    others = queries.forms()
    taken = {row.key for row in others}
    free = free_title(title, [row.title for row in others])
    if free != title:
        title, data = free, {**data, "title": {side: free[side] for side in LOCALES}}
    key = data["key"] if data["key"] not in taken else new_key(f"{data['key'][:30]}_", taken)
    form = Questionnaire(key=key, title=title)
    db.session.add(form)
    db.session.flush()
    definition = canonical(Definition.sketch({**data, "key": key}))
    db.session.add(
        QuestionnaireDraft(questionnaire_id=form.id, definition=definition, changed_at=at, changed_by_id=by.id)
    )
    db.session.flush()
    audit_trail.record("questionnaire.made", by=by.ref, about=f"questionnaire:{key}", at=at)
    return form


def write(
    found: Working, data: dict[str, Any], *, revision: int, confirmed: Collection[str] = (), by: Person, at: datetime
) -> None:
    """Store this as the draft of a form; `revision`: the one the editor saw (0: there was no draft).

    Raises Conflict when a colleague changed the form meanwhile, and Faulty for invalid data.
    """
    if revision != found.revision:
        raise Conflict("stale")
    definition = canonical(Definition.sketch(data))
    draft, _is_new = get_or_create(
        lambda: _draft_in_turn(found.form.id),
        lambda: QuestionnaireDraft(
            questionnaire_id=found.form.id, revision=0, definition=definition, changed_at=at, changed_by_id=by.id
        ),
    )
    if draft.revision != revision:  # of two concurrent first drafts the second is refused
        raise Conflict("stale")
    before = texts_of(found.data)
    draft.definition, draft.revision = definition, revision + 1
    draft.changed_at, draft.changed_by_id = at, by.id
    found.form.title = Bilingual.of(definition["title"])
    db.session.flush()
    stale_translations.note(about(found.form), before, texts_of(definition), confirmed=confirmed, at=at)


def _draft_in_turn(form_id: int) -> QuestionnaireDraft | None:
    """The current draft, locked: concurrent editors wait."""
    wanted = select(QuestionnaireDraft).where(QuestionnaireDraft.questionnaire_id == form_id)
    locked = wanted.with_for_update(of=QuestionnaireDraft).execution_options(populate_existing=True)
    return db.session.scalar(locked)


def throw_away(found: Working, *, revision: int, by: Person, at: datetime) -> None:
    """Delete the draft; the newest version is the form again. Raises Conflict without a draft."""
    draft = _draft_in_turn(found.form.id)
    if draft is None or found.newest is None or draft.revision != revision:
        raise Conflict("draft")
    db.session.delete(draft)
    stale_translations.forget(about(found.form))
    db.session.flush()
    audit_trail.record("questionnaire.draft_dropped", by=by.ref, about=f"questionnaire:{found.form.key}", at=at)


def publish_draft(found: Working, *, revision: int, by: Person, at: datetime) -> QuestionnaireVersion:
    """Publish the draft as the next version. Raises Faulty with a sentence per issue."""
    draft = _draft_in_turn(found.form.id)
    if (
        draft is None
        or revision != found.revision
        or revision != draft.revision
        or stale_translations.marks(about(found.form))
    ):
        raise Conflict("draft")
    made = publish(found.form.key, title=found.form.title, definition=found.data, by=by.ref, at=at)
    db.session.delete(draft)
    db.session.flush()
    return made


def about(form: Questionnaire) -> str:
    """How the publish gate refers to a form."""
    return f"questionnaire:{form.id}"
