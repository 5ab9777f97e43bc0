"""The list, the rubric beside the answers, saving, finishing, what the others think: over HTTP, as a reader."""

from datetime import timedelta

import pytest
from flask import Flask

from app.applications.actions import handing_in, writing
from app.applications.queries.revisions import sections_of
from app.applications.rules.states import State
from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.programmes.models import Call
from app.reviewers.models import Reviewer
from tests.builders import an_application
from tests.conftest import Clock
from tests.pages import assert_budget
from tests.people import CHLOE, ELS, SignedIn, known
from tests.review.scenes import (
    a_plan,
    a_read_call,
    decided,
    fields,
    handed_in_again,
    in_review,
    review_of,
    rows,
    scores_of,
)
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment

LIST, SCORE = "review_reviewer.files", "review_reviewer.score"


@pytest.fixture
def call(app: Flask) -> Call:
    """A call that is being read."""
    return a_read_call()


def test_the_list_shows_how_far_i_am_and_where_to_go_on(chloe: SignedIn, call: Call, clock: Clock) -> None:
    a_plan(call, due_on=the_clock.day_of(clock() + timedelta(days=14)))
    files = [in_review(call) for _ in range(3)]
    a_review(files[0], chloe.person, {"C1": 4, "C2": 3, "C3": 5})
    a_review(files[1], chloe.person, {"C1": 2}, done=False)
    an_assignment(files[2], chloe.person)

    page = chloe.get(LIST)

    assert "1 van 3 gelezen" in page.text
    assert "Te lezen ten laatste op maandag 15\xa0februari 2027" in page.text
    assert {line.split(" ", 1)[0]: line.rsplit(" ", 1)[1] for line in rows(page)} == {
        files[0].reference: "klaar",
        files[1].reference: "begonnen",
        files[2].reference: "lezen",
    }
    waiting = page.links("a.button")
    assert waiting[0].rsplit("/", 1)[1] in {files[1].key, files[2].key}
    assert_budget(page, 6)


def test_the_list_and_the_rubric_cost_the_same_for_one_file_and_for_many(chloe: SignedIn, call: Call) -> None:
    first = in_review(call)
    an_assignment(first, chloe.person)
    one = [len(chloe.get(name, **values).statements) for name, values in ((LIST, {}), (SCORE, {"key": first.key}))]
    for _ in range(5):
        an_assignment(in_review(call), chloe.person)

    many = [len(chloe.get(name, **values).statements) for name, values in ((LIST, {}), (SCORE, {"key": first.key}))]

    assert many[0] == one[0] <= 6
    assert many[1] <= one[1] + 1 <= 11  # the line that says who looked is there already
    assert_budget(chloe.get(SCORE, key=first.key), 10)


def test_before_the_conflicts_are_declared_nothing_is_shown(chloe: SignedIn, call: Call) -> None:
    file = in_review(call)
    a_reviewer(call, chloe.person, declared=False)
    an_assignment(file, chloe.person)

    page = chloe.get(LIST)

    assert "Duid eerst aan bij welke projecten je een belangenconflict hebt" in page.text
    assert file.reference not in page.text
    chloe.get(SCORE, key=file.key, status=404)


@pytest.mark.parametrize("why", ["conflict", "left", "withdrawn", "ineligible", "not given", "own", "rehearsal"])
def test_what_is_not_mine_to_read_does_not_exist(chloe: SignedIn, daan: SignedIn, call: Call, why: str) -> None:
    file = in_review(call, chloe.person if why == "own" else None)
    if why != "not given":
        a_review(file, chloe.person, {"C1": 4})
    a_review(file, daan.person, {"C1": 1})
    if why == "conflict":
        a_conflict(file, chloe.person)
    elif why == "left":
        db.session.query(Reviewer).filter_by(person_id=chloe.person_id).one().left_at = the_clock.now()
    elif why == "rehearsal":
        file.is_rehearsal = True
    elif why in ("withdrawn", "ineligible"):
        file.state = State(why)

    assert file.reference not in chloe.get(LIST).text
    for name in (SCORE, "review_dossier.changes"):
        chloe.get(name, key=file.key, status=404)
    chloe.get("review_dossier.attachment", key=file.key, file_key="x", status=404)
    for name in ("autosave", "reopen", "confirm", "comment"):
        chloe.post(f"review_reviewer.{name}", {"text": "x"}, key=file.key, status=404)
    chloe.post(SCORE, {"do": "save"}, key=file.key, status=404)


