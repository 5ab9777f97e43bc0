"""A mark is planted wherever a person can write: it is all in what they take along, and nowhere once erased."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.accounts.models import Person
from app.applications import jobs as application_jobs
from app.applications.actions import handing_in, talking, team, writing
from app.applications.models import Application
from app.applications.rules.states import State
from app.applications.rules.team import Role
from app.casework import actions as casework
from app.contact import actions as contact
from app.core.audit import audit_trail
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.files.check import Accepted
from app.core.files.storage import storage
from app.decisions.actions import announcing, deciding
from app.events import actions as events
from app.events.rules import Needs
from app.privacy import jobs
from app.privacy.actions import rights
from app.privacy.exports import archive_of
from app.privacy.queries import sources
from app.privacy.rules import draft_ends_at
from app.programmes.models import LateCode
from app.questionnaires.queries import definition_of
from tests.builders import a_call, a_person, an_application, an_event
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.people import AMINA, BRUNO, GRETA, Part, SignedIn, known, signed_in

MARK = "Zwanenvlinder"
EMAIL = f"{MARK.lower()}@example.be"


def everywhere(person: Person, clock: Clock) -> Application:
    """Leave the mark wherever this person, or somebody about them, can write."""
    at, greta, call = clock(), known(GRETA), a_call()
    application = an_application(call=call, person=person, answers={"project_name": MARK})
    draft = an_application(call=call, person=person, answers={"project_name": MARK})
    for one in (application, draft):
        file = Accepted(f"%PDF {MARK} {one.id}".encode(), "pdf")
        writing.attach(one, "a_files", f"{MARK}.pdf", file, by=person, at=at)
    ticked = {one.key: one.version for one in definition_of(application.version).declarations}
    handing_in.submit(application, ticked, by=person, url="http://x/", at=at)
    for step in (State.ELIGIBLE, State.JURY):
        casework.move(application, step, message=f"Dag {MARK}", until=None, by=greta, url="http://x/", at=at)
    talking.write_to_team(application, f"Dag, ik ben {MARK}.", by=person, hidden_from=(), at=at)
    casework.add_note(application, f"{MARK} belde.", by=greta, at=at)
    team.invite(draft, "vriend@example.be", name="Vriend", role=Role.READER, by=person, at=at)
    deciding.record_decision(application, State.RESERVE, reason=f"{MARK} is sterk.", rank=1, by=greta, at=at)
    events.sign_up(an_event(), name=MARK, email=EMAIL, language="nl", at=at, needs=Needs(("front",), MARK))
    contact.receive("m" * 32, name=MARK, email=EMAIL, language="nl", text=f"Van {MARK}", at=at)
    db.session.add(
        LateCode(
            code_hash="X",
            ending="X",
            call_id=call.id,
            email=EMAIL,
            name=MARK,
            language="nl",
            reason=MARK,
            until=at,
            made_at=at,
        )
    )
    db.session.add(AccessLogEntry(about=application.ref, by=greta.ref, on=at.date(), at=at))
    db.session.commit()
    return application


@pytest.fixture
def marked(app: Flask, clock: Clock) -> Person:
    """Somebody whose name, address and every word carry the mark."""
    person = a_person(language="nl")
    person.name, person.email = MARK, EMAIL
    everywhere(person, clock)
    return person


def places_with(mark: str) -> Iterator[str]:
    """Every table and column in which the mark can still be read."""
    for table in inspect(db.session.connection()).get_table_names():
        for row in db.session.execute(text(f'SELECT * FROM "{table}"')).mappings():
            yield from (f"{table}.{name}" for name, value in row.items() if mark.lower() in str(value).lower())


def files_with(mark: str, app: Flask) -> list[Path]:
    folder = Path(app.config["DATA_DIR"]) / "files"
    return [file for file in folder.rglob("*") if file.is_file() and mark.encode() in file.read_bytes()]


def test_what_somebody_takes_along_is_all_that_there_is(marked: Person, app: Flask) -> None:
    before = {place.partition(".")[0] for place in places_with(MARK) if not place.startswith("team_fts")}

    with zipfile.ZipFile(archive_of(marked)) as archive:
        data = json.loads(archive.read("data.json"))
        files = [archive.read(name) for name in archive.namelist() if name.startswith("files/")]

    tables = {source.model.__tablename__: source.name for source in sources.PERSONAL_DATA_SOURCES} | {
        "person": "person"
    }
    named = {table for table in before if MARK.lower() in json.dumps(data[tables[table]]).lower()}
    assert before - named == {"decision", "note"}, "the deliberation is over first"
    assert len(before) > 9
    assert len(files) == 2
    assert "token_hash" not in json.dumps(data)


def test_nothing_is_left_of_somebody_who_was_erased(marked: Person, app: Flask, clock: Clock) -> None:
    assert len(files_with(MARK, app)) == 2
    key = db.session.get_one(Person, marked.id).id

    rights.erase(marked, by="command line", at=clock())
    db.session.commit()
    clock.forward(hours=2)
    application_jobs.delete_dropped_files()

    assert list(places_with(MARK)) == []
    assert files_with(MARK, app) == []
    assert audit_trail.history(f"person:{key}")[0].action == "person.erased"
    assert audit_trail.broken_links() == []
    counted = db.session.query(Application).filter_by(person_id=key).all()
    assert [(one.state, one.title) for one in counted] == [(State.WITHDRAWN, "")]
    assert counted[0].call_id
    assert counted[0].submitted_at


def test_octets_that_somebody_else_sent_too_stay(marked: Person, app: Flask, clock: Clock, bruno: SignedIn) -> None:
    other = an_application(person=bruno.person)
    shared = Accepted(f"%PDF {MARK} shared".encode(), "pdf")
    mine = db.session.query(Application).filter_by(person_id=marked.id, state=State.DRAFT).one()
    for one in (other, mine):
        digest = writing.attach(one, "a_files", "zelfde.pdf", shared, by=one.person, at=clock()).digest
    db.session.commit()

    rights.erase(marked, by="command line", at=clock())
    db.session.commit()
    clock.forward(hours=2)
    application_jobs.delete_dropped_files()

    assert storage().get(digest) == shared.content


def test_an_erasure_that_fails_keeps_the_files(marked: Person, app: Flask, clock: Clock) -> None:
    rights.erase(marked, by="command line", at=clock())
    db.session.rollback()

    assert len(files_with(MARK, app)) == 2


def test_whoever_works_here_is_not_erased(greta: SignedIn, clock: Clock) -> None:
    with pytest.raises(Conflict):
        rights.erase(greta.person, by="command line", at=clock())

    page = greta.get("privacy_person.erase")
    assert page.soup.select("main form.flowform") == []
    greta.post("privacy_person.erase", {"sure": "y"}, status=409)


@pytest.mark.parametrize("part", [AMINA, BRUNO], ids=lambda part: part.language)
def test_people_see_correct_take_along_and_erase_their_data(
    app: Flask, clock: Clock, part: Part, els: SignedIn
) -> None:
    client = signed_in(app, part)
    application = an_application(person=client.person, submitted=True)
    db.session.commit()
    els.get("casework_staff.application", key=application.key)

    page = client.get("privacy_person.my_data", lang=part.language)
    assert "Els Peeters" not in page.text
    assert {"nl": "het team van Coopcity", "fr": "l’équipe de Coopcity"}[part.language] in page.text
    page = page.submit(
        {"nl": "Aanpassen", "fr": "Modifier"}[part.language], name="Iemand Anders", language=part.language
    ).follow()
    assert client.person.name == "Iemand Anders"
    refused = page.submit({"nl": "Aanpassen", "fr": "Modifier"}[part.language], name="", status=422)
    assert refused.problems
    with zipfile.ZipFile(io.BytesIO(client.get("privacy_person.download").data)) as archive:
        assert json.loads(archive.read("data.json"))["person"]["name"] == "Iemand Anders"
    page = client.get("privacy_person.erase", lang=part.language)
    assert page.submit(form="form.flowform", status=422).problems
    erased = page.submit(form="form.flowform", sure="y")
    assert erased.headers["Clear-Site-Data"] == '"cache", "storage"'
    done = erased.follow()

    assert done.endpoint == "privacy_public.erased"
    client.get("privacy_person.my_data", status=302)
    db.session.rollback()
    assert db.session.get_one(Person, client.person_id).name == ""


def test_whoever_takes_part_writes_to_us_first(bruno: SignedIn, clock: Clock) -> None:
    file = an_application(person=bruno.person, state=State.JURY, call=a_call(open=False))
    decision = deciding.record_decision(
        file, State.ACCEPTED, reason="Een sterk plan voor Kuregem.", rank=None, by=file.person, at=clock()
    )
    announcing.announce([decision], by=file.person, url_of=lambda _one: "http://x/", at=clock())
    db.session.commit()

    page = bruno.get("privacy_person.erase")

    assert page.soup.select("main form.flowform") == []
    bruno.post("privacy_person.erase", {"sure": "y"}, status=409)


def test_an_old_draft_goes_after_a_warning_and_not_while_somebody_writes(
    bruno: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = an_application(person=bruno.person)
    key, call = file.id, file.call
    db.session.commit()
    ends = draft_ends_at(file.saved_at, call.closes_at)

    clock.set(ends - timedelta(days=15))
    assert (jobs.warn(), jobs.purge_all()) == (0, 0)
    clock.set(ends - timedelta(days=13))
    assert (jobs.warn(), jobs.warn(), jobs.purge_all()) == (1, 0, 0)
    assert mailbox.last("draft_ending", to=bruno.person.email).language == "nl"
    clock.set(ends + timedelta(days=2))
    assert jobs.purge_all() >= 1
    assert db.session.get(Application, key) is None


def test_a_file_that_ended_long_ago_is_emptied_and_stays_counted(marked: Person, app: Flask, clock: Clock) -> None:
    file = db.session.query(Application).filter_by(person_id=marked.id, state=State.JURY).one()
    handing_in.withdraw(file, by=marked, at=clock())
    db.session.commit()
    clock.forward(days=180)
    jobs.purge_all()
    assert file.title == MARK

    clock.forward(days=2)
    jobs.purge_all()
    db.session.expire_all()

    assert (file.title, file.state) == ("", State.WITHDRAWN)
    assert sources.rows(sources.Subject(marked, [file]), sources.PERSONAL_DATA_SOURCES[4]) == []
    assert jobs.purge_all() == 0


def test_the_command_line_exports_and_erases(marked: Person, app: Flask, tmp_path: Path) -> None:
    runner, target = app.test_cli_runner(), tmp_path / "alles.zip"
    db.session.commit()

    assert runner.invoke(args=["export-person", EMAIL, str(target)]).exit_code == 0
    with zipfile.ZipFile(target) as archive:
        assert MARK in archive.read("data.json").decode()
    assert runner.invoke(args=["erase-person", EMAIL]).exit_code == 0
    db.session.rollback()
    assert list(places_with(MARK)) == []
    assert runner.invoke(args=["erase-person", EMAIL]).exit_code == 1
