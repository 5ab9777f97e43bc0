"""Validate answers, measure progress, and show them as text."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale

from app.core.http.forms import about
from app.core.i18n.bilingual import Bilingual
from app.questionnaires.rules import writing
from app.questionnaires.rules.conditions import Answers, is_asked
from app.questionnaires.rules.definition import Declaration, Definition, Question, Section
from app.questionnaires.rules.kinds.attachments import File, refusal
from app.questionnaires.rules.kinds.base import Line
from app.questionnaires.rules.kinds.registry import KINDS, kind_of

TITLE = "project_name"


@dataclass(frozen=True)
class Problem:
    """What to fix in one answer: `message` in the page's language, `control` where."""

    question: str
    control: str
    message: str

    @property
    def link(self) -> tuple[str, str]:
        """(control, message) for the error summary."""
        return self.control, self.message


class Progress(enum.StrEnum):
    """The progress of a section."""

    DONE = "done"
    BUSY = "busy"
    TODO = "todo"


@dataclass(frozen=True)
class SectionProgress:
    """One section's progress with counts of answered questions."""

    key: str
    state: Progress
    answered: int
    asked: int


@dataclass(frozen=True)
class Row:
    """One question with its answer as text. `message`: what is left to do.

    A `typed` row is in the applicant's own words, in the language of the application.
    """

    question: str
    label: str
    number: int
    lines: list[Line]
    control: str
    message: str
    files: list[File]

    @property
    def missing(self) -> bool:
        """True when a required answer is absent or wrong."""
        return bool(self.message)


@dataclass(frozen=True)
class SectionSummary:
    """One section with its answers."""

    key: str
    number: int
    title: str
    rows: list[Row]


def problems(definition: Definition, section: str, answers: Answers, files: Sequence[File]) -> list[Problem]:
    """What is left to do in one section, in page order; questions that are not asked are ignored."""
    return problems_of(asked_in(definition, definition.section(section), answers), answers, files)


def problems_of(questions: Iterable[Question], answers: Answers, files: Sequence[File]) -> list[Problem]:
    """The same for questions that are all asked."""
    return [
        Problem(question.key, issue.control, issue.sentence)
        for question in questions
        for issue in kind_of(question).issues(question, raw_of(question, answers, files), question.key)
    ]


def rejected(question: Question, name: str, reason: str) -> Problem:
    """A refused upload as a problem of its question."""
    message = about(question.label[writing.current()], refusal(question, name, reason))
    return Problem(question.key, question.key, message)


def asked_in(definition: Definition, section: Section, answers: Answers) -> list[Question]:
    """The questions of a section that are asked, given all answers."""
    return [question for question in section.questions if is_asked(definition, question, answers)]


def raw_of(question: Question, answers: Answers, files: Sequence[File]) -> Any:
    """The typed answer, or the uploaded files."""
    if question.kind == "files":
        return [file for file in files if file.question == question.key]
    return answers.get(question.key)


def progress(definition: Definition, answers: Answers, files: Sequence[File]) -> list[SectionProgress]:
    """The progress of each section.

    A section with only optional questions is done once it was saved, and never blocks.
    """
    return [_progress_of(definition, section, answers, files) for section in definition.sections]


def is_complete(definition: Definition, answers: Answers, files: Sequence[File]) -> bool:
    """True when it can be submitted."""
    return not any(problems(definition, section.key, answers, files) for section in definition.sections)


def summary(
    definition: Definition, answers: Answers, files: Sequence[File], locale: str | None = None
) -> list[SectionSummary]:
    """All asked questions with their answers in the page's language."""
    code = locale or writing.current()
    with force_locale(code):
        return [
            SectionSummary(section.key, number, section.title[code], _rows(definition, section, answers, files, code))
            for number, section in enumerate(definition.sections, 1)
        ]


def answer_text(question: Question, raw: Any, locale: str | None = None) -> str:
    """One answer as lines of text; empty without an answer."""
    code = locale or writing.current()
    with force_locale(code):
        return "\n".join(line.whole for line in kind_of(question).lines(question, raw, code))


def declared(asked: Iterable[Declaration], ticked: Mapping[str, str]) -> list[tuple[Bilingual, str]]:
    """(text, ticked version or empty) for every declaration of a form."""
    return [(one.text, str(ticked.get(one.key, ""))) for one in asked]


def title_of(answers: Mapping[str, Any]) -> str:
    """The project name."""
    name = answers.get(TITLE)
    return name if isinstance(name, str) else ""


def _progress_of(definition: Definition, section: Section, answers: Answers, files: Sequence[File]) -> SectionProgress:
    asked = asked_in(definition, section, answers)
    answered = sum(not kind_of(question).is_empty(raw_of(question, answers, files)) for question in asked)
    visited = answered > 0 or any(question.key in answers for question in section.questions)
    if visited and not problems_of(asked, answers, files):
        state = Progress.DONE
    else:
        state = Progress.BUSY if answered else Progress.TODO
    return SectionProgress(section.key, state, answered, len(asked))


def _rows(definition: Definition, section: Section, answers: Answers, files: Sequence[File], locale: str) -> list[Row]:
    rows = []
    for question in asked_in(definition, section, answers):
        raw, kind = raw_of(question, answers, files), KINDS[question.kind]
        first = next(kind.issues(question, raw, question.key), None)
        rows.append(
            Row(
                question=question.key,
                label=question.label[locale],
                number=definition.number(question.key),
                lines=kind.lines(question, raw, locale),
                control=first.control if first else kind.control(raw, question.key),
                message=first.sentence if first else "",
                files=raw if question.kind == "files" else [],
            )
        )
    return rows
