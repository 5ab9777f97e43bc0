"""Roles, quorum, stages and order of a meeting."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State

QUORUM, MINUTES_EACH = 3, 10
MOST_MINUTES, MOST_MEMBERS = 120, 60
CALENDAR_LENGTH = timedelta(hours=2)  # invitations are sent before there is an agenda to estimate the end


class Role(enum.StrEnum):
    """A role in a meeting. The secretary does not count for the quorum."""

    CHAIR = "chair"
    MEMBER = "member"
    SECRETARY = "secretary"


ROLE_NAMES = {Role.CHAIR: _l("Chair"), Role.MEMBER: _l("Member"), Role.SECRETARY: _l("Secretary")}


class Stage(enum.StrEnum):
    """How far an agenda item is."""

    WAITING = "waiting"
    LEAVING = "leaving"  # members in conflict are asked to leave; nothing of the application is shown yet
    TALK = "talk"
    REVEALED = "revealed"
    DECIDED = "decided"
    GONE = "gone"  # no longer before the jury: withdrawn, or taken back by the team


def may_read_minutes(*, agreed: bool, reads_blind: bool) -> bool:
    """True when a member may read the minutes: agreed, and naming nobody who is hidden from a blind reviewer."""
    return agreed and not reads_blind


class Order(enum.StrEnum):
    """How the agenda can be sorted."""

    SCORE = "score"
    LANGUAGE = "language"
    REFERENCE = "reference"


ORDER_NAMES = {
    Order.SCORE: _l("Highest score first"),
    Order.LANGUAGE: _l("Languages in turn"),
    Order.REFERENCE: _l("By reference"),
}


class Listed(Protocol):
    """An application as the agenda sorts it."""

    @property
    def reference(self) -> str | None: ...

    @property
    def language(self) -> str: ...


AnyFile = TypeVar("AnyFile", bound=Listed)


@dataclass(frozen=True)
class Presence:
    """Who is present for one item: ids of members in the meeting, and of those who left the room for it."""

    came: frozenset[int]
    away: frozenset[int]

    @property
    def deciding(self) -> int:
        """How many members decide."""
        return len(self.came - self.away)

    def is_enough(self, quorum: int) -> bool:
        """True when the quorum is met."""
        return self.deciding >= quorum


def is_gone(state: State, *, decided: bool) -> bool:
    """True for an item that nobody can decide any more: its application is no longer before the jury."""
    return not decided and state is not State.JURY


def stage_of(*, opened: bool, to_leave: bool, revealed: bool, decided: bool, gone: bool = False) -> Stage:
    """The stage of an item: nothing of it is shown until members in conflict have left."""
    if decided:
        return Stage.DECIDED
    if gone:
        return Stage.GONE
    if not opened:
        return Stage.WAITING
    if to_leave:
        return Stage.LEAVING
    return Stage.REVEALED if revealed else Stage.TALK


def in_order(files: Iterable[AnyFile], order: Order, scores: Sequence[float | None]) -> list[AnyFile]:
    """Sorted with a reproducible order; ties by reference. Applications without a score come last."""
    pairs = sorted(zip(files, scores, strict=True), key=lambda pair: pair[0].reference or "")
    if order is Order.REFERENCE:
        return [file for file, _score in pairs]
    pairs.sort(key=lambda pair: -1.0 if pair[1] is None else pair[1], reverse=True)
    ranked = [file for file, _score in pairs]
    return ranked if order is Order.SCORE else _in_turn(ranked)


def _in_turn(files: list[AnyFile]) -> list[AnyFile]:
    """Alternate the languages, each in its own order, so that no language comes only at the end."""
    queues: dict[str, list[AnyFile]] = {}
    for file in files:
        queues.setdefault(file.language, []).append(file)
    found = []
    while any(queues.values()):
        found += [queue.pop(0) for queue in queues.values() if queue]
    return found
