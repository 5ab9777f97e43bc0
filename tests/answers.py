"""Good answers to any form, by the kind of each question: what a careful person would type."""

from typing import Any

from app.accounts.models import Person
from app.questionnaires.rules.definition import Question, Section
from app.questionnaires.rules.samples import sample


def good_answers(
    section: Section, *, language: str, person: Person | None = None, given: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Raw answers to every question of a section but the files; `given` replaces some."""
    answers = {
        question.key: _known(question, person) or sample(question, language)
        for question in section.questions
        if question.kind != "files"
    }
    return answers | {key: value for key, value in (given or {}).items() if key in answers}


def as_fields(answers: dict[str, Any]) -> dict[str, Any]:
    """Raw answers as the controls of a page send them, for `page.submit(**as_fields(answers))`."""
    fields: dict[str, Any] = {}
    for key, raw in answers.items():
        if isinstance(raw, dict):
            fields |= {f"{key}-{part}": value for part, value in raw.items()}
        elif isinstance(raw, list) and raw and isinstance(raw[0], dict):
            for number, item in enumerate(raw):
                fields |= {f"{key}-{number}-{name}": value for name, value in as_fields(item).items()}
        else:
            fields[key] = raw
    return fields


def _known(question: Question, person: Person | None) -> Any:
    """What the form asks about the person of the file."""
    return person.email if question.key == "contact_email" and person is not None else None
