"""Why a form may not be published yet, in sentences that name the place."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.core.bilingual import LANGUAGE_NAMES, Bilingual

if TYPE_CHECKING:  # a definition looks for its own faults, so this module cannot import it back
    from app.questionnaires.rules.definition import Definition, Question

CHOOSING = frozenset({"one_choice", "several_choices"})
NOT_IN_A_GROUP = frozenset({"group", "files"})
# Names that a posted page uses for itself: a question of that name would answer for it.
TAKEN = frozenset({"csrf_token", "deed", "do", "inhoud", "later", "revision", "version", "window"})


@dataclass(frozen=True)
class Fault:
    """Why a form may not be published: where (a question, a section or the form itself: ""), and a sentence."""

    place: str
    sentence: str


def faults_of(definition: "Definition") -> list[Fault]:
    """Every reason, in the order of the form."""
    return [
        *_missing_languages(definition),
        *_doubles(definition),
        *_empty_places(definition),
        *_conditions(definition),
    ]


def _missing_languages(definition: "Definition") -> Iterator[Fault]:
    for place, text in _texts(definition):
        for locale in text.missing():
            words = _("“%(place)s” has no text in %(language)s", place=place, language=LANGUAGE_NAMES[locale])
            yield Fault(place.partition(",")[0], words)


def _texts(definition: "Definition") -> Iterator[tuple[str, Bilingual]]:
    """Every text of the form and the name of the place where it stands."""
    named = ("title", "lead", "declarations_title", "declarations_lead", "monitoring_title", "monitoring_lead")
    yield from _present((name, getattr(definition, name)) for name in named)
    for section in definition.sections:
        yield from _present([(f"{section.key}, title", section.title), (f"{section.key}, lead", section.lead)])
        for question in section.questions:
            yield from _texts_of(question, question.key)
    for question in definition.monitoring:
        yield from _texts_of(question, question.key)
    for declaration in definition.declarations:
        yield declaration.key, declaration.text


def _texts_of(question: "Question", place: str) -> Iterator[tuple[str, Bilingual]]:
    named = ("label", "help", "item_label", "add_label")
    yield from _present((f"{place}, {name}", getattr(question, name)) for name in named)
    for choice in question.choices:
        yield f"{place}, {choice.code}", choice.label
        yield from _present([(f"{place}, {choice.code}, help", choice.help)])
    for field in question.fields:
        yield from _texts_of(field, f"{place}, {field.key}")


def _present(named: Iterable[tuple[str, Bilingual | None]]) -> Iterator[tuple[str, Bilingual]]:
    return ((name, text) for name, text in named if text is not None)


def _doubles(definition: "Definition") -> Iterator[Fault]:
    """Keys name controls, answers and columns: each only once, and none that a page needs for itself."""
    asked = [question.key for question in (*definition.questions, *definition.monitoring)]
    declared = [declaration.key for declaration in definition.declarations]
    for keys in (asked, declared, [section.key for section in definition.sections]):
        for key in _twice(keys):
            yield Fault(key, _("“%(key)s” is there twice: give each its own key", key=key))
    for key in asked:
        if key in TAKEN:
            yield Fault(key, _("“%(key)s” is a word that the page itself needs: choose another key", key=key))
    for question in (*definition.questions, *definition.monitoring):
        inside = [choice.code for choice in question.choices], [field.key for field in question.fields]
        for names in inside:
            for key in _twice(names):
                yield Fault(
                    question.key, _("In “%(question)s”, “%(key)s” is there twice", question=question.key, key=key)
                )


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _empty_places(definition: "Definition") -> Iterator[Fault]:
    """Sections without questions, choices without answers to choose from, groups that cannot be."""
    if not definition.sections:
        yield Fault("", _("The form has no section yet"))
    for section in definition.sections:
        if not section.questions:
            yield Fault(section.key, _("Section “%(section)s” has no question yet", section=section.key))
    for question in definition.monitoring:
        if question.kind in NOT_IN_A_GROUP or question.show_if:
            words = _("“%(field)s” cannot stand inside “%(question)s”", field=question.key, question="monitoring")
            yield Fault(question.key, words)
    for question in (*definition.questions, *definition.monitoring):
        yield from _lacks(question)


def _lacks(question: "Question") -> Iterator[Fault]:
    """What one question needs before anybody can answer it."""
    if question.kind in CHOOSING and not question.choices:
        yield Fault(question.key, _("“%(question)s” needs answers to choose from", question=question.key))
    if question.kind == "group" and not question.fields:
        yield Fault(question.key, _("“%(question)s” needs at least one field", question=question.key))
    if (question.least or 0) > (question.most or question.least or 0):
        yield Fault(question.key, _("“%(question)s” asks for more than it allows", question=question.key))
    for field in question.fields:
        if field.kind in NOT_IN_A_GROUP or field.show_if or field.fields:
            words = _("“%(field)s” cannot stand inside “%(question)s”", field=field.key, question=question.key)
            yield Fault(question.key, words)


def _conditions(definition: "Definition") -> Iterator[Fault]:
    """A condition points at a question that people meet before, so that it can neither dangle nor run in a circle."""
    known: dict[str, Question] = {question.key: question for question in definition.questions}
    for question in definition.questions:
        condition = question.show_if
        if condition is None:
            continue
        pointed_at = known.get(condition.question)
        if pointed_at is None:
            words = _(
                "“%(question)s” depends on “%(other)s”, which is not in this form",
                question=question.key, other=condition.question,
            )  # fmt: skip
            yield Fault(question.key, words)
        elif _in_a_circle(question, known):
            yield Fault(question.key, _("“%(question)s” depends on itself in a circle", question=question.key))
        elif pointed_at.kind in NOT_IN_A_GROUP:
            words = _(
                "“%(question)s” cannot depend on “%(other)s”: that has no single answer",
                question=question.key, other=pointed_at.key,
            )  # fmt: skip
            yield Fault(question.key, words)
        elif pointed_at.choices and condition.operator != "answered" and not _offers(pointed_at, condition.value):
            words = _(
                "“%(question)s” waits for the answer “%(value)s”, which “%(other)s” does not offer",
                question=question.key, value=condition.value, other=pointed_at.key,
            )  # fmt: skip
            yield Fault(question.key, words)
        elif pointed_at.asked_later and not question.asked_later:
            words = _(
                "“%(question)s” depends on “%(other)s”, which is asked only after handing in",
                question=question.key, other=pointed_at.key,
            )  # fmt: skip
            yield Fault(question.key, words)


def _in_a_circle(question: "Question", known: dict[str, "Question"]) -> bool:
    seen = set()
    here: Question | None = question
    while here is not None and here.show_if:
        if here.key in seen:
            return True
        seen.add(here.key)
        here = known.get(here.show_if.question)
    return False


def _offers(question: "Question", code: str) -> bool:
    return any(choice.code == code for choice in question.choices)
