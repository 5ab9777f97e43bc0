"""What a person reads about themselves: data, consents, accesses and judgements, by role."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, inspect, select

from app.accounts.models import Person, RoleGrant
from app.accounts.rules import Role
from app.applications.models import (
    Application,
    Member,
)
from app.consents.models import Consent
from app.consents.queries import consents_of
from app.consents.rules import PURPOSE_NAMES
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import Model, db
from app.core.i18n.bilingual import Bilingual
from app.privacy.queries.sources import (
    PERSONAL_DATA_SOURCES,
    PersonalDataSource,
    Subject,
    as_data,
    over,
    subject_of,
)
from app.privacy.rules import JURY, REVIEWER, TEAM, role_label
from app.programmes.models import Criterion
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer


@dataclass(frozen=True)
class PersonalData:
    """The content of the page My data."""

    subject: Subject
    shared: list[Application] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    accesses: list[tuple[date, str, str]] = field(default_factory=list)
    judgements: list["Judgement"] = field(default_factory=list)


@dataclass(frozen=True)
class ShownConsent:
    """A consent as the person reads it: purpose, application, and whether it is active."""

    consent: Consent
    purpose: Any
    title: str
    is_active: bool


def consents(subject: Subject, *, at: datetime) -> list[ShownConsent]:
    """Consents of this person and their applications, newest first."""
    titles = {one.id: one.title or one.call.title[one.language] for one in subject.applications}
    return [
        ShownConsent(
            one, PURPOSE_NAMES.get(one.purpose, ""), titles.get(one.application_id or 0, ""), one.is_active(at)
        )
        for one in consents_of(subject.person.id, subject.file_ids)
    ]


def shared_with(person: Person) -> list[Application]:
    """Applications of others on which this person works."""
    wanted = select(Application).join(Member, Member.application_id == Application.id)
    wanted = wanted.where(Member.person_id == person.id, Member.accepted_at.is_not(None))
    return list(db.session.scalars(wanted.order_by(Application.id)))


def personal_data(person: Person) -> PersonalData:
    """Counts of everything, who read the applications and what they thought: six statements plus the applications.

    Who read an application is shown to everybody who works on it; what reviewers thought only to its owner.
    """
    subject, shared = subject_of(person), shared_with(person)
    everything = Subject(person, subject.applications + shared)
    roles = roles_of(everything)
    counts = select(
        *(
            select(func.count()).select_from(one.model).where(one.where(subject)).scalar_subquery().label(one.name)
            for one in PERSONAL_DATA_SOURCES
        )
    )
    counted = dict(db.session.execute(counts).mappings().one())
    return PersonalData(subject, shared, counted, _accesses(everything, roles), judgements(subject, roles))


def _accesses(subject: Subject, roles: "Roles") -> list[tuple[date, str, str]]:
    """(day, role of the reader, title) newest first; without one's own accesses, each role once a day."""
    files = {one.ref: one for one in subject.applications}
    seen = db.session.execute(
        select(AccessLogEntry.on, AccessLogEntry.by, AccessLogEntry.about)
        .where(AccessLogEntry.about.in_(files), AccessLogEntry.by != subject.person.ref)
        .order_by(AccessLogEntry.at.desc(), AccessLogEntry.by)
    ).all()
    found = [
        (
            row.on,
            roles.of(_number(row.by), files[row.about].id),
            files[row.about].title or files[row.about].call.title.nl,
        )
        for row in seen
    ]
    return list(dict.fromkeys(found))


def _number(ref: str) -> int:
    kind, _colon, number = ref.partition(":")
    return int(number) if kind == "person" and number.isdigit() else 0


@dataclass(frozen=True)
class Roles:
    """The roles of people towards the person's applications: numbered reviewers, jury members, the team."""

    reviewers: dict[tuple[int, int], int]
    jury: frozenset[int]

    def of(self, person_id: int, application_id: int) -> str:
        """The role of this person towards this application, in the page's language."""
        if number := self.reviewers.get((application_id, person_id)):
            return role_label(REVIEWER, number)
        return role_label(JURY if person_id in self.jury else TEAM)


