"""The migrations make what the models say, go back, and lose nothing on SQLite."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from app import create_app
from app.accounts import actions as accounts
from app.accounts import rules as accounts_rules
from app.accounts.models import SignIn
from app.applications.models import Application, Member, Move, SectionSave
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.core.jobs import JobRun
from app.decisions.models import Decision
from app.events import actions as events
from app.events import queries as event_queries
from app.events.models import Event
from app.interviews.models import CalledOff
from app.mail.actions import writing
from app.mail.models import OutgoingMail
from app.meetings import actions as meetings
from app.meetings.models import Item, Meeting, MeetingMember
from app.programmes.actions import late as late_actions
from app.programmes.queries import team
from app.reviewers.models import Assignment
from config import ROOT, from_environment
from tests import databases
from tests.builders import a_call, a_person, an_application, an_event, both
from tests.conftest import Clock, environment
from tests.databases import places_with
from tests.panels import a_slot, an_interview
from tests.selection import a_review, an_assignment

PARENTS = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade():
    op.create_table("parent", sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.Text))
    op.create_table(
        "child",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["parent.id"], ondelete="CASCADE", name="fk_child"),
    )
    op.execute("INSERT INTO parent VALUES (1, 'a'), (2, 'b')")
    op.execute("INSERT INTO child VALUES (1, 1), (2, 1), (3, 2)")
"""
REBUILD = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade():
    with op.batch_alter_table("parent") as table:
        table.alter_column("name", existing_type=sa.Text, nullable=False)
"""
ORPHANS = """
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade():
    op.execute("UPDATE parent SET name = 'changed'")
    op.execute("DELETE FROM parent WHERE id = 1")
"""


@pytest.fixture
def fresh(database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without tables."""
    address = f"sqlite:///{tmp_path / 'fresh.sqlite3'}"
    if database == "postgresql":
        address = databases.new_postgresql(f"coopcity_fresh_{databases.WORKER}")
    made = create_app(from_environment(environment(tmp_path, address)))
    with made.app_context(), redirect_stdout(StringIO()):
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def scripts(tmp_path: Path) -> Callable[..., str]:
    """A folder of throw-away revisions under the real env.py."""

    def write(*revisions: str, guarded: bool = True) -> str:
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True)
        for name in ("alembic.ini", "script.py.mako", "env.py"):
            shutil.copy(ROOT / "migrations" / name, folder / name)
        if not guarded:
            source = (folder / "env.py").read_text()
            assert "PRAGMA foreign_keys=OFF" in source
            (folder / "env.py").write_text(source.replace("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON"))
        for number, revision in enumerate(revisions):
            (folder / "versions" / f"{number}.py").write_text(revision)
        return str(folder)

    return write


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def children() -> int:
    db.session.rollback()
    return int(db.session.scalar(text("SELECT count(*) FROM child")) or 0)


def test_the_models_equal_the_migrations(fresh: Flask) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)

    flask_migrate.check(directory=folder)  # exits when it would write a migration


def test_every_migration_goes_back_and_forth(fresh: Flask) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    made = tables()

    flask_migrate.downgrade(directory=folder, revision="base")
    assert tables() == {"alembic_version"}

    flask_migrate.upgrade(directory=folder)
    assert tables() == made
    ours = {name for name in made if not name.startswith(("search_fts", "team_fts"))}
    assert ours == {*db.metadata.tables, "alembic_version"}


def test_every_constraint_has_a_name(app: Flask) -> None:
    """SQLite's batch migrations can only drop what they can name."""
    nameless = [
        f"{table.name}: {constraint!r}"
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if not constraint.name
    ]

    assert nameless == []


@pytest.mark.only_on("sqlite")
def test_a_rebuilt_table_keeps_the_rows_that_point_at_it(fresh: Flask, scripts: Callable[..., str]) -> None:
    flask_migrate.upgrade(directory=scripts(PARENTS, REBUILD))

    assert children() == 3


