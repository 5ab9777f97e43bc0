"""Every table with personal data: one list for viewing, export and erasure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, inspect, or_, select

from app.accounts.models import Person, RoleGrant, SignIn, SignInLink
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
from app.casework.models import Note, SavedView, TaggedApplication
from app.conflicts.models import ConflictOfInterest
from app.consents.models import Consent
from app.contact.models import Message
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import Model, db
from app.core.search.search_index import TeamEntry
from app.core.text.unsent_texts import UnsentText
from app.decisions.models import Advice, Decision, Feedback
from app.events.models import AccessNeeds, Registration
from app.interviews.models import CalledOff, Interview, Interviewer
from app.mail.models import OutgoingMail
from app.meetings.models import Absence, Item, MeetingMember, RemovedMember
from app.privacy.rules import ENDED
from app.programmes.models import LateCode
from app.review.models import Comment, CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer
from app.subscriptions.models import CallNotice, Subscription, SubscriptionLink, SubscriptionRequest, SubscriptionTopic

SECRET = {"sealed", "token_hash", "code_hash", "copy_hash", "questionnaire_version_id", "digest"}


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


def _of_subscriptions(model: Any) -> Where:
    return lambda who: model.subscription_id.in_(select(Subscription.id).where(Subscription.email == who.person.email))


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


def _of_registrations(who: Subject) -> ColumnElement[bool]:
    theirs = select(Registration.id).where(Registration.email == who.person.email)
    return AccessNeeds.registration_id.in_(theirs)


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
    PersonalDataSource("subscriptions", Subscription, lambda who: Subscription.email == who.person.email),
    PersonalDataSource("subscription_topics", SubscriptionTopic, _of_subscriptions(SubscriptionTopic)),
    PersonalDataSource("subscription_links", SubscriptionLink, _of_subscriptions(SubscriptionLink)),
    PersonalDataSource("call_notices", CallNotice, _of_subscriptions(CallNotice)),
    PersonalDataSource(
        "subscription_requests", SubscriptionRequest, lambda who: SubscriptionRequest.email == who.person.email
    ),
    PersonalDataSource("registrations", Registration, lambda who: Registration.email == who.person.email),
    PersonalDataSource("access_needs", AccessNeeds, _of_registrations),
    PersonalDataSource("messages", Message, lambda who: Message.email == who.person.email),
    PersonalDataSource("letters", OutgoingMail, lambda who: OutgoingMail.to_email == who.person.email),
    PersonalDataSource("late_codes", LateCode, lambda who: LateCode.email == who.person.email),
    PersonalDataSource(
        "looks",
        AccessLogEntry,
        lambda who: or_(AccessLogEntry.about.in_(who.refs), AccessLogEntry.by == who.person.ref),
    ),
]


def subject_of(person: Person) -> Subject:
    """The person with all of their applications, rehearsals included."""
    wanted = select(Application).where(Application.person_id == person.id).order_by(Application.id)
    return Subject(person, list(db.session.scalars(wanted)))


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


def written_by(person: Person) -> list[str]:
    """The reference of the letters that forward a person's contact messages to colleagues."""
    return [f"message:{one}" for one in db.session.scalars(select(Message.id).where(Message.email == person.email))]
