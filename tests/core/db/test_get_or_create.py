"""A row that two transactions make at one moment is made once, and both go on with it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import actions as accounts
from app.accounts.models import Person, RoleGrant
from app.accounts.rules import Role
from app.applications.models import Application
from app.applications.rules.states import State
from app.casework import actions as casework
from app.casework.models import Tag, TaggedApplication
from app.conflicts import actions as conflicts
from app.conflicts.models import ConflictOfInterest
from app.conflicts.rules.status import ConflictStatus
from app.contact import actions as contact
from app.contact.models import Message
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import Bilingual
from app.form_builder import actions as form_builder
from app.form_builder import queries as drafts
from app.form_builder.models import QuestionnaireDraft
from app.interviews.actions import inviting, slots
from app.interviews.actions.common import choosing_address
from app.interviews.models import Interview, InterviewPlan
from app.mail.actions import wording, writing
from app.mail.models import OutgoingMail, Wording
from app.meetings import actions as meetings
from app.meetings import queries as agendas
from app.meetings.models import Absence, Item, Meeting, MeetingMember
from app.meetings.rules import Role as SeatRole
from app.programmes.models import Call
from app.reviewers.actions import people
from app.reviewers.models import ReadingPlan
from tests.builders import a_call, a_person, a_version, an_application, both
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.panels import a_slot
from tests.people import ELS, known
from tests.selection import a_conflict
from tests.twice import Paused, meet

Action = Callable[[], Any]
pytestmark = pytest.mark.only_on("postgresql")
START = "applications_public.start"


def a_person_to_know() -> Action:
    return lambda: accounts.get_or_create_person("two@example.be", name="Zoë", language="nl", at=clock.now()).id


def a_role() -> Action:
    number = a_person().id
    return lambda: accounts.grant(db.session.get_one(Person, number), Role.EDITOR, by="tests", at=clock.now())


def a_word(*, known_before: bool = False) -> Action:
    file, els = an_application(state=State.JURY).id, known(ELS).id
    if known_before:
        db.session.add(Tag(name="bakery"))
    return lambda: casework.tag(
        [db.session.get_one(Application, file)], "bakery", by=db.session.get_one(Person, els), at=clock.now()
    )


def a_word_on_a_file() -> Action:
    return a_word(known_before=True)


def a_declared_conflict() -> Action:
    file, els = an_application(state=State.JURY).id, known(ELS).id
    return lambda: conflicts.record_conflict(
        file, els, ConflictStatus.CONFIRMED, explanation="cousin", by=db.session.get_one(Person, els), at=clock.now()
    )


def a_jury() -> Meeting:
    call = a_call()
    return meetings.plan(call, clock.now(), place=both("", ""), quorum=1, minutes_each=5, by=known(ELS), at=clock.now())


def a_seat() -> Action:
    meeting, number, els = a_jury().id, a_person().id, known(ELS).id

    def seat() -> int:
        found, person = db.session.get_one(Meeting, meeting), db.session.get_one(Person, number)
        return meetings.add_member(
            found, person, SeatRole.MEMBER, by=db.session.get_one(Person, els), at=clock.now()
        ).id

    return seat


def an_item() -> Action:
    meeting = a_jury()
    file, number = an_application(call=db.session.get_one(Call, meeting.call_id), state=State.JURY).id, meeting.id
    return lambda: meetings.put_on(db.session.get_one(Meeting, number), [db.session.get_one(Application, file)])


def an_absence() -> Action:
    meeting, els = a_jury(), known(ELS)
    file = an_application(call=db.session.get_one(Call, meeting.call_id), state=State.JURY)
    meetings.put_on(meeting, [file])
    meetings.come_in(meeting, agendas.members_of(meeting.id)[0], at=clock.now())
    a_conflict(file, els)
    number, item = meeting.id, agendas.items(meeting.id)[0].id
    return lambda: meetings.all_left(
        db.session.get_one(Meeting, number),
        db.session.get_one(Item, item),
        by=db.session.get_one(Person, els.id),
        at=clock.now(),
    )


def a_letter() -> Action:
    return lambda: writing.queue(
        "sign_in_link",
        to_name="Zoë",
        to_email="two@example.be",
        language="nl",
        key="once",
        about="person:1",
        at=clock.now(),
        url="http://127.0.0.1/",
    )


def a_wording() -> Action:
    subject, body = both("Onderwerp", "Objet"), both("Dag {name}", "Bonjour {name}")
    return lambda: wording.reword("draft_ending", subject=subject, body=body, by="tests", by_id=None, at=clock.now())


def a_reading_plan() -> Action:
    call, els = a_call().id, known(ELS).id
    plan = people.Plan(readings=2, most_files=5, due_on=None, blind="open", wide_spread=2, band=1)
    return lambda: people.decide_plan(
        db.session.get_one(Call, call), plan, by=db.session.get_one(Person, els), at=clock.now()
    )


def an_interview_plan() -> Action:
    call, els = a_call().id, known(ELS).id
    return lambda: slots.decide_plan(
        db.session.get_one(Call, call), 24, by=db.session.get_one(Person, els), at=clock.now()
    )


def an_invitation() -> Action:
    application, els = an_application(state=State.IN_REVIEW), known(ELS).id
    a_slot(application.call)
    file = application.id
    return lambda: inviting.invite(
        [db.session.get_one(Application, file)],
        choose_by=clock.day_of(clock.now()),
        message=both(""),
        url_of=choosing_address,
        by=db.session.get_one(Person, els),
        at=clock.now(),
    )


def a_message() -> Action:
    known(ELS)
    return lambda: (
        contact.receive("form-1", name="Zoë", email="two@example.be", language="nl", text="Dag", at=clock.now()).id
    )


def a_draft_of_a_form() -> Action:
    key, els = a_version().questionnaire.key, known(ELS).id

    def write() -> str:
        found = drafts.working(key)
        try:
            form_builder.write(found, found.data, revision=0, by=db.session.get_one(Person, els), at=clock.now())
        except Conflict as refused:
            return str(refused.args[0])
        return ""

    return write


def a_stale_translation() -> Action:
    before, after = {"title": both("Oud", "Ancien")}, {"title": Bilingual("Nieuw", "Ancien")}
    return lambda: stale_translations.note("call:1", before, after, at=clock.now())


@pytest.mark.parametrize(
    ("row", "scene"),
    [
        (Person, a_person_to_know),
        (Tag, a_word),
        (TaggedApplication, a_word_on_a_file),
        (ConflictOfInterest, a_declared_conflict),
        (MeetingMember, a_seat),
        (Item, an_item),
        (Absence, an_absence),
        (OutgoingMail, a_letter),
        (Wording, a_wording),
        (ReadingPlan, a_reading_plan),
        (InterviewPlan, an_interview_plan),
        (Message, a_message),
        (QuestionnaireDraft, a_draft_of_a_form),
        (stale_translations.StaleTranslation, a_stale_translation),
    ],
    ids=lambda one: one.__name__,
)
def test_two_transactions_make_one_row(app: Flask, row: Any, scene: Callable[[], Action]) -> None:
    action = scene()
    before = db.session.scalar(select(func.count()).select_from(row)) or 0

    met = meet(app, row, action)

    assert db.session.scalar(select(func.count()).select_from(row)) == before + 1
    if scene in (a_person_to_know, a_seat, a_message):
        assert met.first == met.second
    if scene is a_draft_of_a_form:
        assert (met.first, met.second) == ("", "stale")
    assert audit_trail.broken_links() == []


def test_two_first_starts_by_one_address(app: Flask, mailbox: Mailbox) -> None:
    slug = a_call().programme.slug["nl"]
    typed = {"name": "Zoë", "email": "two@example.be", "language": "nl"}
    browsers = PageClient(app), PageClient(app)

    def start(browser: PageClient) -> int:
        return browser.post(START, typed, slug=slug, status=303).status

    met = meet(app, Person, lambda: start(browsers[0]), lambda: start(browsers[1]))

    assert (met.first, met.second) == (303, 303)
    assert db.session.scalars(select(Person.email)).all() == ["two@example.be"]
    assert len(db.session.scalars(select(Application.id)).all()) == 2
    assert mailbox.kinds == ["application_started", "application_started_again"]


@pytest.mark.parametrize(
    ("row", "scene"), [(RoleGrant, a_role), (Interview, an_invitation)], ids=lambda one: one.__name__
)
def test_the_second_waits_for_the_lock_on_what_the_row_is_about(
    app: Flask, row: Any, scene: Callable[[], Action]
) -> None:
    """The person, or the application, is locked before anything is read: there is nothing left to meet."""
    action = scene()

    with pytest.raises(Paused):
        meet(app, row, action)
