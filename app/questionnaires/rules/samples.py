"""Valid sample answers to any form, for rehearsals."""

from typing import Any

from app.questionnaires.rules.definition import Question, Section
from app.questionnaires.rules.kinds.lists import options

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


def sample(question: Question, language: str) -> Any:
    """A raw answer that satisfies the question."""
    if question.kind in ("short_text", "long_text"):
        return (NAMES if question.kind == "short_text" else SENTENCES)[language][: question.limit]
    if question.kind in ("number", "money"):
        return str(int(question.minimum or 0) + 1)
    if question.kind == "group":
        item = {field.key: sample(field, language) for field in question.fields}
        return [dict(item) for _number in range(question.least or 1)]
    if question.kind in ALWAYS:
        return ALWAYS[question.kind]
    codes = [choice.code for choice in options(question, language)]
    if question.kind in ("one_choice", "sector", "legal_form"):
        return language if question.key == "file_language" else codes[0]
    return codes[: question.least or 1]


def samples(section: Section, language: str) -> dict[str, Any]:
    """Raw answers to every question of a section except files."""
    return {one.key: sample(one, language) for one in section.questions if one.kind != "files"}
