"""Deeds on an application: nothing acknowledged is lost, nothing is done twice."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.actions import handing_in, writing
from app.applications.actions.writing import Stale
from app.applications.models import Application, MonitoringCount, SectionSave
from app.applications.queries import files, revisions
from app.applications.rules.reference import is_reference
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from tests.builders import a_call, an_application
from tests.conftest import Clock
from tests.letters import Mailbox

URL = "http://127.0.0.1/status"


def test_every_save_is_kept_and_the_newest_counts(app: Flask, clock: Clock) -> None:
    file = an_application()
    section, before = next(iter(revisions.sections_of(file.id).items()))

    first = writing.save_section(file, section, {"a": "one"}, revision=before.revision, by=file.person, at=clock())
    second = writing.save_section(file, section, {"a": "two"}, revision=first, by=file.person, at=clock())

    kept = db.session.scalars(
        select(SectionSave.answers).where(SectionSave.section == section).order_by(SectionSave.revision)
    ).all()
    assert kept[-2:] == [{"a": "one"}, {"a": "two"}]
    assert revisions.sections_of(file.id)[section].answers == {"a": "two"}
    assert second == before.revision + 2


def test_a_stale_save_overwrites_nothing(app: Flask, clock: Clock) -> None:
    file = an_application()
    section, seen = next(iter(revisions.sections_of(file.id).items()))
    writing.save_section(file, section, {"a": "mine"}, revision=seen.revision, by=file.person, at=clock())

    with pytest.raises(Stale) as stale:
        writing.save_section(file, section, {"a": "theirs"}, revision=seen.revision, by=file.person, at=clock())

    assert stale.value.newest.answers == {"a": "mine"}
    assert revisions.sections_of(file.id)[section].answers == {"a": "mine"}


def test_the_same_text_again_is_no_new_revision(app: Flask, clock: Clock) -> None:
    file = an_application()
    section, seen = next(iter(revisions.sections_of(file.id).items()))

    again = writing.save_section(file, section, seen.answers, revision=0, by=file.person, at=clock())

    assert again == seen.revision


def test_handing_in_gives_a_reference_a_letter_and_a_trace(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = an_application(submitted=True)
    db.session.commit()

    assert is_reference(file.reference or "")
    assert file.submitted_at == clock()
    assert mailbox.last("application_received").to_email == file.person.email
    assert "application.submitted" in [entry.action for entry in audit_trail.history(file.ref)]


def test_a_second_hand_in_of_the_same_text_is_the_first_one(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = an_application(submitted=True)
    clock.forward(minutes=1)

    again = handing_in.submit(file, {}, by=file.person, url=URL, at=clock())
    db.session.commit()

    assert again.number == 1
    assert file.handed_in_at == file.submitted_at
    assert mailbox.kinds.count("application_received") == 1


def test_a_corrected_text_is_handed_in_anew_and_both_are_kept(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = an_application(submitted=True)
    section, first = next(iter(revisions.sections_of(file.id).items()))
    clock.forward(minutes=1)
    writing.save_section(file, section, {"a": "better"}, revision=first.revision, by=file.person, at=clock())

    assert file.has_unsent_changes
    assert files.handed_in_file(file).saved[section].answers == first.answers
    handing_in.submit(file, {}, by=file.person, url=URL, at=clock())
    db.session.commit()

    assert not file.has_unsent_changes
    assert files.handed_in_file(file).saved[section].answers == {"a": "better"}
    assert [one.number for one in files.submissions_of(file.id)] == [1, 2]
    assert file.state == State.SUBMITTED
    assert mailbox.kinds.count("application_corrected") == 1


def test_nothing_is_handed_in_after_closing(app: Flask, clock: Clock) -> None:
    file = an_application()
    clock.set(file.call.closes_at + timedelta(minutes=1))

    with pytest.raises(Conflict):
        handing_in.submit(file, {}, by=file.person, url=URL, at=clock())

    assert file.reference is None


def test_grace_is_for_those_who_were_writing_and_is_written_down(app: Flask, clock: Clock) -> None:
    file = an_application()
    clock.set(file.call.closes_at - timedelta(minutes=2))
    writing.save_section(file, "last", {"a": "b"}, revision=0, by=file.person, at=clock())
    clock.set(file.call.closes_at + timedelta(minutes=10))

    handing_in.submit(file, {}, by=file.person, url=URL, at=clock())

    trace = next(entry for entry in audit_trail.history(file.ref) if entry.action == "application.submitted")
    assert trace.detail["grace"] is True


def test_two_hand_ins_at_once_get_two_references(app: Flask, clock: Clock) -> None:
    call = a_call()
    ids = [an_application(call=call).id for _file in range(6)]
    db.session.commit()

    def hand_in(application_id: int) -> None:
        with app.app_context():
            file = db.session.get_one(Application, application_id)
            handing_in.submit(file, {}, by=file.person, url=URL, at=clock())
            db.session.commit()
            db.session.remove()

    hands = [threading.Thread(target=hand_in, args=(one,)) for one in ids]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    references = db.session.scalars(select(Application.reference).where(Application.id.in_(ids))).all()
    assert len(set(references)) == 6
    assert None not in references


def test_a_completed_file_keeps_its_reference(app: Flask, clock: Clock) -> None:
    file = an_application(state=State.INCOMPLETE)
    before, first_time = file.reference, file.submitted_at
    clock.forward(days=60)

    handing_in.submit(file, {}, by=file.person, url=URL, at=clock())

    assert (file.reference, file.submitted_at, file.state) == (before, first_time, State.SUBMITTED)


def test_the_file_follows_the_language_that_was_chosen_in_it(app: Flask, clock: Clock) -> None:
    file = an_application(language="nl")

    writing.save_section(file, "extra", {"file_language": "fr"}, revision=0, by=file.person, at=clock())

    assert file.language == "fr"


def test_statistics_are_counts_without_a_file(app: Flask, clock: Clock) -> None:
    draft = an_application()
    handed_in, rehearsal = an_application(call=draft.call, submitted=True), an_application(call=draft.call)
    rehearsal.is_rehearsal = True

    handing_in.count_statistics(draft, {"gender": "f"}, at=clock())
    handing_in.count_statistics(draft, {"gender": "f", "age_band": "30"}, at=clock())
    handing_in.count_statistics(handed_in, {"gender": "f"}, at=clock())
    handing_in.count_statistics(rehearsal, {"gender": "f"}, at=clock())

    rows = db.session.execute(select(MonitoringCount.question, MonitoringCount.answer, MonitoringCount.count)).all()
    assert sorted(map(tuple, rows)) == [("age_band", "30", 1), ("gender", "f", 2)]


def test_a_withdrawn_draft_writes_to_nobody(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    file = an_application()

    handing_in.withdraw(file, by=file.person, at=clock())
    db.session.commit()

    assert file.state == State.WITHDRAWN
    assert "application_withdrawn" not in mailbox.kinds
