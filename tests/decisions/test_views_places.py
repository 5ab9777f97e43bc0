"""Places and the reserve list: moving up, more time, taking back, closing; and correcting what was told."""

from typing import Any

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.casework.queries.talk import talk_of
from app.core import clock as the_clock
from app.core.db.base import db
from app.decisions.queries import places as places_queries
from app.programmes.models import Call
from tests.builders import a_call
from tests.conftest import Clock
from tests.deciding import REASON, a_judged_call, a_published_decision, decision_on, next_working_day, read
from tests.letters import Mailbox
from tests.pages import Page, assert_budget
from tests.people import ELS, SignedIn, signed_in
from tests.selection import a_conflict

OTHER = "Jullie plan is helder en de buurt doet mee."
WHY = "We lazen een verouderde versie van het plan."


def places(els: SignedIn, call: Call, lang: str = "nl") -> Page:
    """Who holds a place and who waits."""
    return els.get("decisions_reserve.reserve", key=call.key, lang=lang)


def given_up(bruno: SignedIn, key: str) -> None:
    """Bruno does not come."""
    bruno.get("decisions_applicant.place", key=key).submit(answer="declined_by_team")


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("day", ["", "morgen", "2027-02-30"])
def test_moving_up_by_a_day_that_does_not_exist_is_refused_on_its_page(els: SignedIn, lang: str, day: str) -> None:
    file = a_published_decision(State.RESERVE, rank=1, call=a_call(open=False))
    page = els.get("decisions_places.promote", key=file.key, lang=lang)

    refused = page.submit(answer_by=day, status=422)

    assert len(refused.problems) == 1
    assert decision_on(file).promoted_at is None


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_free_place_is_proposed_to_the_next_and_given_by_a_person(
    els: SignedIn, bruno: SignedIn, clock: Clock, mailbox: Mailbox, lang: str
) -> None:
    call = a_call(open=False, places=1)
    first = a_published_decision(State.RESERVE, call=call, rank=1, language="fr")
    a_published_decision(State.RESERVE, call=call, rank=2)
    holder = a_published_decision(call=call, person=bruno.person)
    assert not places(els, call, lang).select("p.warn")
    assert places_queries.reserves_waiting(els.person_id) == []

    given_up(bruno, holder.key)

    assert [(one.key, one.free, one.reserve) for one in places_queries.reserves_waiting(els.person_id)] == [
        (call.key, 1, 2)
    ]
    page = places(els, call, lang)
    assert first.title in page.select("p.warn")[0]
    assert first.state == State.RESERVE, "nobody moves up without a person"
    promote = els.get_path(page.links("p.warn a")[0])
    assert promote.soup.select("article[lang=fr]")
    assert promote.submit(answer_by="2020-01-01", status=422).value("answer_by") == "2020-01-01"
    day = next_working_day(10)
    promote.submit(answer_by=day.isoformat()).follow()

    assert decision_on(first).answer_by == day
    letter = mailbox.last("decision_promoted")
    assert (letter.language, letter.to_email) == ("fr", first.person.email)
    assert f"/mon-dossier/{first.key}/place" in letter.text
    promote.submit(status=409)
    assert mailbox.kinds.count("decision_promoted") == 1


def test_whoever_moved_up_confirms(els: SignedIn, bruno: SignedIn, clock: Clock) -> None:
    call = a_call(open=False, places=1)
    mine = a_published_decision(State.RESERVE, call=call, person=bruno.person)
    els.get("decisions_places.promote", key=mine.key).submit()

    status = bruno.get("applications_applicant.status", key=mine.key)
    status.click("Mijn plaats bevestigen of ervan afzien").submit(answer="confirmed")

    decision_on(mine)
    assert mine.state == State.CONFIRMED
    assert "Deelname bevestigd" in places(els, call).text


