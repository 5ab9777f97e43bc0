"""A reviewer's progress, and the order of their applications."""

import enum
import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from flask_babel import lazy_gettext as _l


class ReadingState(enum.StrEnum):
    """The progress of one review."""

    TO_READ = "to_read"
    BEGUN = "begun"
    CHANGED = "changed"
    DONE = "done"
    CLOSED = "closed"


READING_NAMES = {
    ReadingState.TO_READ: _l("to read"),
    ReadingState.BEGUN: _l("begun"),
    ReadingState.CHANGED: _l("changed since you read it"),
    ReadingState.DONE: _l("done"),
    ReadingState.CLOSED: _l("decided without your review"),
}
OPEN = frozenset({ReadingState.TO_READ, ReadingState.BEGUN, ReadingState.CHANGED})


class Assigned(Protocol):
    """An assigned application."""

    @property
    def application_id(self) -> int: ...

    @property
    def reviewer_id(self) -> int: ...

    @property
    def begun_at(self) -> datetime | None: ...

    @property
    def done_at(self) -> datetime | None: ...

    @property
    def read(self) -> int | None: ...

    @property
    def last(self) -> int: ...

    @property
    def decided(self) -> bool: ...


File = TypeVar("File", bound=Assigned)


def state_of(file: Assigned) -> ReadingState:
    """The progress of its reviewer."""
    if file.decided:
        return ReadingState.CLOSED if file.done_at is None else ReadingState.DONE
    if file.read is not None and file.read < file.last:
        return ReadingState.CHANGED
    if file.done_at is not None:
        return ReadingState.DONE
    return ReadingState.BEGUN if file.begun_at is not None else ReadingState.TO_READ


def in_line(files: Iterable[File]) -> list[File]:
    """The applications in a stable order that differs per reviewer.

    Otherwise the same applications would always be read last.
    """
    return sorted(files, key=_place)


def following(line: Sequence[File], current: int) -> File | None:
    """The next unread application after this id, wrapping around."""
    place = next((number for number, one in enumerate(line, 1) if one.application_id == current), 0)
    turned = [*line[place:], *line[:place]]
    return next((one for one in turned if state_of(one) in OPEN and one.application_id != current), None)


def neighbours(line: Sequence[File], current: int) -> tuple[int, File | None, File | None]:
    """(number, previous, next) of this application."""
    place = next((number for number, one in enumerate(line) if one.application_id == current), 0)
    before = line[place - 1] if place else None
    return place + 1, before, line[place + 1] if place + 1 < len(line) else None


def _place(file: Assigned) -> str:
    return hashlib.sha256(f"{file.reviewer_id}:{file.application_id}".encode()).hexdigest()