@pytest.mark.only_on("sqlite")
def test_without_the_guard_they_are_deleted_silently(fresh: Flask, scripts: Callable[..., str]) -> None:
    """Why the guard exists. When this fails, Alembic or SQLite has learnt, and the guard may go."""
    flask_migrate.upgrade(directory=scripts(PARENTS, REBUILD, guarded=False))

    assert children() == 0


@pytest.mark.only_on("sqlite")
def test_a_migration_that_leaves_orphans_is_taken_back(fresh: Flask, scripts: Callable[..., str]) -> None:
    folder = scripts(PARENTS, ORPHANS)
    flask_migrate.upgrade(directory=folder, revision="0001")

    with pytest.raises(SystemExit):
        flask_migrate.upgrade(directory=folder)

    assert children() == 3
    assert list(db.session.scalars(text("SELECT name FROM parent ORDER BY id"))) == ["a", "b"]
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == "0001"


@pytest.mark.only_on("sqlite")
def test_foreign_keys_hold_again_after_migrating(fresh: Flask, scripts: Callable[..., str]) -> None:
    flask_migrate.upgrade(directory=scripts(PARENTS))

    assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


def test_calls_with_a_finished_review_have_fixed_criteria(fresh: Flask, clock: Clock) -> None:
    """Also where the review was opened again: only the audit trail knows it then."""
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    calls = [a_call() for _number in range(3)]
    done, again, begun = (an_application(call=call, state=State.IN_REVIEW) for call in calls)
    for file in (done, again, begun):
        a_review(file, a_person(), {}, done=file is done)
    audit_trail.record("review.finished", by="tests", about=again.ref, at=clock())
    keys = [call.key for call in calls]
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0005")

    flask_migrate.upgrade(directory=folder)

    frozen = {key: team.call(key).judging_frozen_at for key in keys}
    assert frozen == dict(zip(keys, [clock(), clock(), None], strict=True))


