"""Removing a file or a team mate asks first and can be undone; what was removed is gone in the end."""

import zipfile
from typing import Any

import pytest
from flask import Flask

from app.applications import jobs
from app.applications.actions import handing_in, removing, writing
from app.applications.actions import team as team_actions
from app.applications.models import Application, Attachment, Member
from app.applications.queries import files
from app.applications.rules.team import Role
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.files.check import Accepted
from app.core.files.storage import storage
from app.privacy.exports import archive_of
from tests.builders import a_person, an_application
from tests.conftest import Clock
from tests.people import SignedIn

QUESTION = "a_files"


@pytest.fixture
def file(amina: SignedIn) -> Application:
    return an_application(person=amina.person)


def attached(file: Application, clock: Clock, content: bytes = b"%PDF plan", name: str = "plan.pdf") -> Attachment:
    """A file of the first question that takes files, stored long ago."""
    return writing.attach(file, QUESTION, name, Accepted(content, "pdf"), by=file.person, at=clock())


def part_of(file: Application) -> str:
    return next(
        one.key for one in files.open_file(file).definition.sections if QUESTION in {q.key for q in one.questions}
    )


@pytest.mark.parametrize(
    ("lang", "remove", "undo"),
    [("nl", "Het bestand verwijderen", "Ongedaan maken"), ("fr", "Supprimer le fichier", "Annuler la suppression")],
)
def test_a_file_is_removed_after_a_question_and_put_back(
    amina: SignedIn, file: Application, clock: Clock, lang: str, remove: str, undo: str
) -> None:
    kept = attached(file, clock)
    address: dict[str, Any] = {"lang": lang, "key": file.key, "part": part_of(file)}
    page = amina.get("applications_writer.section", **address)

    asked = page.submit(f"do={QUESTION}:drop:{kept.key}", a_number="7").follow()

    assert "plan.pdf" in asked.text
    assert [one.id for one in files.attachments_of(file.id)] == [kept.id]
    assert files.open_file(file).answers["a_number"] == "7"
    after = asked.submit(remove).follow()
    assert files.attachments_of(file.id) == []
    after.submit(f"do=restore:{kept.key}", a_number="9").follow()
    assert [one.id for one in files.attachments_of(file.id)] == [kept.id]
    assert files.open_file(file).answers["a_number"] == "9"
    assert any(undo in button for button in after.buttons())


def test_another_session_is_not_offered_the_undo(amina: SignedIn, app: Flask, file: Application, clock: Clock) -> None:
    kept = attached(file, clock)
    removing.detach(file, kept, by=file.person, at=clock())

    page = amina.get("applications_writer.section", key=file.key, part=part_of(file))
    sent = {name: page.value(name) for name in ("revision", "version", "window")} | {"do": f"restore:{kept.key}"}
    amina.post("applications_writer.section", sent, key=file.key, part=part_of(file))

    assert "Ongedaan maken" not in page.text
    assert files.attachments_of(file.id) == []


def test_undoing_leaves_nothing_to_hand_in(amina: SignedIn, file: Application, clock: Clock) -> None:
    kept = attached(file, clock)
    handing_in.submit(file, {}, by=file.person, url="http://127.0.0.1/", at=clock())
    clock.forward(minutes=5)

    removing.detach(file, kept, by=file.person, at=clock())
    assert file.has_unsent_changes
    removing.reattach(file, kept, by=file.person, at=clock())

    assert not file.has_unsent_changes


def test_what_was_removed_and_never_handed_in_is_deleted_with_its_octets(
    app: Flask, file: Application, clock: Clock
) -> None:
    gone, shared, stays = (attached(file, clock, content) for content in (b"%PDF gone", b"%PDF shared", b"%PDF stays"))
    attached(an_application(), clock, b"%PDF shared")
    for one in (gone, shared):
        removing.detach(file, one, by=file.person, at=clock())
    digests = [one.digest for one in (gone, shared, stays)]
    db.session.commit()

    clock.forward(days=1)
    assert jobs.delete_removed_files() == 0
    clock.forward(days=1)
    assert jobs.delete_removed_files() == 2
    assert jobs.delete_removed_files() == 0
    assert jobs.delete_dropped_files() == 2

    assert [one.id for one in db.session.query(Attachment).filter_by(application_id=file.id)] == [stays.id]
    with pytest.raises(FileNotFoundError):
        storage().get(digests[0])
    assert [storage().get(one) for one in digests[1:]] == [b"%PDF shared", b"%PDF stays"]
    assert audit_trail.broken_links() == []
    names = zipfile.ZipFile(archive_of(file.person)).namelist()
    assert len([one for one in names if one.endswith("plan.pdf")]) == 1


