"""The record of deeds: one chain, in which every change shows."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select, text, update

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.audit.audit_trail import AuditEntry
from app.core.db.base import db
from tests.builders import a_person
from tests.databases import is_sqlite

AT = datetime(2027, 2, 1, 10, tzinfo=UTC)


@pytest.fixture
def three(app: Flask) -> list[int]:
    """Three deeds; their ids."""
    for number in range(3):
        audit_trail.record("thing.done", by="person:1", about="thing:1", at=AT + timedelta(hours=number), number=number)
    db.session.commit()
    return list(db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))


def test_each_line_is_chained_to_the_one_before(three: list[int]) -> None:
    lines = list(db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)))

    assert lines[0].previous == audit_trail.FIRST
    assert [line.previous for line in lines[1:]] == [line.digest for line in lines[:-1]]
    assert audit_trail.broken_links() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"by": "person:2"},
        {"action": "thing.undone"},
        {"about": "thing:2"},
        {"detail": {"number": 7}},
        {"at": AT + timedelta(days=1)},
    ],
)
def test_a_changed_line_is_found(three: list[int], changed: dict[str, object]) -> None:
    db.session.execute(update(AuditEntry).where(AuditEntry.id == three[1]).values(**changed))
    db.session.expire_all()

    assert audit_trail.broken_links() == [three[1]]


@pytest.mark.parametrize("place", [0, 1])
def test_a_removed_line_is_found(three: list[int], place: int) -> None:
    db.session.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": three[place]})

    assert audit_trail.broken_links() == [three[place + 1]]


def test_a_line_slipped_in_is_found(three: list[int]) -> None:
    false = AuditEntry(
        at=AT, by="person:9", action="thing.faked", about="thing:1", detail={}, previous=audit_trail.FIRST, digest="x"
    )
    db.session.add(false)
    db.session.flush()

    assert audit_trail.broken_links() == [false.id]


def test_a_line_leaves_with_the_deed_that_failed(three: list[int]) -> None:
    audit_trail.record("thing.begun", by="person:1", about="thing:1", at=AT)
    db.session.rollback()

    assert len(audit_trail.history("thing:1")) == 3
    assert audit_trail.broken_links() == []


def test_a_history_is_of_one_thing_newest_first(three: list[int]) -> None:
    audit_trail.record("other.done", by="person:1", about="other:1", at=AT, words="naïve — ünïcode")

    assert [line.detail["number"] for line in audit_trail.history("thing:1")] == [2, 1, 0]
    assert [line.action for line in audit_trail.latest(2, ["other.done", "thing.done"])] == ["other.done", "thing.done"]
    assert [line.action for line in audit_trail.latest(2, ["thing.done"])] == ["thing.done", "thing.done"]
    assert audit_trail.broken_links() == []


def test_a_line_leaves_with_the_savepoint_that_was_rolled_back(three: list[int]) -> None:
    audit_trail.record("before", by="person:1", about="thing:1", at=AT)
    savepoint = db.session.begin_nested()
    audit_trail.record("inside", by="person:1", about="thing:1", at=AT)
    savepoint.rollback()
    with db.session.begin_nested():
        audit_trail.record("after", by="person:1", about="thing:1", at=AT)
    db.session.commit()

    assert [line.action for line in audit_trail.latest(9, ["before", "inside", "after"])] == ["after", "before"]
    assert audit_trail.broken_links() == []


def test_a_savepoint_appends_nothing(three: list[int]) -> None:
    audit_trail.record("before", by="person:1", about="thing:1", at=AT)

    with db.session.begin_nested() as savepoint:
        assert len(audit_trail.history("thing:1")) == 3
        savepoint.rollback()

    assert audit_trail.history("thing:1")[0].action == "before"
    assert audit_trail.broken_links() == []


def test_all_lines_of_a_commit_cost_three_statements(app: Flask) -> None:
    seen: list[str] = []
    for number in range(20):
        audit_trail.record("thing.done", by="person:1", about=f"thing:{number}", at=AT)

    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, statement, *_rest: seen.append(statement))
    db.session.commit()

    first = "BEGIN IMMEDIATE" if is_sqlite() else "SELECT pg_advisory_xact_lock"
    words = [one.split("(")[0].split(" audit_entry.")[0].strip() for one in seen]
    assert words == [first, "SELECT", "INSERT INTO audit_entry"]
    assert audit_trail.broken_links() == []


@pytest.mark.only_on("postgresql")
def test_who_records_a_line_holds_up_nobody_before_the_commit(app: Flask) -> None:
    """A bulk step and a message: one had the end of the chain and waited for a row, the other had that row."""
    person = a_person()
    db.session.commit()
    row = select(Person.id).where(Person.id == person.id).with_for_update()

    audit_trail.record("bulk.begun", by="person:1", about="thing:1", at=AT)
    with app.app_context():
        db.session.execute(text("SET LOCAL lock_timeout = '1ms'"))
        db.session.execute(row)
        audit_trail.record("message.written", by="person:2", about="thing:1", at=AT)
        db.session.commit()
    db.session.execute(row)
    db.session.commit()

    assert [line.action for line in audit_trail.history("thing:1")] == ["bulk.begun", "message.written"]
    assert audit_trail.broken_links() == []
