"""The table of a call, the checks, and telling everybody at once."""

from typing import Any

import pytest
from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules.states import State
from app.casework.models import Note
from app.core.db.base import db
from app.core.i18n.formats import day
from app.decisions.queries import announcing
from app.programmes.models import Call
from app.review.rules.scoring import Scored, weighted_mean
from tests.builders import a_call, a_person, a_step
from tests.conftest import Clock
from tests.deciding import (
    REASON,
    a_judged_call,
    a_published_decision,
    before_the_jury,
    decision_on,
    next_working_day,
    read,
    take,
)
from tests.letters import Mailbox
from tests.pages import Page, assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict

FORM = "form[action*=oproep]"


def table(els: SignedIn, call: Call, **values: Any) -> Page:
    """The decisions of this call."""
    return els.get("decisions_calls.of_call", key=call.key, **values)


def confirm(els: SignedIn, call: Call, lang: str = "nl", **fields: Any) -> Page:
    """From the checks to the page that repeats what will happen."""
    check = els.get("decisions_calls.check", key=call.key, lang=lang)
    return check.submit(form="main form", status=200, **fields)


def test_the_table_keeps_what_was_chosen_and_tells_nobody(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call(open=False)
    one, two, three = (before_the_jury(call=call) for _ in range(3))
    page = table(els, call)

    done = page.submit(**{f"outcome-{one.id}": "accepted", f"outcome-{two.id}": "reserve", f"rank-{two.id}": "1"})

    assert "2 beslissingen zijn bewaard" in done.follow().text
    assert [(decision_on(file).outcome, decision_on(file).rank) for file in (one, two)] == [
        ("accepted", None),
        ("reserve", 1),
    ]
    assert announcing.decision_of(three.id) is None
    assert not [kind for kind in mailbox.kinds if kind.startswith("decision")]


def test_a_colleagues_choice_is_not_overwritten(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    call = a_call(open=False)
    mine, theirs = before_the_jury(call=call), before_the_jury(call=call)
    stale = table(els, call)
    table(greta, call).submit(**{f"outcome-{theirs.id}": "declined"})

    choice = {f"outcome-{mine.id}": "accepted", f"outcome-{theirs.id}": "accepted"}
    kept = stale.submit(status=409, **choice)

    assert decision_on(theirs).outcome == "declined"
    assert announcing.decision_of(mine.id) is None
    assert kept.value(f"outcome-{theirs.id}") == "accepted"
    assert "nu: Niet geselecteerd" in kept.text
    kept.submit()
    assert decision_on(theirs).outcome == "accepted"


def test_what_a_colleague_did_elsewhere_is_no_hindrance(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    call = a_call(open=False)
    mine, theirs = before_the_jury(call=call), before_the_jury(call=call)
    stale = table(els, call)
    table(greta, call).submit(**{f"outcome-{theirs.id}": "declined"})

    stale.submit(**{f"outcome-{mine.id}": "accepted"})

    assert (decision_on(mine).outcome, decision_on(theirs).outcome) == ("accepted", "declined")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"outcome": "maybe"}, "outcome"),
        ({"outcome": "reserve", "rank": "abc"}, "rank"),
        ({"outcome": "reserve", "rank": "9" * 30}, "rank"),
        ({"outcome": "accepted", "rank": "abc"}, "rank"),
        ({"outcome": "accepted", "rank": "2"}, "rank"),
        ({"rank": "abc"}, "rank"),
        ({"rank": "2"}, "rank"),
    ],
)
def test_a_wrong_row_is_kept_on_the_page(els: SignedIn, change: dict[str, str], wrong: str) -> None:
    call = a_call(open=False)
    file, other = (before_the_jury(call=call) for _ in range(2))
    sent = {f"outcome-{file.id}": "", f"outcome-{other.id}": "declined", f"rank-{file.id}": ""}
    sent |= {f"{name}-{file.id}": value for name, value in change.items()}

    refused = els.post("decisions_calls.of_call", sent, key=call.key, status=422)

    assert refused.links("main [role=alert] a") == [f"#{wrong}-{file.id}"]
    assert refused.select(f"td:has(#{wrong}-{file.id}) .error")
    assert (refused.value(f"rank-{file.id}") or "") == change.get("rank", "")
    assert refused.value(f"outcome-{other.id}") == "declined"
    assert announcing.decision_of(file.id) is None
    assert announcing.decision_of(other.id) is None


