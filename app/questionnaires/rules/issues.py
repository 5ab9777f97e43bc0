"""The issues that keep a form from being published, in sentences that name the place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.issues import Issue
from app.questionnaires.rules.writing import current

if TYPE_CHECKING:  # `definition` imports this module, so it cannot be imported here
    from app.questionnaires.rules.definition import Definition, Question, Section

CHOOSING = frozenset({"one_choice", "several_choices"})
NOT_IN_A_GROUP = frozenset({"group", "files"})
# Field names of our own pages: a question with this key would collide.
TAKEN = frozenset({"csrf_token", "deed", "do", "inhoud", "later", "revision", "version", "window"})

# The labels of a form's texts in the form builder.
FRAME_NAMES = {
    "title": _l("Name of the form"),
    "lead": _l("Introduction"),
    "declarations_title": _l("Title above the declarations"),
    "declarations_lead": _l("Introduction to the declarations"),
    "monitoring_title": _l("Title above the statistics"),
    "monitoring_lead": _l("Introduction to the statistics"),
}
TEXT_NAMES = {
    "help": _l("Help"),
    "simple": _l("In plain language"),
    "example": _l("Example"),
    "item_label": _l("Name of one item of the group"),
    "add_label": _l("Words on the button that adds an item"),
}
LONGEST_NAME = 80
# (key, names of the places from outside in, text)
Text = tuple[str, tuple[Any, ...], Bilingual]


@dataclass(frozen=True)
class DefinitionIssue(Issue):
    """An issue: where (a question, a section, or empty for the form), and a sentence."""

    place: str


def issues_of(definition: "Definition") -> list[DefinitionIssue]:
    """Every issue, in form order."""
    names = names_of(definition)
    return [
        *_missing_languages(definition, names),
        *_doubles(definition, names),
        *_empty_places(definition, names),
        *_conditions(definition, names),
    ]


def names_of(definition: "Definition") -> dict[str, str]:
    """The display name of each section, question, field (`q4.name`) and declaration, by key.

    Its label in any language; its number when there is none.
    """
    names: dict[str, str] = {}
    for number, question in enumerate(definition.questions, 1):
        names.setdefault(question.key, _called(question.label) or _("Question %(number)s", number=number))
    for number, question in enumerate(definition.monitoring, 1):
        called = _called(question.label)
        names.setdefault(question.key, called or _("Question %(number)s of the statistics", number=number))
    for question in (*definition.questions, *definition.monitoring):
        for number, field in enumerate(question.fields, 1):
            called = _called(field.label) or _("Field %(number)s", number=number)
            names.setdefault(f"{question.key}.{field.key}", called)
    for number, declaration in enumerate(definition.declarations, 1):
        names.setdefault(declaration.key, _called(declaration.text) or _("Declaration %(number)s", number=number))
    for number, section in enumerate(definition.sections, 1):
        names.setdefault(section.key, _part(section, number))
    return names


def _part(section: "Section", number: int) -> str:
    """The display name of a section: one of them may share its key with a question."""
    return _called(section.title) or _("Part %(number)s", number=number)


def _called(words: Bilingual) -> str:
    """The start of a text, in the reader's language if possible."""
    mine_first = sorted(LOCALES, key=lambda side: side != current())
    text = next((words[side].strip() for side in mine_first if words[side].strip()), "")
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"


def _missing_languages(definition: "Definition", names: Mapping[str, str]) -> Iterator[DefinitionIssue]:
    for key, (place, *inner), text in _texts(definition, names):
        for locale in text.missing():
            called = f"{place} ({', '.join(map(str, inner))})" if inner else place
            words = _("“%(place)s” has no text in %(language)s", place=called, language=LANGUAGE_NAMES[locale])
            yield DefinitionIssue(key, sentence=words)


def _texts(definition: "Definition", names: Mapping[str, str]) -> Iterator[Text]:
    """Every text of the form."""
    yield from _present(("", (words,), getattr(definition, name)) for name, words in FRAME_NAMES.items())
    for number, section in enumerate(definition.sections, 1):
        called = _part(section, number)
        lead = (called, FRAME_NAMES["lead"])
        yield from _present([(section.key, (called,), section.title), (section.key, lead, section.lead)])
        for question in section.questions:
            yield from _texts_of(question, question.key, names)
    for question in definition.monitoring:
        yield from _texts_of(question, question.key, names)
    for declaration in definition.declarations:
        yield declaration.key, (names[declaration.key],), declaration.text


def _texts_of(
    question: "Question", place: str, names: Mapping[str, str], within: tuple[Any, ...] = ()
) -> Iterator[Text]:
    """The texts of a question, or of a field `within` one."""
    key, here = place.partition(".")[0], (*within, names.get(place) or _called(question.label))
    yield key, here, question.label
    yield from _present((key, (*here, words), getattr(question, name)) for name, words in TEXT_NAMES.items())
    for number, choice in enumerate(question.choices, 1):
        answer = (*here, _called(choice.label) or _("Answer %(number)s", number=number))
        yield key, answer, choice.label
        yield from _present([(key, (*answer, TEXT_NAMES["help"]), choice.help)])
    for field in question.fields:
        yield from _texts_of(field, f"{place}.{field.key}", names, here)


