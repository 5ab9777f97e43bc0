"""What counts in a ranking: real, admitted files, finished readings of people without a conflict."""

from flask import Flask

from app.applications.rules.states import State
from app.conflicts.rules.status import ConflictStatus
from app.core.db.base import db
from app.programmes.models import Call
from app.ranking.queries import calls, pairs
from app.ranking.queries import sheet as sheet_queries
from app.ranking.rules.board import Sheet
from app.reviewers.models import ReadingPlan
from tests.builders import a_call, a_criterion, a_person, added, an_application
from tests.conftest import Clock
from tests.people import ELS, known
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment


def a_judged_call(*codes: str) -> Call:
    """A closed call with these criteria, each of weight 50."""
    call = a_call(open=True)
    for code in codes or ("C1", "C2"):
        a_criterion(call, code, weight=50)
    db.session.refresh(call)
    return call


def sheet(call: Call) -> Sheet:
    """As Els sees it."""
    return sheet_queries.sheet_of(sheet_queries.call_of(call.key), known(ELS).id)


def test_a_sheet_holds_scores_in_the_order_of_the_criteria(app: Flask) -> None:
    call, ann = a_judged_call("C1", "C2", "C3"), a_person("Ann Aerts")
    file = an_application(call=call, state=State.IN_REVIEW)
    a_review(file, ann, {"C3": 2, "C1": 5, "C2": None})

    found = sheet(call)

    assert [measure.code for measure in found.measures] == ["C1", "C2", "C3"]
    assert [reading.scores for reading in found.readings] == [(5, None, 2)]
    assert [(one.name, one.given) for one in found.reviewers] == [("Ann Aerts", 1)]
    assert [(one.reference, one.submission) for one in found.files] == [(file.reference, 1)]


def test_only_real_admitted_files_are_ranked(app: Flask) -> None:
    call = a_judged_call()
    for state in (State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE):
        an_application(call=call, state=state)
    rehearsal = an_application(call=call, state=State.JURY)
    rehearsal.is_rehearsal = True
    ranked = [an_application(call=call, state=state) for state in (State.ELIGIBLE, State.INTERVIEW, State.JURY)]
    withdrawn = an_application(call=call, state=State.JURY)
    withdrawn.state = State.WITHDRAWN
    an_application(state=State.JURY)  # of another call
    db.session.flush()

    assert {file.id for file in sheet(call).files} == {file.id for file in ranked}


def test_a_draft_of_a_review_counts_nowhere(app: Flask, clock: Clock) -> None:
    call, ann = a_judged_call(), a_person("Ann Aerts")
    call.closes_at = clock.at
    file = an_application(call=call, state=State.IN_REVIEW)
    a_review(file, ann, {"C1": 5, "C2": 5}, done=False)

    assert sheet(call).readings == []
    assert calls.calls_in_selection(known(ELS).id, clock.at)[0].progress.done == 0


def test_what_somebody_in_conflict_read_does_not_count(app: Flask, clock: Clock) -> None:
    call, ann, bob, cas = a_judged_call(), a_person("Ann"), a_person("Bob"), a_person("Cas")
    file = an_application(call=call, state=State.IN_REVIEW)
    call.closes_at = clock.at
    for person in (ann, bob, cas):
        a_review(file, person, {"C1": 5, "C2": 1})
    a_conflict(file, ann)
    a_conflict(file, bob, status=ConflictStatus.PROPOSED)
    a_conflict(file, cas, status=ConflictStatus.DISMISSED)

    found = sheet(call)

    names = {reviewer.id: reviewer.name for reviewer in found.reviewers}
    assert [names[reading.reviewer] for reading in found.readings] == ["Cas"]
    assert {reviewer.name: reviewer.given for reviewer in found.reviewers} == {"Ann": 0, "Bob": 0, "Cas": 1}
    assert {one.name for one in pairs.opinions_of([file.id])} == {"Cas"}
    assert calls.calls_in_selection(known(ELS).id, clock.at)[0].progress.done == 1


def test_a_file_hidden_from_me_is_neither_listed_nor_counted(app: Flask, clock: Clock) -> None:
    call, ann, els = a_judged_call(), a_person("Ann"), known(ELS)
    call.closes_at = clock.at
    shown, hidden = (an_application(call=call, state=State.IN_REVIEW) for _number in range(2))
    for file in (shown, hidden):
        a_review(file, ann, {"C1": 4, "C2": 4})
    assert len(sheet(call).files) == 2

    a_conflict(hidden, els)

    found, progress = sheet(call), calls.calls_in_selection(els.id, clock.at)[0].progress
    assert [file.id for file in found.files] == [shown.id]
    assert [reading.file for reading in found.readings] == [shown.id]
    assert found.reviewers[0].given == 1
    assert (progress.files, progress.done) == (1, 1)


def test_the_plan_of_a_call_or_its_defaults(app: Flask) -> None:
    call = a_judged_call()
    plain = sheet_queries.call_of(call.key)
    added(ReadingPlan(call_id=call.id, readings=2, wide_spread=3, band=7))

    own = sheet_queries.call_of(call.key)

    assert (plain.readings, plain.wide_spread, plain.band) == (3, 2, 5)
    assert (own.readings, own.wide_spread, own.band) == (2, 3, 7)


def test_calls_in_selection_are_public_and_closed_or_open_all_year_or_taken_up(app: Flask, clock: Clock) -> None:
    closed, rolling, hidden = a_judged_call(), a_call(rolling=True), a_call(published_at=None)
    taken_up, waiting = a_call(), a_call()
    for call in (closed, rolling, taken_up, hidden):
        an_application(call=call, state=State.ELIGIBLE)
    for call in (closed, waiting):
        an_application(call=call, submitted=True)
    a_call(open=False)  # nobody applied
    closed.closes_at = hidden.closes_at = clock.at
    db.session.flush()

    found = {call.id: call.progress.counts for call in calls.calls_in_selection(known(ELS).id, clock.at)}

    assert found == {
        closed.id: {State.SUBMITTED: 1, State.ELIGIBLE: 1},
        rolling.id: {State.ELIGIBLE: 1},
        taken_up.id: {State.ELIGIBLE: 1},
    }


def test_a_reading_too_many_makes_up_for_no_other(app: Flask, clock: Clock) -> None:
    call = a_judged_call()
    call.closes_at = clock.at
    added(ReadingPlan(call_id=call.id, readings=1))
    twice, _never = (an_application(call=call, state=State.IN_REVIEW) for _number in range(2))
    for name in ("Ann", "Bob"):
        a_review(twice, a_person(name), {"C1": 4, "C2": 4})

    progress = calls.calls_in_selection(known(ELS).id, clock.at)[0].progress

    assert (progress.done, progress.needed, progress.missing) == (1, 2, 1)


def test_more_criteria_than_a_database_joins(app: Flask) -> None:
    codes = [f"K{number}" for number in range(70)]
    call = a_judged_call(*codes)
    file = an_application(call=call, state=State.JURY)
    a_review(file, a_person("Ann"), {code: number % 5 + 1 for number, code in enumerate(codes)})

    assert sheet(call).readings[0].scores == tuple(number % 5 + 1 for number in range(70))


def test_a_reader_without_a_file_is_listed(app: Flask) -> None:
    call = a_judged_call()
    a_reviewer(call, a_person("Ann"))
    an_assignment(an_application(call=call, state=State.ELIGIBLE), a_person("Bob"))

    assert [(one.name, one.given) for one in sheet(call).reviewers] == [("Ann", 0), ("Bob", 1)]
