"""Load many submitted applications in batches, with constant memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from app.accounts.models import Person
from app.applications.models import Application, Attachment, SectionSave, Submission
from app.applications.queries.files import File, handed_in_file
from app.casework.queries.list import tags_of
from app.casework.queries.readings import Readings, readings_of
from app.conflicts.queries.hidden import open_to
from app.core.db.base import db
from app.decisions.models import Decision
from app.programmes.models import Call, Criterion, Programme
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.queries import definition_of
from app.questionnaires.rules.definition import Definition
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries.load import in_force

AT_ONCE = 100


@dataclass
class Sheet:
    """One application: its row, form, submitted answers and attachments."""

    row: Any
    definition: Definition
    answers: dict[str, Any] = field(default_factory=dict)
    attachments: list[Any] = field(default_factory=list)
    readings: Readings | None = None
    tags: list[str] = field(default_factory=list)


def sheets(wanted: Select[int]) -> Iterator[Sheet]:
    """The applications of a list in its order; six statements per hundred."""
    ids = list(db.session.scalars(wanted))
    forms: dict[int, Definition] = {}
    for begin in range(0, len(ids), AT_ONCE):
        yield from _batch(ids[begin : begin + AT_ONCE], forms)


def refs_of(wanted: Select[int]) -> list[str]:
    """Their references in access log and audit trail."""
    return [f"application:{number}" for number in db.session.scalars(wanted)]


def refs_of_call(key: str, viewer: int) -> list[str]:
    """The same for every application of a call whose scores the viewer may see."""
    return refs_of(select(Application.id).join(Call).where(Call.key == key, *_scored(viewer)))


def _scored(viewer: int) -> tuple[ColumnElement[bool], ...]:
    return open_to(viewer), Application.is_rehearsal.is_(False), Application.submitted_at.is_not(None)


def forms_of(wanted: Select[int]) -> list[Definition]:
    """Every form version among these submissions, newest first."""
    used = select(Submission.questionnaire_version_id).where(Submission.application_id.in_(wanted.order_by(None)))
    return list(_definitions(QuestionnaireVersion.id.in_(used)).values())


def applications(wanted: Select[int]) -> Iterator[Application]:
    """The applications of a list one by one; for PDFs, which are never made by the thousand."""
    for number in list(db.session.scalars(wanted)):
        application = db.session.get_one(Application, number)
        yield application
        db.session.expire(application)


def opened(application: Application) -> tuple[File, list[Any]]:
    """(the last submission, the scores of its reviewers)."""
    scores = db.session.execute(_marks().where(Application.id == application.id))
    return handed_in_file(application), list(scores)


def marks(call_key: str, viewer: int) -> Iterator[Any]:
    """Every score of every finished review of a call: application, reviewer, criterion, score, reason."""
    where = (Call.key == call_key, open_to(viewer), Application.is_rehearsal.is_(False))
    yield from db.session.execute(_marks().where(*where).execution_options(yield_per=500))


def _marks() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Application.reference,
            Application.title,
            Person.name.label("reviewer"),
            Criterion.code,
            Criterion.weight,
            Criterion.highest,
            CriterionScore.score,
            CriterionScore.cannot_judge,
            CriterionScore.reason,
            Review.recommendation,
            Assignment.done_at,
        )
        .join(Review, Review.id == CriterionScore.review_id)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Application, Application.id == Assignment.application_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Person, Person.id == Reviewer.person_id)
        .join(Criterion, Criterion.id == CriterionScore.criterion_id)
        .join(Call, Call.id == Application.call_id)
        .where(Assignment.done_at.is_not(None), in_force())
        .order_by(Application.reference, Person.name, Review.id, Criterion.position, Criterion.code)
    )


def _batch(ids: list[int], forms: dict[int, Definition]) -> Iterator[Sheet]:
    rows, last = {row.id: row for row in db.session.execute(_rows().where(Application.id.in_(ids)))}, _last(ids)
    new = {one.form_id for one in last} - forms.keys()
    forms |= _definitions(QuestionnaireVersion.id.in_(new)) if new else {}
    found = {one.application_id: Sheet(rows[one.application_id], forms[one.form_id]) for one in last}
    for application_id, answers in _answers(last):
        found[application_id].answers |= answers
    for file in _files([number for one in last for number in one.attachments]):
        found[file.application_id].attachments.append(file)
    readings, tags = readings_of(ids), tags_of(ids)
    for sheet in (found[number] for number in ids if number in found):
        sheet.readings = readings.get(sheet.row.id)
        sheet.tags = [name for _id, name in tags.get(sheet.row.id, [])]
        yield sheet


def _definitions(which: ColumnElement[bool]) -> dict[int, Definition]:
    wanted = select(QuestionnaireVersion).where(which).order_by(QuestionnaireVersion.id.desc())
    return {one.id: definition_of(one) for one in db.session.scalars(wanted)}


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Application.id,
            Application.key,
            Application.reference,
            Application.title,
            Application.state,
            Application.language,
            Application.municipality,
            Application.submitted_at,
            Application.handed_in_at,
            Person.name.label("person_name"),
            Person.email.label("person_email"),
            Programme.title.label("programme"),
            Call.title.label("call"),
            Decision.outcome,
            Decision.rank,
            Decision.published_at,
        )
        .join(Application.person)
        .join(Application.call)
        .join(Call.programme)
        .outerjoin(Decision, Decision.application_id == Application.id)
    )


def _last(ids: list[int]) -> list[Any]:
    """The last submission of each application: rows."""
    newest = (
        select(Submission.application_id, func.max(Submission.number).label("number"))
        .where(Submission.application_id.in_(ids))
        .group_by(Submission.application_id)
        .subquery()
    )
    same = and_(Submission.application_id == newest.c.application_id, Submission.number == newest.c.number)
    return list(
        db.session.execute(
            select(
                Submission.application_id,
                Submission.sections,
                Submission.attachments,
                Submission.questionnaire_version_id.label("form_id"),
            ).join(newest, same)
        )
    )


def _answers(handed_in: list[Any]) -> list[Any]:
    """(application, answers of a section at the submitted revision), oldest save first."""
    chosen = [(one.application_id, name, number) for one in handed_in for name, number in one.sections.items()]
    place = tuple_(SectionSave.application_id, SectionSave.section, SectionSave.revision)
    return list(
        db.session.execute(
            select(SectionSave.application_id, SectionSave.answers)
            .where(place.in_(chosen))
            .order_by(SectionSave.saved_at, SectionSave.id)
        )
    )


def _files(numbers: list[int]) -> list[Any]:
    """The attachments of a submission: rows, as questions expect files."""
    if not numbers:
        return []
    return list(
        db.session.execute(
            select(
                Attachment.id,
                Attachment.application_id,
                Attachment.key,
                Attachment.question,
                Attachment.name,
                Attachment.media_type,
                Attachment.size,
                Attachment.digest,
            )
            .where(Attachment.id.in_(numbers))
            .order_by(Attachment.id)
        )
    )