def test_what_was_handed_in_stays_after_it_was_removed(app: Flask, file: Application, clock: Clock) -> None:
    sent = attached(file, clock)
    handing_in.submit(file, {}, by=file.person, url="http://127.0.0.1/", at=clock())
    removing.detach(file, sent, by=file.person, at=clock())
    db.session.commit()
    clock.forward(days=3)

    assert jobs.delete_removed_files() == 0

    assert storage().get(sent.digest) == b"%PDF plan"


def test_octets_that_are_being_stored_again_are_left_alone(app: Flask, file: Application, clock: Clock) -> None:
    removed = attached(file, clock)
    digest = removed.digest
    removing.detach(file, removed, by=file.person, at=clock())
    db.session.commit()
    clock.forward(days=3)
    storage().put(b"%PDF plan")  # an upload whose row is not committed yet

    assert jobs.delete_removed_files() == 1
    assert jobs.delete_dropped_files() == 0

    assert storage().get(digest) == b"%PDF plan"


def test_octets_that_were_sent_again_and_given_up_go_with_a_later_run(
    app: Flask, file: Application, clock: Clock
) -> None:
    removed = attached(file, clock)
    digest = removed.digest
    removing.detach(file, removed, by=file.person, at=clock())
    db.session.commit()
    clock.forward(days=3)
    storage().put(b"%PDF plan")  # an upload that is rolled back
    jobs.delete_removed_files()
    assert jobs.delete_dropped_files() == 0

    clock.forward(hours=1, minutes=1)

    assert [jobs.delete_dropped_files() for _run in range(2)] == [1, 0]
    with pytest.raises(FileNotFoundError):
        storage().get(digest)


def test_of_two_drafts_with_one_file_the_octets_go_with_the_last(app: Flask, clock: Clock) -> None:
    """Both are deleted in one moment: at the deletion each still sees the row of the other."""
    first, second = an_application(), an_application()
    digest = attached(first, clock).digest
    attached(second, clock)
    removing.drop_unused({digest}, at=clock())
    removing.drop_unused({digest}, at=clock())
    db.session.query(Attachment).delete()
    db.session.commit()
    clock.forward(hours=2)

    assert jobs.delete_dropped_files() == 1

    with pytest.raises(FileNotFoundError):
        storage().get(digest)


def test_a_rolled_back_deletion_keeps_the_octets(app: Flask, file: Application, clock: Clock) -> None:
    kept = attached(file, clock)
    digest = kept.digest
    db.session.commit()
    db.session.delete(kept)
    removing.drop_unused({digest}, at=clock())
    db.session.rollback()
    clock.forward(hours=2)

    assert jobs.delete_dropped_files() == 0

    assert storage().get(digest) == b"%PDF plan"


@pytest.mark.parametrize(
    ("lang", "remove", "undo"),
    [("nl", "Deze persoon verwijderen", "Ongedaan maken"), ("fr", "Retirer cette personne", "Annuler la suppression")],
)
def test_a_team_mate_is_removed_after_a_question_and_taken_back(
    amina: SignedIn, file: Application, clock: Clock, lang: str, remove: str, undo: str
) -> None:
    mate = a_person("Noa Peeters")
    team_actions.invite(file, mate.email, name=mate.name, role=Role.READER, by=file.person, at=clock())
    team = amina.get("applications_together.team", lang=lang, key=file.key)

    asked = amina.get_path(next(one for one in team.links() if "/weg/" in one or "/retirer/" in one))

    assert "Noa Peeters" in asked.text
    assert db.session.query(Member).count() == 1
    after = asked.submit(remove).follow()
    assert db.session.query(Member).count() == 0
    after.submit(undo).follow()
    back = db.session.query(Member).one()
    assert (back.person_id, back.role, back.application_id) == (mate.id, Role.READER, file.id)
    amina.post("applications_together.take_back", lang=lang, key=file.key, status=409)


def test_who_left_comes_back_only_by_invitation(
    amina: SignedIn, bruno: SignedIn, file: Application, clock: Clock
) -> None:
    member = team_actions.invite(file, bruno.person.email, name="Bruno", role=Role.WRITER, by=file.person, at=clock())
    team_actions.accept(file, member, by=bruno.person, at=clock())
    asked = bruno.get("applications_together.remove_member", key=file.key, member=bruno.person.id)

    asked.submit("Dit dossier verlaten")

    assert db.session.query(Member).count() == 0
    bruno.post("applications_together.take_back", key=file.key, status=404)
    bruno.get("applications_together.team", key=file.key, status=404)
