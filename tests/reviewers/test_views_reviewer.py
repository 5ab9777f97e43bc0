"""The list of projects that a reader goes through: names only, proposals ticked, hidden at once."""

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.conflicts.queries.hidden import is_hidden, people_in_conflict
from app.conflicts.rules.status import ConflictSignal, ConflictStatus
from app.core.audit import audit_trail
from app.core.db.base import db
from app.reviewers.actions import assigning
from app.reviewers.queries import load, people
from tests.builders import a_call, a_person, a_version, an_application, the_form
from tests.conftest import Clock
from tests.deciding import a_published_decision
from tests.pages import PageClient, assert_budget
from tests.people import CHLOE, DAAN, SignedIn, known
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment

PLACE = "reviewers_reviewer.declare"


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_list_shows_names_of_projects_and_nothing_else(chloe: SignedIn, lang: str) -> None:
    call = a_call(version=a_version(the_form()))
    file = an_application(call=call, person=a_person("Zora Mertens", email="zora@huis.example"), state=State.ELIGIBLE)
    a_reviewer(call, known(CHLOE), declared=False)

    page = chloe.get(PLACE, lang=lang, key=call.key)

    assert file.title in page.text
    for hidden in ("Zora", "Mertens", "zora@huis.example", "Kuregem, samen met", file.key):
        assert hidden not in page.html
    assert_budget(page, 9)


def test_what_is_not_admissible_and_what_is_tried_out_does_not_stand_there(chloe: SignedIn) -> None:
    call = a_call()
    an_application(call=call, submitted=True)
    rehearsal = an_application(call=call, state=State.ELIGIBLE)
    rehearsal.is_rehearsal = True
    a_reviewer(call, known(CHLOE), declared=False)

    assert chloe.get(PLACE, key=call.key).select(".history li") == []


def test_the_list_asks_as_often_for_three_files_as_for_one(chloe: SignedIn) -> None:
    call = a_call()
    a_reviewer(call, known(CHLOE), declared=False)
    an_application(call=call, state=State.ELIGIBLE)
    one = chloe.get(PLACE, key=call.key)
    for _number in range(2):
        an_application(call=call, state=State.ELIGIBLE)

    three = chloe.get(PLACE, key=call.key)

    assert len(three.select(".history li")) == 3
    assert len(three.statements) == len(one.statements)


def test_ticking_hides_and_signs(chloe: SignedIn) -> None:
    call = a_call()
    close, other = (an_application(call=call, state=State.ELIGIBLE) for _number in range(2))
    reviewer = a_reviewer(call, known(CHLOE), declared=False)
    page = chloe.get(PLACE, key=call.key)

    refused = page.submit(
        "Onderteken de lijst", conflict=[str(close.id)], **{f"words-{close.id}": "Mijn zus."}, status=422
    )

    assert refused.value(f"words-{close.id}") == "Mijn zus."
    assert not is_hidden(close.id, reviewer.person_id)
    refused.submit("Onderteken de lijst", gone_through="y").follow()
    db.session.refresh(reviewer)
    assert reviewer.declared_at is not None
    assert (is_hidden(close.id, reviewer.person_id), is_hidden(other.id, reviewer.person_id)) == (True, False)
    assert audit_trail.history(close.ref)[0].action == "conflict.confirmed"


def test_a_proposal_is_ticked_with_its_reason_and_may_be_denied(chloe: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call, person=a_person(email="info@huis.example"), state=State.ELIGIBLE)
    person = known(CHLOE)
    person.email = "chloe@huis.example"
    a_reviewer(call, person, declared=False)

    page = chloe.get(PLACE, lang="fr", key=call.key)
    assert page.value("conflict") == str(file.id)
    assert page.select("#list ~ div ul .hint") == [
        "Votre adresse e-mail et celle de l’équipe candidate ont le même domaine."
    ]
    page.submit("Signer la liste", conflict=[], gone_through="y")

    assert not is_hidden(file.id, person.id)


def test_what_the_team_confirmed_cannot_be_taken_back(chloe: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call, state=State.ELIGIBLE)
    row = a_conflict(file, known(CHLOE))
    row.by_id = a_person().id
    a_reviewer(call, known(CHLOE))

    page = chloe.get(PLACE, key=call.key)
    assert page.soup.find("input", attrs={"name": "conflict"}) is None
    assert page.buttons() == ["Afmelden"]
    chloe.post(PLACE, {"gone_through": "y", "seen": str(file.id)}, key=call.key, status=303)

    assert is_hidden(file.id, known(CHLOE).id)


def test_whoever_works_on_a_file_cannot_deny_it(chloe: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call, person=known(CHLOE), state=State.ELIGIBLE)
    a_reviewer(call, known(CHLOE), declared=False)

    chloe.get(PLACE, key=call.key).submit("Onderteken de lijst", gone_through="y")

    assert is_hidden(file.id, known(CHLOE).id)


def test_files_that_came_in_afterwards_are_new(chloe: SignedIn, clock: Clock) -> None:
    call = a_call()
    an_application(call=call, state=State.ELIGIBLE)
    a_reviewer(call, known(CHLOE))
    clock.forward(hours=1)
    late = an_application(call=call, state=State.ELIGIBLE, language="fr")

    page = chloe.get(PLACE, key=call.key)

    assert page.select(".history li .need") == ["nieuw"]
    assert late.title in page.select(".history li")[0]


