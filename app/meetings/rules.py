"""The course of a jury meeting: who counts, who leaves, what may happen next, in which order files come."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Protocol

from flask_babel import lazy_gettext as _l

from app.applications.rules import STATE_NAMES
from app.core.bilingual import LOCALES
from app.decisions.rules import OUTCOMES
from app.review.rules import Recommendation, Scored, weighted_mean

POSTPONED = "postponed"
OUTCOME_NAMES = {**{outcome.value: STATE_NAMES[outcome] for outcome in OUTCOMES}, POSTPONED: _l("Postponed")}
QUORUM, MINUTES_EACH = 3, 12

ADVISED = {Recommendation.YES: _l("select"), Recommendation.MAYBE: _l("doubt"), Recommendation.NO: _l("do not select")}


class Role(enum.StrEnum):
    """What somebody does in a meeting."""

    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"


ROLE_NAMES = {
    Role.MEMBER: _l("member of the jury"),
    Role.CHAIR: _l("chair"),
    Role.SECRETARY: _l("secretary"),
}
# The secretary writes and does not decide.
DECIDING = frozenset({Role.MEMBER, Role.CHAIR})
ONLY_ONE = (Role.CHAIR, Role.SECRETARY)


class Stage(enum.StrEnum):
    """Where one file stands in the meeting."""

    WAITING = "waiting"
    LEAVING = "leaving"  # somebody in the room must go out first: nothing of the file is shown
    TALKING = "talking"
    REVEALED = "revealed"
    DECIDED = "decided"


class Order(enum.StrEnum):
    """How the files that were not opened yet are put in a row."""

    VALUE = "value"
    LANGUAGE = "language"


ORDER_NAMES = {
    Order.VALUE: _l("by value, the highest first"),
    Order.LANGUAGE: _l("by language in turn, the highest value first"),
}


class Sitting(Protocol):
    """What counts of a seat."""

    person_id: int
    role: str

    @property
    def is_there(self) -> bool: ...


def stage(*, opened: bool, revealed: bool, decided: bool, must_leave: bool) -> Stage:
    """Where a file stands; as long as somebody must leave, nothing else counts."""
    if decided:
        return Stage.DECIDED
    if not opened:
        return Stage.WAITING
    if must_leave:
        return Stage.LEAVING
    return Stage.REVEALED if revealed else Stage.TALKING


def deciding(seats: Iterable[Sitting], away: Iterable[int]) -> set[int]:
    """Who decides on a file: members and chair who are there, without those who left for it."""
    there = {one.person_id for one in seats if one.is_there and one.role in DECIDING}
    return there - set(away)


def gaps(seats: Sequence[Sitting], items: int, quorum: int) -> list[str]:
    """What is missing before a meeting can begin: `chair`, `secretary`, `files`, `quorum`."""
    roles = [one.role for one in seats]
    found = [role.value for role in ONLY_ONE if roles.count(role) != 1]
    if not items:
        found.append("files")
    if quorum > sum(role in DECIDING for role in roles):
        found.append("quorum")
    return found


def by_value(values: Mapping[int, float | None]) -> list[int]:
    """Ids with the highest value first; those without one come last, in the order in which they were given."""
    return sorted(values, key=lambda one: -(values[one] if values[one] is not None else -1.0))  # type: ignore[operator]


def in_turn(ids: Sequence[int], languages: Mapping[int, str]) -> list[int]:
    """One of each language in turn, beginning with that of the first; within a language the order stays."""
    if not ids:
        return []
    first = languages[ids[0]]
    turn = [first, *(one for one in LOCALES if one != first)]
    left = {language: [one for one in ids if languages[one] == language] for language in turn}
    found: list[int] = []
    while any(left.values()):
        found += [left[language].pop(0) for language in turn if left[language]]
    return found


def total(marks: Iterable[Sequence[int | None]]) -> float | None:
    """One reader's weighted mean, of (criterion, score, weight, highest)."""
    return weighted_mean(
        Scored(weight or 0, score, highest or 1) for _, score, weight, highest in marks if score is not None
    )


def value(reviews: Iterable[Iterable[Sequence[int | None]]]) -> float | None:
    """What a file is worth on 0-100: the mean of the readers' weighted means; nothing without a score."""
    totals = [found for found in map(total, reviews) if found is not None]
    return fmean(totals) if totals else None
