"""Somebody leaves: roles, sign-ins, readings, tables, seats and assistance end at once; work goes to a colleague."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.models import RoleGrant
from app.accounts.rules import Purpose, Role
from app.applications.models import Application
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db
from app.interviews.models import CalledOff, Interviewer
from app.meetings import actions as meetings
from app.meetings.models import MeetingMember
from app.meetings.rules import Role as SeatRole
from app.people import actions
from app.review.models import Review
from app.reviewers.models import Assignment, Reviewer
from tests.builders import a_call, an_application, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.panels import a_slot, an_interview
from tests.people import CHLOE, DAAN, ELS, FARID, GRETA, SignedIn, known
from tests.selection import a_conflict, a_review

LIST, ONE, SUSPEND = (f"people_staff.{name}" for name in ("people", "one_person", "suspend"))


def works(clock: Clock) -> tuple[Application, Application]:
    """Els helps with a file, sits in a meeting and at an interview; she reviews: one file finished, one begun."""
    els, call = known(ELS), a_call()
    accounts.grant(els, Role.REVIEWER, by="tests", at=clock())
    done, begun = (an_application(call=call, state=State.JURY) for _file in range(2))
    a_review(done, els, {})
    a_review(begun, els, {}, done=False)
    done.assisted_by_id = els.id
    found = meetings.plan(call, clock(), place=both("", ""), quorum=1, minutes_each=5, by=known(GRETA), at=clock())
    meetings.add_member(found, els, SeatRole.CHAIR, by=known(GRETA), at=clock())
    a_slot(call, people=(els,))
    db.session.commit()
    return done, begun


def test_everything_ends_at_once(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    done, begun = works(clock)
    token, _open = accounts.start_session(els.person, confirmed=True, at=clock())
    db.session.commit()
    els.put_in_session(sign_in=token)
    els.get("dashboard_staff.desk")
    link = accounts.make_link(els.person, purpose=Purpose.PRINTED, next_path="", at=clock())

    greta.get(SUSPEND, person_id=els.person_id).submit("Toegang nu stopzetten")

    els.get("dashboard_staff.desk", status=302)
    els.get("applications_applicant.tasks", key=done.key, status=302)
    PageClient(els.app).get("accounts_public.open_link", token=link, status=410)
    assert els.person.roles == frozenset()
    assert els.person.suspended_at == clock()
    readings = db.session.scalars(select(Assignment.application_id)).all()
    assert (readings, begun.id in readings) == ([done.id], False)
    assert len(db.session.scalars(select(Review)).all()) == 1
    assert db.session.scalars(select(Reviewer.left_at)).all() == [clock()]
    assert db.session.scalars(select(Interviewer)).all() == []
    assert db.session.scalars(select(CalledOff.person_id)).all() == [els.person_id]
    assert [one.person_id for one in db.session.scalars(select(MeetingMember))] == [greta.person_id]
    assert db.session.get_one(Application, done.id).assisted_by_id is None


def test_the_trail_names_who_did_it_not_who_left(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    works(clock)

    greta.get(SUSPEND, person_id=els.person_id).submit("Toegang nu stopzetten")

    left = ["reader.left", "interview.table_left", "application.assistance_handed_over", "meeting.seat_left"]
    found = {entry.action: entry.by for entry in audit_trail.latest(9, left)}
    assert found == dict.fromkeys(left, greta.person.ref)


def test_a_colleague_takes_the_work_over(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    done, _begun = works(clock)
    els, greta = known(ELS), known(GRETA)

    actions.suspend(els, heir=greta, by="tests", at=clock())
    db.session.commit()

    assert done.assisted_by_id == greta.id
    assert db.session.scalars(select(Interviewer.person_id)).all() == [greta.id]
    assert mailbox.last("table_changed").to_email == greta.email


def test_a_colleague_who_is_too_close_does_not_get_the_interview(app: Flask, clock: Clock) -> None:
    els, greta, call = known(ELS), known(GRETA), a_call()
    file = an_application(call=call, state=State.INTERVIEW)
    a_slot(call, an_interview(file), people=(els,))
    a_conflict(file, greta)

    actions.suspend(els, heir=greta, by="tests", at=clock())

    assert db.session.scalars(select(Interviewer)).all() == []


def test_who_was_in_the_room_stays_in_the_minutes(app: Flask, clock: Clock) -> None:
    els, call = known(ELS), a_call()
    meeting = meetings.plan(call, clock(), place=both("", ""), quorum=1, minutes_each=5, by=known(GRETA), at=clock())
    seat = meetings.add_member(meeting, els, SeatRole.MEMBER, by=known(GRETA), at=clock())
    meetings.come_in(meeting, seat, at=clock())

    actions.suspend(els, by="tests", at=clock())

    assert (seat.came_at, seat.left_at) == (clock(), clock())


def test_the_last_administrator_stays(greta: SignedIn) -> None:
    page = greta.get(SUSPEND, person_id=greta.person_id).submit("Toegang nu stopzetten", status=422)
    greta.get(ONE, person_id=greta.person_id).submit("Rollen wijzigen", roles=["editor"], status=422)

    assert "laatste beheerder" in page.problems[0]
    assert greta.person.roles == {Role.ADMIN}
    greta.get(LIST)


def test_a_change_of_role_signs_out_and_only_its_work_goes(app: Flask, greta: SignedIn, clock: Clock) -> None:
    works(clock)
    els = known(ELS)

    greta.get(ONE, person_id=els.id).submit("Rollen wijzigen", roles=["manager", "editor"])

    db.session.rollback()
    assert known(ELS).roles == {Role.MANAGER, Role.EDITOR}
    assert len(db.session.scalars(select(Assignment)).all()) == 1
    assert len(db.session.scalars(select(Interviewer)).all()) == 1
    actions = [entry.action for entry in audit_trail.history(els.ref)]
    assert {"person.role_revoked", "person.role_granted"} <= set(actions)


def test_the_pages_are_for_administrators(
    client: PageClient, els: SignedIn, farid: SignedIn, daan: SignedIn, bruno: SignedIn, greta: SignedIn
) -> None:
    client.get(LIST, status=302)
    for other in (els, farid, daan, bruno):
        other.get(LIST, status=403)
        other.get(ONE, person_id=els.person_id, status=403)
        other.post(SUSPEND, {"heir": ""}, person_id=els.person_id, status=403)
    greta.get(ONE, person_id=bruno.person_id, status=404)
    greta.get(ONE, person_id=99**6, status=404)
    greta.post(ONE, {"roles": ["admin"], "heir": str(bruno.person_id)}, person_id=els.person_id, status=422)
    greta.post(SUSPEND, {"heir": ""}, person_id=els.person_id, csrf=False, status=401)

    assert els.person.roles == {Role.MANAGER}
    assert_budget(greta.get(LIST, lang="fr"), 6)


@pytest.mark.parametrize("part", [CHLOE, DAAN, FARID])
def test_the_command_suspends(app: Flask, part: object, clock: Clock) -> None:
    person = known(part)  # type: ignore[arg-type]
    db.session.commit()

    done = app.test_cli_runner().invoke(args=["person", "suspend", person.email])

    assert (done.exit_code, done.output.strip()) == (0, f"{person.email} is suspended.")
    assert db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).all() == []


def test_the_command_lists_and_changes_roles(app: Flask) -> None:
    els, greta = known(ELS), known(GRETA)
    db.session.commit()
    runner = app.test_cli_runner()

    listed = runner.invoke(args=["person", "roles", els.email])
    changed = runner.invoke(args=["person", "roles", els.email, "--add", "juror", "--remove", "manager"])
    refused = runner.invoke(args=["person", "suspend", greta.email])
    unknown = runner.invoke(args=["person", "suspend", "nobody@example.be"])

    assert listed.output.strip() == f"{els.email}: manager"
    assert changed.output.strip() == f"{els.email}: reviewer"
    assert (refused.exit_code, unknown.exit_code) == (1, 1)
    assert "last administrator" in refused.output
