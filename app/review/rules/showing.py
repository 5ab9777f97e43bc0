"""An application as a reviewer sees it: without what is hidden from the jury, and redacted under blind review."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from flask_babel import gettext as _

from app.core.files.check import TYPES
from app.questionnaires.rules.answers import SectionSummary, summary
from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.identifying import is_identifying
from app.questionnaires.rules.kinds.base import Line
from app.reviewers.rules.redaction import Redactor

ENDINGS = {media_type: ending for ending, media_type in TYPES.items()}


class File(Protocol):
    """An attachment."""

    @property
    def key(self) -> str: ...

    @property
    def question(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def media_type(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def added_at(self) -> Any: ...


@dataclass(frozen=True)
class ShownFile:
    """An attachment under the name that this reviewer may see."""

    key: str
    question: str
    name: str
    size: int
    added_at: Any
    digest: str
    media_type: str


@dataclass(frozen=True)
class Shown:
    """One question with its answer. `hidden`: there is one that the reviewer may not see; `criterion`: what it is
    used for.
    """

    question: str
    label: str
    criterion: str
    lines: list[Line] = field(default_factory=list)
    files: list[ShownFile] = field(default_factory=list)
    hidden: bool = False

    @property
    def text(self) -> str:
        """The whole answer as text, for comparison."""
        return "\n".join(f"{line.label}\n{line.text}" if line.label else line.text for line in self.lines)


@dataclass(frozen=True)
class Part:
    """One section of the form."""

    key: str
    title: str
    rows: list[Shown]


def shown(
    definition: Definition, answers: Mapping[str, Any], files: Sequence[Any], *, redactor: Redactor | None, locale: str
) -> list[Part]:
    """Every section with the questions the jury may read; not redacted."""
    kept_back = {question.key for question in definition.questions if question.hidden_from_jury}
    here = named(files, without=kept_back, neutral=redactor is not None)
    everything = summary(definition, dict(answers), here, locale)
    parts = [Part(one.key, one.title, _rows(one, definition, kept_back, redactor)) for one in everything]
    return [part for part in parts if part.rows]


def named(files: Sequence[Any], *, without: Collection[str], neutral: bool) -> list[ShownFile]:
    """The attachments for the jury, under their own names or numbered."""
    mine = [file for file in files if file.question not in without]
    return [
        ShownFile(
            file.key,
            file.question,
            _neutral(number, file.media_type) if neutral else file.name,
            file.size,
            file.added_at,
            file.digest,
            file.media_type,
        )
        for number, file in enumerate(mine, 1)
    ]


def _neutral(number: int, media_type: str) -> str:
    return _("Attachment %(number)s", number=number) + f".{ENDINGS.get(media_type, 'bin')}"


def _rows(
    section: SectionSummary, definition: Definition, kept_back: Collection[str], redactor: Redactor | None
) -> list[Shown]:
    return [
        _row(row, definition.question(row.question), redactor) for row in section.rows if row.question not in kept_back
    ]


def _row(row: Any, question: Question, redactor: Redactor | None) -> Shown:
    plain = Shown(row.question, row.label, question.criterion or "")
    if redactor is None:
        return replace(plain, lines=row.lines, files=row.files)
    if is_identifying(question):
        return replace(plain, hidden=bool(row.lines or row.files))
    # Choices of a form name nobody, but any typed line may contain a name.
    lines = [replace(line, text=redactor.redact(line.text)) if line.typed else line for line in row.lines]
    return replace(plain, lines=lines, files=row.files)
