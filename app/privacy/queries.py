"""Every table with personal data: one list for viewing, export and erasure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, inspect, or_, select

from app.accounts.models import Person, RoleGrant, SignIn, SignInLink
from app.accounts.rules import Role
from app.applications.models import (
    Application,
    ApplicationMessage,
    Attachment,
    FormMove,
    Member,
    Move,
    SectionSave,
    Submission,
    UnsavedText,
)
from app.applications.queries.around import own_deadline
from app.applications.rules.showing import pdf_digest
from app.applications.rules.states import State
from app.casework.models import Note, SavedView, TaggedApplication
from app.conflicts.models import ConflictOfInterest
from app.consents.models import Consent
from app.consents.queries import consents_of, is_active
from app.consents.rules import KEEP, PURPOSE_NAMES
from app.contact.models import Message
from app.core import clock
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import Model, db
from app.core.i18n.bilingual import Bilingual
from app.core.search.search_index import TeamEntry
from app.core.text.unsent_texts import UnsentText
from app.decisions.models import Advice, Decision, Feedback
from app.events.models import Registration
from app.interviews.models import CalledOff, Interview, Interviewer
from app.mail.models import OutgoingMail
from app.meetings.models import Absence, Item, MeetingMember, RemovedMember
from app.privacy.rules import ENDED, JURY, REVIEWER, TEAM, WARNED_BEFORE, Retention, period, role_label
from app.programmes.models import Call, CallStep, Criterion, LateCode
from app.review.models import Comment, CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer

SECRET = {"sealed", "token_hash", "code_hash", "questionnaire_version_id", "digest"}
MOST_AT_ONCE = 50


@dataclass(frozen=True)
class Subject:
    """The person and their applications."""

    person: Person
    applications: list[Application]

    @property
    def file_ids(self) -> list[int]:
        """The ids of the applications."""
        return [one.id for one in self.applications]

    @property
    def refs(self) -> list[str]:
        """The references of the person and the applications in letters, access log and audit trail."""
        return [self.person.ref, *(one.ref for one in self.applications)]


Where = Callable[[Subject], ColumnElement[bool]]


@dataclass(frozen=True)
class PersonalDataSource:
    """One kind of personal data. `name`: its key in the export.

    `until_over`: columns of the deliberation, empty for the person until it is over.
    """

    name: str
    model: type[Model]
    where: Where
    until_over: frozenset[str] = frozenset()


def _of_files(model: Any) -> Where:
    return lambda subject: model.application_id.in_(subject.file_ids)


def over() -> ColumnElement[bool]:
    """Condition: the deliberation on the application is over, because the decision is published or it ended without
    one.
    """
    published = select(Decision.application_id).where(Decision.published_at.is_not(None))
    return or_(Application.id.in_(published), Application.state.in_(ENDED))


def _once_over(model: Any) -> Where:
    """Judgements about their applications, readable once the deliberation is over (CJEU C-434/16, Nowak)."""
    return lambda who: model.application_id.in_(select(Application.id).where(Application.id.in_(who.file_ids), over()))


def _of_interviews(who: Subject) -> ColumnElement[bool]:
    """Cancelled appointments of their applications and as interviewer."""
    theirs = select(Interview.id).where(Interview.application_id.in_(who.file_ids))
    return or_(CalledOff.interview_id.in_(theirs), CalledOff.person_id == who.person.id)


def _as_reviewer(who: Subject) -> Select[int]:
    return select(Reviewer.id).where(Reviewer.person_id == who.person.id)


def _readings(who: Subject) -> Select[int]:
    """Reviews by the person, and those of their own applications once the deliberation is over."""
    return select(Assignment.id).where(or_(Assignment.reviewer_id.in_(_as_reviewer(who)), _once_over(Assignment)(who)))


def _reviews(who: Subject) -> Select[int]:
    return select(Review.id).where(Review.assignment_id.in_(_readings(who)))


PERSONAL_DATA_SOURCES = [
    PersonalDataSource("roles", RoleGrant, lambda who: RoleGrant.person_id == who.person.id),
    PersonalDataSource("sign_in_links", SignInLink, lambda who: SignInLink.person_id == who.person.id),
    PersonalDataSource("sign_ins", SignIn, lambda who: SignIn.person_id == who.person.id),
    PersonalDataSource("applications", Application, lambda who: Application.id.in_(who.file_ids)),
    PersonalDataSource("saves", SectionSave, _of_files(SectionSave)),
    PersonalDataSource("unsaved_texts", UnsavedText, _of_files(UnsavedText)),
    PersonalDataSource("unsent_texts", UnsentText, lambda who: UnsentText.person_id == who.person.id),
    PersonalDataSource("submissions", Submission, _of_files(Submission)),
    PersonalDataSource("attachments", Attachment, _of_files(Attachment)),
    PersonalDataSource("form_moves", FormMove, _of_files(FormMove)),
    PersonalDataSource("moves", Move, _of_files(Move)),
    PersonalDataSource(
        "messages_in_files",
        ApplicationMessage,
        lambda who: or_(ApplicationMessage.application_id.in_(who.file_ids), ApplicationMessage.by_id == who.person.id),
    ),
    PersonalDataSource(
        "memberships",
        Member,
        lambda who: or_(Member.application_id.in_(who.file_ids), Member.person_id == who.person.id),
    ),
    PersonalDataSource(
        "decisions",
        Decision,
        lambda who: Decision.application_id.in_(who.file_ids) & Decision.published_at.is_not(None),
    ),
    PersonalDataSource("notes", Note, _once_over(Note)),
    PersonalDataSource("words_found_by", TeamEntry, _of_files(TeamEntry)),
    PersonalDataSource("tags", TaggedApplication, _once_over(TaggedApplication)),
    PersonalDataSource("advice", Advice, _once_over(Advice)),
    PersonalDataSource("feedback", Feedback, _once_over(Feedback)),
    PersonalDataSource("readings", Assignment, lambda who: Assignment.reviewer_id.in_(_as_reviewer(who))),
    PersonalDataSource("reviews", Review, lambda who: Review.assignment_id.in_(_readings(who))),
    PersonalDataSource("marks", CriterionScore, lambda who: CriterionScore.review_id.in_(_reviews(who))),
    PersonalDataSource("remarks", Comment, lambda who: or_(Comment.by_id == who.person.id, _once_over(Comment)(who))),
    PersonalDataSource("interviews", Interview, _of_files(Interview), frozenset({"notes"})),
    PersonalDataSource("interviews_off", CalledOff, _of_interviews),
    PersonalDataSource("interviewer", Interviewer, lambda who: Interviewer.person_id == who.person.id),
    PersonalDataSource("jury_items", Item, _once_over(Item)),
    PersonalDataSource("jury_seats", MeetingMember, lambda who: MeetingMember.person_id == who.person.id),
    PersonalDataSource("jury_seats_lost", RemovedMember, lambda who: RemovedMember.person_id == who.person.id),
    PersonalDataSource("jury_absences", Absence, lambda who: Absence.person_id == who.person.id),
    PersonalDataSource("reader", Reviewer, lambda who: Reviewer.person_id == who.person.id),
    PersonalDataSource("conflicts", ConflictOfInterest, lambda who: ConflictOfInterest.person_id == who.person.id),
    PersonalDataSource("saved_views", SavedView, lambda who: SavedView.person_id == who.person.id),
    PersonalDataSource(
        "consents",
        Consent,
        lambda who: or_(Consent.person_id == who.person.id, Consent.application_id.in_(who.file_ids)),
    ),
    PersonalDataSource("registrations", Registration, lambda who: Registration.email == who.person.email),
    PersonalDataSource("messages", Message, lambda who: Message.email == who.person.email),
    PersonalDataSource("letters", OutgoingMail, lambda who: OutgoingMail.to_email == who.person.email),
    PersonalDataSource("late_codes", LateCode, lambda who: LateCode.email == who.person.email),
    PersonalDataSource(
        "looks",
        AccessLogEntry,
        lambda who: or_(AccessLogEntry.about.in_(who.refs), AccessLogEntry.by == who.person.ref),
    ),
]


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


def subject_of(person: Person) -> Subject:
    """The person with all of their applications, rehearsals included."""
    wanted = select(Application).where(Application.person_id == person.id).order_by(Application.id)
    return Subject(person, list(db.session.scalars(wanted)))


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


def rows(subject: Subject, source: PersonalDataSource) -> list[Any]:
    """The rows of one kind, oldest first."""
    keys = inspect(source.model).primary_key
    return list(db.session.scalars(select(source.model).where(source.where(subject)).order_by(*keys)))


def as_data(thing: Model) -> dict[str, Any]:
    """Every column of a row as JSON values, except secrets."""
    found: dict[str, Any] = {}
    for column in inspect(thing.__class__).column_attrs:  # also for a proxy
        if column.key not in SECRET:
            value = getattr(thing, column.key)
            found[column.key] = value.isoformat() if isinstance(value, date) else value
    return found


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


def written_by(person: Person) -> list[str]:
    """The reference of the letters that forward a person's contact messages to colleagues."""
    return [f"message:{one}" for one in db.session.scalars(select(Message.id).where(Message.email == person.email))]