def test_a_reserve_that_gets_a_place_loses_its_rank_without_a_word(els: SignedIn) -> None:
    call = a_call(open=False)
    file = before_the_jury(call=call)
    table(els, call).submit(**{f"outcome-{file.id}": "reserve", f"rank-{file.id}": "3"})

    table(els, call).submit(**{f"outcome-{file.id}": "accepted"})

    assert (decision_on(file).outcome, decision_on(file).rank) == ("accepted", None)


def test_the_table_shows_what_readers_and_team_think(els: SignedIn, clock: Clock) -> None:
    call = a_judged_call()
    strong, weak = before_the_jury(call=call), before_the_jury(call=call)
    read(strong, "Ann Goossens", {"C1": 5, "C2": 4}, C1="Sterk.")
    read(strong, "Bart Mertens", {"C1": 4, "C2": None})
    read(weak, "Ann Goossens", {"C1": 1, "C2": 1})
    unfinished, away = a_person("Rik Smets"), read(strong, "Wim Aerts", {"C1": 1, "C2": 1})
    a_conflict(strong, away)
    db.session.commit()

    page = table(els, call)

    assert page.links("tbody th a") == [els.address("decisions_staff.decide", key=one.key) for one in (strong, weak)]
    first = weighted_mean([Scored(20, 5, 5), Scored(20, 4, 5)]) or 0
    assert f"{(first + 80) / 2:.0f}" == "85"
    assert page.select("tbody td.right")[0] == "85"
    assert page.select("tbody tr:first-child td:nth-of-type(3)") == ["2 ja"]
    assert page.select("tbody .need") == ["nog 1 te schrijven , feedback, " + (strong.reference or "")]
    assert unfinished.name not in page.text


