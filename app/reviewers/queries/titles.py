"""Titles as a reviewer may see them: one rule for every list, page, calendar and letter."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, select

from app.applications.models import Application
from app.conflicts.queries.facts import FileInSelection, files_where
from app.core.db.base import db
from app.reviewers.models import Assignment, ReadingPlan, Reviewer
from app.reviewers.rules.redaction import HIDDEN, Redactor, names_in, sees_identities


def known_titles(application_ids: Collection[int], person_id: int) -> dict[int, str]:
    """The title of each application as this person may see it, with a mark for each redacted name.

    The title stays visible under blind review, because a conflict could not be declared without it. Names of people in
    it are redacted; all of it, when the form marks the question as identifying or hidden from the jury.
    """
    return {key: title for key, (title, _redactor) in titles_and_redactors(application_ids, person_id).items()}


def titles_and_redactors(application_ids: Collection[int], person_id: int) -> dict[int, tuple[str, Redactor | None]]:
    """The title, and the redactor of its team's names; None when they may be seen."""
    rows = list(db.session.execute(_statement(application_ids, person_id)))
    blind = [row.id for row in rows if not _sees(row)]
    veiled = {one.id: _redacted(one) for one in files_where(Application.id.in_(blind))} if blind else {}
    return {row.id: veiled.get(row.id, (row.title, None)) for row in rows}


def _statement(application_ids: Collection[int], person_id: int) -> Any:
    """Each application with its review plan, the person's place as reviewer, and when they finished."""
    reads = and_(Reviewer.call_id == Application.call_id, Reviewer.person_id == person_id, Reviewer.left_at.is_(None))
    given = and_(Assignment.application_id == Application.id, Assignment.reviewer_id == Reviewer.id)
    return (
        select(Application.id, Application.title, Application.state, ReadingPlan.blind, Assignment.done_at)
        .outerjoin(Reviewer, reads)
        .outerjoin(ReadingPlan, ReadingPlan.call_id == Reviewer.call_id)
        .outerjoin(Assignment, given)
        .where(Application.id.in_(application_ids))
    )


def _sees(row: Any) -> bool:
    return row.blind is None or sees_identities(row.blind, done=row.done_at is not None, state=row.state)


def _redacted(file: FileInSelection) -> tuple[str, Redactor]:
    words = [word for pair in file.people.values() for word in pair]
    redactor = Redactor([*words, *names_in(file.compared)])
    return (HIDDEN if file.hides_title else redactor.redact(file.title)), redactor
