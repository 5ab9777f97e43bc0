"""What the answers to a form amount to: what is wrong, how far it is, how it reads."""

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
    """What to do about one answer: `message` in the language of the page, `control` where it is done."""

    question: str
    control: str
    message: str

    @property
    def link(self) -> tuple[str, str]:
        """What the summary above the form shows."""
        return self.control, self.message


class Progress(enum.StrEnum):
    """How far a section is."""

    DONE = "done"
    BUSY = "busy"
    TODO = "todo"


@dataclass(frozen=True)
class SectionProgress:
    """How far one section is, and how many of its questions have an answer."""

    key: str
    state: Progress
    answered: int
    asked: int


@dataclass(frozen=True)
class Row:
    """One question with its answer as people read it. `message`: what is left to do about it.

    A line that was `typed` is in the applicant's own words: in the language of the file, not of the page.
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
        """Is the answer needed, but not there or not right yet?"""
        return bool(self.message)


@dataclass(frozen=True)
class SectionSummary:
    """One section with its answers."""

    key: str
    number: int
    title: str
    rows: list[Row]


def problems(definition: Definition, section: str, answers: Answers, files: Sequence[File]) -> list[Problem]:
    """What is left to do in one section, in the order of the page; questions that are not asked count for nothing."""
    return problems_of(asked_in(definition, definition.section(section), answers), answers, files)


def problems_of(questions: Iterable[Question], answers: Answers, files: Sequence[File]) -> list[Problem]:
    """The same for some questions that are all asked."""
    return [
        Problem(question.key, issue.control, issue.message)
        for question in questions
        for issue in kind_of(question).issues(question, raw_of(question, answers, files), question.key)
    ]


def rejected(question: Question, name: str, reason: str) -> Problem:
    """A file that was not taken, as a problem of its question."""
    message = about(question.label[writing.current()], refusal(question, name, reason))
    return Problem(question.key, question.key, message)


def asked_in(definition: Definition, section: Section, answers: Answers) -> list[Question]:
    """The questions of a section that count, given all answers of the file."""
    return [question for question in section.questions if is_asked(definition, question, answers)]


def raw_of(question: Question, answers: Answers, files: Sequence[File]) -> Any:
    """The answer as it was typed, or the files that were sent for it."""
    if question.kind == "files":
        return [file for file in files if file.question == question.key]
    return answers.get(question.key)


def progress(definition: Definition, answers: Answers, files: Sequence[File]) -> list[SectionProgress]:
    """How far each section is.

    A section in which everything may stay empty is done once it was saved, and never stands in the way.
    """
    return [_progress_of(definition, section, answers, files) for section in definition.sections]


def is_complete(definition: Definition, answers: Answers, files: Sequence[File]) -> bool:
    """Could this be handed in?"""
    return not any(problems(definition, section.key, answers, files) for section in definition.sections)


def summary(
    definition: Definition, answers: Answers, files: Sequence[File], locale: str | None = None
) -> list[SectionSummary]:
    """Everything that was asked, with its answer as a reader of this language (that of the page) sees it."""
    code = locale or writing.current()
    with force_locale(code):
        return [
            SectionSummary(section.key, number, section.title[code], _rows(definition, section, answers, files, code))
            for number, section in enumerate(definition.sections, 1)
        ]


def answer_text(question: Question, raw: Any, locale: str | None = None) -> str:
    """One answer as people read it, line by line; empty where nothing was answered."""
    code = locale or writing.current()
    with force_locale(code):
        return "\n".join(line.whole for line in kind_of(question).lines(question, raw, code))


def declared(asked: Iterable[Declaration], ticked: Mapping[str, str]) -> list[tuple[Bilingual, str]]:
    """(text, version that was ticked, or nothing) for every declaration of a form."""
    return [(one.text, str(ticked.get(one.key, ""))) for one in asked]


def title_of(answers: Mapping[str, Any]) -> str:
    """The name by which a file goes: that of the project."""
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
                message=first.message if first else "",
                files=raw if question.kind == "files" else [],
            )
        )
    return rows
