"""Who of a team gets which letter about their file: one rule, used by every letter."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.applications.actions import handing_in, team
from app.applications.models import Application
from app.applications.rules.states import State
from app.applications.rules.team import OWNER_ONLY, Role, gets_letter
from app.casework import actions as casework
from app.core import clock as the_clock
from app.core.db.base import db
from app.decisions.actions import places
from app.intake.actions import changes, deadlines
from app.mail.rules.kinds import KINDS
from app.privacy.actions import retention
from config import ROOT
from tests.builders import a_call, an_application
from tests.conftest import Clock
from tests.deciding import announce, decision_on, next_working_day, take
from tests.letters import Mailbox
from tests.people import AMINA, BRUNO, ELS, FARID, GRETA, SignedIn, known, signed_in

WRITER, READER, INVITED = BRUNO, FARID, GRETA
URL = "http://127.0.0.1/owner"


@pytest.mark.parametrize(
    ("role", "accepted", "kind", "gets"),
    [
        (Role.OWNER, False, "place_reminder", True),
        (Role.OWNER, False, "application_received", True),
        (Role.WRITER, True, "application_received", True),
        (Role.WRITER, True, "decision_accepted", True),
        (Role.WRITER, True, "place_reminder", False),
        (Role.WRITER, True, "application_started", False),
        (Role.WRITER, False, "application_received", False),
        (Role.READER, True, "application_received", False),
        (Role.ASSISTANT, True, "application_received", False),
    ],
)
def test_the_owner_and_whoever_accepted_to_write_get_letters(role: Role, accepted: bool, kind: str, gets: bool) -> None:
    assert gets_letter(kind, role, accepted=accepted) is gets


def test_only_letters_that_exist_are_the_owners_alone() -> None:
    assert set(KINDS) >= OWNER_ONLY


def test_no_letter_about_a_file_is_written_to_its_owner_by_hand() -> None:
    """`recipients` decides: no action takes the address of the owner itself. Signing in and the start are no exception
    to the rule but letters to the one person who typed an address.
    """
    own = {"app/applications/actions/common.py", "app/decisions/actions/letters.py"}
    wrong = [
        str(place.relative_to(ROOT))
        for place in (ROOT / "app").rglob("actions/*.py")
        if re.search(r"to_email=(?:application|one|decision\.application)\.person", place.read_text(encoding="utf-8"))
        and str(place.relative_to(ROOT)) not in own
    ]

    assert wrong == []


@pytest.fixture
def file(app: Flask, clock: Clock) -> Application:
    """A draft of Amina with a writer, a reader and an open invitation."""
    made = an_application(call=a_call(), person=known(AMINA), language="fr")
    for part, role in ((WRITER, Role.WRITER), (READER, Role.READER), (INVITED, Role.WRITER)):
        known(part)
        member = team.invite(made, part.email, name=part.name, role=role, by=made.person, at=clock())
        if part is not INVITED:
            member.accepted_at = clock()
    db.session.commit()
    return made


def heard(mailbox: Mailbox, kind: str) -> set[str]:
    db.session.commit()
    return {letter.to_email for letter in mailbox.letters if letter.kind == kind}


def test_every_letter_of_a_file_goes_to_its_owner_and_its_writer(
    file: Application, mailbox: Mailbox, clock: Clock
) -> None:
    staff, both = known(ELS), {AMINA.email, WRITER.email}
    call = file.call
    assert call.closes_at is not None
    changes.reschedule(call, opens_at=call.opens_at, closes_at=call.closes_at + timedelta(days=1), by=staff, at=clock())
    clock.set(call.closes_at - timedelta(hours=20))
    deadlines.remind(at=clock())
    handing_in.submit(file, {}, by=file.person, url=URL, at=clock())
    more = {"until": None, "by": staff, "url": URL, "at": clock()}
    casework.move(file, State.INCOMPLETE, message="Encore le budget.", questions=["project_name"], **more)
    casework.write_to_applicant(file, "Bonjour.", by=staff, at=clock())
    casework.move(file, State.ELIGIBLE, message="", **more)
    casework.move(file, State.JURY, message="", **more)
    clock.set(call.closes_at + timedelta(days=1))
    take(file, State.ACCEPTED)
    announce(file, by=staff)
    decision = decision_on(file)
    places.extend(decision, next_working_day(15), by=staff, url=URL, at=clock())
    places.answer(
        decision, State.CONFIRMED, reason="", by=file.person, url=URL, today=the_clock.day_of(clock()), at=clock()
    )

    for kind in (
        *("call_dates_changed", "application_reminder", "application_received", "application_incomplete"),
        *("application_answered", "application_eligible", "decision_accepted", "place_extended", "place_confirmed"),
    ):
        assert heard(mailbox, kind) == both, kind
    theirs = mailbox.last("decision_accepted", to=WRITER.email)
    assert theirs.language == WRITER.language
    assert f"/nl/mijn-dossier/{file.key}" in theirs.text
    assert URL not in theirs.text
    assert mailbox.last("decision_accepted", to=AMINA.email).language == "fr"


def test_the_reminder_of_a_place_goes_to_whoever_can_answer(file: Application, mailbox: Mailbox, clock: Clock) -> None:
    handing_in.submit(file, {}, by=file.person, url=URL, at=clock())
    for step in (State.ELIGIBLE, State.JURY):
        casework.move(file, step, message="", until=None, by=known(ELS), url=URL, at=clock())
    clock.forward(days=22)
    take(file, State.ACCEPTED)
    announce(file, answer_by=next_working_day(14))
    clock.forward(days=12)

    places.remind(today=the_clock.day_of(clock()), url_of=lambda _one: URL, at=clock())

    assert heard(mailbox, "place_reminder") == {AMINA.email}


def test_a_withdrawn_file_and_an_old_draft_are_told_to_both(file: Application, mailbox: Mailbox, clock: Clock) -> None:
    both = {AMINA.email, WRITER.email}
    clock.forward(days=400)
    retention.warn(url_of=lambda _one: URL, at=clock())
    assert heard(mailbox, "draft_ending") == both

    other = an_application(submitted=True, person=known(AMINA), call=a_call())
    handing_in.withdraw(other, by=other.person, at=clock())
    assert heard(mailbox, "application_withdrawn") == {AMINA.email}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_team_page_says_who_gets_mails(amina: SignedIn, els: SignedIn, file: Application, lang: str) -> None:
    said = {"nl": "krijgt dezelfde mails over dit dossier", "fr": "reçoit les mêmes e-mails"}[lang]

    assert said in amina.get("applications_together.team", lang=lang, key=file.key).text


def test_the_page_before_telling_counts_every_letter(app: Flask, file: Application, clock: Clock) -> None:
    handing_in.submit(file, {}, by=file.person, url=URL, at=clock())
    for step in (State.ELIGIBLE, State.JURY):
        casework.move(file, step, message="", until=None, by=known(ELS), url=URL, at=clock())
    clock.forward(days=22)
    take(file, State.DECLINED)

    page = signed_in(app, ELS).get("decisions_calls.check", key=file.call.key).submit(form="main form", status=200)

    assert "2 mails vertrekken" in page.text
