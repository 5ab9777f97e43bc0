"""Decided in private, told all at once, each applicant once and in their language; places and corrections."""

from datetime import timedelta

import pytest
from flask import Flask

from app.applications.models import Application
from app.applications.queries.around import moves_of
from app.applications.rules.states import State
from app.casework.queries.talk import talk_of
from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.decisions import jobs
from app.decisions.actions import announcing as announcing_actions
from app.decisions.actions import deciding
from app.decisions.actions import places as places_actions
from app.decisions.actions.announcing import Correction
from app.decisions.actions.deciding import Line, Overtaken, present_mark
from app.decisions.actions.letters import Words
from app.decisions.models import Decision
from app.decisions.queries import announcing as announcing_queries
from app.decisions.queries import files
from app.decisions.queries import places as places_queries
from tests.builders import a_call, an_application
from tests.conftest import Clock
from tests.deciding import REASON, a_published_decision, announce, before_the_jury, decision_on, next_working_day, take
from tests.letters import Mailbox

DUTCH = REASON["nl"]
URL = "http://127.0.0.1/"


def test_taking_a_decision_tells_nobody(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = before_the_jury()

    take(file, State.ACCEPTED)
    db.session.commit()

    assert file.state == State.JURY
    assert "decision_accepted" not in mailbox.kinds


def test_a_decision_may_be_changed_until_it_is_told(app: Flask, clock: Clock) -> None:
    file = before_the_jury()

    take(file, State.RESERVE, rank=3)
    take(file, State.DECLINED, reason=f"{DUTCH} Er was geen plaats meer.")

    taken = announcing_queries.decision_of(file.id)
    assert taken is not None
    assert (taken.outcome, taken.rank) == (State.DECLINED, None)


def test_only_files_before_the_jury_are_decided(app: Flask, clock: Clock) -> None:
    file = an_application(submitted=True)

    with pytest.raises(Conflict):
        take(file, State.ACCEPTED)
    with pytest.raises(Conflict):
        deciding.advise(file, State.ACCEPTED, "", by=file.person, at=clock())


def test_the_table_asks_reasons_anew_for_another_outcome_and_overwrites_no_colleague(app: Flask, clock: Clock) -> None:
    file = before_the_jury()
    take(file, State.DECLINED)
    mark = present_mark(file)

    clock.forward(minutes=1)
    deciding.record_decisions([Line(file, "reserve", 4, mark)], by=file.person, at=clock())

    taken = announcing_queries.decision_of(file.id)
    assert taken is not None
    assert (taken.outcome, taken.rank, taken.reason) == (State.RESERVE, 4, "")
    assert DUTCH in [note.text for note in talk_of(file.id)[0]]
    with pytest.raises(Overtaken):
        deciding.record_decisions([Line(file, "accepted", None, mark)], by=file.person, at=clock())


def test_advice_stands_apart_from_the_decision(app: Flask, clock: Clock) -> None:
    file = before_the_jury()

    deciding.advise(file, State.ACCEPTED, "Sterk team.", by=file.person, at=clock())
    deciding.advise(file, State.RESERVE, "Sterk team, nog geen klanten.", by=file.person, at=clock())

    advice = files.advice_on(file.id)
    assert advice is not None
    assert (advice.outcome, advice.comment) == (State.RESERVE, "Sterk team, nog geen klanten.")
    assert announcing_queries.decision_of(file.id) is None
    published_file = a_published_decision()
    with pytest.raises(Conflict):
        deciding.advise(published_file, State.DECLINED, "", by=file.person, at=clock())


def test_one_decision_that_is_not_ready_holds_all_back(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    ready, unready = before_the_jury(), before_the_jury()
    take(ready, State.ACCEPTED)
    take(unready, State.DECLINED, reason="")

    with pytest.raises(Conflict):
        announce(ready, unready)

    assert ready.state == State.JURY
    assert not [kind for kind in mailbox.kinds if kind.startswith("decision")]


def test_whoever_is_silent_is_reminded_once_for_each_last_day(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = a_published_decision()

    assert jobs.remind() == 0
    clock.forward(days=13)
    assert (jobs.remind(), jobs.remind()) == (1, 0)
    letter = mailbox.last("place_reminder", to=file.person.email)
    assert letter.language == file.language
    assert f"/mijn-dossier/{file.key}/plaats" in letter.text

    places_actions.extend(decision_on(file), next_working_day(20), by=file.person, url=URL, at=clock())
    db.session.commit()
    clock.forward(days=20)
    assert (jobs.remind(), jobs.remind()) == (1, 0)
    assert mailbox.kinds.count("place_reminder") == 2


def test_a_place_goes_to_the_first_on_the_list_only_when_one_is_free(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    call = a_call(open=False, places=1)
    holder = a_published_decision(call=call)
    first, second = (a_published_decision(State.RESERVE, call=call, rank=rank) for rank in (1, 2))
    day = next_working_day(14)

    with pytest.raises(Conflict):
        places_actions.promote(decision_on(first), answer_by=day, by=holder.person, url=URL, at=clock())
    places_actions.answer(
        decision_on(holder),
        State.DECLINED_BY_TEAM,
        reason="",
        by=holder.person,
        url=URL,
        today=the_clock.day_of(clock()),
        at=clock(),
    )
    with pytest.raises(Conflict):
        places_actions.promote(decision_of(second), answer_by=day, by=holder.person, url=URL, at=clock())
    places_actions.promote(decision_of(first), answer_by=day, by=holder.person, url=URL, at=clock())
    db.session.commit()

    promoted = decision_on(first)
    assert (first.state, promoted.outcome, promoted.answer_by) == (State.ACCEPTED, State.RESERVE, day)
    assert promoted.promoted_at == clock()
    assert [one.to_email for one in mailbox.letters if one.kind == "decision_promoted"] == [first.person.email]
    with pytest.raises(Conflict):
        places_actions.promote(decision_of(second), answer_by=day, by=holder.person, url=URL, at=clock())


def decision_of(file: Application) -> Decision:
    """The decision as this transaction sees it."""
    found = announcing_queries.decision_of(file.id)
    assert found is not None
    return found


def test_a_place_is_taken_back_only_after_the_last_day(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, words = a_published_decision(), "We belden twee keer en kregen geen antwoord."

    for days in (0, 30):
        clock.forward(days=days)
        taken, today = decision_on(file), the_clock.day_of(clock())
        if not days:
            with pytest.raises(Conflict):
                places_actions.take_back(taken, words, by=file.person, url=URL, today=today, at=clock())
        else:
            places_actions.take_back(taken, words, by=file.person, url=URL, today=today, at=clock())
            db.session.commit()

    assert file.state == State.DECLINED_BY_TEAM
    assert words in mailbox.last("place_taken_back").text


def test_closing_the_list_tells_those_who_are_left(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call(open=False)
    left = [a_published_decision(State.RESERVE, call=call, rank=rank) for rank in (1, 2)]
    waiting = places_queries.places_of(call, left[0].person_id, the_clock.day_of(clock())).reserve

    count = places_actions.close_reserve(
        waiting, batch="reserve:x", by=left[0].person, url_of=lambda _one: URL, at=clock()
    )
    db.session.commit()

    assert count == 2
    assert [file.state for file in left] == [State.DECLINED] * 2
    assert {one.batch for one in mailbox.letters if one.kind == "reserve_closed"} == {"reserve:x"}


def corrected(outcome: State, *, rank: int | None = None, clock: Clock) -> Correction:
    day = next_working_day(14) if outcome is State.ACCEPTED else None
    return Correction(Words(outcome, rank, DUTCH + " Echt.", day), {}, "We lazen het verkeerde dossier.")


@pytest.mark.parametrize("before", [State.ACCEPTED, State.RESERVE, State.DECLINED])
@pytest.mark.parametrize("after", [State.ACCEPTED, State.RESERVE, State.DECLINED])
def test_every_outcome_can_be_corrected_to_every_other(
    app: Flask, clock: Clock, mailbox: Mailbox, before: State, after: State
) -> None:
    file = a_published_decision(before)
    clock.forward(hours=1)
    moves = len(moves_of(file.id))

    announcing_actions.correct(
        decision_on(file), corrected(after, rank=7, clock=clock), by=file.person, url=URL, at=clock()
    )
    db.session.commit()

    now = decision_on(file)
    assert (file.state, now.outcome, now.corrected_at) == (after, after, clock())
    assert now.rank == (7 if after is State.RESERVE else None)
    assert len(moves_of(file.id)) - moves == (before is not after)
    letter = mailbox.last("decision_corrected")
    assert "We lazen het verkeerde dossier." in letter.text
    assert "decision.corrected" in [entry.action for entry in audit_trail.history(file.ref)]


def test_what_was_answered_for_is_not_corrected(app: Flask, clock: Clock) -> None:
    file = a_published_decision()
    taken = decision_on(file)
    places_actions.answer(
        taken, State.CONFIRMED, reason="", by=file.person, url=URL, today=the_clock.day_of(clock()), at=clock()
    )

    with pytest.raises(Conflict):
        announcing_actions.correct(taken, corrected(State.DECLINED, clock=clock), by=file.person, url=URL, at=clock())


def test_a_rehearsal_neither_takes_a_place_nor_waits_on_a_first_page(app: Flask, clock: Clock) -> None:
    call = a_call(open=False, places=1)
    tried = a_published_decision(call=call)
    tried.is_rehearsal = True
    reserve = a_published_decision(State.RESERVE, call=call)
    db.session.commit()

    places = places_queries.places_of(call, reserve.person_id, the_clock.day_of(clock()) + timedelta(days=1))

    assert (places.free, places.next and places.next.application_id) == (1, reserve.id)
    assert [one.free for one in places_queries.reserves_waiting(reserve.person_id)] == [1]