def test_the_turn_of_a_hidden_file_is_not_passed_over(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    call = a_call(open=False, places=1)
    hidden, second = (a_published_decision(State.RESERVE, call=call, rank=rank) for rank in (1, 2))
    a_conflict(hidden, els.person)
    db.session.commit()

    page = places(els, call)

    assert (hidden.reference or "") not in page.text
    assert not page.links("p.warn a")
    els.get("decisions_places.promote", key=second.key).submit(status=409)
    assert (hidden.reference or "") in places(greta, call).text


def test_who_is_late_is_shown_and_given_more_time(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call(open=False)
    file = a_published_decision(call=call)
    signed_in(app, ELS).get("decisions_places.take_back", key=file.key, status=409)
    clock.forward(days=20)
    els = signed_in(app, ELS)
    assert places(els, call).select(".need") == ["niet op tijd bevestigd"]

    places(els, call).click("Meer tijd geven , " + (file.reference or "")).submit()

    later = decision_on(file).answer_by
    assert later == next_working_day(14)
    assert mailbox.kinds.count("place_extended") == 1
    assert not places(els, call).select(".need")


def test_a_place_is_taken_back_with_words_for_the_applicant(
    app: Flask, bruno: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    call = a_call(open=False, places=1)
    file = a_published_decision(call=call, person=bruno.person)
    clock.forward(days=20)
    els = signed_in(app, ELS)
    page = els.get("decisions_places.take_back", key=file.key)
    page.submit(words="", status=422)
    words = "We belden je twee keer en kregen geen antwoord."

    page.submit(words=words).follow()

    decision_on(file)
    assert file.state == State.DECLINED_BY_TEAM
    assert words in mailbox.last("place_taken_back").text
    status = bruno.get("applications_applicant.status", key=file.key)
    assert words in status.text
    assert "niet op tijd bevestigd" in status.text
    assert places_queries.places_of(call, els.person_id, the_clock.day_of(clock())).free == 1


def test_closing_the_list_repeats_what_will_happen_first(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call(open=False, places=0)
    left = [
        a_published_decision(State.RESERVE, call=call, rank=1, language="nl"),
        a_published_decision(State.RESERVE, call=call, rank=2, language="fr"),
    ]
    page = places(els, call).click("De reservelijst sluiten")
    assert {article["lang"] for article in page.soup.select("main article")} == {"nl", "fr"}

    page.submit(form="main form").follow()

    decision_on(left[0])
    assert [file.state for file in left] == [State.DECLINED] * 2
    letters = [letter for letter in mailbox.letters if letter.kind == "reserve_closed"]
    assert {letter.language for letter in letters} == {"nl", "fr"}
    page.submit(form="main form", status=409)


def correct(els: SignedIn, key: str, status: int = 422, **fields: Any) -> Page:
    """Fill in a correction; the first time the letter is shown."""
    return els.get("decisions_places.correct", key=key).submit(status=status, **{"why": WHY} | fields)


def test_a_correction_is_read_before_it_leaves(els: SignedIn, bruno: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    call = a_judged_call()
    file = a_published_decision(State.DECLINED, call=call, person=bruno.person)
    c1 = call.criteria[0].id
    shown = correct(els, file.key, outcome="accepted", reason=OTHER, **{f"feedback-{c1}": "De nood is onderbouwd."})
    assert shown.soup.select("article")
    assert file.state == State.DECLINED
    changed = shown.submit("Zet recht en verstuur deze mail", reason=OTHER + " Echt waar.", status=422)
    assert "decision_corrected" not in mailbox.kinds

    changed.submit("Zet recht en verstuur deze mail").follow()

    assert decision_on(file).corrected_at == clock()
    assert file.state == State.ACCEPTED
    letter = mailbox.last("decision_corrected")
    assert letter.language == "nl"
    assert all(words in letter.text for words in (WHY, "Echt waar.", "De nood is onderbouwd.", f"{file.key}/plaats"))
    status = bruno.get("applications_applicant.status", key=file.key)
    assert "Rechtgezet op" in status.text
    assert "De nood is onderbouwd." in status.text
    assert WHY in [note.text for note in talk_of(file.id)[0]]
    assert "beslissing rechtgezet (Geselecteerd)" in els.get("casework_staff.application", key=file.key).text


def test_a_text_over_its_limit_is_marked_and_never_cut(els: SignedIn, clock: Clock) -> None:
    call = a_judged_call()
    file, criterion = a_published_decision(State.DECLINED, call=call), call.criteria[0]
    words = "Woorden die ertoe doen. " * 300

    page = correct(els, file.key, outcome="accepted", reason=OTHER, **{f"feedback-{criterion.id}": words})

    assert page.value(f"feedback-{criterion.id}").strip() == words.strip()
    assert page.select("article") == []
    assert [one for one in page.problems if "Maak deze tekst korter" in one] != []


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": f"{REASON['nl']} Ann Goossens twijfelde."},
        {"outcome": "reserve", "rank": "1", "reason": OTHER},
        {"outcome": "accepted", "answer_by": "2020-01-01", "reason": OTHER},
    ],
)
def test_a_correction_passes_the_same_checks(
    els: SignedIn, clock: Clock, mailbox: Mailbox, fields: dict[str, str]
) -> None:
    call = a_judged_call()
    a_published_decision(State.RESERVE, call=call, rank=1)
    file = a_published_decision(State.DECLINED, call=call)
    read(file, "Ann Goossens", {"C1": 4})

    page = correct(els, file.key, **fields)

    assert page.select("#spots")
    page.submit("Bekijk de mail", status=422)
    assert "decision_corrected" not in mailbox.kinds


def test_what_was_not_told_or_was_answered_is_not_corrected(els: SignedIn, bruno: SignedIn, clock: Clock) -> None:
    file = a_published_decision(person=bruno.person)
    correct(els, file.key, why="", status=422)
    given_up(bruno, file.key)

    els.get("decisions_places.correct", key=file.key, status=409)
    els.get("decisions_places.extend", key=file.key, status=409)
    els.get("decisions_places.promote", key=file.key, status=409)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_pages_ask_the_same_whatever_their_length(els: SignedIn, clock: Clock, lang: str) -> None:
    call = a_judged_call(places=3)
    asked = []
    for _ in range(3):
        file = a_published_decision(State.RESERVE, call=call)
        a_published_decision(call=call)
        page = places(els, call, lang)
        assert_budget(page, 5)
        asked.append(len(page.statements))
    assert len(set(asked)) == 1
    assert_budget(els.get("decisions_places.promote", key=file.key, lang=lang), 9)
    correct = els.get("decisions_places.correct", key=file.key, lang=lang)
    assert_budget(correct, 10)  # one for what was typed and not sent


def test_nobody_but_staff_sees_the_list(bruno: SignedIn, farid: SignedIn, chloe: SignedIn, clock: Clock) -> None:
    file = a_published_decision(State.RESERVE)

    for visitor in (bruno, farid, chloe):
        visitor.get("decisions_reserve.reserve", key=file.call.key, status=403)
        visitor.post("decisions_places.promote", {}, key=file.key, status=403)
        visitor.post("decisions_places.correct", {}, key=file.key, status=403)
        visitor.post("decisions_reserve.close", {}, key=file.call.key, status=403)
