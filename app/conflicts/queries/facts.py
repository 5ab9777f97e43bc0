"""What submitted answers say about the people behind an application, and about its sector."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, cast, func, select, true, union_all
from sqlalchemy.orm import aliased

from app.accounts.models import Person
from app.applications.models import Application, Member, Move, SectionSave, Submission
from app.applications.rules.states import State
from app.conflicts.rules.signals import Facts
from app.conflicts.rules.status import IN_SELECTION
from app.core.belgium.enterprise_number import digits_of
from app.core.db.base import db
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.queries import definition_of
from app.questionnaires.rules.answers import TITLE
from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.identifying import CONTACT, is_identifying

SECTORS = ("sector", "sectors")
COMPARED_KINDS = (*SECTORS, *CONTACT, "short_text", "group")


@dataclass
class FileInSelection:
    """An application that reviewers may see. `since`: when it became admissible; `sectors`: its main sector first.

    `hides_title`: the form marks the title as personal or hidden from the jury.
    """

    id: int
    key: str
    reference: str
    title: str
    language: str
    state: str
    since: datetime
    hides_title: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    people: dict[int, tuple[str, str]] = field(default_factory=dict)
    compared: list[tuple[Question, Any]] = field(default_factory=list)

    @property
    def sectors(self) -> tuple[str, ...]:
        """The sector codes, the main one first."""
        found = [raw for kind in SECTORS for question, raw in self.compared if question.kind == kind]
        codes = [code for raw in found for code in (raw if isinstance(raw, list) else [raw]) if isinstance(code, str)]
        return tuple(dict.fromkeys(code for code in codes if code))

    @property
    def facts(self) -> Facts:
        """The facts that identify its people and organisation."""
        emails = [*_texts(self.compared, "email"), *(email for _name, email in self.people.values())]
        names = [*_names(self.compared), *(name for name, _email in self.people.values())]
        numbers = frozenset(digits_of(typed) for typed in _texts(self.compared, "enterprise_number"))
        return Facts(
            self.id,
            self.title,
            frozenset(self.people),
            tuple(email.casefold() for email in emails),
            tuple(names),
            numbers,
        )


def files_in_selection(call_id: int, *, only: ColumnElement[bool] | None = None) -> list[FileInSelection]:
    """The applications of a call that reviewers may see, by title, in three statements.

    Rehearsals are left out; `only` is a further condition.
    """
    return files_where(in_selection(call_id) if only is None else and_(in_selection(call_id), only))


def files_where(wanted: ColumnElement[bool]) -> list[FileInSelection]:
    """The applications under this condition with their submitted answers about people, by title."""
    forms = _forms(wanted)
    found: dict[int, FileInSelection] = {}
    asked = {section.key for form in forms.values() for section in form.sections if _compared(section.questions)}
    for row in db.session.execute(_statement(wanted, asked)):
        file = found.get(row.id) or found.setdefault(
            row.id,
            FileInSelection(
                row.id,
                row.key,
                row.reference or "",
                row.title,
                row.language,
                row.state,
                row.since or row.submitted_at,
                _hides_title(forms.get(row.version)),
            ),
        )
        if row.section is not None and row.section in {one.key for one in forms[row.version].sections}:
            questions = _compared(forms[row.version].section(row.section).questions)
            file.compared += [(one, row.answers.get(one.key)) for one in questions]
    for application_id, person_id, name, email in db.session.execute(_people(wanted)):
        found[application_id].people[person_id] = (name, email)
    return list(found.values())


def in_selection(call_id: int) -> ColumnElement[bool]:
    """Condition: an application of this call that is in selection."""
    return and_(
        Application.call_id == call_id, Application.is_rehearsal.is_(False), Application.state.in_(IN_SELECTION)
    )


def _statement(wanted: ColumnElement[bool], sections: set[str]) -> Any:
    """Each application with the saves of its last submission; one row without saves when there are none."""
    since = select(func.max(Move.at)).where(Move.application_id == Application.id, Move.to_state == State.ELIGIBLE)
    every = aliased(Submission)
    newest = select(func.max(every.number)).where(every.application_id == Application.id)
    # The ids of the saves are a JSON array; this function unpacks it on both databases.
    numbers = func.json_each(Submission.sections).table_valued("key", "value")
    saved = and_(
        SectionSave.application_id == Application.id,
        SectionSave.section == numbers.c.key,
        SectionSave.revision == cast(cast(numbers.c.value, Text), Integer),
        SectionSave.section.in_(sections),
    )
    last = and_(Submission.application_id == Application.id, Submission.number == newest.scalar_subquery())
    return (
        select(
            Application.id,
            Application.key,
            Application.reference,
            Application.title,
            Application.language,
            Application.state,
            Application.submitted_at,
            since.scalar_subquery().label("since"),
            Submission.questionnaire_version_id.label("version"),
            SectionSave.section,
            SectionSave.answers,
        )
        .select_from(Application)
        .outerjoin(Submission, last)
        .outerjoin(numbers, true())
        .outerjoin(SectionSave, saved)
        .where(wanted)
        .order_by(func.lower(Application.title), Application.id)
    )


def _forms(wanted: ColumnElement[bool]) -> dict[int, Definition]:
    """The forms that were answered, by version."""
    used = (
        select(Submission.questionnaire_version_id)
        .join(Application, Application.id == Submission.application_id)
        .where(wanted)
    )
    versions = db.session.scalars(select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(used)))
    return {one.id: definition_of(one) for one in versions}


def _people(wanted: ColumnElement[bool]) -> Any:
    """(application, person, name, address) of owners, team members and the colleague who helps."""
    columns = Application.id, Person.id, Person.name, Person.email
    return union_all(
        select(*columns).join(Person, Person.id == Application.person_id).where(wanted),
        select(*columns)
        .join(Member, Member.application_id == Application.id)
        .join(Person, Person.id == Member.person_id)
        .where(wanted, Member.accepted_at.is_not(None)),
        select(*columns).join(Person, Person.id == Application.assisted_by_id).where(wanted),
    )


def _compared(questions: tuple[Question, ...]) -> list[Question]:
    """The questions whose answers identify people or the sector."""
    return [
        one for one in questions if one.kind in COMPARED_KINDS and (one.kind != "short_text" or is_identifying(one))
    ]


def _hides_title(form: Definition | None) -> bool:
    question = form.question(TITLE) if form is not None and form.has(TITLE) else None
    return question is not None and (question.hidden_from_jury or is_identifying(question))


def _texts(compared: list[tuple[Question, Any]], kind: str) -> list[str]:
    return [raw for question, raw in compared if question.kind == kind and isinstance(raw, str) and raw.strip()]


def _names(compared: list[tuple[Question, Any]]) -> Iterator[str]:
    """Names as typed: the short personal answers of a section joined, and each short text of a group."""
    alone = _texts(compared, "short_text")
    if alone:
        yield " ".join(alone)
    for question, raw in compared:
        if question.kind == "group" and isinstance(raw, list):
            short = [one.key for one in question.fields if one.kind == "short_text"]
            items = [item for item in raw if isinstance(item, dict)]
            yield from (item[key] for item in items for key in short if isinstance(item.get(key), str) and item[key])
