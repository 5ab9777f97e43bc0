"""Compare two form versions, and what a move means for existing answers."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import Bilingual
from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.raw import is_blank


class ChangeKind(enum.StrEnum):
    """How a question changed, from harmless to what needs attention."""

    WORDING = "wording"
    MOVED = "moved"
    LIMITS = "limits"
    CHOICES = "choices"
    CONDITION = "condition"
    FLAGS = "flags"
    NOW_OPTIONAL = "now_optional"
    NEW_OPTIONAL = "new_optional"
    NOW_REQUIRED = "now_required"
    NEW_REQUIRED = "new_required"
    OTHER_KIND = "other_kind"
    REMOVED = "removed"


CHANGE_NAMES = {
    ChangeKind.WORDING: _l("other words"),
    ChangeKind.MOVED: _l("moved"),
    ChangeKind.LIMITS: _l("other limits"),
    ChangeKind.CHOICES: _l("other answers to choose from"),
    ChangeKind.CONDITION: _l("asked in other cases"),
    ChangeKind.FLAGS: _l("other use of the answer"),
    ChangeKind.NOW_OPTIONAL: _l("no longer required"),
    ChangeKind.NEW_OPTIONAL: _l("new, may stay empty"),
    ChangeKind.NOW_REQUIRED: _l("now required"),
    ChangeKind.NEW_REQUIRED: _l("new, required"),
    ChangeKind.OTHER_KIND: _l("another kind of question"),
    ChangeKind.REMOVED: _l("no longer asked"),
}
WORDS = ("label", "help", "simple", "example", "item_label", "add_label")
LIMITS = (
    "limit",
    "rows",
    "least",
    "most",
    "minimum",
    "maximum",
    "decimals",
    "file_kinds",
    "megabytes",
    "unknown_allowed",
    "all_allowed",
    "outside_allowed",
)
FLAGS = ("criterion", "indicator", "personal", "hidden_from_jury", "asked_later", "frozen_after_hand_in")


@dataclass(frozen=True)
class Change:
    """One change of one question; `label` from the newer version."""

    key: str
    kind: ChangeKind
    label: Bilingual


@dataclass(frozen=True)
class CarriedOver:
    """What moving to another version means for one application, by question key in form order."""

    kept: list[str]
    new: list[str]
    no_longer_asked: list[str]


def compare(before: Definition, after: Definition) -> list[Change]:
    """Every change in the order of the newer form; removed questions come last."""
    earlier = {question.key: question for question in before.questions}
    found = []
    for question in after.questions:
        old = earlier.get(question.key)
        if old is None:
            kind = ChangeKind.NEW_REQUIRED if question.required else ChangeKind.NEW_OPTIONAL
            found.append(Change(question.key, kind, question.label))
            continue
        found += [Change(question.key, kind, question.label) for kind in _kinds(old, question)]
        if before.section_of(question.key).key != after.section_of(question.key).key:
            found.append(Change(question.key, ChangeKind.MOVED, question.label))
    gone = [question for key, question in earlier.items() if not after.has(key)]
    return found + [Change(question.key, ChangeKind.REMOVED, question.label) for question in gone]


def carried_over(before: Definition, after: Definition, answers: Mapping[str, Any]) -> CarriedOver:
    """Which answers carry over, which questions are new, and which answers are no longer asked for. None is deleted."""
    same = {
        question.key
        for question in after.questions
        if before.has(question.key) and before.question(question.key).kind == question.kind
    }
    return CarriedOver(
        kept=[question.key for question in after.questions if question.key in same],
        new=[question.key for question in after.questions if question.key not in same],
        no_longer_asked=[
            question.key
            for question in before.questions
            if not after.has(question.key) and not is_blank(answers.get(question.key))
        ],
    )


def _kinds(old: Question, new: Question) -> Iterator[ChangeKind]:
    if old.kind != new.kind:
        yield ChangeKind.OTHER_KIND
    if any(getattr(old, name) != getattr(new, name) for name in WORDS):
        yield ChangeKind.WORDING
    if old.required != new.required:
        yield ChangeKind.NOW_REQUIRED if new.required else ChangeKind.NOW_OPTIONAL
    if any(getattr(old, name) != getattr(new, name) for name in LIMITS):
        yield ChangeKind.LIMITS
    if old.choices != new.choices or old.fields != new.fields:
        yield ChangeKind.CHOICES
    if old.show_if != new.show_if:
        yield ChangeKind.CONDITION
    if any(getattr(old, name) != getattr(new, name) for name in FLAGS):
        yield ChangeKind.FLAGS
