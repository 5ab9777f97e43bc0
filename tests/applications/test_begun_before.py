"""A file that somebody began with another's address: its owner sees what was done, and whoever began it is out."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications import jobs
from app.applications.actions import writing
from app.applications.models import Application, Member
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.files.check import Accepted
from app.core.files.storage import storage
from tests.builders import a_call, a_programme, an_application, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import Page, PageClient
from tests.people import BRUNO, known

EMAIL = "victim@example.be"
TASKS, LOOK = "applications_applicant.tasks", "applications_applicant.begun_before"


def begin(client: PageClient) -> str:
    """The key of a file that is started in this browser with the victim's address."""
    a_call(a_programme("seeds", slug=both("seeds")))
    client.get("applications_public.start", slug="seeds").submit(name="Wie ook", email=EMAIL)
    return str(db.session.scalars(select(Application.key)).one())


def come_in(client: PageClient, mailbox: Mailbox) -> Page:
    return client.get_path(mailbox.link("application_started", to=EMAIL)).submit()


def test_the_attacker_is_out_and_the_owner_sees_what_was_done(app: Flask, mailbox: Mailbox) -> None:
    attacker, victim = PageClient(app), PageClient(app)
    key = begin(attacker)

    page = come_in(victim, mailbox).follow(status=302).follow()

    assert page.endpoint == LOOK
    assert "nog niets bewaard" in page.text
    attacker.get(TASKS, key=key, status=302)
    victim.get("applications_applicant.status", key=key, status=302)


def test_the_owner_goes_on_without_the_people_whom_the_attacker_invited(app: Flask, mailbox: Mailbox) -> None:
    attacker, victim = PageClient(app), PageClient(app)
    key = begin(attacker)
    file = db.session.scalars(select(Application)).one()
    db.session.add(Member(application_id=file.id, person=known(BRUNO), role="writer", invited_at=file.started_at))
    page = come_in(victim, mailbox).follow(status=302).follow()

    page.submit("Verdergaan met deze kandidatuur")

    victim.get(TASKS, key=key)
    assert db.session.scalars(select(Member)).all() == []
    assert audit_trail.history(file.ref)[0].action == "application.taken_over"


def test_the_owner_deletes_it_and_starts_anew(app: Flask, mailbox: Mailbox) -> None:
    attacker, victim = PageClient(app), PageClient(app)
    begin(attacker)
    page = come_in(victim, mailbox).follow(status=302).follow()

    start = page.submit("Alles verwijderen en opnieuw beginnen").follow()

    assert start.endpoint == "applications_public.start"
    assert db.session.scalars(select(Application)).all() == []


def test_the_files_of_a_deleted_draft_go_unless_somebody_else_has_them(
    app: Flask, mailbox: Mailbox, clock: Clock
) -> None:
    attacker, victim = PageClient(app), PageClient(app)
    begin(attacker)
    file, other = db.session.scalars(select(Application)).one(), an_application()
    for application, content in ((file, b"%PDF alone"), (file, b"%PDF shared"), (other, b"%PDF shared")):
        writing.attach(application, "a_files", "plan.pdf", Accepted(content, "pdf"), by=application.person, at=clock())
    db.session.commit()
    digests = [hashlib.sha256(content).hexdigest() for content in (b"%PDF alone", b"%PDF shared")]
    page = come_in(victim, mailbox).follow(status=302).follow()

    clock.forward(minutes=1)
    page.submit("Alles verwijderen en opnieuw beginnen")
    assert jobs.delete_dropped_files() == 1  # the shared one: it is still needed
    assert storage().get(digests[0]) == b"%PDF alone"  # stored so lately that somebody may be sending it too
    clock.forward(hours=1)
    assert [jobs.delete_dropped_files() for _run in range(2)] == [1, 0]

    with pytest.raises(FileNotFoundError):
        storage().get(digests[0])
    assert storage().get(digests[1]) == b"%PDF shared"


def test_who_confirms_in_the_same_browser_is_asked_nothing(app: Flask, mailbox: Mailbox) -> None:
    client = PageClient(app)
    begin(client)

    assert come_in(client, mailbox).follow().endpoint == TASKS


def test_a_file_of_ones_own_has_no_such_page(app: Flask, mailbox: Mailbox) -> None:
    client = PageClient(app)
    key = begin(client)
    come_in(client, mailbox)

    assert client.get(LOOK, key=key, status=302)
    client.post(LOOK, {"do": "discard"}, key=key, status=303)
    assert db.session.scalars(select(Application.key)).all() == [key]
