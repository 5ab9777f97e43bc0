"""Every action that reads a state and then writes, on two connections of PostgreSQL, step by step and without threads.

One connection has read its rows, another one changes them and commits, then the first one acts. It must judge what is
there now: before, a bulk step made an application admissible that had been withdrawn meanwhile. The change comes at
three moments: before the action begins, before its first lock, and before its first write. The last test takes the
locks away: an entry that still passes shows nothing.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError

from app.accounts import actions as accounts
from app.accounts.models import Person, SignIn
from app.accounts.rules import Role
from app.applications.access import access_to_submit, application_access, handed_in_application
from app.applications.actions import handing_in, withdrawing, writing
from app.applications.models import Application
from app.applications.queries.files import sections_of
from app.applications.rules.states import State
from app.applications.rules.team import Right
from app.casework import actions as casework
from app.casework.models import Tag, TaggedApplication
from app.conflicts import actions as conflicts
from app.conflicts.rules.status import ConflictSignal, ConflictStatus
from app.consents import actions as consents
from app.consents.models import Consent
from app.contact import actions as contact
from app.content import actions as content
from app.content.models import Page
from app.core import clock
from app.core.audit import audit_trail
from app.core.audit.audit_trail import AuditEntry
from app.core.db import base
from app.core.db.base import db
from app.core.errors import Conflict, NotFound
from app.decisions.actions import announcing as announcing_actions
from app.decisions.actions import deciding, places
from app.decisions.actions import letters as letters_actions
from app.decisions.models import Decision, PendingCorrection
from app.decisions.queries import announcing as announcing_queries
from app.events import actions as events
from app.events.models import Event, Registration
from app.interviews.actions import choosing, inviting, leaving, slots
from app.interviews.actions import common as common_actions
from app.interviews.models import Interview, Slot
from app.mail.models import OutgoingMail
from app.meetings import actions as meetings
from app.meetings import queries as meeting_queries
from app.meetings.models import Meeting
from app.privacy.actions import retention, rights
from app.programmes.actions import calls, judging, late, programmes
from app.programmes.models import Call, LateCode, Programme
from app.review.access import assigned_file
from app.review.models import Review
from app.reviewers.actions import assigning, declaring, notifying, people
from app.reviewers.models import Assignment, Reviewer
from app.subscriptions import actions as subscriptions
from app.subscriptions.models import CallNotice, Subscription, SubscriptionRequest
from tests import databases
from tests.builders import a_call, a_criterion, a_page, a_person, a_programme, a_version, an_application, an_event, both
from tests.contact.test_messages import a_message
from tests.deciding import a_published_decision, before_the_jury, next_working_day, take
from tests.decisions.test_agreed import minuted
from tests.interviews.scene import invited, met
from tests.panels import a_slot
from tests.people import ELS, GRETA, known
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment
from tests.subscriptions.scenes import a_request, a_subscription

pytestmark = pytest.mark.only_on("postgresql")
URL = "http://127.0.0.1/"
Act = Callable[..., Any]


@dataclass(frozen=True)
class Race:
    """An action, what another connection does before it, and the rows whose state the action judges.

    `refused`: it raises Conflict. Otherwise `after` gives the same value after the change alone and after both.
    """

    act: Act
    change: Act
    judged: list[Any]
    refused: bool = True
    after: Callable[[], Any] = lambda: None
    given: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        """The rows that both connections load; those that are judged where nothing else is said."""
        if not self.given:
            self.given.extend(self.judged)


def url_of(_thing: Any) -> str:
    return URL


def els() -> Person:
    return known(ELS)


def withdraw(application: Application, *_rest: Any) -> None:
    handing_in.withdraw(application, by=application.person, at=clock.now())


def lines(action: str) -> Callable[[], int]:
    """How many lines of this deed stand in the audit trail."""
    return lambda: db.session.scalar(select(func.count()).where(AuditEntry.action == action)) or 0


RACES: dict[str, Callable[[], Race]] = {}


def race(make: Callable[[], Race]) -> Callable[[], Race]:
    RACES[make.__name__] = make
    return make


# Applications and casework.


@race
def step_of_one_file() -> Race:
    def act(file: Application) -> None:
        casework.move(file, State.ELIGIBLE, message="", until=None, by=els(), url=URL, at=clock.now())

    return Race(act, withdraw, [an_application(submitted=True)])


@race
def step_of_several_files() -> Race:
    def act(*files: Application) -> None:
        casework.move_together(list(files), State.ELIGIBLE, by=els(), url_of=url_of, at=clock.now())

    call = a_call()
    return Race(act, withdraw, [an_application(call=call, submitted=True) for _number in range(2)])


@race
def withdrawal() -> Race:
    return Race(withdraw, withdraw, [an_application(submitted=True)])


def signed_in_owner() -> tuple[Application, SignIn]:
    file = an_application()
    _token, sign_in = accounts.start_session(file.person, confirmed=True, at=clock.now())
    return file, sign_in


@race
def any_page_of_an_applicant_that_writes() -> Race:
    def act(file: Application, sign_in: SignIn) -> None:
        if application_access(file.key, sign_in, Right.WRITE).application.state == State.WITHDRAWN:
            raise Conflict("withdrawn")

    file, sign_in = signed_in_owner()
    return Race(act, withdraw, [file], given=[file, sign_in])


@race
def section_of_a_draft() -> Race:
    def act(file: Application, sign_in: SignIn) -> None:
        found = application_access(file.key, sign_in, Right.WRITE).application
        name, saved = next(iter(sections_of(found.id).items()))
        writing.save_section(found, name, {}, revision=saved.revision, by=found.person, at=clock.now())

    file, sign_in = signed_in_owner()
    return Race(act, withdraw, [file], given=[file, sign_in])


@race
def application_handed_in() -> Race:
    def act(file: Application, sign_in: SignIn) -> None:
        found = access_to_submit(file.key, sign_in).application
        handing_in.submit(found, {}, by=found.person, url=URL, at=clock.now())

    file, sign_in = signed_in_owner()
    return Race(act, withdraw, [file], given=[file, sign_in])


@race
def any_page_of_the_team_that_writes() -> Race:
    def act(file: Application) -> None:
        found = handed_in_application(file.key)
        if found.state == State.WITHDRAWN:
            raise Conflict("withdrawn")

    return Race(act, withdraw, [an_application(submitted=True)])


@race
def tag_that_goes_with_its_last_file() -> Race:
    first, second = an_application(submitted=True), an_application(submitted=True)
    casework.tag([first], "trio", by=els(), at=clock.now())
    tag = db.session.scalars(select(TaggedApplication)).one()

    def untag(hanging: TaggedApplication, *_rest: Any) -> None:
        file = db.session.get_one(Application, hanging.application_id)
        casework.untag([file], hanging.tag_id, by=els(), at=clock.now())

    def names() -> set[str]:
        return set(db.session.scalars(select(Tag.name))) - {"trio"}

    def act(_hanging: Any, other: Application) -> None:
        casework.tag([other], "trio", by=els(), at=clock.now())

    return Race(act, untag, [], refused=False, after=names, given=[tag, second])


# Readers, reviews and conflicts.


def a_reading(*, done: bool = False, begun: bool = False) -> tuple[Call, Application, Reviewer, Assignment]:
    call, chloe = a_call(), a_person("Chloé")
    accounts.grant(chloe, Role.REVIEWER, by="tests", at=clock.now())
    file = an_application(call=call, state=State.ELIGIBLE)
    reviewer = a_reviewer(call, chloe)
    if begun:
        a_review(file, chloe, {}, done=done)
    return (
        call,
        file,
        reviewer,
        an_assignment(file, chloe) if not begun else db.session.scalars(select(Assignment)).one(),
    )


def let_go(reviewer: Reviewer, *_rest: Any) -> None:
    people.remove_reviewer(reviewer, by=els().ref, at=clock.now())


@race
def reviewer_who_leaves() -> Race:
    _call, _file, reviewer, _row = a_reading(begun=True)
    return Race(let_go, let_go, [reviewer])


@race
def new_link_for_a_reviewer() -> Race:
    call, _file, reviewer, _row = a_reading(begun=True)
    number = call.id

    def act(one: Reviewer) -> None:
        people.invite_again(one, db.session.get_one(Call, number), by=els(), at=clock.now())

    return Race(act, let_go, [reviewer])


@race
def declaration_of_a_reviewer() -> Race:
    _call, _file, reviewer, _row = a_reading(begun=True)
    return Race(lambda one: declaring.declare(one, {}, by=one.person, at=clock.now()), let_go, [reviewer])


@race
def file_for_a_reviewer_who_left() -> Race:
    call, _file, reviewer, _row = a_reading(begun=True)
    other = an_application(call=call, state=State.ELIGIBLE)

    def given() -> int:
        return db.session.scalar(select(func.count()).where(Assignment.application_id == other.id)) or 0

    def give(one: Reviewer, file: Application) -> None:
        assigning.give([file], [one], by=els(), at=clock.now())

    return Race(give, let_go, [reviewer], refused=False, after=given, given=[reviewer, other])


@race
def reading_that_was_begun_meanwhile() -> Race:
    _call, file, _reader, row = a_reading()

    def begin(one: Assignment, _file: Application) -> None:
        at = clock.now()
        one.begun_at = at
        db.session.add(Review(assignment=one, submission_number=1, saved_at=at, criterion_scores=[]))

    def kept() -> int:
        return db.session.scalar(select(func.count()).select_from(Assignment)) or 0

    return Race(
        lambda _row, one: assigning.choose(one, [], by=els(), at=clock.now()),
        begin,
        [row],
        refused=False,
        after=kept,
        given=[row, file],
    )


@race
def letters_to_readers() -> Race:
    call, file, _reader, _row = a_reading()
    number = call.id
    return Race(
        lambda _one: notifying.notify_reviewers(db.session.get_one(Call, number), by=els(), at=clock.now()),
        withdraw,
        [file],
        refused=False,
        after=lambda: db.session.get_one(Application, file.id, populate_existing=True).state,
    )


@race
def review_of_a_file() -> Race:
    _call, file, reviewer, row = a_reading()
    who = reviewer.person_id

    def act(one: Application, _row: Assignment) -> None:
        assigned_file(one.key, db.session.get_one(Person, who))

    def change(one: Application, _row: Assignment) -> None:
        withdraw(one)

    return Race(_conflict_when_missing(act), change, [file, row])


def _conflict_when_missing(act: Act) -> Act:
    def wrapped(*rows: Any) -> None:
        try:
            act(*rows)
        except NotFound as missing:
            raise Conflict("missing") from missing

    return wrapped


@race
def conflict_of_interest() -> Race:
    file, person = an_application(submitted=True), a_person("Daan")
    row = a_conflict(file, person, status=ConflictStatus.PROPOSED)

    def say(one: Any) -> None:
        conflicts.record_conflict(
            one.application_id,
            one.person_id,
            ConflictStatus.CONFIRMED,
            signal=ConflictSignal.DECLARED,
            explanation="x",
            by=els(),
            at=clock.now(),
        )

    return Race(say, say, [row], refused=False, after=lines("conflict.confirmed"))


# Decisions and places.


@race
def decision_in_private() -> Race:
    return Race(lambda file: take(file, State.DECLINED, by=els()), withdraw, [before_the_jury()])


@race
def decisions_in_the_table() -> Race:
    def act(*files: Application) -> None:
        deciding.record_decisions([deciding.Line(one, "declined", None, "") for one in files], by=els(), at=clock.now())

    call = a_call(open=False)
    return Race(act, withdraw, [before_the_jury(call=call) for _number in range(2)])


@race
def decisions_in_the_table_of_two_colleagues() -> Race:
    def act(*files: Application) -> None:
        deciding.record_decisions([deciding.Line(one, "declined", None, "") for one in files], by=els(), at=clock.now())

    return Race(act, act, [before_the_jury()])


@race
def decision_left_open() -> Race:
    file = before_the_jury()
    take(file, State.DECLINED)
    return Race(lambda one: deciding.leave_open(one, by=els(), at=clock.now()), withdraw, [file])


@race
def advice_to_the_jury() -> Race:
    return Race(
        lambda one: deciding.advise(one, State.ACCEPTED, "x", by=els(), at=clock.now()), withdraw, [before_the_jury()]
    )


@race
def feedback_text() -> Race:
    file = before_the_jury()
    number = a_criterion(file.call).id
    return Race(lambda one: deciding.write_feedback(one, number, "x", by=els(), at=clock.now()), withdraw, [file])


def decided(outcome: State = State.ACCEPTED) -> tuple[Application, Decision]:
    file = before_the_jury()
    return file, take(file, outcome)


def announce(_file: Application, decision: Decision) -> None:
    announcing_actions.announce([decision], answer_by=next_working_day(14), by=els(), url_of=url_of, at=clock.now())


@race
def decision_announced() -> Race:
    return Race(announce, withdraw, list(decided()))


@race
def decision_announced_twice() -> Race:
    return Race(announce, announce, list(decided()))


def published_one(outcome: State, *, rank: int | None = None, call: Call | None = None) -> list[Any]:
    file = a_published_decision(outcome, rank=rank, call=call)
    decision = announcing_queries.decision_of(file.id)
    return [file, decision]


def answer(_file: Application, decision: Decision) -> None:
    places.answer(
        decision,
        State.CONFIRMED,
        reason="",
        by=decision.application.person,
        url=URL,
        today=clock.day_of(clock.now()),
        at=clock.now(),
    )


def give_up(_file: Application, decision: Decision) -> None:
    places.answer(
        decision,
        State.DECLINED_BY_TEAM,
        reason="",
        by=decision.application.person,
        url=URL,
        today=clock.day_of(clock.now()),
        at=clock.now(),
    )


def promote(_file: Application, decision: Decision) -> None:
    places.promote(decision, answer_by=next_working_day(7), by=els(), url=URL, at=clock.now())


@race
def place_taken() -> Race:
    return Race(answer, give_up, published_one(State.ACCEPTED))


@race
def more_time_for_a_place() -> Race:
    def extend(_file: Application, decision: Decision) -> None:
        places.extend(decision, next_working_day(30), by=els(), url=URL, at=clock.now())

    return Race(extend, answer, published_one(State.ACCEPTED))


@race
def place_taken_back() -> Race:
    """Their last day went by, and at the last moment they got more time."""
    file, decision = published_one(State.ACCEPTED)
    decision.answer_by = clock.day_of(clock.now()) - timedelta(days=1)

    def act(_file: Application, one: Decision) -> None:
        places.take_back(one, "x", by=els(), url=URL, today=clock.day_of(clock.now()), at=clock.now())

    def extend(_file: Application, one: Decision) -> None:
        places.extend(one, next_working_day(30), by=els(), url=URL, at=clock.now())

    return Race(act, extend, [file, decision])


@race
def place_offered_to_the_reserve() -> Race:
    return Race(promote, promote, published_one(State.RESERVE, rank=1))


@race
def reserve_list_closed() -> Race:
    """Who was offered a place meanwhile was declined by whoever closed the list."""

    def close(_file: Application, decision: Decision) -> None:
        places.close_reserve([decision], batch="b", by=els(), url_of=url_of, at=clock.now())

    return Race(close, promote, published_one(State.RESERVE, rank=1))


def a_correction() -> announcing_actions.Correction:
    words = letters_actions.Words(State.DECLINED, None, "Een heel andere reden dan de vorige keer.", None)
    return announcing_actions.Correction(words, {}, "Verkeerd overgenomen.")


@race
def correction_of_a_decision() -> Race:
    def correct(_file: Application, decision: Decision) -> None:
        announcing_actions.correct(decision, a_correction(), by=els(), url=URL, at=clock.now())

    return Race(correct, answer, published_one(State.ACCEPTED))


@race
def correction_proposed() -> Race:
    def propose(_file: Application, decision: Decision) -> None:
        announcing_actions.propose_correction(decision, a_correction(), by=els(), at=clock.now())

    return Race(propose, answer, published_one(State.ACCEPTED))


def a_proposed_correction() -> list[Any]:
    """(application, decision, pending correction), proposed by Els."""
    file, decision = published_one(State.ACCEPTED)
    announcing_actions.propose_correction(decision, a_correction(), by=els(), at=clock.now())
    return [file, decision, db.session.get_one(PendingCorrection, file.id)]


def withdraw_correction(file: Application, _decision: Decision, pending: PendingCorrection) -> None:
    announcing_actions.withdraw_correction(pending, file, by=els(), at=clock.now())


def confirm_correction(_file: Application, decision: Decision, pending: PendingCorrection) -> None:
    mark = pending.at.isoformat()
    announcing_actions.confirm_correction(decision, pending, mark=mark, by=known(GRETA), url=URL, at=clock.now())


@race
def correction_confirmed() -> Race:
    return Race(confirm_correction, withdraw_correction, a_proposed_correction())


@race
def correction_withdrawn() -> Race:
    file, decision, pending = a_proposed_correction()
    return Race(withdraw_correction, confirm_correction, [file], given=[file, decision, pending])


@race
def deviation_confirmed() -> Race:
    """The reason of the difference was written anew after the second colleague had read it."""
    file = before_the_jury()
    minuted(file, clock=clock.now)

    def deviate(one: Application, _decision: Decision, why: str = "Een nieuwe reden, na de vergadering.") -> None:
        reason = "De concurrentie was groot en de begroting mist nog een onderbouwing."
        at = clock.now() + timedelta(minutes=len(why))
        deciding.record_decision(one, State.DECLINED, reason=reason, rank=None, why=why, by=els(), at=at)

    decision = announcing_queries.decision_of(file.id)
    assert decision is not None
    deviate(file, decision, "De ploeg trok haar partner terug.")
    mark = deciding.present_mark(file)

    def act(one: Application, _decision: Decision) -> None:
        deciding.confirm_deviation(one, mark=mark, by=known(GRETA), at=clock.now())

    return Race(act, deviate, [file, decision])


@race
def reminder_of_a_place() -> Race:
    rows = published_one(State.ACCEPTED)
    rows[1].answer_by = clock.day_of(clock.now()) + timedelta(days=1)

    def remind(*_rows: Any) -> None:
        places.remind(today=clock.day_of(clock.now()), url_of=url_of, at=clock.now())

    def letters() -> Any:
        return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "place_reminder"))

    return Race(remind, answer, rows[:1], refused=False, after=letters, given=rows)


# Interviews.


@race
def interview_invitation() -> Race:
    file = an_application(state=State.ELIGIBLE)
    a_slot(file.call)

    def act(one: Application) -> None:
        day = next_working_day(9)
        inviting.invite([one], choose_by=day, message=both(""), url_of=url_of, by=els(), at=clock.now())

    return Race(act, withdraw, [file])


@race
def interview_chosen() -> Race:
    file, interview = invited()
    key = a_slot(file.call).key

    def act(one: Application, mine: Interview) -> None:
        choosing.choose(mine, one, key, url_of=url_of, by=one.person, at=clock.now())

    return Race(act, withdraw, [file], given=[file, interview])


@race
def interview_given_by_the_team() -> Race:
    file, interview = invited()
    key = a_slot(file.call).key

    def act(one: Application, mine: Interview) -> None:
        choosing.move_to(mine, one, key, url_of=url_of, by=els(), at=clock.now())

    return Race(act, withdraw, [file], given=[file, interview])


@race
def interview_cancelled() -> Race:
    file, interview, _slot = met()

    def act(one: Application, mine: Interview) -> None:
        choosing.cancel(mine, one, url_of=url_of, by=one.person, at=clock.now())

    return Race(act, act, [file], given=[file, interview])


@race
def interview_freed() -> Race:
    file, interview, _slot = met()

    def act(one: Application, mine: Interview) -> None:
        choosing.free(mine, one, reason="", url_of=url_of, by=els(), at=clock.now())

    return Race(act, act, [file], given=[file, interview])


@race
def interview_called_off_while_the_file_goes_to_the_jury() -> Race:
    file, interview, _slot = met()

    def act(one: Application, mine: Interview) -> None:
        choosing.free(mine, one, reason="", url_of=url_of, by=els(), at=clock.now())

    def step(one: Application, _mine: Interview) -> None:
        casework.move(one, State.JURY, message="", until=None, by=els(), url="", at=clock.now())

    return Race(act, step, [file], given=[file, interview])


@race
def interview_reminder() -> Race:
    file, interview = invited()

    def act(one: Application, mine: Interview) -> None:
        inviting.remind(mine, one, url_of=url_of, by="system", at=clock.now())

    return Race(act, withdraw, [file, interview])


@race
def slot_removed() -> Race:
    file, _interview = invited()
    slot, number = a_slot(file.call), file.id

    def remove(one: Slot) -> None:
        try:
            slots.remove_slot(one, by=els(), at=clock.now())
        except common_actions.SlotTaken as taken:
            raise Conflict("taken") from taken

    def choose(one: Slot) -> None:
        file = db.session.get_one(Application, number)
        mine = db.session.scalars(select(Interview)).one()
        choosing.choose(mine, file, one.key, url_of=url_of, by=file.person, at=clock.now())

    return Race(remove, choose, [slot])


@race
def slot_changed() -> Race:
    file, _interview = invited()
    slot, number = a_slot(file.call), file.id

    def change(one: Slot) -> None:
        table = common_actions.Table(one.place, one.link, "nl", [])
        try:
            slots.change_slot(
                one, starts_at=one.starts_at, ends_at=one.ends_at, table=table, url_of=url_of, by=els(), at=clock.now()
            )
        except common_actions.SlotTaken as taken:
            raise Conflict("taken") from taken

    def choose(one: Slot) -> None:
        file = db.session.get_one(Application, number)
        mine = db.session.scalars(select(Interview)).one()
        choosing.choose(mine, file, one.key, url_of=url_of, by=file.person, at=clock.now() + timedelta(minutes=1))

    return Race(change, choose, [slot])


@race
def tables_of_somebody_who_leaves() -> Race:
    _file, _interview = invited()
    guide = a_person("Rik")
    slot = a_slot(_file.call, people=(guide,))

    def leave(_slot: Slot, person: Person) -> None:
        leaving.leave_tables(person, None, by="system", at=clock.now())

    return Race(leave, leave, [slot], refused=False, after=lines("interview.table_left"), given=[slot, guide])


@race
def slots_of_two_calls_with_one_interviewer() -> Race:
    one, other, guide = a_call(), a_call(), a_person("Rik")
    begins = clock.now() + timedelta(days=5)

    def make(call: Call, person: Person) -> None:
        table = common_actions.Table(both("Zaal", "Salle"), "", "nl", [person.id])
        times = [(begins, begins + timedelta(minutes=30))]
        slots.make_slots(call, times, table, by=els(), at=clock.now())

    return Race(
        lambda first, _second, person: make(first, person),
        lambda _first, second, person: make(second, person),
        [guide],
        given=[one, other, guide],
    )


# Events, meetings.


@race
def registration_cancelled() -> Race:
    event = an_event(places=1)
    mine = events.sign_up(event, name="Zoë", email="zoe@example.be", language="nl", at=clock.now())

    def cancel(_event: Event, one: Registration) -> None:
        events.cancel(one, at=clock.now())

    return Race(cancel, cancel, [event, mine], refused=False, after=lines("event.cancelled"))


@race
def last_place_of_an_event() -> Race:
    event = an_event(places=1)

    def first(one: Event) -> None:
        events.sign_up(one, name="Zoë", email="zoe@example.be", language="nl", at=clock.now())

    def second(one: Event) -> None:
        events.sign_up(one, name="Noor", email="noor@example.be", language="nl", at=clock.now())

    def with_a_place() -> list[str]:
        return sorted(db.session.scalars(select(Registration.name).where(Registration.state == "confirmed")))

    return Race(second, first, [event], refused=False, after=with_a_place)


def a_full_event() -> tuple[Event, Registration, Registration]:
    """One place, and two people who want it."""
    made = an_event(places=1)
    first, second = (
        events.sign_up(made, name=name, email=f"{name}@example.be", language="nl", at=clock.now())
        for name in ("zoe", "noor")
    )
    return made, first, second


@race
def free_place_of_an_event() -> Race:
    made, _first, _second = a_full_event()
    made.places = 2

    def act(one: Event) -> None:
        events.move_up(one, at=clock.now())

    return Race(act, act, [made], refused=False, after=lines("event.moved_up"))


@race
def address_forgotten_by_an_event() -> Race:
    made, first, _second = a_full_event()

    def forget(_event: Event, _mine: Registration) -> None:
        events.forget_address("zoe@example.be", at=clock.now())

    def cancel(_event: Event, mine: Registration) -> None:
        events.cancel(mine, at=clock.now())

    return Race(forget, cancel, [made, first], refused=False, after=lines("event.cancelled"))


def a_meeting_about(file: Application) -> Meeting:
    made = meetings.plan(
        file.call,
        clock.now() + timedelta(days=1),
        place=both("x", "x"),
        quorum=1,
        minutes_each=10,
        by=els(),
        at=clock.now(),
    )
    meetings.put_on(made, [file])
    return made


@race
def any_page_of_a_meeting_that_writes() -> Race:
    file = before_the_jury()

    def act(one: Meeting, _file: Application) -> None:
        found = meeting_queries.meeting(one.key)
        meetings.replan(
            found, found.starts_at, place=both("y", "y"), quorum=1, minutes_each=10, by=els(), at=clock.now()
        )

    def cancel(one: Meeting, _file: Application) -> None:
        meetings.cancel(one, by=els(), at=clock.now())

    return Race(act, cancel, [a_meeting_about(file), file])


@race
def seat_of_somebody_who_leaves() -> Race:
    found = a_meeting_about(before_the_jury())

    def act(_one: Meeting) -> None:
        meetings.hand_over_memberships(els(), None, by="system", at=clock.now())

    def cancel(one: Meeting) -> None:
        meetings.cancel(one, by=els(), at=clock.now())

    return Race(act, cancel, [found], refused=False, after=lines("meeting.seat_left"))


# Calls, pages, messages, consents, people.


@race
def call_published() -> Race:
    call = a_call()
    call.published_at = None

    def act(one: Call) -> None:
        calls.publish_call(one, by=els(), at=clock.now())

    return Race(act, act, [call], refused=False, after=lines("call.published"))


@race
def call_taken_back() -> Race:
    call = a_call(open=False)
    call.opens_at, call.closes_at = clock.now() + timedelta(days=9), clock.now() + timedelta(days=20)

    def open_now(one: Call) -> None:
        calls.reschedule(one, opens_at=clock.now(), closes_at=one.closes_at, by=els(), at=clock.now())

    return Race(lambda one: calls.take_back(one, by=els(), at=clock.now()), open_now, [call])


@race
def call_rescheduled() -> Race:
    call = a_call()

    def act(one: Call) -> None:
        at = clock.now()
        calls.reschedule(one, opens_at=at, closes_at=at + timedelta(days=3), by=els(), at=at)

    return Race(act, act, [call], refused=False, after=lines("call.rescheduled"))


@race
def form_of_a_call() -> Race:
    call, version = a_call(), a_version()
    number = version.id

    def freeze(one: Call) -> None:
        judging.freeze_judging(one.id, at=clock.now())

    return Race(
        lambda one: judging.choose_form(one, number, reason=both("x", "y"), by=els(), at=clock.now()), freeze, [call]
    )


@race
def programme_published() -> Race:
    programme = a_programme()
    programme.published_at = None

    def act(one: Programme) -> None:
        programmes.publish_programme(one, by=els(), at=clock.now())

    return Race(act, act, [programme], refused=False, after=lines("programme.published"))


def a_late_code() -> LateCode:
    made, _code = late.create_late_code(
        a_call(),
        email="laat@example.be",
        name="Laat",
        language="nl",
        until=clock.now() + timedelta(days=1),
        reason="x",
        by=els(),
        at=clock.now(),
    )
    return made


def end_code(one: LateCode) -> None:
    late.end_late_code(one, by=els(), at=clock.now())


@race
def late_code_ended() -> Race:
    return Race(end_code, end_code, [a_late_code()], refused=False, after=lines("call.late_code_ended"))


@race
def late_code_used() -> Race:
    return Race(lambda one: late.use_late_code(one, at=clock.now()), end_code, [a_late_code()])


@race
def message_handled() -> Race:
    def act(one: Any) -> None:
        contact.handle(one, by=els(), at=clock.now())

    return Race(act, act, [a_message()], refused=False, after=lines("message.handled"))


@race
def message_reopened() -> Race:
    message = a_message()
    contact.handle(message, by=els(), at=clock.now())

    def act(one: Any) -> None:
        contact.reopen(one, by=els(), at=clock.now())

    return Race(act, act, [message], refused=False, after=lines("message.reopened"))


@race
def page_rewritten() -> Race:
    page = a_page()

    def act(one: Page) -> None:
        content.rewrite(one, title=both("Nieuw", "Nouveau"), lead=one.lead, by=els(), at=clock.now())

    return Race(act, act, [page], refused=False, after=lines("page.rewritten"))


def a_consent() -> Consent:
    person = a_person()
    made = Consent(
        person_id=person.id,
        application_id=None,
        purpose="newsletter",
        version="1",
        language="nl",
        text="x",
        given_at=clock.now(),
        ends_at=None,
    )
    db.session.add(made)
    db.session.flush()
    return made


@race
def consent_withdrawn() -> Race:
    def act(one: Consent) -> None:
        consents.withdraw(one, by="person:1", at=clock.now())

    return Race(act, act, [a_consent()], refused=False, after=lines("consent.withdrawn"))


@race
def declarations_after_a_withdrawal() -> Race:
    """The withdrawal wrote all declarations back as it had read them, and a new tick was gone."""
    consent = a_consent()
    file = an_application(person=db.session.get_one(Person, consent.person_id))
    file.declarations = {"newsletter": "1"}

    def act(_file: Application, one: Consent) -> None:
        withdrawing.withdraw_consent(one, by="person:1", at=clock.now())

    def tick(one: Application, _consent: Consent) -> None:
        one.declarations = {"truthful": "1"}

    def ticked() -> Any:
        return db.session.get_one(Application, file.id, populate_existing=True).declarations

    return Race(act, tick, [file], refused=False, after=ticked, given=[file, consent])


# Subscriptions.


@race
def subscription_confirmed() -> Race:
    def act(one: SubscriptionRequest) -> None:
        subscriptions.confirm(one, at=clock.now())

    return Race(act, act, [a_request()], refused=False, after=lines("subscription.confirmed"))


@race
def notice_of_a_call() -> Race:
    """Who stopped a moment ago gets no e-mail, and two workers write one."""
    call, found = a_call(opens_at=clock.now() + timedelta(days=1)), a_subscription("calls")
    call.opens_at = clock.now()
    db.session.flush()

    def act(_one: Subscription) -> None:
        subscriptions.send_notices(at=clock.now())

    def notices() -> Any:
        return db.session.scalar(select(func.count()).select_from(CallNotice))

    return Race(act, act, [found], refused=False, after=notices)


@race
def renewal_asked() -> Race:
    """Who renewed a moment ago is not asked."""
    found = a_subscription("calls")
    found.renewed_at = clock.now() - timedelta(days=720)
    db.session.flush()

    def act(_one: Subscription) -> None:
        subscriptions.ask_to_renew(at=clock.now())

    def renew(one: Subscription) -> None:
        subscriptions.change(one, language="fr", topics={"calls"}, at=clock.now())

    def letters() -> Any:
        return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "subscription_renewal"))

    return Race(act, renew, [found], refused=False, after=letters)


@race
def subscription_forgotten() -> Race:
    """Who renewed a moment ago is not forgotten."""
    found = a_subscription("calls")
    found.renewed_at = clock.now() - timedelta(days=800)
    db.session.flush()

    def act(_one: Subscription) -> None:
        subscriptions.forget(before=clock.now() - timedelta(days=730), at=clock.now())

    def renew(one: Subscription) -> None:
        subscriptions.change(one, language="fr", topics={"calls"}, at=clock.now())

    def left() -> Any:
        return db.session.scalar(select(func.count()).select_from(Subscription))

    return Race(act, renew, [found], refused=False, after=left)


@race
def person_erased() -> Race:
    person = a_person()

    def employ(one: Person) -> None:
        accounts.grant(one, Role.EDITOR, by="tests", at=clock.now())

    return Race(lambda one: rights.erase(one, by="tests", at=clock.now()), employ, [person])


@race
def role_given() -> Race:
    def employ(one: Person) -> None:
        accounts.grant(one, Role.EDITOR, by="tests", at=clock.now())

    return Race(employ, employ, [a_person()], refused=False, after=lines("person.role_granted"))


def an_old_draft() -> Application:
    file = an_application(call=a_call(open=False))
    at = clock.now()
    file.saved_at = at - timedelta(days=2000)
    file.call.opens_at, file.call.closes_at = at - timedelta(days=2000), at - timedelta(days=1990)
    return file


def write(one: Application) -> None:
    one.saved_at = clock.now()


@race
def warning_about_an_old_draft() -> Race:
    """Who saved it a moment ago is not told that it will be deleted."""

    def letters() -> Any:
        return db.session.scalar(select(func.count()).where(OutgoingMail.kind == "draft_ending"))

    def warn(_file: Application) -> None:
        retention.warn(url_of=url_of, at=clock.now())

    return Race(warn, write, [an_old_draft()], refused=False, after=letters)


@race
def old_draft_that_is_saved_at_the_last_moment() -> Race:
    file = an_old_draft()
    file.warned_at = clock.now() - timedelta(days=400)

    def there() -> int:
        return db.session.scalar(select(func.count()).select_from(Application)) or 0

    return Race(lambda _one: retention.purge("drafts", at=clock.now()), write, [file], refused=False, after=there)


# The interleavings.


def load(given: list[tuple[type[Any], Any]]) -> list[Any]:
    return [db.session.get_one(kind, number) for kind, number in given]


def identities(rows: list[Any]) -> list[tuple[type[Any], Any]]:
    db.session.flush()
    return [(type(row), db.inspect(row).identity) for row in rows]


def arranged(made: Race) -> list[tuple[type[Any], Any]]:
    """The rows that both connections load, stored."""
    given = identities(made.given)
    els()
    db.session.commit()
    return given


def judges_what_is_there_now(app: Flask, made: Race) -> None:
    """The state changes after the action has loaded its rows and before it begins."""
    given = arranged(made)
    with app.app_context():
        rows = load(given)
        with app.app_context():
            made.change(*load(given))
            db.session.commit()
            expected = made.after()
        carried_out(made, rows)

    assert made.after() == expected


def keeps_what_it_judged(app: Flask, made: Race) -> None:
    """What the action has judged cannot change until it is stored."""
    judged = identities(made.judged)
    given = arranged(made)
    with app.app_context():
        with unlocked_when_asked():
            made.act(*load(given))
            db.session.flush()
        for kind, number in judged:
            column = kind.__mapper__.primary_key[0]
            wanted = select(column).where(column == number[0]).with_for_update(nowait=True, key_share=True, of=kind)
            with app.app_context(), pytest.raises(OperationalError, match="lock"):
                db.session.execute(wanted)
        db.session.rollback()


def judges_what_it_locked(app: Flask, made: Race) -> None:
    """The state changes when the action has read it, before it takes its first lock."""
    comes_in_between(app, made, before=LOCKS.search)


def lets_nobody_in_between(app: Flask, made: Race) -> None:
    """The state changes when the action has judged it, before its first write: one of them waits or is refused."""
    comes_in_between(app, made, before=re.compile("INSERT|UPDATE|DELETE").match)


def comes_in_between(app: Flask, made: Race, *, before: Callable[[str], Any]) -> None:
    """The other connection acts just before the first such statement of the action."""
    given, seen = arranged(made), dict[str, Any]()

    def change(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "done" in seen or not before(statement):
            return
        seen["done"] = True
        with app.app_context():
            db.session.execute(text("SET LOCAL lock_timeout = '40ms'"))
            try:
                made.change(*load(given))
                db.session.commit()
                seen["expected"] = made.after()
            except (OperationalError, Conflict):  # it waits for the action, or for what the action will leave
                db.session.rollback()

    with app.app_context():
        rows = load(given)
        event.listen(db.engine, "before_cursor_execute", change)
        try:
            act(made, rows, seen)
        finally:
            event.remove(db.engine, "before_cursor_execute", change)

    if "expected" in seen:
        assert made.after() == seen["expected"]


def act(made: Race, rows: list[Any], seen: dict[str, Any]) -> None:
    """The action; where the other one came in between it has to end as if it came second."""
    try:
        with unlocked_when_asked():
            made.act(*rows)
        db.session.commit()
    except Conflict:
        db.session.rollback()
        assert made.refused
    else:
        assert not (made.refused and "expected" in seen), "it was carried out on what it had judged before"


def carried_out(made: Race, rows: list[Any]) -> None:
    """The action after the change: refused, or done."""
    with unlocked_when_asked():
        if made.refused:
            with pytest.raises(Conflict):
                made.act(*rows)
            db.session.rollback()
        else:
            made.act(*rows)
            db.session.commit()


INTERLEAVINGS = (judges_what_is_there_now, judges_what_it_locked, keeps_what_it_judged, lets_nobody_in_between)
LOCKS = re.compile(r"\s+FOR (NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)( OF \w+(, \w+)*)?( SKIP LOCKED)?\s*$")
_without_locks = False


@contextmanager
def unlocked_when_asked() -> Iterator[None]:
    """In a test of the tests: the action takes no lock and reads nothing anew."""
    if not _without_locks:
        yield
        return

    def strip(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> tuple[str, Any]:
        return LOCKS.sub("", statement), parameters

    event.listen(db.engine, "before_cursor_execute", strip, retval=True)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", strip)


@pytest.mark.parametrize("interleaving", INTERLEAVINGS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("name", RACES)
def test_an_action_is_alone_with_what_it_judges(
    app: Flask, clock: Any, name: str, interleaving: Callable[[Flask, Race], None]
) -> None:
    interleaving(app, RACES[name]())

    assert audit_trail.broken_links() == []


@pytest.mark.parametrize("name", RACES)
def test_without_its_lock_an_entry_fails(app: Flask, clock: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry proves its lock: in at least one of the interleavings something goes wrong without it."""
    monkeypatch.setattr(sys.modules[__name__], "_without_locks", True)
    locks = base.lock_where
    for module in [one for key, one in sys.modules.items() if key.startswith("app.")]:
        if getattr(module, "lock_where", None) is locks:
            monkeypatch.setattr(module, "lock_where", lambda *_wanted: None)
    quickest_first = sorted(INTERLEAVINGS, key=lambda one: one is not keeps_what_it_judged)

    assert any(goes_wrong(app, name, one) for one in quickest_first), (
        "it passes without a lock: its interleaving shows nothing"
    )


def goes_wrong(app: Flask, name: str, interleaving: Callable[[Flask, Race], None]) -> bool:
    """Does this entry fail, in whatever way?"""
    db.session.rollback()
    databases.empty()
    try:
        interleaving(app, RACES[name]())
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - however it fails
        db.session.rollback()
        return True
    return False