def test_what_is_hidden_does_not_exist_here(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    call = a_call(open=False)
    hidden, open_file = before_the_jury(call=call), before_the_jury(call=call)
    for file in (hidden, open_file):
        take(file, State.DECLINED)
    a_conflict(hidden, els.person)
    db.session.commit()

    for address in ("of_call", "check"):
        page = els.get(f"decisions_calls.{address}", key=call.key)
        assert (hidden.reference or "") not in page.text
        assert (open_file.reference or "") in page.text
        assert (hidden.reference or "") in greta.get(f"decisions_calls.{address}", key=call.key).text
    for view in ("decide", "feedback", "letter"):
        els.get(f"decisions_staff.{view}", key=hidden.key, status=404)
    for view in ("promote", "extend", "take_back", "correct"):
        els.get(f"decisions_places.{view}", key=hidden.key, status=404)
    taken = decision_on(hidden)
    els.post("decisions_calls.announce", {"decision": str(taken.id)}, key=call.key, status=409)
    els.post("decisions_calls.of_call", {f"outcome-{hidden.id}": "accepted"}, key=call.key)
    assert decision_on(hidden).outcome == State.DECLINED
    assert announcing.how_many_unpublished(els.person_id) == 1


def test_rehearsals_are_kept_apart(els: SignedIn, clock: Clock) -> None:
    call = a_call(open=False)
    real, tried = before_the_jury(call=call), before_the_jury(call=call)
    tried.is_rehearsal = True
    db.session.commit()

    assert (tried.reference or "") not in table(els, call).text
    page = table(els, call, rehearsal="1")
    assert (real.reference or "") not in page.text
    page.submit(**{f"outcome-{tried.id}": "accepted"})
    assert decision_on(tried).outcome == "accepted"


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_each_applicant_is_told_once_in_the_language_of_the_file(
    els: SignedIn, clock: Clock, mailbox: Mailbox, lang: str
) -> None:
    call = a_call(open=False)
    dutch, french = before_the_jury("nl", call=call), before_the_jury("fr", call=call)
    take(dutch, State.ACCEPTED)
    take(french, State.RESERVE, rank=2)
    page = confirm(els, call, lang)
    assert {article["lang"] for article in page.soup.select("main article")} == {"nl", "fr"}
    assert not [kind for kind in mailbox.kinds if kind.startswith("decision")]

    page.submit(form="main form")
    page.submit(form="main form", status=409)

    letters = [letter for letter in mailbox.letters if letter.kind.startswith("decision")]
    told_in = {letter.to_email: letter.language for letter in letters}
    assert told_in == {dutch.person.email: "nl", french.person.email: "fr"}
    assert len({letter.batch for letter in letters}) == 1
    assert letters[0].batch.startswith(f"decisions:{call.key}:")
    assert "2" in mailbox.last("decision_reserve").text
    assert (dutch.state, french.state) == (State.ACCEPTED, State.RESERVE)


def test_the_preview_is_what_leaves(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call(open=False)
    file = before_the_jury("fr", call=call)
    take(file, State.ACCEPTED)
    page = confirm(els, call)
    shown = page.soup.select_one("main article")
    assert shown is not None
    said = [tag.get_text() for tag in shown.select("p")]

    page.submit(form="main form")

    letter = mailbox.last("decision_accepted")
    assert letter.subject in said
    for line in letter.text.split("\n"):
        assert line in shown.get_text()


def test_nobody_ticked_means_nobody(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    call = a_call(open=False)
    take(before_the_jury(call=call), State.ACCEPTED)

    page = confirm(els, call, decision=None)

    assert "Niemand is aangevinkt" in page.text
    assert not page.soup.select("main form")
    els.post("decisions_calls.announce", {}, key=call.key, status=422)
    assert not [kind for kind in mailbox.kinds if kind.startswith("decision")]


def stopped(els: SignedIn, call: Call, **fields: Any) -> Page:
    """The page that says why nobody is told; sending its form anyhow is refused."""
    page = confirm(els, call, **fields)
    assert page.select("#spots")
    page.submit(form="main form", status=422)
    return page


def spoiled(call: Call, kind: str, els: SignedIn) -> Application:
    """A decided file with one thing in it that stops the letters."""
    file = before_the_jury(call=call)
    if kind == "no reasons":
        take(file, State.DECLINED, reason="")
    elif kind == "a name":
        take(file, State.DECLINED, reason=f"{REASON['nl']} Lezer Goossens twijfelde.")
        read(file, "Ann Goossens", {"C1": 4})
    elif kind == "no feedback":
        take(file, State.DECLINED)
        read(file, "Ann Goossens", {"C1": 4}, C1="Sterk.")
    elif kind == "conflict":
        take(file, State.DECLINED, by=(decider := a_person("Rik Smets")))
        a_conflict(file, decider)
    elif kind == "twice":
        take(file, State.RESERVE, rank=2)
        take(before_the_jury(call=call), State.RESERVE, rank=2)
    else:
        take(file, State.DECLINED)
        before_the_jury(call=call)
    db.session.commit()
    return file


@pytest.mark.parametrize("kind", ["no reasons", "a name", "no feedback", "conflict", "twice", "left out"])
def test_what_is_wrong_stops_every_letter(els: SignedIn, clock: Clock, mailbox: Mailbox, kind: str) -> None:
    call = a_judged_call()
    file = spoiled(call, kind, els)

    page = stopped(els, call)

    place = "feedback" if kind == "no feedback" else "decide"
    wanted = (
        els.address("decisions_calls.of_call", key=call.key)
        if kind == "left out"
        else els.address(f"decisions_staff.{place}", key=file.key)
    )
    assert wanted in page.links("main .history a")
    assert file.state == State.JURY
    assert not [letter for letter in mailbox.kinds if letter.startswith("decision")]


@pytest.mark.parametrize("day", ["", "2020-01-01", "nooit", "2027-12-25"])
def test_a_place_is_offered_until_a_working_day_to_come(els: SignedIn, clock: Clock, day: str) -> None:
    call = a_call(open=False)
    file = before_the_jury(call=call)
    take(file, State.ACCEPTED)

    stopped(els, call, answer_by=day)
    confirm(els, call).submit(form="main form")

    assert decision_on(file).answer_by == next_working_day(14)


def test_the_day_that_is_proposed_is_that_of_the_plan(els: SignedIn, clock: Clock) -> None:
    call = a_judged_call()
    planned = next_working_day(23)
    a_step(call, on=planned, reaches="confirmed")
    file = before_the_jury(call=call)
    take(file, State.ACCEPTED)

    check = els.get("decisions_calls.check", key=call.key)
    letter = els.get("decisions_staff.letter", key=file.key)

    assert check.value("answer_by") == planned.isoformat()
    assert f"Volgens het verloop van deze oproep: {day(planned)}." in check.text
    assert day(planned) in letter.text


def test_warnings_stop_nobody(els: SignedIn, clock: Clock) -> None:
    call = a_call(open=False, places=0)
    file, kept = before_the_jury(call=call), before_the_jury(call=call)
    take(file, State.ACCEPTED, reason=f"{REASON['fr']} Vous connaissez le quartier et les habitants.")
    taken = take(kept, State.ACCEPTED)
    page = confirm(els, call, decision=[str(decision_on(file).id)])

    assert len(page.select("[aria-labelledby=warnings] li")) == 3
    page.submit(form="main form")

    assert (file.state, kept.state) == (State.ACCEPTED, State.JURY)
    assert taken.published_at is None


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_whatever_their_length(els: SignedIn, clock: Clock, lang: str, count: int) -> None:
    call = a_judged_call()
    for number in range(count):
        file = before_the_jury(call=call)
        read(file, f"Ann Goossens{number}", {"C1": 4, "C2": 3})
        take(file, State.ACCEPTED)
        a_published_decision(State.DECLINED, call=call)

    assert_budget(els.get("decisions_staff.decisions", lang=lang), 2)
    assert_budget(table(els, call, lang=lang), 6)
    assert_budget(els.get("decisions_calls.check", key=call.key, lang=lang), 13)  # with the day of the plan
    assert_budget(confirm(els, call, lang), 16)  # each letter shown asks once how the team words it


@pytest.mark.slow("two tables with nine applications before the jury")
def test_deciding_in_the_table_costs_as_many_statements_for_six_files_as_for_three(els: SignedIn, clock: Clock) -> None:
    """Of each three one is new, one keeps its reasons, and of one another outcome makes the reasons a note."""
    asked = []
    for count in (1, 2):
        call = a_call(open=False)
        files = [before_the_jury(call=call) for _ in range(3 * count)]
        for file in files[: 2 * count]:
            take(file, State.RESERVE, rank=1)
        db.session.commit()
        chosen = {f"outcome-{file.id}": "declined" for file in files[count:]}
        places = {f"rank-{file.id}": "2" for file in files[:count]}

        done = table(els, call).submit(**chosen, **places)

        assert [decision_on(file).outcome for file in files] == ["reserve"] * count + ["declined"] * 2 * count
        assert [decision_on(file).reason for file in files] == [REASON["nl"]] * count + [""] * 2 * count
        assert len(db.session.scalars(select(Note)).all()) == sum(range(count + 1))
        asked.append(done.statements)

    assert len(asked[0]) == len(asked[1])