def test_a_rehearsal_is_read_by_who_rehearses(chloe: SignedIn, call: Call) -> None:
    file = in_review(call, chloe.person)
    file.is_rehearsal = True
    an_assignment(file, chloe.person)

    assert file.reference in chloe.get(LIST).text
    chloe.get(SCORE, key=file.key)


def test_a_draft_is_kept_whatever_it_lacks(chloe: SignedIn, call: Call) -> None:
    file = in_review(call)
    an_assignment(file, chloe.person)

    chloe.get(SCORE, key=file.key).submit("do=save", **fields(call, 4, "x", words=" hm\x00 "))

    page = chloe.get(SCORE, key=file.key)
    review = review_of(file, chloe.person_id)
    assert (review.assignment.done_at, review.revision, review.comment) == (None, 1, "hm")
    assert page.select("output") == ["80"]
    assert "op 100; beoordeelde criteria: 1 van 3" in page.text
    assert [mark.cannot_judge for mark in review.criterion_scores] == [False, True]


def test_scores_that_do_not_exist_count_as_none(chloe: SignedIn, call: Call) -> None:
    file = in_review(call)
    an_assignment(file, chloe.person)
    first = call.criteria[0].id

    for odd in ("0", "6", "-1", "9" * 30, "４", "nan", ""):
        chloe.post(SCORE, {f"c{first}": odd, "do": "save", "recommendation": odd, "read": odd}, key=file.key)

    review = review_of(file, chloe.person_id)
    assert (review.criterion_scores, review.recommendation, review.submission_number) == ([], "", 1)


def test_finishing_asks_for_what_is_missing_and_keeps_everything(chloe: SignedIn, call: Call) -> None:
    call.criteria[0].reason_under = 3
    file = in_review(call)
    an_assignment(file, chloe.person)

    refused = chloe.get(SCORE, key=file.key).submit(
        "do=finish", status=422, **fields(call, 2, 5, words="Vraag de huur")
    )

    assert len(refused.problems) == 2
    assert refused.value("words") == "Vraag de huur"
    assert scores_of(review_of(file, chloe.person_id)) == {call.criteria[0].id: 2, call.criteria[1].id: 5}
    why = {f"r{call.criteria[0].id}": "Geen doelgroep"}
    done = refused.submit("do=finish", **fields(call, 2, 5, "x"), **why).follow()
    assert "Je beoordeling is afgewerkt" in done.text
    assert review_of(file, chloe.person_id).assignment.done_at == the_clock.now()
    assert [entry.action for entry in audit_trail.history(file.ref)][:2] == ["review.finished", "review.begun"]


def test_save_and_next_goes_to_the_next_file_and_home_when_there_is_none(chloe: SignedIn, call: Call) -> None:
    files = [in_review(call), in_review(call)]
    for file in files:
        an_assignment(file, chloe.person)

    here = chloe.get(SCORE, key=files[0].key).submit("do=next", **fields(call, 4, 4, 4))
    assert here.location.endswith(files[1].key)
    here.follow().submit("do=finish", **fields(call, 3, 3, 3))
    chloe.get(SCORE, key=files[0].key).submit("do=finish", **fields(call, 4, 4, 4))

    last = chloe.get(SCORE, key=files[0].key).submit("Mijn beoordeling heropenen").follow().submit("do=next").follow()
    assert "Er is geen ander dossier meer te lezen" in last.text


