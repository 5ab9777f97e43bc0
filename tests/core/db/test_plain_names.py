"""The migration to the field's words keeps every row, and names constraints and indexes as the models do."""

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import MetaData, inspect, select, text

from app.accounts.rules import Role
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import UTCDateTime, db
from config import ROOT
from tests.builders import a_call, a_criterion, a_person, an_application
from tests.conftest import Clock
from tests.core.db.test_migrations import fresh
from tests.selection import a_conflict, a_review

__all__ = ["fresh"]

FOLDER = str(ROOT / "migrations")
BEFORE = "0021"
TABLES = {
    "access_log_entry": "look",
    "comment": "remark",
    "criterion_score": "mark",
    "meeting_member": "seat",
    "outgoing_mail": "letter",
    "removed_meeting_member": "lost_seat",
    "reviewer": "reader",
    "stale_translation": "twin_mark",
    "advice": "advice",
    "assignment": "assignment",
    "audit_entry": "audit_entry",
    "call_change": "call_change",
    "conflict": "conflict",
    "decision": "decision",
    "review": "review",
    "section_save": "section_save",
}


def row(table: str, **values: Any) -> None:
    """Insert one row; columns that are not given and may not be empty get a value of their type."""
    found = db.metadata.tables[table]
    for column in found.columns:
        if column.name not in values and not column.nullable and column.name != "id":
            if isinstance(column.type, UTCDateTime):
                values[column.name] = clock.now()
            elif column.name == "on":
                values[column.name] = clock.now().date()
            else:
                values[column.name] = column.type.python_type()
    db.session.execute(found.insert().values(**values))


def a_row_in_every_table() -> None:
    """What the migration renames, once each."""
    call, person = a_call(), a_person()
    a_criterion(call)
    file = an_application(call=call, state=State.IN_REVIEW)
    review = a_review(file, person, {"C1": 4}, comment="For the jury")
    a_conflict(file, a_person("Noor", email="noor@example.be"))
    db.session.flush()
    row("role_grant", person_id=person.id, role=Role.REVIEWER)
    row("access_log_entry", about=file.ref, by=person.ref)
    row("comment", application_id=file.id, text="Good")
    row("stale_translation", about="call:1", place="title", language="fr")
    row("outgoing_mail", key="one", kind="decision_accepted", language="nl")
    row("advice", application_id=file.id, outcome="accepted", comment="Yes")
    row("call_change", call_id=call.id, announced_at=clock.now())
    row("decision", application_id=file.id, outcome="accepted", published_at=clock.now())
    row("meeting", id=1, key="meeting-one", call_id=call.id)
    row("meeting_member", meeting_id=1, person_id=person.id, role="chair")
    row("removed_meeting_member", meeting_id=1, person_id=person.id)
    assert review.id
    db.session.commit()


def rows_of(names: dict[str, str] | list[str], read: MetaData) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in these tables, in a fixed order."""
    found = {name: [tuple(one) for one in db.session.execute(select(read.tables[name])).all()] for name in names}
    db.session.rollback()
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def reflected() -> MetaData:
    read = MetaData()
    read.reflect(db.engine)
    return read


def test_rows_of_every_renamed_table_come_along(fresh: Flask, clock: Clock) -> None:
    flask_migrate.upgrade(directory=FOLDER)
    a_row_in_every_table()
    before = rows_of(list(TABLES), reflected())

    with redirect_stdout(StringIO()):
        flask_migrate.downgrade(directory=FOLDER, revision=BEFORE)
    old = rows_of(list(TABLES.values()), reflected())
    roles = list(db.session.scalars(text("SELECT role FROM role_grant")))
    db.session.rollback()
    flask_migrate.upgrade(directory=FOLDER)

    assert roles == ["juror"]
    assert all(before.values())
    assert [len(old[was]) for was in TABLES.values()] == [len(before[now]) for now in TABLES]
    assert rows_of(list(TABLES), reflected()) == before
    assert list(db.session.scalars(text("SELECT role FROM role_grant"))) == ["reviewer"]


def test_constraints_and_indexes_have_the_names_of_the_models(fresh: Flask) -> None:
    flask_migrate.upgrade(directory=FOLDER)
    found, wanted = inspect(db.engine), {}
    names = {}
    for name in TABLES:
        table = db.metadata.tables[name]
        wanted[name] = {str(one.name) for one in (*table.constraints, *table.indexes)}
        names[name] = {
            str(one["name"])
            for one in (
                found.get_pk_constraint(name),
                *found.get_foreign_keys(name),
                *found.get_unique_constraints(name),
                *(i for i in found.get_indexes(name) if not i.get("duplicates_constraint")),
                *found.get_check_constraints(name),
            )
        }

    assert names == wanted


def test_a_row_added_after_the_migration_gets_a_number_of_its_own(fresh: Flask, clock: Clock) -> None:
    """On PostgreSQL the sequence of the table goes along."""
    flask_migrate.upgrade(directory=FOLDER)
    a_row_in_every_table()
    flask_migrate.downgrade(directory=FOLDER, revision=BEFORE)
    flask_migrate.upgrade(directory=FOLDER)

    row("outgoing_mail", key="two", kind="decision_accepted", language="nl")
    db.session.commit()

    ids = list(db.session.scalars(text("SELECT id FROM outgoing_mail ORDER BY id")))
    assert len(ids) == len(set(ids))
