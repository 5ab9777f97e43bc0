"""Two windows on one review: nothing is overwritten, nothing is lost (peers: B9)."""

import pytest
from flask import Flask

from app.applications.models import Application
from app.core.db.base import db
from app.programmes.models import Call
from app.review.rules.finishing import MOST
from tests.people import SignedIn
from tests.review.scenes import a_read_call, fields, in_review, review_of, scores_of
from tests.selection import an_assignment

SCORE, AUTOSAVE = "review_reviewer.score", "review_reviewer.autosave"


@pytest.fixture
def call(app: Flask) -> Call:
    """A call that is being read."""
    return a_read_call()


def given(chloe: SignedIn, call: Call) -> str:
    """A file for Chloé; its key."""
    file = in_review(call)
    an_assignment(file, chloe.person)
    db.session.commit()
    return str(file.key)


def kept(chloe: SignedIn, key: str) -> dict[int, int | None]:
    """What the database holds."""
    file = db.session.query(Application).filter_by(key=key).one()
    return scores_of(review_of(file, chloe.person_id))


def test_what_two_windows_wrote_apart_is_put_together(chloe: SignedIn, call: Call) -> None:
    key, (one, two, _three) = given(chloe, call), [criterion.id for criterion in call.criteria]
    left, right = chloe.get(SCORE, key=key), chloe.get(SCORE, key=key)
    left.submit("do=save", **fields(call, 4))

    merged = right.submit("do=save", **fields(call, None, 2)).follow()

    assert "in een ander venster" in merged.text
    assert "Beide teksten zijn samengevoegd" in merged.text
    assert kept(chloe, key) == {one: 4, two: 2}


def test_what_both_changed_is_shown_side_by_side_and_the_reader_chooses(chloe: SignedIn, call: Call) -> None:
    key, (one, two, _three) = given(chloe, call), [criterion.id for criterion in call.criteria]
    left, right = chloe.get(SCORE, key=key), chloe.get(SCORE, key=key)
    left.submit("do=save", **fields(call, 4, 5, words="Links", recommendation="yes"), **{f"r{one}": "Goede nood"})

    stale = right.submit("do=finish", status=409, **fields(call, 1, 2, 3, words="Rechts", recommendation="no"))

    assert kept(chloe, key) == {one: 4, two: 5}
    assert "Je bewaarde deze beoordeling in een ander venster, op" in stale.text
    assert stale.select(f"#choose-{one} ~ .pre-line") == ["Score 4 Goede nood", "Score 1"]
    assert stale.select("#choose-comment ~ .pre-line ins") == ["Links"]
    assert stale.select("#choose-comment ~ .pre-line del") == ["Rechts"]
    assert stale.value("words") == "Rechts"
    taken = stale.submit(f"do=theirs:{one}", status=409)
    taken = taken.submit("do=theirs:comment", status=409).submit("do=theirs:recommendation", status=409)
    taken.submit("do=save")
    assert list(kept(chloe, key).values()) == [4, 2, 3]
    assert chloe.get(SCORE, key=key).value("words") == "Links"


def test_the_last_thing_taken_over_saves(chloe: SignedIn, call: Call) -> None:
    key, one = given(chloe, call), call.criteria[0].id
    left, right = chloe.get(SCORE, key=key), chloe.get(SCORE, key=key)
    left.submit("do=save", **fields(call, 4))

    answered = right.submit("do=save", status=409, **fields(call, 1)).submit(f"do=theirs:{one}").follow()

    assert "de tekst uit het andere venster is bewaard" in answered.text
    assert kept(chloe, key) == {one: 4}


def test_saving_knowingly_replaces_what_was_shown(chloe: SignedIn, call: Call) -> None:
    key, one = given(chloe, call), call.criteria[0].id
    left, right = chloe.get(SCORE, key=key), chloe.get(SCORE, key=key)
    left.submit("do=save", **fields(call, 4))

    right.submit("do=save", status=409, **fields(call, 1)).submit("do=save")

    assert kept(chloe, key) == {one: 1}


def test_a_pressed_button_follows_what_the_script_saved_from_the_same_window(chloe: SignedIn, call: Call) -> None:
    key, one = given(chloe, call), call.criteria[0].id
    page = chloe.get(SCORE, key=key)
    window = {"window": page.value("window"), "revision": "0"}

    answered = chloe.post(AUTOSAVE, fields(call, 4) | window, key=key, status=200)
    page.submit("do=save", **fields(call, 5))  # its revision is still 0: the answer to the script was on its way

    assert (answered.json["revision"], answered.json["saved"]) == (1, "Bewaard om 11.00\xa0uur")
    assert kept(chloe, key) == {one: 5}


def test_the_script_never_follows_blindly(chloe: SignedIn, call: Call) -> None:
    key, one = given(chloe, call), call.criteria[0].id
    page = chloe.get(SCORE, key=key)
    window = {"window": page.value("window"), "revision": "0"}
    page.submit("do=save", **fields(call, 5))

    late = chloe.post(AUTOSAVE, fields(call, 4) | window, key=key, status=409)
    same = chloe.post(AUTOSAVE, fields(call, 5) | window, key=key, status=200)

    assert "in een ander venster" in late.json["said"]
    assert same.json["revision"] == 1
    assert kept(chloe, key) == {one: 5}


def test_the_same_text_again_is_no_new_revision(chloe: SignedIn, call: Call) -> None:
    key = given(chloe, call)
    for _ in range(3):
        chloe.get(SCORE, key=key).submit("do=save", **fields(call, 4))

    assert chloe.get(SCORE, key=key).value("revision") == "1"


@pytest.mark.parametrize("name", ["words", "r"])
def test_a_text_without_end_is_refused_and_stays_on_the_page(chloe: SignedIn, call: Call, name: str) -> None:
    key, one = given(chloe, call), call.criteria[0].id
    control = name if name == "words" else f"r{one}"
    fits, endless = "x" * MOST, "x" * (MOST + 1)
    left, right = chloe.get(SCORE, key=key), chloe.get(SCORE, key=key)
    left.submit("do=save", **fields(call, 4), **{control: fits})

    page = right.submit("do=save", status=422, **fields(call, 1), **{control: endless})
    script = chloe.post(AUTOSAVE, fields(call, 1) | {control: endless, "revision": "1"}, key=key, status=422)

    assert page.value(control) == endless
    assert "te lang om te bewaren" in page.problems[0]
    assert "Wat je schreef, is bewaard" not in page.text
    assert "te lang om te bewaren" in script.json["said"]
    assert kept(chloe, key) == {one: 4}
    page.submit("do=save", status=409, **fields(call, 1), **{control: "Kort"})  # the other window still counts
    assert kept(chloe, key) == {one: 4}


def test_the_script_saves_nothing_while_two_texts_are_shown(chloe: SignedIn, call: Call) -> None:
    key, one = given(chloe, call), call.criteria[0].id
    left, right = chloe.get(SCORE, key=key), chloe.get(SCORE, key=key)
    left.submit("do=save", **fields(call, 4))
    page = right.submit("do=save", status=409, **fields(call, 1))
    shown = {name: page.value(name) for name in ("revision", "window", "choosing")}

    chloe.post(AUTOSAVE, fields(call, 1) | shown, key=key, status=409)
    page.submit(f"do=theirs:{one}")

    assert kept(chloe, key) == {one: 4}