def drafts_to_warn(at: datetime) -> list[Application]:
    """Drafts that will be deleted soon and whose applicant was not warned."""
    soon = at + WARNED_BEFORE
    unwarned = Application.warned_at.is_(None)
    return [*_old_drafts(soon, unwarned, rolling=False), *_old_drafts(soon, unwarned, rolling=True)]


def drafts_to_delete(at: datetime, *, rolling: bool) -> list[Application]:
    """Drafts past their period whose applicant was warned in time; of calls with or without a deadline."""
    return _old_drafts(at, Application.warned_at <= at - WARNED_BEFORE, rolling=rolling)


def _old_drafts(at: datetime, *more: ColumnElement[bool], rolling: bool) -> list[Application]:
    if rolling:
        old = Call.closes_at.is_(None) & (Application.saved_at <= period("rolling_drafts").before(at))
    else:
        before = period("drafts").before(at)
        old = (own_deadline() <= before) & (Application.saved_at <= before)
    wanted = select(Application).join(Application.call).where(Application.state == State.DRAFT, old, *more)
    return list(db.session.scalars(wanted.order_by(Application.id).limit(MOST_AT_ONCE)))


def settled_long_ago(row: Retention, at: datetime) -> list[Application]:
    """Applications of this row past their period, without a consent to keep them."""
    assert row.period is not None
    before = row.period.before(at)
    moved = select(func.max(Move.at)).where(Move.application_id == Application.id).scalar_subquery()
    kept = select(Consent.application_id).where(
        Consent.application_id == Application.id, Consent.purpose == KEEP, is_active(at)
    )
    wanted = select(Application).where(
        Application.state.in_(row.states), moved <= before, Application.emptied_at.is_(None), ~kept.exists()
    )
    if State.RESERVE in row.states:
        ahead = select(CallStep.id).where(CallStep.call_id == Application.call_id, CallStep.on > clock.day_of(before))
        wanted = wanted.where(~ahead.exists())
    return list(db.session.scalars(wanted.order_by(Application.id).limit(MOST_AT_ONCE)))