def roles_of(subject: Subject) -> Roles:
    """The roles of everybody involved in these applications."""
    assigned = db.session.execute(
        select(Assignment.application_id, Reviewer.person_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .where(Assignment.application_id.in_(subject.file_ids))
        .order_by(Assignment.application_id, Assignment.id)
    ).all()
    reviewers: dict[tuple[int, int], int] = {}
    for file, members in groupby(assigned, key=lambda row: row.application_id):
        reviewers |= {(file, row.person_id): number for number, row in enumerate(members, 1)}
    # Reviewers of the call keep that role here, also after they left or were suspended.
    calls = {one.call_id for one in subject.applications}
    readers_then = select(Reviewer.person_id).where(Reviewer.call_id.in_(calls))
    all_reviewers = select(RoleGrant.person_id).where(RoleGrant.role == Role.REVIEWER).union(readers_then)
    return Roles(reviewers, frozenset(db.session.scalars(all_reviewers)))


@dataclass(frozen=True)
class Judgement:
    """One reviewer's score and reason on one criterion."""

    application_id: int
    reviewer: str
    criterion: Bilingual
    score: int | None
    highest: int
    reason: str


def judgements(subject: Subject, roles: Roles) -> list[Judgement]:
    """Scores and reasons of finished reviews whose deliberation is over."""
    found = db.session.execute(
        select(Assignment.application_id, Reviewer.person_id, Criterion, CriterionScore.score, CriterionScore.reason)
        .join(Review, Review.assignment_id == Assignment.id)
        .join(CriterionScore, CriterionScore.review_id == Review.id)
        .join(Criterion, Criterion.id == CriterionScore.criterion_id)
        .join(Reviewer, Reviewer.id == Assignment.reviewer_id)
        .join(Application, Application.id == Assignment.application_id)
        .where(Application.id.in_(subject.file_ids), over(), Assignment.done_at.is_not(None))
        .order_by(Assignment.application_id, Assignment.id, Criterion.position, Criterion.id)
    )
    return [
        Judgement(
            row.application_id,
            roles.of(row.person_id, row.application_id),
            row.Criterion.title,
            row.score,
            row.Criterion.highest,
            row.reason,
        )
        for row in found
    ]


def over_ids(subject: Subject) -> set[int]:
    """The ids of the applications whose deliberation is over."""
    return set(db.session.scalars(select(Application.id).where(Application.id.in_(subject.file_ids), over())))


def for_the_person(
    thing: Any, source: PersonalDataSource, subject: Subject, roles: Roles, is_over: set[int]
) -> dict[str, Any]:
    """A row for the export: other people by their role, and nothing of an ongoing deliberation."""
    data, file = as_data(thing), _file_of(thing)
    for name in source.until_over:
        if file not in is_over:
            data[name] = ""
    for name in _people_columns(source.model):
        if data.get(name) not in (None, subject.person.id):
            data[name] = roles.of(data[name], file)
    if isinstance(thing, AccessLogEntry) and thing.by != subject.person.ref:
        data["by"] = roles.of(_number(thing.by), file)
    if isinstance(thing, Review):
        reviewer = thing.assignment.reviewer.person_id
        if reviewer != subject.person.id:
            data["assignment_id"] = roles.of(reviewer, file)
    return data


def _file_of(thing: Any) -> int:
    """The id of the application that a row is about; 0 for another thing."""
    if isinstance(thing, Application):
        return thing.id
    if isinstance(thing, Review):
        return thing.assignment.application_id
    if isinstance(thing, AccessLogEntry):
        kind, _colon, number = thing.about.partition(":")
        return int(number) if kind == "application" else 0
    return getattr(thing, "application_id", None) or 0


def _people_columns(model: type[Model]) -> list[str]:
    """The columns that refer to a person."""
    return [
        attribute.key
        for attribute in inspect(model).column_attrs
        for key in attribute.columns[0].foreign_keys
        if key.target_fullname == "person.id"
    ]