def test_events_of_the_starting_content_are_marked_as_examples(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    place = Bilingual("Coenraetsstraat 72 (voorbeeld, te bevestigen)", "rue Coenraets 72 (exemple, à confirmer)")
    example, real = an_event(place=place), an_event()
    keys = [example.key, real.key]
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0012")

    flask_migrate.upgrade(directory=folder)

    marked = dict(db.session.execute(select(Event.key, Event.is_example)).all())
    assert marked == dict(zip(keys, [True, False], strict=True))


def test_the_place_of_a_meeting_stands_in_both_languages(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    place = both("Zaal 3", "Salle 3")
    meetings.plan(a_call(), clock(), place=place, quorum=1, minutes_each=10, by=a_person(), at=clock())
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0033")

    flask_migrate.upgrade(directory=folder)

    assert db.session.scalars(select(Meeting)).one().place == both("Zaal 3", "Zaal 3")


def test_meetings_that_were_planned_before_keep_their_seats_and_get_a_moment(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    meetings.plan(a_call(), clock(), place=both("", ""), quorum=1, minutes_each=10, by=a_person(), at=clock())
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0015")

    flask_migrate.upgrade(directory=folder)

    (found,) = db.session.execute(
        select(Meeting, MeetingMember.given_at).join(MeetingMember, MeetingMember.meeting_id == Meeting.id)
    ).all()
    assert (found.Meeting.revised_at, found.Meeting.cancelled_at) == (found.given_at, None)


def test_keys_that_were_mailed_before_are_hashed_and_still_open(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    evening, call, by = an_event(), a_call(), a_person()
    zoe, gone = (
        events.sign_up(evening, name=name, email=f"{name}@example.be", language="nl", at=clock())
        for name in ("zoe", "gone")
    )
    code, _written = late_actions.create_late_code(
        call, email="z@example.be", name="Zoë", language="fr", until=clock(), reason="ziek", by=by, at=clock()
    )
    ids = [zoe.id, gone.id, code.id]
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0018")
    for number, key in zip(ids[:2], ("A-key_of-1", "A-key_of-2"), strict=True):
        db.session.execute(text("UPDATE registration SET key = :key WHERE id = :id"), {"key": key, "id": number})
    db.session.execute(text("UPDATE registration SET name = '', email = key WHERE id = :id"), {"id": gone.id})
    db.session.execute(text("UPDATE late_code SET code = 'K7F3-9QXM-ACDE'"))
    db.session.execute(text("UPDATE letter SET state = 'sent', text = '= K7F3-9QXM-ACDE' WHERE kind = 'late_code'"))
    db.session.commit()

    flask_migrate.upgrade(directory=folder)

    found, late = event_queries.registration("A-key_of-1"), team.late_code("K7F3-9QXM-ACDE")
    assert (found and found.id, late and (late.id, late.ending)) == (ids[0], (ids[2], "ACDE"))
    assert event_queries.registration("A-key_of-2") is None
    for mark in ("A-key_of", "K7F3"):
        assert places_with(mark) == []
    assert [one.text for one in db.session.query(OutgoingMail).filter_by(kind="late_code")] == ["= …-…-…"]


def test_invitations_from_before_stand_where_they_were_used(fresh: Flask, clock: Clock) -> None:
    """Who wrote in the file, or has a confirmed address and no role here, was let in; anybody else has to accept."""
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    file = an_application()
    wrote, confirmed, typed, reviewer = (a_person() for _number in range(4))
    for person in (wrote, typed):
        person.email_confirmed_at = None
    for person in (confirmed, reviewer):
        person.email_confirmed_at = clock()
    accounts.grant(reviewer, accounts_rules.Role.REVIEWER, by="tests", at=clock())
    for person in (wrote, confirmed, typed, reviewer):
        db.session.add(Member(application_id=file.id, person_id=person.id, role="writer", invited_at=clock()))
    db.session.add(
        SectionSave(
            application_id=file.id,
            section="idea",
            revision=1,
            answers={},
            saved_by_id=wrote.id,
            saved_at=clock(),
            questionnaire_version_id=file.call.questionnaire_version_id,
        )
    )
    names = {person.id: person.name for person in (wrote, confirmed, typed, reviewer)}
    let_in = {wrote.id: clock(), confirmed.id: clock(), typed.id: None, reviewer.id: None}
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0013")

    flask_migrate.upgrade(directory=folder)

    members = db.session.query(Member).order_by(Member.id).all()
    assert {one.person_id: one.accepted_at for one in members} == let_in
    assert {one.person_id: one.name for one in members} == names


def test_decisions_that_were_being_taken_stay_without_a_draft(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    by, file = a_person(), an_application(state=State.JURY)
    meeting = meetings.plan(file.call, clock(), place=both("", ""), quorum=1, minutes_each=10, by=by, at=clock())
    db.session.add(Item(meeting_id=meeting.id, application_id=file.id, position=1, draft={"reason": "half"}))
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0017")
    before = db.session.execute(text("SELECT id, position FROM meeting_item")).all()
    db.session.commit()

    flask_migrate.upgrade(directory=folder)

    (item,) = db.session.query(Item).all()
    assert ([(item.id, item.position)], item.draft) == (before, None)


def test_files_of_confirmed_people_need_no_look_and_subjects_lose_their_keys(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    proved, typed = an_application(), an_application()
    proved.person.email_confirmed_at, typed.person.email_confirmed_at = clock(), None
    subjects = {
        "nl": ("https://a.example/nl/aanmelden/abc-123 vandaag", "https://a.example/nl/aanmelden/… vandaag"),
        "fr": ("/fr/connexion/xyz", "/fr/connexion/…"),
        "plain": ("Je aanmelding", "Je aanmelding"),
    }
    for key, (before, _after) in subjects.items():
        letter = writing.queue(
            "sign_in_link",
            to_name="Zoë",
            to_email="z@example.be",
            language="nl",
            key=key,
            about="",
            at=clock(),
            url="http://127.0.0.1/",
        )
        assert letter is not None
        letter.subject = before
    ids = [proved.id, typed.id]
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0014")

    flask_migrate.upgrade(directory=folder)

    checked = dict(db.session.execute(select(Application.id, Application.checked_at)).all())
    assert checked == dict(zip(ids, [clock(), None], strict=True))
    found = dict(
        db.session.execute(select(OutgoingMail.key, OutgoingMail.subject).where(OutgoingMail.key.in_(subjects))).all()
    )
    assert found == {key: after for key, (_before, after) in subjects.items()}


def test_reviews_and_decisions_tell_the_rooms_below_how_far_they_are(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    call = a_call()
    read, begun, untouched = (an_application(call=call, state=State.IN_REVIEW) for _ in range(3))
    at = clock()
    chloe = a_person()
    done_review = a_review(read, chloe, {})
    a_review(begun, chloe, {}, done=False)
    an_assignment(untouched, chloe)
    db.session.add(Decision(application_id=read.id, outcome="accepted", taken_at=at))
    read.decided_at = at
    ids, kept = [read.id, begun.id, untouched.id], done_review.assignment_id
    db.session.commit()

    flask_migrate.downgrade(directory=folder, revision="0019")
    before = db.session.execute(text("SELECT count(*) FROM review WHERE done_at IS NOT NULL")).scalar()
    db.session.rollback()
    flask_migrate.upgrade(directory=folder)

    assert before == 1
    found = {row.application_id: row for row in db.session.scalars(select(Assignment))}
    assert [(found[one].begun_at, found[one].done_at) for one in ids] == [(at, at), (at, None), (None, None)]
    assert [db.session.get_one(Application, one).decided_at for one in ids] == [at, None, None]
    assert kept == found[ids[0]].id


def test_what_the_worker_deletes_by_age_gets_its_indexes_and_keeps_its_rows(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    person, at = a_person(), clock()
    _token, sign_in = accounts.start_session(person, confirmed=True, at=at)
    accounts.make_link(person, next_path="", at=at)
    held = a_call()
    event = an_event()
    db.session.add_all(
        [
            JobRun(name="privacy.warn", begun_at=at, ended_at=at, done=1, failures=0, error=""),
            AccessLogEntry(about="application:1", by=person.ref, on=at.date(), at=at),
        ]
    )
    ids = [sign_in.id, held.id, event.id]
    db.session.commit()
    tables = ("sign_in", "sign_in_link", "call", "event", "person")
    counts = {name: db.session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() for name in tables}
    db.session.rollback()

    flask_migrate.downgrade(directory=folder, revision="0020")
    before = {index["name"] for index in inspect(db.engine).get_indexes("sign_in")}
    assert "job" not in inspect(db.engine).get_table_names()
    flask_migrate.upgrade(directory=folder)

    after = {index["name"] for index in inspect(db.engine).get_indexes("sign_in")}
    assert after - before == {"ix_sign_in_ends_at", "ix_sign_in_ended_at"}
    assert {name: db.session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar() for name in tables} == counts
    assert [db.session.get_one(SignIn, ids[0]).person_id, db.session.scalars(select(JobRun)).all()] == [person.id, []]
    assert [one.at for one in db.session.scalars(select(AccessLogEntry))] == [at]


def test_slots_of_withdrawn_applications_become_free(fresh: Flask, clock: Clock) -> None:
    folder = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=folder)
    gone, comes = (an_application(state=State.INTERVIEW) for _number in range(2))
    freed, kept = (a_slot(one.call, an_interview(one)) for one in (gone, comes))
    left = Move(application_id=gone.id, at=clock(), from_state=State.INTERVIEW, to_state=State.WITHDRAWN)
    gone.state = State.WITHDRAWN
    db.session.add(left)
    db.session.commit()
    flask_migrate.downgrade(directory=folder, revision="0027")

    flask_migrate.upgrade(directory=folder)

    assert (freed.interview_id, kept.interview_id is None) == (None, False)
    (off,) = db.session.query(CalledOff).all()
    assert (off.slot_key, off.starts_at, off.at, off.reason) == (freed.key, freed.starts_at, clock(), "")