def test_others_scores_appear_once_mine_are_in(chloe: SignedIn, daan: SignedIn, call: Call) -> None:
    file = in_review(call)
    a_review(file, daan.person, {"C1": 1, "C2": 4, "C3": 3}, comment="Geheim van Daan", recommendation="no")
    an_assignment(file, chloe.person)

    before = chloe.get(SCORE, key=file.key)
    after = before.submit("do=finish", **fields(call, 5, 4, "x")).follow()

    for secret in ("Daan", "Geheim", "C1: 1"):
        assert secret not in before.text
        assert secret in after.text
    assert after.select("tr.apart th") == ["Maatschappelijk doel"]
    assert after.text.count("sterk verschillend: bespreek het") == 1
    assert_budget(after, 11)


def test_reviews_of_readers_in_conflict_are_nobodys_business(chloe: SignedIn, daan: SignedIn, call: Call) -> None:
    file = in_review(call)
    a_review(file, daan.person, {"C1": 1, "C2": 4, "C3": 3})
    a_review(file, chloe.person, {"C1": 5, "C2": 4, "C3": 3})
    assert "Daan" in chloe.get(SCORE, key=file.key).text

    a_conflict(file, daan.person)

    assert "Daan" not in chloe.get(SCORE, key=file.key).text


def test_the_discussion_is_for_who_has_finished(chloe: SignedIn, call: Call) -> None:
    file = in_review(call)
    an_assignment(file, chloe.person)
    chloe.post("review_reviewer.comment", {"text": "Te vroeg"}, key=file.key, status=409)

    done = chloe.get(SCORE, key=file.key).submit("do=finish", **fields(call, 5, 4, 3)).follow()
    assert "Te vroeg" not in done.text
    empty = done.submit("Toevoegen aan de bespreking", status=422)
    assert empty.problems == ["Schrijf eerst een opmerking"]
    said = empty.submit("Toevoegen aan de bespreking", text="Vraag naar de huur").follow()

    assert "Chloé Lambert 1\xa0februari, 11.00\xa0uur Vraag naar de huur" in said.text


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_after_a_change_i_see_the_difference_and_confirm(chloe: SignedIn, call: Call, lang: str) -> None:
    file = in_review(call)
    a_review(file, chloe.person, {"C1": 5, "C2": 4, "C3": 3})
    handed_in_again(file, "words", a_long_text="Wij openen geen wasplaats maar een soepkeuken.")

    page = chloe.get(SCORE, lang=lang, key=file.key)
    changed = chloe.get_path(page.links(".warn a")[0])

    assert {"nl": "veranderd", "fr": "modifié"}[lang] in " ".join(rows(chloe.get(LIST, lang=lang)))
    assert changed.select("h2") == [{"nl": "Vraag naar long text", "fr": "Question de long text"}[lang]]
    assert "soepkeuken." in " ".join(changed.select("ins"))
    assert changed.select("del") != []
    changed.submit(form="form[action*='bevestigen'], form[action*='confirmer']")
    assert review_of(file, chloe.person_id).submission_number == 2
    chloe.get(SCORE, lang=lang, key=file.key)  # says once that it was confirmed
    assert chloe.get(SCORE, lang=lang, key=file.key).select(".warn") == []
    assert chloe.get("review_dossier.changes", lang=lang, key=file.key).select("ins, del") == []


MARKS = {
    "nl": "De kandidaat wijzigt dit dossier. Je leest wat ingediend is.",
    "fr": "L’équipe candidate modifie ce dossier. Vous lisez ce qui a été introduit.",
}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_page_says_that_the_applicant_is_changing_the_file(
    chloe: SignedIn, call: Call, clock: Clock, lang: str
) -> None:
    file = in_review(call)
    an_assignment(file, chloe.person)
    file.state = State.INCOMPLETE  # asked for something while it is read
    clock.forward(hours=1)
    before = chloe.get(SCORE, lang=lang, key=file.key)
    saved = sections_of(file.id)["words"]
    typed = saved.answers | {"a_long_text": "Een tekst die nog niemand indiende."}
    writing.save_section(file, "words", typed, revision=saved.revision, by=file.person, at=clock())

    page = chloe.get(SCORE, lang=lang, key=file.key)

    assert MARKS[lang] not in before.text
    assert page.select(".warn") == [MARKS[lang]]
    assert "nog niemand indiende" not in page.text
    handing_in.submit(file, {}, by=file.person, url="http://127.0.0.1/status", at=clock())
    after = chloe.get(SCORE, lang=lang, key=file.key)
    assert MARKS[lang] not in after.text
    assert "nog niemand indiende" in after.text


