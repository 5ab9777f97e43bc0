"""Applications as the team lists and counts them: rehearsals are left out unless they are what is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)

from app.accounts.models import Person
from app.applications.models import Application, ApplicationMessage
from app.applications.rules import State
from app.casework.models import Note
from app.core.db import Moment, db
from app.programmes.models import Call, Programme

PAGE_SIZE = 50
REAL = Application.is_rehearsal.is_(False)


@dataclass(frozen=True)
class Filter:
    """What the staff list shows; empty means everything."""

    text: str = ""
    state: str = ""
    language: str = ""
    call: str = ""
    rehearsal: bool = False
    after: tuple[datetime, int] | None = None


def list_page(wanted: Filter) -> list[Any]:
    """One page of handed-in applications and one row more, newest first: rows, not entities.

    Paging goes by key, so that the last page of 100,000 costs what the first one does.
    """
    query: Select[*tuple[Any, ...]] = (
        select(
            Application.id,
            Application.key,
            Application.reference,
            Application.title,
            Application.municipality,
            Application.language,
            Application.state,
            Application.submitted_at,
            Person.name.label("person_name"),
            Programme.title.label("programme_title"),
        )
        .join(Application.person)
        .join(Application.call)
        .join(Call.programme)
        .order_by(Application.submitted_at.desc(), Application.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    return list(db.session.execute(_filtered(query, wanted)))


def how_many_by_state() -> dict[State, int]:
    """How many applications are in each state; a draft that was thrown away was never one."""
    rows = db.session.execute(
        select(Application.state, func.count())
        .where(REAL, or_(Application.submitted_at.is_not(None), Application.state == State.DRAFT))
        .group_by(Application.state)
    )
    return {State(state): count for state, count in rows}


def calls() -> list[Any]:
    """The calls that a filter can choose from, newest first: (key, title)."""
    return list(db.session.execute(select(Call.key, Call.title).order_by(Call.opens_at.desc(), Call.id)))


def _filtered(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    conditions: list[ColumnElement[bool]] = [
        Application.submitted_at.is_not(None), Application.is_rehearsal.is_(wanted.rehearsal)
    ]  # fmt: skip
    if wanted.state:
        conditions.append(Application.state == wanted.state)
    if wanted.language:
        conditions.append(Application.language == wanted.language)
    if wanted.call:
        conditions.append(Call.key == wanted.call)
    for word in wanted.text.split():
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        conditions.append(or_(*(column.ilike(pattern, escape="\\") for column in _searched())))
    if wanted.after:
        conditions.append(tuple_(Application.submitted_at, Application.id) < wanted.after)
    return query.where(*conditions)


def _searched() -> Iterable[Any]:
    return (Application.reference, Application.title, Person.name, Person.email)


def talk_of(application_id: int) -> tuple[list[Any], list[Any]]:
    """(notes of staff to each other, newest first; messages between applicant and team, oldest first): one statement.

    Rows of id, at, by_id, text; a message also has from_team and handled_at.
    """
    note = select(literal("note").label("kind"), Note.id, Note.at, Note.by_id, Note.text, false().label("from_team"),
                  cast(null(), Moment).label("handled_at"))  # fmt: skip
    said = ApplicationMessage
    message = select(literal("message"), said.id, said.at, said.by_id, said.text, said.from_team, said.handled_at)
    both: Any = union_all(
        note.where(Note.application_id == application_id), message.where(said.application_id == application_id)
    )
    rows = list(db.session.execute(both.order_by("at", "id")))
    return [row for row in reversed(rows) if row.kind == "note"], [row for row in rows if row.kind == "message"]


def waiting_messages(count: int) -> list[Any]:
    """The oldest messages of applicants that nobody of the team has taken up: rows."""
    return list(
        db.session.execute(
            select(Application.key, Application.title, Application.reference, Application.language,
                   Person.name.label("person_name"), ApplicationMessage.at)
            .join(Application, Application.id == ApplicationMessage.application_id)
            .join(Application.person)
            .where(ApplicationMessage.from_team.is_(False), ApplicationMessage.handled_at.is_(None))
            .order_by(ApplicationMessage.id)
            .limit(count)
        )
    )  # fmt: skip
