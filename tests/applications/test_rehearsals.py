"""Somebody tries a call out: whatever they do on the file, letters go to nobody but them."""

from flask import Flask

from app.applications.actions import handing_in, talking, team
from app.applications.rules.team import Role
from app.core.db.base import db
from app.mail.rules.states import MailState
from tests.builders import an_application
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.people import SignedIn


def test_letters_of_a_rehearsal_go_to_the_tester_only(
    app: Flask, els: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = an_application(person=els.person)
    file.is_rehearsal = True

    team.invite(file, "friend@example.be", name="Vriend", role=Role.WRITER, by=els.person, at=clock())
    talking.write_to_team(file, "Hallo?", by=els.person, hidden_from=(), at=clock())
    handing_in.submit(file, {}, by=els.person, url="http://127.0.0.1/", at=clock())
    db.session.commit()

    assert {(letter.to_email, letter.kind) for letter in mailbox.letters} == {
        (els.person.email, "application_received")
    }


def test_letters_of_a_real_file_go_to_all_who_write(app: Flask, els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file = an_application()

    team.invite(file, "friend@example.be", name="Vriend", role=Role.WRITER, by=file.person, at=clock())
    db.session.commit()

    assert [(letter.to_email, letter.state) for letter in mailbox.letters] == [("friend@example.be", MailState.QUEUED)]
