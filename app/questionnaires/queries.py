"""Queries about published forms."""

from sqlalchemy import select

from app.core.db.base import db
from app.core.errors import NotFound
from app.questionnaires.models import Questionnaire, QuestionnaireVersion
from app.questionnaires.rules.definition import Definition

MOST_READ = 64

# Cache by digest: a version never changes, and parsing one costs a millisecond per request.
_read: dict[str, Definition] = {}


def version(version_id: int) -> QuestionnaireVersion:
    """A version of a form. Raises NotFound."""
    found = db.session.get(QuestionnaireVersion, version_id)
    if found is None:
        raise NotFound
    return found


def latest_version(key: str) -> QuestionnaireVersion | None:
    """The newest version of a form; None when it was never published."""
    return db.session.scalar(
        select(QuestionnaireVersion)
        .join(QuestionnaireVersion.questionnaire)
        .where(Questionnaire.key == key)
        .order_by(QuestionnaireVersion.number.desc())
        .limit(1)
    )


def newest_of_same_form(version_id: int) -> int:
    """The id of the newest version of the same form."""
    here = select(QuestionnaireVersion.questionnaire_id).where(QuestionnaireVersion.id == version_id).scalar_subquery()
    wanted = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == here)
    return db.session.scalars(wanted.order_by(QuestionnaireVersion.number.desc()).limit(1)).one()


def definition_of(published: QuestionnaireVersion) -> Definition:
    """The definition of a version, from the cache where possible."""
    known = _read.get(published.digest)
    if known is None:
        if len(_read) >= MOST_READ:
            _read.clear()
        known = _read[published.digest] = Definition.read(published.definition)
    return known
