"""Applications as applicants and staff see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from app.accounts.models import Person
from app.applications.models import Application, Attachment, Move, Note, SectionSave
from app.applications.rules import State, lies_ahead, prefilled
from app.core.db import db
from app.programmes.models import Call, CallStep, Programme
from app.questionnaires.queries import definition_of
from app.questionnaires.rules import Definition, Problem, Section, problems

PAGE_SIZE = 50

Answers = dict[str, Any]


@dataclass(frozen=True)
class Saved:
    """The newest save of one section."""

    revision: int
    window: str
    answers: Answers
    saved_at: datetime
    saved_by_id: int | None


@dataclass(frozen=True)
class Filter:
    """What the staff list shows; empty means everything."""

    text: str = ""
    state: str = ""
    language: str = ""
    call: str = ""
    after: tuple[datetime, int] | None = None


@dataclass(frozen=True)
class File:
    """An application opened: its form as it was published, everything typed and every attachment."""

    application: Application
    definition: Definition
    saved: dict[str, Saved]
    attachments: list[Attachment]

    @property
    def person(self) -> Person:
        """Whose file this is."""
        return self.application.person

    @cached_property
    def answers(self) -> Answers:
        """The answers of all sections together; question keys are unique in a form."""
        return {question: answer for section in self.saved.values() for question, answer in section.answers.items()}

    def answers_of(self, section: Section) -> Answers:
        """What stands in a section; before its first save, what the start of the application told already."""
        if section.key in self.saved:
            return self.saved[section.key].answers
        known = prefilled(self.person.name, self.person.email, self.application.language)
        return {question.key: known[question.key] for question in section.questions if question.key in known}

    def revision_of(self, section: Section) -> int:
        """The number of the newest save; 0 before the first."""
        return self.saved[section.key].revision if section.key in self.saved else 0

    def after(self, section: Section) -> Section | None:
        """The section that follows, if any."""
        sections = list(self.definition.sections)
        place = sections.index(section) + 1
        return sections[place] if place < len(sections) else None

    def missing(self) -> list[tuple[Section, list[Problem]]]:
        """What must still be written before the file can be handed in, by section."""
        found = [
            (section, problems(self.definition, section.key, self.answers, self.attachments))
            for section in self.definition.sections
        ]
        return [(section, gaps) for section, gaps in found if gaps]


def open_file(application: Application) -> File:
    """Everything a page about one application needs: three statements."""
    definition = definition_of(application.version)
    return File(application, definition, sections_of(application.id), attachments_of(application.id))


def sections_of(application_id: int) -> dict[str, Saved]:
    """The newest save of every section that was ever saved."""
    newest = (
        select(SectionSave.section, func.max(SectionSave.revision).label("revision"))
        .where(SectionSave.application_id == application_id)
        .group_by(SectionSave.section)
        .subquery()
    )
    rows = db.session.execute(
        select(
            SectionSave.section,
            SectionSave.revision,
            SectionSave.window,
            SectionSave.answers,
            SectionSave.saved_at,
            SectionSave.saved_by_id,
        )
        .join(newest, and_(SectionSave.section == newest.c.section, SectionSave.revision == newest.c.revision))
        .where(SectionSave.application_id == application_id)
    )
    return {row[0]: Saved(*row[1:]) for row in rows}


def attachments_of(application_id: int) -> list[Attachment]:
    """The files that were not removed, in the order they came."""
    return list(
        db.session.scalars(
            select(Attachment)
            .where(Attachment.application_id == application_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.id)
        )
    )


def files_of_person(person_id: int, only_started_in: int | None) -> list[Application]:
    """The applications of one person, newest first; an unconfirmed sign-in sees only what it started."""
    query = select(Application).where(Application.person_id == person_id).order_by(Application.id.desc())
    if only_started_in is not None:
        query = query.where(Application.started_in_id == only_started_in)
    return list(db.session.scalars(query))


def moves_of(application_id: int) -> list[Move]:
    """The steps from state to state, oldest first."""
    return list(db.session.scalars(select(Move).where(Move.application_id == application_id).order_by(Move.id)))


def notes_of(application_id: int) -> list[Note]:
    """What staff wrote to each other, newest first."""
    return list(db.session.scalars(select(Note).where(Note.application_id == application_id).order_by(Note.id.desc())))


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


def handed_in(refs: Iterable[str]) -> dict[str, Any]:
    """Rows of key, title and language of these handed-in applications, by reference; other references are left out."""
    ids = [int(ref.removeprefix("application:")) for ref in refs if ref.startswith("application:")]
    rows = db.session.execute(
        select(Application.id, Application.key, Application.title, Application.language)
        .where(Application.id.in_(ids), Application.submitted_at.is_not(None))
    )  # fmt: skip
    return {f"application:{row.id}": row for row in rows}


def how_many_by_state() -> dict[State, int]:
    """How many applications are in each state; a draft that was thrown away was never one."""
    rows = db.session.execute(
        select(Application.state, func.count())
        .where(or_(Application.submitted_at.is_not(None), Application.state == State.DRAFT))
        .group_by(Application.state)
    )
    return {State(state): count for state, count in rows}


def calls() -> list[Any]:
    """The calls that a filter can choose from, newest first: (key, title)."""
    return list(db.session.execute(select(Call.key, Call.title).order_by(Call.opens_at.desc(), Call.id)))


def steps_ahead(application: Application, today: date) -> list[CallStep]:
    """What the call still plans for this file, from tomorrow on."""
    planned = select(CallStep).where(CallStep.call_id == application.call_id, CallStep.on > today)
    steps = db.session.scalars(planned.order_by(CallStep.on, CallStep.position))
    return [step for step in steps if lies_ahead(step.reaches, State(application.state))]


def _filtered(query: Select[*tuple[Any, ...]], wanted: Filter) -> Select[*tuple[Any, ...]]:
    conditions: list[ColumnElement[bool]] = [Application.submitted_at.is_not(None)]
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
