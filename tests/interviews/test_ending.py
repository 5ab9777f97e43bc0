"""An interview that can no longer take place is released with everybody told, whatever ended it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.actions import handing_in
from app.applications.models import Application
from app.applications.rules.states import State
from app.casework import actions as casework
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.interviews.actions import choosing
from app.interviews.actions.common import choosing_address
from app.interviews.models import CalledOff
from app.interviews.queries import slots as slots_queries
from app.privacy.actions import rights
from tests.builders import a_call
from tests.conftest import Clock
from tests.interviews.scene import entries, invited, met
from tests.letters import Mailbox
from tests.pages import assert_budget
from tests.panels import a_slot
from tests.people import CHLOE, DAAN, ELS, GRETA, SignedIn, known

WHY = "De jury komt vroeger samen."


def step(to: State) -> Callable[[Application, Clock], None]:
    return lambda file, at: casework.move(file, to, message=WHY, until=None, by=known(ELS), url="", at=at())


def withdraw(file: Application, at: Clock) -> None:
    handing_in.withdraw(file, by=file.person, at=at())


def erase(file: Application, at: Clock) -> None:
    rights.erase(file.person, by=file.person.ref, at=at())


def heard(mailbox: Mailbox) -> set[tuple[str, str]]:
    db.session.commit()
    kinds = ("interview_", "table_", "application_withdrawn")
    return {(one.kind, one.to_email) for one in mailbox.letters if one.kind.startswith(kinds)}


@pytest.mark.parametrize(
    ("end", "letter"),
    [
        (step(State.JURY), "interview_ended"),
        (step(State.IN_REVIEW), "interview_ended"),
        (withdraw, "application_withdrawn"),
    ],
    ids=["jury", "in review", "withdrawn"],
)
def test_a_file_that_leaves_the_interviews_loses_what_is_to_come(
    app: Flask, clock: Clock, mailbox: Mailbox, end: Callable[[Application, Clock], None], letter: str
) -> None:
    call = a_call()
    file, interview, slot = met(call, people=(known(CHLOE), known(GRETA)))
    other, _invitation = invited(call)

    end(file, clock)

    assert heard(mailbox) == {(letter, file.person.email), ("table_off", CHLOE.email), ("table_off", GRETA.email)}
    assert (slot.interview_id, interview.chosen_at) == (None, None)
    assert slots_queries.free_for(other, clock()) == [slot]
    off = db.session.scalars(select(CalledOff)).one()
    assert (off.interview_id, off.slot_key, off.starts_at) == (interview.id, slot.key, slot.starts_at)
    text = mailbox.last(letter).text
    assert "14.00\u00a0uur" in mailbox.last(letter).subject + text
    assert (WHY in text, off.reason) == ((True, WHY) if letter == "interview_ended" else (False, ""))
    table = mailbox.last("table_off", to=CHLOE.email)
    assert (str(file.reference) in table.text, file.title in table.text) == (False, False)
    assert "/lectures/entretiens.ics" in table.text
    assert "interview.ended" in [one.action for one in audit_trail.history(file.ref)]


def test_an_interview_that_has_begun_stays(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, interview, slot = met(people=(known(CHLOE),))
    clock.set(slot.starts_at)

    step(State.JURY)(file, clock)

    assert (slot.interview_id, heard(mailbox)) == (interview.id, set())


def test_a_file_without_an_appointment_goes_on_in_silence(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, _interview = invited()

    step(State.JURY)(file, clock)

    assert heard(mailbox) == set()


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "verder zonder dat gesprek"), ("fr", "continue sans cet entretien")]
)
def test_the_applicant_reads_what_happened_and_whom_to_ask(
    bruno: SignedIn, clock: Clock, lang: str, words: str
) -> None:
    file, _interview, slot = met(who=bruno)
    step(State.JURY)(file, clock)

    page = bruno.get("interviews_applicant.choose", key=file.key, lang=lang)

    assert words in page.text
    assert WHY in page.text
    assert page.soup.select("input[name=slot]") == []
    assert page.links("main a[href$='#messages']") != []
    assert_budget(page, 6)
    (entry,) = entries(bruno.get("interviews_applicant.calendar", key=file.key, lang=lang))
    assert (str(entry["STATUS"]), entry.start) == ("CANCELLED", slot.starts_at)
    bruno.post("interviews_applicant.choose", {"slot": slot.key}, key=file.key, status=409)


def test_the_colleague_who_takes_the_step_says_that_it_cancels(els: SignedIn, mailbox: Mailbox) -> None:
    file, _interview, slot = met()
    page = els.get("casework_staff.application", key=file.key)
    form = "[formaction$='/stap']"

    asked = page.submit(form=form, to="jury", message=WHY, status=422)

    assert [("gesprek geannuleerd" in one) for one in asked.problems] == [True]
    assert asked.value("message") == WHY
    assert slot.interview_id is not None
    asked.submit(form=form, cancels="y")
    db.session.expire_all()
    assert (file.state, slot.interview_id) == (State.JURY, None)
    assert WHY in mailbox.last("interview_ended").text
    assert "is geannuleerd" in els.get("interviews_staff.interview", key=file.key).text


def test_the_team_cancels_whatever_is_to_come(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    """Rows from before the rule: a file further on that still has its interview."""
    file, interview, slot = met(people=(known(CHLOE),))
    file.state = State.JURY
    db.session.commit()

    els.get("interviews_staff.interview", key=file.key).submit("Annuleer deze afspraak", reason=WHY).follow()

    assert heard(mailbox) == {("interview_ended", file.person.email), ("table_off", CHLOE.email)}
    db.session.expire_all()
    assert slot.interview_id is None
    slot.interview_id = interview.id
    clock.set(slot.starts_at)
    with pytest.raises(Conflict):
        choosing.free(interview, file, reason=WHY, url_of=choosing_address, by=known(ELS), at=clock())


def test_whoever_erases_their_data_leaves_no_interview_behind(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file, _interview, slot = met(people=(known(CHLOE),))

    erase(file, clock)

    assert slot.interview_id is None
    assert heard(mailbox) == {("table_off", CHLOE.email)}


def test_the_panel_hears_of_what_an_applicant_chooses_changes_and_cancels(
    app: Flask, clock: Clock, mailbox: Mailbox
) -> None:
    file, interview = invited()
    first = a_slot(file.call, people=(known(CHLOE), known(GRETA)))
    second = a_slot(file.call, hour=16, people=(known(DAAN), known(GRETA)))
    to_do = {"url_of": choosing_address, "by": file.person}

    choosing.choose(interview, file, first.key, at=clock(), **to_do)
    booked = heard(mailbox)
    clock.forward(minutes=1)
    choosing.choose(interview, file, second.key, at=clock(), **to_do)
    moved = heard(mailbox) - booked
    clock.forward(minutes=1)
    choosing.cancel(interview, file, at=clock(), **to_do)

    me = file.person.email
    assert booked == {("interview_confirmed", me), ("table_booked", CHLOE.email), ("table_booked", GRETA.email)}
    assert moved == {("table_off", CHLOE.email), ("table_changed", GRETA.email), ("table_booked", DAAN.email)}
    heard(mailbox)
    off = [one.to_email for one in mailbox.letters if one.kind == "table_off"]
    assert sorted(off) == sorted([CHLOE.email, DAAN.email, GRETA.email])
    letter = mailbox.last("table_booked", to=CHLOE.email)
    assert ("14\u00a0h" in letter.text, file.title in letter.text) == (True, False)
    assert "/lectures/entretiens.ics" in letter.text
    assert ".ics" not in mailbox.last("table_booked", to=GRETA.email).text  # a colleague has no such calendar


def test_a_file_that_comes_back_is_invited_again(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file, interview, _slot = met()
    step(State.IN_REVIEW)(file, clock)
    clock.forward(hours=1)
    page = els.get("interviews_staff.interviews", key=file.call.key)

    page.submit(form="form:has([name=choose_by])", file=[file.key], choose_by="2027-02-20")

    db.session.expire_all()
    assert (file.state, interview.invited_at, interview.choose_by) == (State.INTERVIEW, clock(), date(2027, 2, 20))
    assert ("interview_invited", file.person.email) in heard(mailbox)
