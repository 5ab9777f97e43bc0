"""A page with several actions: whichever button is pressed, what is typed beside it is not lost. Without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.core.db.base import db
from app.core.text.unsent_texts import UnsentText
from app.privacy import jobs
from tests.builders import a_call, a_criterion, an_application
from tests.conftest import Clock
from tests.html import words
from tests.page import Page
from tests.panels import an_interview
from tests.people import ELS, SignedIn, known, signed_in
from tests.selection import a_review

pytestmark = pytest.mark.one_database("what a page shows")
LONG = ("Een reden die lang genoeg is om te bewaren. " * 4).strip()
KEEP = "accounts_person.keep_typed"


@dataclass(frozen=True)
class Scene:
    """A page with several actions: what is typed on it, by the action that uses it; `choices` go with each of them."""

    page: str
    make: Callable[[], str]
    typed: dict[str, dict[str, Any]]
    role: str = "els"


def before_the_jury() -> str:
    return an_application(call=a_call(open=False), state=State.JURY).key


def with_a_tag() -> str:
    return an_application(call=a_call(), submitted=True).key


def interviewed() -> str:
    file = an_application(call=a_call(), state=State.INTERVIEW)
    an_interview(file)
    return file.key


FILE = {
    "casework_staff.move": {"message": "Er ontbreekt een bijlage.", "until": "2027-02-20"},
    "casework_staff.tags": {"name": "dringend"},
    "casework_staff.message": {"reply": "Dag, we lezen je dossier."},
    "casework_staff.note": {"note": "Terugbellen over de cijfers."},
    "casework_staff.comment": {"text": "Sterk plan."},
}
SCENES = {
    "file": Scene("casework_staff.application", with_a_tag, FILE),
    "decision": Scene(
        "decisions_staff.decide",
        before_the_jury,
        {
            "decisions_staff.decide": {"outcome": "declined", "reason": LONG},
            "decisions_staff.advise": {"advice": "accepted", "words": "Neem ze op."},
        },
    ),
    "interview": Scene(
        "interviews_staff.interview",
        interviewed,
        {
            "interviews_staff.interview": {"notes": "Ze kennen hun klanten.\nCijfers volgen."},
            "interviews_staff.until": {"choose_by": "2027-02-20"},
            "interviews_staff.remind": {},
        },
    ),
}
CASES = [
    pytest.param(name, action, lang, id=f"{action}-{lang}")
    for name, scene in SCENES.items()
    for action in (*scene.typed, KEEP)
    for lang in ("nl", "fr")
]


def opened(who: SignedIn, scene: Scene, key: str, lang: str) -> Page:
    return who.get(scene.page, lang=lang, key=key)


def press(page: Page, action: str, *, status: int = 303, lang: str = "nl", key: str, **fields: Any) -> Page:
    """Press the button of this action, wherever it stands; of `KEEP`: the Enter key."""
    to = page.client.address(action, lang=lang, **({} if action == KEEP else {"key": key}))
    button = None if action == KEEP else page.soup.select_one(f'button[formaction="{to}"]')
    assert action == KEEP or button is not None, f"no button for {to}"
    given = {"status": status} | fields
    return page.submit(words(button) if button else None, form='form:has([name="unsent:page"])', **given)


def there(page: Page, fields: dict[str, Any]) -> dict[str, Any]:
    """What stands in these fields."""
    return {name: page.value(name) for name in fields}


@pytest.mark.parametrize(("name", "action", "lang"), CASES)
def test_pressing_one_button_keeps_what_is_typed_for_the_others(
    els: SignedIn, name: str, action: str, lang: str
) -> None:
    scene = SCENES[name]
    key = scene.make()
    typed = {field: text for fields in scene.typed.values() for field, text in fields.items()}
    own = scene.typed.get(action, {})
    others = {field: text for field, text in typed.items() if field not in own}

    press(opened(els, scene, key, lang), action, lang=lang, key=key, **{**typed, **to_step(action)})

    shown = opened(els, scene, key, lang)
    assert there(shown, others) == others
    assert shown.select(".note[role=status]")
    row = db.session.query(UnsentText).one()
    assert row.person_id == els.person_id
    assert not row.fields.keys() & own.keys()


def to_step(action: str) -> dict[str, str]:
    """A step that the page offers and that needs no more than its text."""
    return {"to": "eligible"} if action == "casework_staff.move" else {}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_refused_action_keeps_the_whole_page(els: SignedIn, lang: str) -> None:
    key = with_a_tag()
    typed = {name: text for fields in FILE.values() for name, text in fields.items()} | {"note": ""}

    refused = press(
        opened(els, SCENES["file"], key, lang), "casework_staff.note", status=422, lang=lang, key=key, **typed
    )

    assert there(refused, typed) == typed
    press(refused, "casework_staff.note", lang=lang, key=key, note="Toch een nota.")
    rest = {name: text for name, text in typed.items() if name != "note"}
    assert there(opened(els, SCENES["file"], key, lang), rest) == rest


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_refused_recommendation_keeps_the_decision_as_it_was_typed(els: SignedIn, lang: str) -> None:
    key, scene = before_the_jury(), SCENES["decision"]

    refused = press(
        opened(els, scene, key, lang), "decisions_staff.advise", status=422, lang=lang, key=key, reason=LONG
    )

    assert refused.value("reason") == LONG


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_refused_last_day_keeps_the_notes_of_the_interview(els: SignedIn, lang: str) -> None:
    key, scene = interviewed(), SCENES["interview"]
    typed = {"notes": "Ze kennen hun klanten.", "choose_by": "2020-01-01"}

    refused = press(opened(els, scene, key, lang), "interviews_staff.until", status=422, lang=lang, key=key, **typed)

    assert there(refused, typed) == typed


def test_a_text_that_is_sent_after_all_waits_no_more(els: SignedIn) -> None:
    key, scene = with_a_tag(), SCENES["file"]
    press(opened(els, scene, key, "nl"), "casework_staff.tags", key=key, name="dringend", note="Terugbellen.")

    press(opened(els, scene, key, "nl"), "casework_staff.note", key=key)

    page = opened(els, scene, key, "nl")
    assert page.value("note") == ""
    assert "Terugbellen." in page.text
    assert db.session.query(UnsentText).all() == []


def test_what_was_not_sent_can_be_thrown_away(els: SignedIn) -> None:
    key, scene = with_a_tag(), SCENES["file"]
    press(opened(els, scene, key, "nl"), KEEP, key=key, note="Terugbellen.")

    opened(els, scene, key, "nl").submit("do=forget")

    assert opened(els, scene, key, "nl").value("note") == ""
    assert db.session.query(UnsentText).all() == []


def test_nobody_else_and_no_other_page_shows_it(els: SignedIn, greta: SignedIn) -> None:
    key, scene = with_a_tag(), SCENES["file"]
    press(opened(els, scene, key, "nl"), KEEP, key=key, note="Terugbellen.")

    assert opened(els, scene, key, "nl").value("note") == "Terugbellen."
    assert opened(greta, scene, key, "nl").value("note") == ""
    assert opened(els, scene, with_a_tag(), "nl").value("note") == ""


def test_a_second_window_that_did_not_show_it_does_not_take_it_away(els: SignedIn, clock: Clock) -> None:
    key, scene = with_a_tag(), SCENES["file"]
    first, second = (opened(els, scene, key, "nl") for _window in range(2))
    press(first, "casework_staff.tags", key=key, name="dringend", note="Terugbellen.")
    clock.forward(minutes=1)

    press(second, "casework_staff.message", key=key, reply="Dag.")

    assert opened(els, scene, key, "nl").value("note") == "Terugbellen."


def test_what_a_colleague_stored_meanwhile_is_not_overwritten(els: SignedIn, greta: SignedIn) -> None:
    key, scene = interviewed(), SCENES["interview"]
    press(opened(els, scene, key, "nl"), "interviews_staff.remind", key=key, notes="Van Els.")

    press(opened(greta, scene, key, "nl"), "interviews_staff.interview", key=key, notes="Van Greta.")

    page = opened(els, scene, key, "nl")
    assert page.value("notes") == "Van Greta."
    assert "Van Els." in page.text


def test_a_page_on_which_nothing_was_typed_keeps_nothing(els: SignedIn) -> None:
    file = an_application(call=a_call(), state=State.INTERVIEW)
    interview = an_interview(file)
    interview.notes = "Eerste regel.\nTweede regel."
    scene = SCENES["interview"]

    press(opened(els, scene, file.key, "nl"), "interviews_staff.remind", key=file.key)
    page = opened(els, scene, file.key, "nl")
    press(page, KEEP, key=file.key, notes=str(page.value("notes")).replace("\n", "\r\n"))

    assert db.session.query(UnsentText).all() == []


def test_a_name_of_a_page_that_does_not_exist_keeps_nothing(els: SignedIn) -> None:
    for page in ("", "site_public.home?", "casework_staff.application?", "casework_staff.application?key=" + "x" * 999):
        els.post(KEEP, {"unsent:page": page, "note": "x", "shown:note": "0"})

    assert db.session.query(UnsentText).all() == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_reader_keeps_a_remark_while_opening_the_review_again(app: Flask, chloe: SignedIn, lang: str) -> None:
    call = a_call()
    a_criterion(call, weight=100)
    file = an_application(call=call, state=State.IN_REVIEW)
    a_review(file, chloe.person, {}, done=True)
    scene = Scene("review_reviewer.score", with_a_tag, {})

    press(opened(chloe, scene, file.key, lang), "review_reviewer.reopen", lang=lang, key=file.key, text="Nog iets.")

    assert db.session.query(UnsentText).one().fields["text"]["values"] == ["Nog iets."]


def test_texts_go_with_time(app: Flask, els: SignedIn, clock: Clock) -> None:
    key, scene = with_a_tag(), SCENES["file"]
    press(opened(els, scene, key, "nl"), KEEP, key=key, note="Terugbellen.")
    clock.forward(days=6)
    jobs.purge_all()
    kept = db.session.query(UnsentText).count()
    clock.at += timedelta(days=2)
    jobs.purge_all()

    assert (kept, db.session.query(UnsentText).count()) == (1, 0)
    assert signed_in(app, ELS).person_id == known(ELS).id