def test_a_file_that_comes_in_while_one_reads_is_not_signed_unseen(chloe: SignedIn) -> None:
    call = a_call()
    reviewer = a_reviewer(call, known(CHLOE), declared=False)
    page = chloe.get(PLACE, key=call.key)
    an_application(call=call, state=State.ELIGIBLE)

    again = page.submit("Onderteken de lijst", gone_through="y", status=422)

    assert again.problems == ["Er kwamen dossiers bij terwijl je las: bekijk de lijst nog eens"]
    db.session.refresh(reviewer)
    assert reviewer.declared_at is None
    again.submit("Onderteken de lijst")
    db.session.refresh(reviewer)
    assert reviewer.declared_at is not None


def test_a_conflict_takes_the_undone_back_and_silences_the_done(chloe: SignedIn, daan: SignedIn) -> None:
    call = a_call()
    undone, done = (an_application(call=call, state=State.ELIGIBLE) for _number in range(2))
    an_assignment(undone, known(CHLOE))
    a_review(done, known(CHLOE), {})
    a_review(done, known(DAAN), {})
    page = chloe.get(PLACE, key=call.key)

    page.submit("Mijn wijzigingen bewaren", conflict=[str(undone.id), str(done.id)])

    rows = load.readings_of([undone.id, done.id])
    assert {(row.application_id, row.name, row.done, row.counts) for row in rows} == {
        (done.id, "Chloé Lambert", True, False),
        (done.id, "Daan Willems", True, True),
    }
    reviewer = people.reviewer_of(call.id, chloe.person_id)
    assert reviewer is not None
    assert reviewer.id not in load.loads(call.id)


@pytest.mark.parametrize(
    "sent",
    [
        {"conflict": ["0", "x", "99999999999999999999", "\x00"], "gone_through": "y", "seen": "x \x00 999999999"},
        {"conflict": ["1"], "words-1": "x" * 301, "gone_through": "y"},
        {"gone_through": ""},
        {},
    ],
)
def test_nonsense_is_refused_with_the_list(chloe: SignedIn, sent: dict[str, object]) -> None:
    call = a_call()
    an_application(call=call, state=State.ELIGIBLE)
    a_reviewer(call, known(CHLOE), declared=False)

    page = chloe.post(PLACE, sent, key=call.key, status=422)

    assert page.problems != []


def test_nobody_else_sees_the_list(
    client: PageClient, bruno: SignedIn, els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    call = a_call()
    a_reviewer(call, known(CHLOE))
    a_reviewer(call, known(DAAN), left_at=clock())

    client.get(PLACE, key=call.key, status=302)
    bruno.get(PLACE, key=call.key, status=403)
    els.get(PLACE, key=call.key, status=403)
    daan.get(PLACE, key=call.key, status=404)
    chloe.get(PLACE, key="geen-oproep", status=404)
    chloe.get(PLACE, key=call.key)


def test_signing_twice_changes_nothing(chloe: SignedIn) -> None:
    call = a_call()
    file = an_application(call=call, state=State.ELIGIBLE)
    a_reviewer(call, known(CHLOE), declared=False)
    page = chloe.get(PLACE, key=call.key)

    for _time in range(2):
        page.submit("Onderteken de lijst", conflict=[str(file.id)], gone_through="y")

    assert [entry.action for entry in audit_trail.history(file.ref)].count("conflict.confirmed") == 1


def test_who_signed_goes_on_to_their_files_and_is_not_asked_to_sign_again(chloe: SignedIn, clock: Clock) -> None:
    call = a_call()
    file = an_application(call=call, state=State.ELIGIBLE)
    a_reviewer(call, known(CHLOE), declared=False)
    to_files = chloe.address("review_reviewer.files")
    page = chloe.get(PLACE, key=call.key)
    assert to_files not in page.links()

    landed = page.submit("Onderteken de lijst", gone_through="y").follow()

    assert landed.path == to_files
    signed = chloe.get(PLACE, key=call.key)
    assert signed.links("main a.button") == [to_files]
    assert "Onderteken de lijst" not in signed.buttons()
    signed.submit("Mijn wijzigingen bewaren", conflict=[str(file.id)])
    assert is_hidden(file.id, known(CHLOE).id)
    clock.forward(hours=1)
    an_application(call=call, state=State.ELIGIBLE)
    assert "Onderteken de lijst" in chloe.get(PLACE, key=call.key).buttons()


@pytest.mark.parametrize(("lang", "words"), [("nl", "deze lijst is gesloten"), ("fr", "cette liste est clôturée")])
def test_the_list_of_a_call_that_is_over_says_so_and_asks_nothing(chloe: SignedIn, lang: str, words: str) -> None:
    file = a_published_decision()
    a_reviewer(file.call, known(CHLOE))

    page = chloe.get(PLACE, key=file.call.key, lang=lang)

    assert words in page.text
    assert page.select("main form") == []


def test_signs_are_looked_for_before_anything_is_given(app: Flask, clock: Clock) -> None:
    call = a_call()
    file = an_application(call=call, person=a_person(email="info@huis.example"), state=State.ELIGIBLE)
    reviewer = a_reviewer(call, a_person(email="lezer@huis.example"))
    an_assignment(file, reviewer.person)

    found = assigning.detect_conflicts(call.id, at=clock())

    assert (found, assigning.detect_conflicts(call.id, at=clock())) == (1, 0)
    assert people_in_conflict([file.id]) == {file.id: {reviewer.person_id}}
    assert load.readings_of([file.id]) == []
    assert (ConflictSignal.MAIL_DOMAIN, ConflictStatus.PROPOSED) == ("mail_domain", "proposed")
