"""Applications and scores as tables. A column has a stable code, whatever the language and wording.

A separate table explains the columns in both languages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.applications.rules.states import STATE_NAMES
from app.core.belgium.lists import municipality_name
from app.core.exports.columns import Column, described
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.decisions.rules.outcomes import OUTCOMES
from app.documents.queries import Sheet
from app.questionnaires.rules.answers import raw_of
from app.questionnaires.rules.conditions import is_asked
from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.kinds.registry import kind_of

NUMBERS = ("number", "money", "date")


@dataclass(frozen=True)
class Table:
    """Columns and a lazy sequence of rows."""

    columns: list[Column]
    rows: Iterable[Sequence[object]]


def files_table(sheets: Iterable[Sheet], forms: list[Definition], language: str) -> Table:
    """One row per application: its data, then every question of any of the forms."""
    asked = list(_questions(forms))
    return Table(_columns(forms), (_file(sheet, asked, language) for sheet in sheets))


def marks_table(marks: Iterator[Any]) -> Table:
    """One row per score."""
    return Table(described(_of_marks), marks)


def columns(forms: list[Definition]) -> Table:
    """The meaning of each column, in every language."""
    rows = [[one.name, *(one.meaning[code] for code in LOCALES)] for one in _columns(forms)]
    return Table(described(_of_columns), rows)


def _columns(forms: list[Definition]) -> list[Column]:
    asked = _questions(forms)
    money = {f"q_{key}" for key, one in asked.items() if one.kind == "money"}
    return described(lambda code: _fixed() | {f"q_{key}": one.label[code] for key, one in asked.items()}, money=money)


def _of_columns(_code: str) -> dict[str, str]:
    return {"column": _("Name of the column"), **{code: str(LANGUAGE_NAMES[code]) for code in LOCALES}}


def _of_marks(_code: str) -> dict[str, str]:
    return {
        "reference": _("Reference"),
        "title": _("Project"),
        "reader": _("Reader"),
        "criterion": _("Criterion, as a code"),
        "weight": _("Weight of the criterion"),
        "highest": _("Highest score of the criterion"),
        "score": _("Score"),
        "cannot_judge": _("The reader cannot judge this"),
        "reason": _("Reasons"),
        "recommendation": _("Recommendation, as a code"),
        "done_at": _("Finished on"),
    }


def _fixed() -> dict[str, str]:
    """The fixed columns with their meaning in the current language."""
    return {
        "reference": _("Reference"),
        "title": _("Project"),
        "programme": _("Programme"),
        "call": _("Call"),
        "language": _("Language of the file"),
        "state": _("State, as a code"),
        "state_name": _("State"),
        "municipality": _("Municipality, as a NIS code"),
        "municipality_name": _("Municipality"),
        "applicant": _("Applicant"),
        "email": _("E-mail"),
        "first_handed_in_at": _("Handed in for the first time"),
        "handed_in_at": _("Handed in last"),
        "tags": _("Tags"),
        "readers": _("Readers"),
        "readings_done": _("Readings that are done"),
        "score": _("Mean score, from 0 to 100"),
        "decision": _("Decision that was told"),
        "reserve_rank": _("Place on the reserve list"),
    }


def _file(sheet: Sheet, keys: list[str], language: str) -> list[object]:
    row, read = sheet.row, sheet.readings
    published_outcome = row.outcome if row.published_at and row.outcome in OUTCOMES else None
    values = read.values if read else []
    answers = {key: _cell(sheet, key, language) for key in keys if sheet.definition.has(key)}
    return [
        row.reference,
        row.title,
        row.programme[language],
        row.call[language],
        row.language,
        row.state,
        str(STATE_NAMES[row.state]),
        row.municipality,
        municipality_name(row.municipality, language),
        row.person_name,
        row.person_email,
        row.submitted_at,
        row.handed_in_at,
        ", ".join(sheet.tags),
        ", ".join(one.name for one in read.every) if read else "",
        len(values),
        round(read.mean, 2) if read and read.mean is not None else None,
        published_outcome,
        row.rank if published_outcome else None,
        *(answers.get(key) for key in keys),
    ]


def _cell(sheet: Sheet, key: str, language: str) -> object:
    """Figures and days as such, anything else as readable text; empty where not asked."""
    question = sheet.definition.question(key)
    if question.show_if is not None and not is_asked(sheet.definition, question, sheet.answers):
        return None
    raw, kind = raw_of(question, sheet.answers, sheet.attachments), kind_of(question)
    value = kind.value(question, raw) if question.kind in NUMBERS else None
    return value if value is not None else "\n".join(kind.show(question, raw, language))


def _questions(forms: list[Definition]) -> dict[str, Question]:
    """Every question by key, in the order of the newest form; questions of older forms only come last."""
    found: dict[str, Question] = {}
    for form in forms:
        for question in form.questions:
            found.setdefault(question.key, question)
    return found
