"""Applications for staff: list, one file, notes, and each step by the one table."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.applications.actions import handing_in
from app.applications.queries.files import asked_for
from app.applications.rules.states import State
from app.casework import actions as casework
from app.casework.rules import RoundState, round_state
from app.core.audit import audit_trail
from app.core.clock import day_of
from app.core.db.base import db
from app.core.i18n.formats import day, moment
from app.core.i18n.language import speaking
from app.questionnaires.queries import definition_of
from tests.builders import a_call, a_person, an_application
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn

PAGES = ["applications", "application"]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_list_asks_as_often_for_three_files_as_for_one(els: SignedIn, lang: str) -> None:
    an_application(submitted=True)
    one = els.get("casework_staff.applications", lang=lang)
    for _number in range(2):
        an_application(submitted=True)
    three = els.get("casework_staff.applications", lang=lang)

    assert len(three.select(".grid tbody tr")) == 3
    assert len(one.statements) == len(three.statements)
    assert_budget(three, 7)


def test_drafts_are_nobodys_business(els: SignedIn) -> None:
    draft = an_application()

    assert draft.title not in els.get("casework_staff.applications").text
    els.get("casework_staff.application", status=404, key=draft.key)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "lavoir"}, {"fr"}),
        ({"q": "WASSALON kuregem"}, {"nl"}),
        ({"language": "fr"}, {"fr"}),
        ({"state": "submitted"}, {"nl", "fr"}),
        ({"state": "jury"}, set()),
        ({"state": "nonsense", "language": "xx", "after": "rubbish", "call": "nothing"}, set()),
        ({"q": "100%"}, set()),
        ({"after": "9999-99-99_1"}, {"nl", "fr"}),
    ],
)
def test_filters_and_search(els: SignedIn, wanted: dict[str, str], found: set[str]) -> None:
    call = a_call()
    an_application(call=call, language="nl", submitted=True)
    an_application(call=call, language="fr", submitted=True)

    page = els.get("casework_staff.applications", **wanted)

    assert {badge.lower() for badge in page.select(".grid tbody .lang")} == found


def test_the_very_address_or_reference_comes_first(els: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.casework.queries.list.PAGE_SIZE", 2)
    wanted = an_application(person=a_person("Zoë", email="zoe@example.be"), submitted=True)
    for number in range(3):
        an_application(person=a_person(f"Zoë {number}", email=f"zoe@example.be.{number}.be"), submitted=True)
    db.session.commit()

    by_address = els.get("casework_staff.applications", q="ZOE@example.be")
    further = els.get_path(by_address.links(".pager a")[0]).text
    by_reference = els.get("casework_staff.applications", q=str(wanted.reference).lower())

    assert wanted.reference in by_address.select("tbody tr")[0]
    assert wanted.reference not in further
    assert wanted.reference in by_reference.select("tbody tr")[0]


def test_paging_reaches_every_file(els: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.casework.queries.list.PAGE_SIZE", 2)
    call = a_call()
    for _number in range(3):
        an_application(call=call, submitted=True)

    first = els.get("casework_staff.applications")
    second = els.get_path(first.links(".pager a")[0])

    assert len(first.select(".grid tbody tr")) == 2
    assert len(second.select(".grid tbody tr")) == 1
    assert second.links(".pager a") == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_one_file_shows_answers_letters_and_history(els: SignedIn, lang: str) -> None:
    file = an_application(submitted=True)

    page = els.get("casework_staff.application", lang=lang, key=file.key)

    assert file.reference in page.text  # type: ignore[operator]
    assert file.person.email in page.text
    assert_budget(page, 10)


def test_a_note_is_kept_and_stays_inside(els: SignedIn, app: Flask) -> None:
    person = a_person()
    file = an_application(person=person, submitted=True)
    page = els.get("casework_staff.application", key=file.key)

    refused = page.submit(form="[formaction$=nota]", note=" ", status=422)
    kept = refused.submit(form="[formaction$=nota]", note="Terugbellen <b>maandag</b>.").follow()

    assert "Terugbellen <b>maandag</b>." in kept.text
    applicant = SignedIn(app, person)
    assert "Terugbellen" not in applicant.get("applications_applicant.status", key=file.key).text


def test_a_step_moves_tells_and_leaves_a_trace(els: SignedIn, mailbox: Mailbox) -> None:
    file = an_application(submitted=True, language="fr")
    page = els.get("casework_staff.application", key=file.key)

    page.submit(form="[formaction$=stap]", to="eligible", message="Bienvenue.")

    assert file.state == State.ELIGIBLE
    letter = mailbox.last("application_eligible")
    assert (letter.language, "Bienvenue." in letter.text) == ("fr", True)
    assert audit_trail.history(file.ref)[0].action == "application.moved"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.IN_REVIEW])
def test_the_button_alone_takes_no_step(els: SignedIn, mailbox: Mailbox, state: State) -> None:
    file = an_application(state=state)
    page, before = els.get("casework_staff.application", key=file.key), list(mailbox.kinds)
    assert page.value("to") == ""

    refused = page.submit("Zet deze stap", status=422)

    assert "Kies een stap" in refused.select(".error-summary")[0]
    db.session.expire_all()
    assert (file.state, mailbox.kinds) == (state, before)


def test_what_is_missing_must_be_said(els: SignedIn, mailbox: Mailbox) -> None:
    file = an_application(submitted=True)
    page = els.get("casework_staff.application", key=file.key)

    refused = page.submit(form="[formaction$=stap]", to="incomplete", until="2027-02-20", status=422)

    assert refused.value("until") == "2027-02-20"
    assert file.state == State.SUBMITTED
    named = refused.submit(
        form="[formaction$=stap]",
        to="incomplete",
        message="De begroting ontbreekt.",
        until="2027-02-20",
        questions=["project_name", "a_files"],
    )
    assert named.status == 303
    assert asked_for(file) == ["project_name", "a_files"]
    assert "De begroting ontbreekt." in mailbox.last("application_incomplete").text


@pytest.mark.parametrize(("lang", "optional"), [("nl", "(mag leeg blijven)"), ("fr", "(facultatif)")])
def test_words_that_a_step_may_need_are_not_called_optional(els: SignedIn, lang: str, optional: str) -> None:
    file = an_application(submitted=True)

    page = els.get("casework_staff.application", lang=lang, key=file.key)

    assert optional in page.select("label[for=until]")[0]
    assert optional not in page.select("label[for=message]")[0]
    refused = page.submit(form="[formaction$=stap], [formaction$=etape]", to="incomplete", message="…", status=422)
    assert len(refused.main.select("details[open] #questions")) == 1


def test_two_colleagues_cannot_take_the_same_step_twice(els: SignedIn, greta: SignedIn, mailbox: Mailbox) -> None:
    file = an_application(submitted=True)
    mine = els.get("casework_staff.application", key=file.key)
    hers = greta.get("casework_staff.application", key=file.key)
    mine.submit(form="[formaction$=stap]", to="eligible")

    hers.submit(form="[formaction$=stap]", to="ineligible", message="Te laat gezien.", status=409)

    assert file.state == State.ELIGIBLE
    assert "application_ineligible" not in mailbox.kinds


def test_a_forged_step_is_refused(els: SignedIn) -> None:
    file = an_application(submitted=True)
    forged = {"from_state": "submitted", "to": "accepted"}

    els.post("casework_staff.move", forged, status=422, key=file.key)

    assert file.state == State.SUBMITTED


def test_nobody_but_staff_comes_in(client: PageClient, bruno: SignedIn, farid: SignedIn, chloe: SignedIn) -> None:
    key = an_application(person=bruno.person, submitted=True).key

    for page, values in (("applications", {}), ("application", {"key": key})):
        client.get(f"casework_staff.{page}", status=302, **values)
        for visitor in (bruno, farid, chloe):
            visitor.get(f"casework_staff.{page}", status=403, **values)
    bruno.post("casework_staff.move", {"to": "eligible"}, status=403, key=key)


def test_staff_fetch_an_attachment_and_guess_none(els: SignedIn, clock: Clock) -> None:
    file = an_application(submitted=True)

    els.get("casework_staff.attachment", status=404, key=file.key, file_key="x" * 43)


@pytest.mark.parametrize(
    ("state", "handed_in", "today", "found"),
    [
        (State.INCOMPLETE, -1, 0, RoundState.WAITING),
        (State.INCOMPLETE, -1, 5, RoundState.WAITING),
        (State.INCOMPLETE, -1, 6, RoundState.LATE),
        (State.SUBMITTED, 1, 6, RoundState.ANSWERED),
        (State.JURY, 1, 40, RoundState.ANSWERED),
        (State.ELIGIBLE, -1, 6, RoundState.UNANSWERED),
    ],
)
def test_a_request_to_complete_waits_is_late_or_is_answered(
    state: State, handed_in: int, today: int, found: RoundState
) -> None:
    asked_at = datetime(2027, 2, 1, 10, tzinfo=UTC)
    handed_in_at, until = asked_at + timedelta(hours=handed_in), date(2027, 2, 6)

    assert found == round_state(
        state,
        asked_at=asked_at,
        until=until,
        handed_in_at=handed_in_at,
        today=date(2027, 2, 1) + timedelta(days=today),
    )


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_file_says_what_was_asked_by_whom_until_when_and_whether_it_was_answered(
    els: SignedIn, clock: Clock, lang: str
) -> None:
    file = an_application(submitted=True, language="nl")
    until = day_of(clock()) + timedelta(days=4)
    casework.move(
        file,
        State.INCOMPLETE,
        message="De begroting ontbreekt.",
        until=until,
        questions=["project_name"],
        by=els.person,
        url="http://127.0.0.1/status",
        at=clock(),
    )
    clock.forward(hours=1)

    waiting = els.get("casework_staff.application", lang=lang, key=file.key).select("[aria-labelledby=asked]")[0]
    handing_in.submit(file, {}, by=file.person, url="http://127.0.0.1/status", at=clock())
    db.session.commit()
    answered = els.get("casework_staff.application", lang=lang, key=file.key).select("[aria-labelledby=asked]")[0]

    label = definition_of(file.version).question("project_name").label[lang]
    with speaking(lang):
        for words in ("De begroting ontbreekt.", "Els Peeters", label, day(until)):
            assert words in waiting
        assert moment(clock()) in answered


@pytest.mark.parametrize("to", ["incomplete", "ineligible"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_error_of_a_step_has_the_name_that_stands_above_its_fields(els: SignedIn, lang: str, to: str) -> None:
    file = an_application(submitted=True)

    refused = els.get("casework_staff.application", lang=lang, key=file.key).submit(
        form="[formaction$=stap], [formaction$=etape]", to=to, message="…", status=422
    )

    folds, legends = refused.select("details[open] > summary"), refused.select("details[open] legend")
    assert folds == legends
    assert len(folds) == 1
    assert len(refused.problems) == 1
