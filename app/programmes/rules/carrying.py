"""What a visitor answered goes along: from the finder into the check, and into the form (content/carried.toml).

It travels in addresses and in the start form; nothing is stored before somebody starts an application.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.questionnaires.rules.definition import Choice, Definition, Question
from app.questionnaires.rules.kinds.lists import options
from config import ROOT

LISTED = frozenset({"municipalities", "several_choices"})
PROPOSED = LISTED | {"one_choice", "group"}


@dataclass(frozen=True)
class Subject:
    """One thing that is asked only once. `answers`: the form's answer per answer of the finder; none: the same code."""

    key: str
    yes: str = ""
    no: str = ""
    question: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def in_form(self, said: str) -> str:
        """The answer of the form to what was said; empty where there is none."""
        return self.answers.get(said, "") if self.answers else said


def _read() -> dict[str, Subject]:
    rows = tomllib.loads((ROOT / "content" / "carried.toml").read_text(encoding="utf-8"))["subject"]
    return {row["key"]: Subject(**row) for row in rows}


SUBJECTS = _read()
PLACE, MUNICIPALITY = "place", "municipality"


def asked_in(form: Definition) -> dict[str, Question]:
    """The questions of this form that can be prefilled, by key."""
    wanted = {one.question for one in SUBJECTS.values()}
    return {
        one.key: one for one in form.questions if one.key in wanted and one.kind in PROPOSED and one.show_if is None
    }


def answers_to(question: Question, locale: str) -> list[Choice]:
    """The possible answers; none to a group, whose answers are numbers of rows."""
    return [] if question.kind == "group" else options(question, locale)


def proposals(form: Definition, given: Mapping[str, str], locale: str) -> dict[str, str]:
    """The answer to propose, by question of the form; only what this form asks and offers."""
    asked, found = asked_in(form), {}
    for subject in SUBJECTS.values():
        code, question = subject.in_form(given.get(subject.key, "")), asked.get(subject.question)
        if question is not None and is_answer(question, code, locale):
            found[question.key] = code
    return found


def is_answer(question: Question, code: str, locale: str) -> bool:
    """True when the form offers this answer."""
    if question.kind == "group":
        return code in SUBJECTS["team"].answers.values()
    return code in {one.code for one in answers_to(question, locale)}


def raw_answers(form: Definition, chosen: Mapping[str, str], name: str) -> dict[str, dict[str, Any]]:
    """The chosen answers as a form stores them, by section. The first of a group of people is who applies."""
    asked, found = asked_in(form), {}
    for section in form.sections:
        here = {
            one.key: _raw(one, chosen[one.key], name)
            for one in section.questions
            if one.key in asked and chosen.get(one.key)
        }
        if here:
            found[section.key] = here
    return found


def _raw(question: Question, code: str, name: str) -> Any:
    if question.kind == "group":
        return [{question.fields[0].key: name}, *({} for _number in range(1, int(code)))]
    return [code] if question.kind in LISTED else code