def test_a_draft_keeps_the_number_of_the_text_it_was_begun_on_until_it_is_finished(chloe: SignedIn, call: Call) -> None:
    file = in_review(call)
    an_assignment(file, chloe.person)
    open_page = chloe.get(SCORE, key=file.key)
    open_page.submit("do=save", **fields(call, 4))
    handed_in_again(file, "words", a_long_text="Iets anders dan voordien.")

    open_page.submit("do=finish", revision="1", **fields(call, 4, 4, 4))
    assert review_of(file, chloe.person_id).submission_number == 1  # that is what stood on the page
    again = chloe.get(SCORE, key=file.key).submit("Mijn beoordeling heropenen").follow()
    again.submit("do=finish", read="99")

    assert review_of(file, chloe.person_id).submission_number == 2


def test_once_the_jury_has_decided_nothing_changes_and_the_text_is_kept(chloe: SignedIn, call: Call) -> None:
    files = [in_review(call), in_review(call)]
    an_assignment(files[0], chloe.person)
    a_review(files[1], chloe.person, {"C1": 5, "C2": 4, "C3": 3})
    page = chloe.get(SCORE, key=files[0].key)
    for file in files:
        decided(file)

    late = page.submit("do=finish", status=409, **fields(call, 5, "x", words="Mijn lange motivering"))
    chloe.post("review_reviewer.reopen", key=files[1].key, status=409)
    chloe.post("review_reviewer.confirm", key=files[1].key, status=409)
    answered = chloe.post("review_reviewer.autosave", fields(call, 5), key=files[0].key, status=409)

    assert "De jury heeft over dit dossier beslist" in late.text
    assert "Mijn lange motivering" in late.text
    assert "said" in answered.json
    assert "beslist zonder jouw beoordeling" in chloe.get(LIST).text
    assert "Heropen" not in chloe.get(SCORE, key=files[1].key).text
    assert review_of(files[1], chloe.person_id).assignment.done_at is not None


def test_a_finished_review_is_opened_before_it_changes(chloe: SignedIn, call: Call) -> None:
    file = in_review(call)
    an_assignment(file, chloe.person)
    page = chloe.get(SCORE, key=file.key)
    page.submit("do=finish", **fields(call, 5, 4, 3))

    twice = page.submit("do=finish", status=409, **fields(call, 1, 1, 1))
    assert "Heropen ze eerst" in twice.text
    assert set(scores_of(review_of(file, chloe.person_id)).values()) == {5, 4, 3}
    chloe.get(SCORE, key=file.key).submit("Mijn beoordeling heropenen")

    assert review_of(file, chloe.person_id).assignment.done_at is None
    page.submit("do=save", status=409, **fields(call, 1, 1, 1))  # written from a page of before


def test_a_page_needs_a_reader(els: SignedIn, amina: SignedIn, call: Call) -> None:
    file = an_application(call=call, state=State.IN_REVIEW)
    an_assignment(file, known(CHLOE))

    for client in (els, amina):
        client.get(LIST, status=403)
        client.get(SCORE, key=file.key, status=403)
    assert known(ELS).roles


@pytest.mark.parametrize(
    ("lang", "first", "on"),
    [("nl", "Begin met het eerste", "Ga verder met het volgende"), ("fr", "Commencer par le premier", "suivant")],
)
def test_a_reader_who_began_everywhere_goes_on(chloe: SignedIn, call: Call, lang: str, first: str, on: str) -> None:
    files = [in_review(call) for _ in range(2)]
    for one in files:
        an_assignment(one, chloe.person)
    assert first in chloe.get(LIST, lang=lang).select("a.button")[0]
    for one in files:
        page = chloe.get(SCORE, key=one.key)
        page.submit("do=save", **fields(call, 3))

    button = chloe.get(LIST, lang=lang).select("a.button")[0]

    assert first not in button
    assert on in button
