"""Every deed on readers: what it writes, whom it tells, and what it leaves alone."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.rules import Role
from app.applications.rules.states import State
from app.conflicts import actions as doubts
from app.conflicts.queries.hidden import is_hidden
from app.conflicts.queries.status import conflict_between
from app.conflicts.rules.status import ConflictStatus
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.reviewers import jobs
from app.reviewers.actions import assigning, notifying
from app.reviewers.actions import people as people_actions
from app.reviewers.actions.people import Plan, ReviewerProfile
from app.reviewers.models import Assignment, Reviewer
from app.reviewers.queries import assignment, load
from app.reviewers.queries import people as people_queries
from tests.builders import a_call, a_person
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.people import ELS, known
from tests.reviewers.scene import a_stranger, files, scene
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment

READS = ReviewerProfile("Huis vzw", "nl", "food", None)


def pairs(call_id: int) -> set[tuple[int, int]]:
    rows = db.session.query(Assignment).join(Reviewer).filter(Reviewer.call_id == call_id)
    return {(row.application_id, row.reviewer_id) for row in rows}


def test_an_invitation_gives_the_role_and_a_way_in(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call, els = a_call(), known(ELS)

    reviewer = people_actions.invite(
        call, "nora@huis.example", name="Nora", language="fr", reads=READS, by=els, at=clock()
    )
    db.session.commit()

    assert Role.REVIEWER in reviewer.person.roles
    letter = mailbox.last("reader_invited", to="nora@huis.example")
    assert (letter.language, "/fr/connexion/" in mailbox.link("reader_invited")) == ("fr", True)
    assert call.programme.title.fr in letter.subject


def test_nobody_is_invited_twice_but_whoever_left_may_come_back(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call, els = a_call(), known(ELS)
    reviewer = a_stranger(call)
    email = reviewer.person.email

    with pytest.raises(Conflict):
        people_actions.invite(call, email, name="x", language="nl", reads=READS, by=els, at=clock())
    reviewer.left_at = clock()
    again = people_actions.invite(call, email, name="x", language="nl", reads=READS, by=els, at=clock())

    assert (again.id, again.left_at, again.person.name) == (reviewer.id, None, "Nora Peters")


def test_pressing_twice_sends_one_new_link(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call()
    reviewer = a_stranger(call)

    for _time in range(2):
        people_actions.invite_again(reviewer, call, by=known(ELS), at=clock())
    clock.forward(minutes=1)
    people_actions.invite_again(reviewer, call, by=known(ELS), at=clock())
    db.session.commit()

    assert mailbox.kinds == ["reader_invited"] * 2


def test_readers_of_an_earlier_call_come_along_once(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    earlier, call = a_call(), a_call()
    there = [a_stranger(earlier, f"Lezer {n}", expertise="care", most_files=4) for n in range(2)]
    a_reviewer(call, there[0].person)

    invited = people_actions.take_over(call, there, by=known(ELS), at=clock())

    assert invited == 1
    new = people_queries.reviewer_of(call.id, there[1].person_id)
    assert new is not None
    assert (new.expertise, new.most_files, new.declared_at) == ("care", 4, None)


def test_letting_go_without_any_reading_leaves_no_trace(app: Flask, clock: Clock) -> None:
    call, (file, *_more), (chloe, _daan) = scene()
    an_assignment(file, chloe.person)

    stays = people_actions.remove_reviewer(chloe, by=known(ELS).ref, at=clock())

    assert (stays, people_queries.reviewer_of(call.id, chloe.person_id), pairs(call.id)) == (False, None, set())


def test_letting_go_gives_the_undone_back_and_keeps_the_done(app: Flask, clock: Clock) -> None:
    call, (done, begun, new), (chloe, _daan) = scene()
    a_review(done, chloe.person, {})
    a_review(begun, chloe.person, {}, done=False)
    an_assignment(new, chloe.person)

    stays = people_actions.remove_reviewer(chloe, by=known(ELS).ref, at=clock())

    assert (stays, chloe.left_at, pairs(call.id)) == (True, clock(), {(done.id, chloe.id)})
    with pytest.raises(Conflict):
        people_actions.remove_reviewer(chloe, by=known(ELS).ref, at=clock())


def test_spreading_does_what_was_looked_at_or_nothing(app: Flask, clock: Clock) -> None:
    call, three, reviewers = scene()
    seen = assignment.assignment_proposal(call.id).proposal

    a_conflict(three[0], reviewers[0].person)
    stale = assigning.assign_balanced(call.id, seen.digest, by=known(ELS), at=clock())
    assert (stale, pairs(call.id)) == (False, set())
    done = assigning.assign_balanced(
        call.id, assignment.assignment_proposal(call.id).proposal.digest, by=known(ELS), at=clock()
    )

    everything = {(file.id, one.id) for file in three for one in reviewers}
    assert (done, pairs(call.id)) == (True, everything - {(three[0].id, reviewers[0].id)})
    assert assignment.assignment_proposal(call.id).proposal.changes_nothing
    assert audit_trail.history(f"call:{call.id}")[0].action == "call.files_spread"


def test_spreading_anew_leaves_what_was_begun_or_chosen(app: Flask, clock: Clock) -> None:
    call, three, (chloe, daan) = scene()
    begun, chosen = a_review(three[0], chloe.person, {}, done=False), an_assignment(three[1], daan.person)
    nora = a_stranger(call)
    for _round in range(2):
        assigning.assign_balanced(
            call.id, assignment.assignment_proposal(call.id).proposal.digest, by=known(ELS), at=clock()
        )
        nora.most_files = 0

    assert {(three[0].id, chloe.id), (three[1].id, daan.id)} <= pairs(call.id)
    assert db.session.get(Assignment, begun.assignment_id) is not None
    assert db.session.get(Assignment, chosen.id) is not None
    assert {reviewer for _file, reviewer in pairs(call.id)} == {chloe.id, daan.id}


def test_a_proposed_conflict_is_never_given(app: Flask, clock: Clock) -> None:
    call = a_call()
    (file,) = files(call, 1, person=a_person(email="info@huis.example"))
    close = a_reviewer(call, a_person(email="lezer@huis.example"))

    new, refused = assigning.give([file], [close], by=known(ELS), at=clock())

    assert (new, refused, pairs(call.id)) == (0, [(file.id, close.id)], set())
    assert is_hidden(file.id, close.person_id)


def test_a_doubt_throws_no_word_away(app: Flask, clock: Clock) -> None:
    call, three, (chloe, daan) = scene()
    draft = a_review(three[0], chloe.person, {}, done=False, comment="Een sterke ploeg.")
    an_assignment(three[1], chloe.person)
    for file in three:
        a_conflict(file, chloe.person, status=ConflictStatus.PROPOSED)

    for _round in range(2):
        assigning.assign_balanced(
            call.id, assignment.assignment_proposal(call.id).proposal.digest, by=known(ELS), at=clock()
        )

    assert pairs(call.id) == {(file.id, daan.id) for file in three} | {(three[0].id, chloe.id)}
    assert load.loads(call.id)[daan.id].files == 3
    assert chloe.id not in load.loads(call.id)
    doubts.resolve(conflict_between(three[0].id, chloe.person_id), ConflictStatus.DISMISSED, by=known(ELS), at=clock())
    assert draft.comment == "Een sterke ploeg."
    assert load.loads(call.id)[chloe.id].begun == 1


def test_choosing_the_readers_of_a_file_leaves_the_begun_alone(app: Flask, clock: Clock) -> None:
    call, (file, *_more), (chloe, daan) = scene()
    a_review(file, chloe.person, {}, done=False)
    an_assignment(file, daan.person)
    nora = a_stranger(call)

    assert assigning.choose(file, [nora], by=known(ELS), at=clock()) == (1, 1, [])

    assert pairs(call.id) == {(file.id, chloe.id), (file.id, nora.id)}
    assert [entry.action for entry in audit_trail.history(file.ref)][:2] == ["reading.taken_back", "reading.given"]


def test_readers_are_told_once_about_each_batch(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call, (one, two, three), (chloe, _daan) = scene()
    els = known(ELS)
    an_assignment(one, chloe.person)
    an_assignment(two, chloe.person)

    counts = [notifying.notify_reviewers(call, by=els, at=clock()) for _time in range(2)]
    clock.forward(hours=1)
    an_assignment(three, chloe.person)
    counts.append(notifying.notify_reviewers(call, by=els, at=clock()))
    db.session.commit()

    assert counts == [1, 0, 1]
    subjects = [letter.subject for letter in mailbox.letters if letter.kind == "reader_assigned"]
    assert subjects == ["Vous avez 2 dossiers à évaluer", "Vous avez 1 dossier à évaluer"]
    assert not any(file.title in letter.text for file in (one, two) for letter in mailbox.letters if letter.to_email)


def test_one_reminder_a_day(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call, (one, *_more), (chloe, daan) = scene()
    an_assignment(one, chloe.person)

    written = [notifying.remind(call, [chloe, daan], by=known(ELS), at=clock()) for _time in range(2)]
    clock.forward(days=1)
    written.append(notifying.remind(call, [chloe], by=known(ELS), at=clock()))
    db.session.commit()

    assert written == [1, 0, 1]
    assert mailbox.kinds.count("reader_reminder") == 2
    assert chloe.reminded_at == clock()


def test_the_worker_reminds_some_days_before_and_once(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call, (one, two, _three), (chloe, daan) = scene()
    plan = people_queries.plan_of(call.id)
    plan.due_on = (clock() + timedelta(days=9)).date()
    an_assignment(one, chloe.person)
    a_review(two, daan.person, {})
    db.session.commit()

    asked = [jobs.remind()]
    clock.forward(days=4)
    asked += [jobs.remind(), jobs.remind()]

    assert asked == [0, 1, 0]
    assert [(one.kind, one.to_email) for one in mailbox.letters if one.kind.startswith("reader")] == [
        ("reader_reminder", "chloe@example.be")
    ]


def test_a_file_that_was_withdrawn_is_nobodys_work(app: Flask, clock: Clock) -> None:
    call, (one, *_more), (chloe, _daan) = scene()
    an_assignment(one, chloe.person)
    one.state = State.WITHDRAWN
    db.session.flush()

    assert chloe.id not in load.loads(call.id)
    assert notifying.remind(call, [chloe], by=known(ELS), at=clock()) == 0


def test_a_plan_is_kept_with_its_trace(app: Flask, clock: Clock) -> None:
    call = a_call()

    for readings in (2, 4):
        people_actions.decide_plan(call, Plan(readings, 10, clock().date(), "jury", 3, 7), by=known(ELS), at=clock())

    kept = people_queries.plan_of(call.id)
    assert (kept.readings, kept.blind, kept.due_on) == (4, "jury", clock().date())
    assert audit_trail.history(f"call:{call.id}")[0].detail["readings"] == 4