def _present(found: Iterable[tuple[str, tuple[Any, ...], Bilingual | None]]) -> Iterator[Text]:
    return ((key, place, text) for key, place, text in found if text is not None)


def _doubles(definition: "Definition", names: Mapping[str, str]) -> Iterator[DefinitionIssue]:
    """Duplicate or reserved keys: a key names controls, answers and columns."""
    asked = [question.key for question in (*definition.questions, *definition.monitoring)]
    declared = [declaration.key for declaration in definition.declarations]
    for keys in (asked, declared, [section.key for section in definition.sections]):
        for key in _twice(keys):
            yield DefinitionIssue(key, sentence=_("“%(key)s” is there twice: give each its own key", key=key))
    for key in asked:
        if key in TAKEN:
            yield DefinitionIssue(
                key, sentence=_("“%(key)s” is a word that the page itself needs: choose another key", key=key)
            )
    for question in (*definition.questions, *definition.monitoring):
        inside = [choice.code for choice in question.choices], [field.key for field in question.fields]
        for given in inside:
            for key in _twice(given):
                yield DefinitionIssue(
                    question.key,
                    sentence=_("In “%(question)s”, “%(key)s” is there twice", question=names[question.key], key=key),
                )


def _twice(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _empty_places(definition: "Definition", names: Mapping[str, str]) -> Iterator[DefinitionIssue]:
    """Sections without questions, choices without options, invalid groups."""
    if not definition.sections:
        yield DefinitionIssue("", sentence=_("The form has no section yet"))
    for number, section in enumerate(definition.sections, 1):
        if not section.questions:
            yield DefinitionIssue(
                section.key, sentence=_("“%(section)s” has no question yet", section=_part(section, number))
            )
    for question in definition.monitoring:
        if question.kind in NOT_IN_A_GROUP or question.show_if:
            outer = _("Statistics")
            words = _("“%(field)s” cannot stand inside “%(question)s”", field=names[question.key], question=outer)
            yield DefinitionIssue(question.key, sentence=words)
    for question in (*definition.questions, *definition.monitoring):
        yield from _lacks(question, names)


def _lacks(question: "Question", names: Mapping[str, str]) -> Iterator[DefinitionIssue]:
    """What one question needs before it can be answered."""
    called = names[question.key]
    if question.kind in CHOOSING and not question.choices:
        yield DefinitionIssue(question.key, sentence=_("“%(question)s” needs answers to choose from", question=called))
    if question.kind == "group" and not question.fields:
        yield DefinitionIssue(question.key, sentence=_("“%(question)s” needs at least one field", question=called))
    if (question.least or 0) > (question.most or question.least or 0):
        yield DefinitionIssue(question.key, sentence=_("“%(question)s” asks for more than it allows", question=called))
    for field in question.fields:
        if field.kind in NOT_IN_A_GROUP or field.show_if or field.fields:
            inner = names[f"{question.key}.{field.key}"]
            words = _("“%(field)s” cannot stand inside “%(question)s”", field=inner, question=called)
            yield DefinitionIssue(question.key, sentence=words)


def _conditions(definition: "Definition", names: Mapping[str, str]) -> Iterator[DefinitionIssue]:
    """A condition must refer to an earlier question, so that it cannot dangle or form a cycle."""
    known: dict[str, Question] = {question.key: question for question in definition.questions}
    for question in definition.questions:
        condition = question.show_if
        if condition is None:
            continue
        pointed_at = known.get(condition.question)
        if pointed_at is None:
            words = _(
                "“%(question)s” depends on “%(other)s”, which is not in this form",
                question=names[question.key],
                other=condition.question,
            )
            yield DefinitionIssue(question.key, sentence=words)
        elif _in_a_circle(question, known):
            yield DefinitionIssue(
                question.key, sentence=_("“%(question)s” depends on itself in a circle", question=names[question.key])
            )
        elif pointed_at.kind in NOT_IN_A_GROUP:
            words = _(
                "“%(question)s” cannot depend on “%(other)s”: that has no single answer",
                question=names[question.key],
                other=names[pointed_at.key],
            )
            yield DefinitionIssue(question.key, sentence=words)
        elif pointed_at.choices and condition.operator != "answered" and not _offers(pointed_at, condition.value):
            words = _(
                "“%(question)s” waits for the answer “%(value)s”, which “%(other)s” does not offer",
                question=names[question.key],
                value=condition.value,
                other=names[pointed_at.key],
            )
            yield DefinitionIssue(question.key, sentence=words)
        elif pointed_at.asked_later and not question.asked_later:
            words = _(
                "“%(question)s” depends on “%(other)s”, which is asked only after handing in",
                question=names[question.key],
                other=names[pointed_at.key],
            )
            yield DefinitionIssue(question.key, sentence=words)


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
