"""The choices of a question: its own, or a fixed list of Belgium, sorted for the language."""

from collections.abc import Iterable
from functools import cache

from app.core.belgium.lists import (
    LEGAL_FORMS,
    MUNICIPALITIES,
    MUNICIPALITY_EXTRAS,
    SECTORS,
    LegalForm,
    Municipality,
    Sector,
)
from app.core.belgium.lists import in_order as sorted_by_name
from app.questionnaires.rules.definition import Choice, Question


def options(question: Question, locale: str) -> list[Choice]:
    """The choices in the order of this language."""
    match question.kind:
        case "municipalities":
            return [*_municipalities(locale), *_beside_the_nineteen(question)]
        case "sector" | "sectors":
            return list(_sectors())
        case "legal_form":
            return list(_legal_forms())
    return list(question.choices)


@cache
def _municipalities(locale: str) -> list[Choice]:
    return _choices(sorted_by_name(MUNICIPALITIES.values(), locale))


@cache
def _sectors() -> list[Choice]:
    return _choices(SECTORS.values())


@cache
def _legal_forms() -> list[Choice]:
    return _choices(form for form in LEGAL_FORMS.values() if form.offered)


def _beside_the_nineteen(question: Question) -> list[Choice]:
    wanted = {"all": question.all_allowed, "outside": question.outside_allowed}
    return [Choice(code=code, label=name) for code, name in MUNICIPALITY_EXTRAS.items() if wanted.get(code)]


def _choices(entries: Iterable[LegalForm | Municipality | Sector]) -> list[Choice]:
    return [Choice(code=entry.code, label=entry.name) for entry in entries]
