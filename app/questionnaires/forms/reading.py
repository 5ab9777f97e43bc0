"""Read the raw answers of a posted section: cleaned, not validated."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.datastructures import MultiDict

from app.core.text.cleaning import clean
from app.questionnaires.rules.definition import Question, Section
from app.questionnaires.rules.kinds.registry import kind_of
from app.questionnaires.rules.raw import DATE_PARTS, items

Sent = MultiDict[str, str]

SPARE_ITEMS = 5  # above `most`, because two tabs may each have added one
MOST_ITEMS = 50
MOST_CHOSEN = 200
DO = "do"


@dataclass(frozen=True)
class GroupAction:
    """A button in a group: add an item, or remove this one."""

    kind: Literal["add", "remove"]
    question: str
    index: int


def read(section: Section, sent: Sent, before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answers of a section as typed, valid or not.

    A question without any field in the POST was not on the page: it keeps its answer from `before`.
    """
    earlier = before or {}
    answers: dict[str, Any] = {}
    for question in section.questions:
        if question.kind == "files":
            continue
        if _was_sent(question, question.key, sent):
            answers[question.key] = _read(question, question.key, sent)
        elif question.key in earlier:
            answers[question.key] = earlier[question.key]
    return answers


def group_action(sent: Sent) -> GroupAction | None:
    """The pressed group button (`do=team:add`, `do=team:remove:1`), if any."""
    match sent.get(DO, "").split(":"):
        case [question, "add"]:
            return GroupAction("add", question, -1)
        case [question, "remove", number] if re.fullmatch(r"[0-9]{1,3}", number):
            return GroupAction("remove", question, int(number))
    return None


def dropped_file(sent: Sent) -> tuple[str, str] | None:
    """(question, key of the attachment) when its remove button was pressed (`do=attachments:drop:…`)."""
    match sent.get(DO, "").split(":"):
        case [question, "drop", key] if question and key:
            return question, key
    return None


def restored_file(sent: Sent) -> str:
    """The key of the attachment whose removal is undone (`do=restore:…`), or an empty string."""
    match sent.get(DO, "").split(":"):
        case ["restore", key]:
            return key
    return ""


def apply_action(action: GroupAction, section: Section, answers: dict[str, Any]) -> str:
    """Add or remove the item in `answers`; returns the id of the control to focus, or an empty string."""
    question = next((one for one in section.questions if one.key == action.question and one.kind == "group"), None)
    if question is None:
        return ""
    there = items(answers.get(question.key)) or [{} for _number in range(shown_items(question, None))]
    if action.kind == "add" and len(there) < most_items(question):
        there.append({})
        here = len(there) - 1
    elif action.kind == "remove" and action.index < len(there):
        del there[action.index]
        here = min(action.index, max(len(there) - 1, 0))
    else:
        return ""
    answers[question.key] = there
    first = question.fields[0]
    return kind_of(first).control(None, f"{question.key}-{here}-{first.key}")


def shown_items(question: Question, raw: object) -> int:
    """The number of items on the page: existing ones, at least one."""
    return max(len(items(raw)), question.least or 1, 1)


def _read(question: Question, name: str, sent: Sent) -> Any:
    match kind_of(question).shape:
        case "items":
            return _items(question, name, sent)
        case "list":
            chosen = (_line(code) for code in sent.getlist(name)[: MOST_CHOSEN + 1])
            return list(dict.fromkeys(code for code in chosen if code))
        case "choice":
            return next((code for code in map(_line, reversed(sent.getlist(name))) if code), "")
        case "date":
            return {part: _line(sent.get(f"{name}-{part}", "")) for part in DATE_PARTS}
        case "text":
            return clean(_all(name, sent, "\n"))
    typed = _line(_all(name, sent, " "))
    return {"typed": typed, "unknown": True} if question.unknown_allowed and sent.get(f"{name}-unknown") else typed


def _all(name: str, sent: Sent, between: str) -> str:
    """One text; both values when a field came twice."""
    return between.join(dict.fromkeys(typed for typed in sent.getlist(name) if typed))


def _line(typed: str) -> str:
    """One line, whatever was pasted."""
    return " ".join(clean(typed).split("\n"))


def _was_sent(question: Question, name: str, sent: Sent) -> bool:
    match kind_of(question).shape:
        case "date":
            return any(f"{name}-{part}" in sent for part in DATE_PARTS)
        case "items":
            return name in sent or bool(_numbers(name, sent))
    return name in sent or (question.unknown_allowed and f"{name}-unknown" in sent)


def _items(question: Question, name: str, sent: Sent) -> list[dict[str, Any]]:
    """The items in number order, without gaps."""
    return [
        {
            field.key: _read(field, f"{name}-{number}-{field.key}", sent)
            for field in question.fields
            if _was_sent(field, f"{name}-{number}-{field.key}", sent)
        }
        for number in _numbers(name, sent)[: most_items(question) + SPARE_ITEMS]
    ]


def _numbers(name: str, sent: Sent) -> list[str]:
    found = (re.match(rf"{re.escape(name)}-([0-9]{{1,3}})-", key) for key in sent)
    return sorted({match[1] for match in found if match}, key=int)


def most_items(question: Question) -> int:
    """The maximum number of items."""
    return question.most or MOST_ITEMS
