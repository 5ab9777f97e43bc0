"""Decided in private, told all at once, each applicant once and in their language."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.rules import State
from app.core import clock as the_clock
from app.core.db import db
from app.core.errors import Conflict
from app.decisions import actions, jobs, queries
from app.decisions.rules import gaps, possible_answers
from tests.builders import a_call, a_person, an_application
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import assert_budget
from tests.people import SignedIn

REASON = "Een sterke ploeg met een helder plan voor Kuregem."


def before_the_jury(language: str = "nl") -> Application:
    return an_application(call=a_call(), person=a_person(language=language), state=State.JURY)


def take(file: Application, outcome: State, clock: Clock, *, rank: int | None = None) -> None:
    actions.take(file, outcome, reason=REASON, rank=rank, by=file.person, at=clock())


@pytest.mark.parametrize(
    ("outcome", "reason", "rank", "missing"),
    [
        ("accepted", REASON, None, []),
        ("accepted", "Te kort.", None, ["reason"]),
        ("reserve", REASON, None, ["rank"]),
        ("reserve", "", 2, ["reason"]),
        ("reserve", REASON, 2, []),
        ("declined", " " * 40, None, ["reason"]),
    ],
)
def test_what_a_decision_needs(outcome: str, reason: str, rank: int | None, missing: list[str]) -> None:
    assert gaps(outcome, reason, rank) == missing


def test_taking_a_decision_tells_nobody(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = before_the_jury()

    take(file, State.ACCEPTED, clock)
    db.session.commit()

    assert file.state == State.JURY
    assert "decision_accepted" not in mailbox.kinds


def test_a_decision_may_be_changed_until_it_is_told(app: Flask, clock: Clock) -> None:
    file = before_the_jury()

    take(file, State.RESERVE, clock, rank=3)
    take(file, State.DECLINED, clock)

    taken = queries.decision_of(file.id)
    assert taken is not None
    assert (taken.outcome, taken.rank) == (State.DECLINED, None)


def test_only_files_before_the_jury_are_decided(app: Flask, clock: Clock) -> None:
    file = an_application(submitted=True)

    with pytest.raises(Conflict):
        take(file, State.ACCEPTED, clock)


def test_one_decision_that_is_not_ready_holds_all_back(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    ready, unready = before_the_jury(), before_the_jury()
    take(ready, State.ACCEPTED, clock)
    actions.take(unready, State.DECLINED, reason="", rank=None, by=unready.person, at=clock())

    with pytest.raises(Conflict):
        actions.tell(queries.untold(), by=ready.person, url_of=lambda _file: "http://x/", at=clock())

    assert ready.state == State.JURY


def test_telling_twice_writes_once(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file = before_the_jury()
    take(file, State.DECLINED, clock)
    page = els.get("decisions_staff.decisions")
    chosen = str(page.soup.select_one("input[name=decision]")["value"])  # type: ignore[index]

    page.submit(form="form[action$=meedelen]", decision=[chosen])
    page.submit(form="form[action$=meedelen]", decision=[chosen], status=409)

    assert mailbox.kinds.count("decision_declined") == 1
    assert file.state == State.DECLINED


def test_nobody_ticked_means_nobody(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    take(before_the_jury(), State.ACCEPTED, clock)

    els.get("decisions_staff.decisions").submit(form="form[action$=meedelen]", status=422)

    assert not [kind for kind in mailbox.kinds if kind.startswith("decision")]


def test_each_applicant_is_told_in_the_language_of_the_file(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    dutch, french = before_the_jury("nl"), before_the_jury("fr")
    take(dutch, State.ACCEPTED, clock)
    take(french, State.RESERVE, clock, rank=2)
    page = els.get("decisions_staff.decisions", lang="fr")
    every = [str(box["value"]) for box in page.soup.select("input[name=decision]")]

    page.submit(form="form[action$=notifier]", decision=every)

    told = {letter.to_email: letter.language for letter in mailbox.letters if letter.kind.startswith("decision")}
    assert told == {dutch.person.email: "nl", french.person.email: "fr"}
    assert "2" in mailbox.last("decision_reserve").text


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_pages_open_within_their_budget(els: SignedIn, clock: Clock, lang: str) -> None:
    file = before_the_jury()
    take(before_the_jury(), State.ACCEPTED, clock)

    assert_budget(els.get("decisions_staff.decisions", lang=lang), 8)
    assert_budget(els.get("decisions_staff.decide", lang=lang, key=file.key), 6)


def test_a_wrong_decision_is_kept_on_the_page(els: SignedIn) -> None:
    file = before_the_jury()
    page = els.get("decisions_staff.decide", key=file.key)

    refused = page.submit(outcome="reserve", rank="nul", reason="Kort.", status=422)

    assert refused.value("rank") == "nul"
    assert refused.value("reason") == "Kort."
    assert queries.decision_of(file.id) is None


def selected(person: Person, clock: Clock, outcome: State = State.ACCEPTED) -> Application:
    """Somebody who was told."""
    file = an_application(person=person, state=State.JURY)
    take(file, outcome, clock, rank=1)
    day = the_clock.day_of(clock()) + timedelta(days=14)
    actions.tell(queries.untold(), answer_by=day, by=person, url_of=lambda _decision: "http://x/", at=clock())
    db.session.commit()
    return file


@pytest.mark.parametrize(
    ("state", "days", "possible"),
    [
        (State.ACCEPTED, 0, [State.CONFIRMED, State.DECLINED_BY_TEAM]),
        (State.ACCEPTED, 14, [State.CONFIRMED, State.DECLINED_BY_TEAM]),
        (State.ACCEPTED, 15, [State.DECLINED_BY_TEAM]),
        (State.RESERVE, 15, [State.DECLINED_BY_TEAM]),
        (State.CONFIRMED, 40, [State.DECLINED_BY_TEAM]),
        (State.DECLINED, 0, []),
        (State.JURY, 0, []),
        (State.DECLINED_BY_TEAM, 0, []),
    ],
)
def test_what_may_be_answered_about_a_place(state: State, days: int, possible: list[State]) -> None:
    first = date(2027, 3, 1)

    assert possible_answers(state, first + timedelta(days=14), first + timedelta(days=days)) == possible


def test_a_place_is_confirmed_until_its_last_day_and_may_be_given_up(
    bruno: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = selected(bruno.person, clock)
    status = bruno.get("applications_applicant.status", key=file.key)

    done = status.click("De plaats bevestigen of afstaan").submit(answer="confirmed").follow()

    assert done.select("main [role=status]") == ["Je plaats is bevestigd."]
    assert mailbox.kinds.count("place_confirmed") == 1
    again = done.click("De plaats afstaan").submit(answer="declined_by_team", reason="We zijn verhuisd.").follow()
    assert "Plaats geweigerd" in again.text
    assert mailbox.last("place_given_up").language == "nl"
    bruno.get("decisions_applicant.place", key=file.key, status=302)
    bruno.post("decisions_applicant.place", {"answer": "confirmed"}, key=file.key, status=409)


def test_after_the_last_day_nobody_confirms_by_themselves(bruno: SignedIn, clock: Clock) -> None:
    file = selected(bruno.person, clock)
    page = bruno.get("decisions_applicant.place", key=file.key)
    clock.forward(days=15)

    refused = page.submit(answer="confirmed", reason="We waren op reis.", status=422)

    assert refused.value("reason") == "We waren op reis."
    db.session.rollback()
    assert db.session.get_one(Application, file.id).state == State.ACCEPTED


def test_whoever_is_silent_is_reminded_once(bruno: SignedIn, clock: Clock, mailbox: Mailbox, app: Flask) -> None:
    file = selected(bruno.person, clock)

    assert jobs.remind() == 0
    clock.forward(days=11)
    assert (jobs.remind(), jobs.remind()) == (1, 0)

    letter = mailbox.last("place_reminder", to=file.person.email)
    assert letter.language == file.language
    assert f"/mijn-dossier/{file.key}/plaats" in letter.text


def test_a_place_is_offered_until_a_day_that_is_still_to_come(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    take(file, State.ACCEPTED, clock)
    page = els.get("decisions_staff.decisions")
    chosen = [str(page.soup.select_one("input[name=decision]")["value"])]  # type: ignore[index]

    for day in ("", "2020-01-01", "nooit"):
        refused = page.submit(form="form[action$=meedelen]", decision=chosen, answer_by=day, status=422)
        assert refused.soup.select_one("input[name=decision][checked]")
    page.submit(form="form[action$=meedelen]", decision=chosen)

    taken = queries.decision_of(file.id)
    assert taken is not None
    assert taken.answer_by == the_clock.day_of(clock()) + timedelta(days=14)


def test_nobody_answers_for_another(bruno: SignedIn, amina: SignedIn, clock: Clock) -> None:
    file = selected(bruno.person, clock)

    amina.get("decisions_applicant.place", key=file.key, status=404)
    amina.post("decisions_applicant.place", {"answer": "declined_by_team"}, key=file.key, status=404)


def test_nobody_but_staff_decides(bruno: SignedIn, farid: SignedIn) -> None:
    file = before_the_jury()

    for visitor in (bruno, farid):
        visitor.get("decisions_staff.decisions", status=403)
        visitor.post("decisions_staff.decide", {"outcome": "accepted"}, status=403, key=file.key)
        visitor.post("decisions_staff.tell", {"decision": "1"}, status=403)
