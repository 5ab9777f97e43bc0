"""Publishing a form: versions, their digests, and that none of them ever changes."""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict, NotFound
from app.core.i18n.bilingual import Bilingual
from app.questionnaires import actions, queries
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.rules.definition import Faulty, digest
from tests.every_kind import EVERY_KIND

TITLE = Bilingual("Proef", "Essai")


def publish(definition: dict[str, Any] = EVERY_KIND) -> QuestionnaireVersion:
    return actions.publish("every_kind", title=TITLE, definition=definition, by="person:1", at=clock.now())


def changed() -> dict[str, Any]:
    definition = deepcopy(EVERY_KIND)
    definition["section"][0]["question"][0]["limit"] = 90
    return definition


def test_a_published_form_is_kept_as_it_was_asked(app: Flask, clock: Callable[[], datetime]) -> None:
    version = publish()
    db.session.expire_all()

    assert queries.version(version.id).definition == EVERY_KIND
    assert version.number == 1
    assert version.digest == digest(EVERY_KIND)
    assert version.published_at == clock()
    assert version.questionnaire.title == TITLE
    assert queries.definition_of(version).question("project_name").limit == 80


def test_the_same_form_is_not_published_twice(app: Flask) -> None:
    first, second = publish(), publish(deepcopy(EVERY_KIND))

    assert second.id == first.id
    assert db.session.scalar(select(func.count()).select_from(QuestionnaireVersion)) == 1
    assert [entry.action for entry in audit_trail.history("questionnaire:every_kind")] == ["questionnaire.published"]


def test_a_changed_form_is_a_new_version_and_leaves_the_old_one_alone(app: Flask) -> None:
    first, second = publish(), publish(changed())

    assert second.number == 2
    assert queries.latest_version("every_kind").id == second.id
    assert queries.definition_of(first).question("project_name").limit == 80
    assert queries.definition_of(second).question("project_name").limit == 90


def test_a_faulty_form_leaves_nothing_behind(app: Flask) -> None:
    with pytest.raises(Faulty):
        publish(EVERY_KIND | {"section": []})

    assert queries.latest_version("every_kind") is None


def test_a_version_cannot_be_changed(app: Flask) -> None:
    version = publish()

    version.definition = changed()

    with pytest.raises(Conflict):
        db.session.flush()
    db.session.rollback()


def test_a_version_cannot_be_deleted(app: Flask) -> None:
    version = publish()

    db.session.delete(version)

    with pytest.raises(Conflict):
        db.session.flush()
    db.session.rollback()


def test_an_unknown_version_is_missing(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.version(404)
    assert queries.latest_version("nothing") is None