def people_without_traces(before: datetime) -> list[Person]:
    """Inactive people of whom nothing but name and address is stored."""
    traces = (
        exists().where(RoleGrant.person_id == Person.id),
        exists().where(
            SignIn.person_id == Person.id,
            SignIn.ended_at.is_(None) | (SignIn.ended_at > before),
            SignIn.ends_at > before,
        ),
        exists().where(SignInLink.person_id == Person.id),
        exists().where(Application.person_id == Person.id, Application.emptied_at.is_(None)),
        exists().where(Member.person_id == Person.id),
        exists().where(Consent.person_id == Person.id),
        exists().where(Reviewer.person_id == Person.id),
        exists().where(MeetingMember.person_id == Person.id),
        exists().where(Interviewer.person_id == Person.id),
    )
    wanted = select(Person).where(Person.name != "", Person.created_at <= before, *(~one for one in traces))
    return list(db.session.scalars(wanted.order_by(Person.id).limit(MOST_AT_ONCE)))


def digests_of(applications: Iterable[Application]) -> set[str]:
    """The files ever sent for these applications, and the PDFs made of them."""
    ids = [one.id for one in applications]
    sent = select(Attachment.digest).where(Attachment.application_id.in_(ids))
    made = select(Submission.id, Application.key).join(Application).where(Application.id.in_(ids))
    return set(db.session.scalars(sent)) | {pdf_digest(*row) for row in db.session.execute(made)}
