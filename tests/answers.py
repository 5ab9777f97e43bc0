"""Good answers to any form, by the kind of each question: what a careful person would type."""

from typing import Any

from app.accounts.models import Person
from app.questionnaires.rules import Question, Section, options

ALWAYS: dict[str, Any] = {
    "email": "ploeg@example.be",
    "phone": "0470 12 34 56",
    "link": "https://example.be/",
    "date": {"day": "3", "month": "5", "year": "2026"},
    "enterprise_number": "0403.227.515",
}
SENTENCES = {
    "nl": "We openen een wassalon in Kuregem, samen met de buren.",
    "fr": "Nous ouvrons un salon-lavoir à Cureghem, avec le voisinage.",
}
NAMES = {"nl": "Wassalon Kuregem", "fr": "Salon-lavoir Cureghem"}


def good_answers(
    section: Section, *, language: str, person: Person | None = None, given: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Raw answers to every question of a section but the files; `given` replaces some."""
    answers = {
        question.key: _known(question, language, person) or good_answer(question, language)
        for question in section.questions
        if question.kind != "files"
    }
    return answers | {key: value for key, value in (given or {}).items() if key in answers}


def good_answer(question: Question, language: str) -> Any:
    """One raw answer that breaks no rule of its question."""
    if question.kind in ("short_text", "long_text"):
        return (NAMES if question.kind == "short_text" else SENTENCES)[language][: question.limit]
    if question.kind in ("number", "money"):
        return str(int(question.minimum or 0) + 1)
    if question.kind == "group":
        return [{field.key: good_answer(field, language) for field in question.fields}]
    if question.kind in ALWAYS:
        return ALWAYS[question.kind]
    codes = [choice.code for choice in options(question, language)]
    if question.kind in ("one_choice", "sector", "legal_form"):
        return codes[0]
    return codes[: question.least or 1]


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


def _known(question: Question, language: str, person: Person | None) -> Any:
    """What the form asks about the file itself."""
    if question.key == "file_language":
        return language
    if question.key == "contact_email" and person is not None:
        return person.email
    return None
