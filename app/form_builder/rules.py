"""Edits on the data of a form, as pure functions. No edit loses a text."""

import copy
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.questionnaires.rules.definition import Definition

Data = dict[str, Any]
EMPTY = {"nl": "", "fr": ""}
STATISTICS = "monitoring"  # the optional questions, which are counted and never stored with an application
# Questions whose answers the system uses: project name, language, municipality, name of the applicant.
SPECIAL = {
    "project_name": "short_text",
    "file_language": "one_choice",
    "municipalities": "municipalities",
    "contact_first_name": "short_text",
    "contact_last_name": "short_text",
    "contact_email": "email",
}
NUMBERED = re.compile(r" \(\d{1,3}\)\Z")
TEXTS = ("label", "help", "simple", "example", "item_label", "add_label")


class Needed(Exception):
    """It cannot be removed: these questions depend on it."""

    def __init__(self, by: list[str]) -> None:
        super().__init__(", ".join(by))
        self.by = by


def canonical(definition: Definition) -> Data:
    """The normal form of the data, without empty values."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def empty_form(key: str) -> Data:
    """A form with one empty section."""
    return {"key": key, "title": dict(EMPTY), "sections": [{"key": "s1", "title": dict(EMPTY), "questions": []}]}


def free_title(title: Bilingual, taken: Collection[Bilingual]) -> Bilingual:
    """This title, numbered when a form has it in one of the languages."""
    base = {side: NUMBERED.sub("", title[side]) for side in LOCALES}
    offered, number = title, 1
    while any(offered[side] and offered[side] == one[side] for side in LOCALES for one in taken):
        number += 1
        offered = Bilingual(**{side: text and f"{text} ({number})" for side, text in base.items()})
    return offered


def keys_of(data: Data) -> set[str]:
    """Every key in the form: sections, questions, fields and declarations."""
    names = {section["key"] for section in data.get("sections", [])}
    for question in every_question(data):
        names |= {question["key"], *(field["key"] for field in question.get("fields", []))}
    return names | {declaration["key"] for declaration in data.get("declarations", [])}


def every_question(data: Data) -> Iterator[Data]:
    """The questions of all sections, then the optional ones."""
    for section in data.get("sections", []):
        yield from section.get("questions", [])
    yield from data.get(STATISTICS, [])


def new_key(begin: str, taken: Collection[str]) -> str:
    """An unused neutral key, so that labels may change freely."""
    number = 1
    while f"{begin}{number}" in taken:
        number += 1
    return f"{begin}{number}"


def find(data: Data, place: str) -> Data | None:
    """The question at this place: `q4`, or `q4.name` for a field of a group."""
    key, _dot, field = place.partition(".")
    question = next((one for one in every_question(data) if one["key"] == key), None)
    if question is None or not field:
        return question
    return next((one for one in question.get("fields", []) if one["key"] == field), None)


def section_of(data: Data, key: str) -> Data | None:
    """The section with this key."""
    return next((one for one in data.get("sections", []) if one["key"] == key), None)


def part_of(data: Data, place: str) -> str:
    """The section of a question or field, or the section itself; empty for the frame."""
    key = place.partition(".")[0]
    for section in data.get("sections", []):
        if key == section["key"] or any(one["key"] == key for one in section.get("questions", [])):
            return str(section["key"])
    return STATISTICS if find(data, place) else ""


def add_section(data: Data, taken: Collection[str]) -> tuple[Data, str]:
    """Append a section."""
    changed = copy.deepcopy(data)
    key = new_key("s", {*taken, *keys_of(data)})
    changed.setdefault("sections", []).append({"key": key, "title": dict(EMPTY), "questions": []})
    return changed, key


def add_question(data: Data, section: str, taken: Collection[str], *, special: str = "") -> tuple[Data, str]:
    """Append a question to a section (or to the optional questions).

    `special`: one of SPECIAL that the form does not have yet, whose answer the system uses.
    """
    changed = copy.deepcopy(data)
    known = keys_of(data)
    is_special = special in SPECIAL and special not in known
    key = special if is_special else new_key("q", {*taken, *known})
    kind = SPECIAL[special] if is_special else "one_choice" if section == STATISTICS else "short_text"
    question: Data = {"key": key, "kind": kind, "label": dict(EMPTY)}
    if key == "file_language":
        question["choices"] = [{"code": code, "label": _name_of(code)} for code in LOCALES]
    _questions(changed, section).append(question)
    return changed, key


def add_field(data: Data, group: str, taken: Collection[str]) -> tuple[Data, str]:
    """Append a field to a repeating group; returns its place."""
    changed = copy.deepcopy(data)
    question = find(changed, group)
    if question is None:
        raise KeyError(group)
    key = new_key("f", {*taken, *keys_of(data)})
    question.setdefault("fields", []).append({"key": key, "kind": "short_text", "label": dict(EMPTY)})
    return changed, f"{group}.{key}"


def duplicate(data: Data, key: str, taken: Collection[str]) -> tuple[Data, str]:
    """Copy a question, right below, under a new key."""
    changed = copy.deepcopy(data)
    questions = _list_with(changed, key)
    place = next(number for number, one in enumerate(questions) if one["key"] == key)
    made = copy.deepcopy(questions[place])
    made["key"] = new_key("q", {*taken, *keys_of(data)})
    questions.insert(place + 1, made)
    return changed, made["key"]


def replace(data: Data, place: str, question: Data) -> Data:
    """Replace the question at this place."""
    changed = copy.deepcopy(data)
    old = find(changed, place)
    if old is None:
        raise KeyError(place)
    old.clear()
    old.update(copy.deepcopy(question))
    return changed


def dependents(data: Data, keys: Collection[str]) -> list[str]:
    """The questions outside `keys` whose condition refers to one of these."""
    return [
        one["key"]
        for one in every_question(data)
        if one["key"] not in keys and (one.get("show_if") or {}).get("question") in keys
    ]


def remove(data: Data, place: str) -> Data:
    """Remove this question or field. Raises Needed when others depend on it."""
    changed = copy.deepcopy(data)
    key, _dot, field = place.partition(".")
    if field:
        question = find(changed, key) or {}
        question["fields"] = [one for one in question.get("fields", []) if one["key"] != field]
        return changed
    by = dependents(data, {key})
    if by:
        raise Needed(by)
    questions = _list_with(changed, key)
    questions[:] = [one for one in questions if one["key"] != key]
    return changed


def remove_section(data: Data, key: str) -> Data:
    """Remove this section and its questions. Raises Needed when other questions depend on one of them."""
    section = section_of(data, key)
    if section is None:
        raise KeyError(key)
    by = dependents(data, {one["key"] for one in section.get("questions", [])})
    if by:
        raise Needed(by)
    changed = copy.deepcopy(data)
    changed["sections"] = [one for one in changed["sections"] if one["key"] != key]
    return changed


def move(data: Data, key: str, *, section: str = "", place: int) -> Data:
    """Move a question to this place, in its own or another section; a place beyond the end is the end."""
    changed = copy.deepcopy(data)
    here = _list_with(changed, key)
    there = _questions(changed, section) if section else here
    question = next(one for one in here if one["key"] == key)
    here.remove(question)
    there.insert(max(0, min(place, len(there))), question)
    return changed


def move_section(data: Data, key: str, *, place: int) -> Data:
    """Move a section to this place."""
    changed = copy.deepcopy(data)
    section = section_of(changed, key)
    if section is None:
        raise KeyError(key)
    changed["sections"].remove(section)
    changed["sections"].insert(max(0, min(place, len(changed["sections"]))), section)
    return changed


def texts_of(data: Data) -> dict[str, Bilingual]:
    """Every text of the form by place, as the publish gate knows it: `q4:label`, `q4.f1:label`, `s1:title`."""
    found = dict(
        _named(
            data,
            "form",
            ("title", "lead", "declarations_title", "declarations_lead", "monitoring_title", "monitoring_lead"),
        )
    )
    for section in data.get("sections", []):
        found |= dict(_named(section, section["key"], ("title", "lead")))
    for question in every_question(data):
        found |= dict(_texts_of_question(question, question["key"]))
        for field in question.get("fields", []):
            found |= dict(_texts_of_question(field, f"{question['key']}.{field['key']}"))
    for declaration in data.get("declarations", []):
        found |= dict(_named(declaration, declaration["key"], ("text",)))
    return found


def _texts_of_question(question: Data, place: str) -> Iterator[tuple[str, Bilingual]]:
    yield from _named(question, place, TEXTS)
    for choice in question.get("choices", []):
        yield from _named(choice, f"{place}:choice:{choice['code']}", ("label", "help"))


def _named(thing: Mapping[str, Any], place: str, names: Iterable[str]) -> Iterator[tuple[str, Bilingual]]:
    for name in names:
        if thing.get(name) is not None:
            sides = {locale: str(thing[name].get(locale, "")) for locale in LOCALES}
            yield f"{place}:{name}", Bilingual(**sides)


def _name_of(language: str) -> dict[str, str]:
    """A language is named in itself."""
    return dict.fromkeys(LOCALES, LANGUAGE_NAMES[language])


def _questions(data: Data, section: str) -> list[Data]:
    if section == STATISTICS:
        found: list[Data] = data.setdefault(STATISTICS, [])
        return found
    here = section_of(data, section)
    if here is None:
        raise KeyError(section)
    questions: list[Data] = here.setdefault("questions", [])
    return questions


def _list_with(data: Data, key: str) -> list[Data]:
    """The list that contains this question."""
    lists = [section.setdefault("questions", []) for section in data.get("sections", [])]
    for questions in [*lists, data.get(STATISTICS, [])]:
        if any(one["key"] == key for one in questions):
            found: list[Data] = questions
            return found
    raise KeyError(key)
