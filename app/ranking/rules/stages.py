"""Which files a ranking holds, and what of a call still waits for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.applications.rules.states import State

# Admitted, and not taken back: these are read, ranked and decided. A place given up leaves the order as it was.
RANKED = frozenset(State) - {State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE, State.WITHDRAWN}
BEFORE = (State.SUBMITTED, State.INCOMPLETE)
READ_IN = frozenset({State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY})
STAGES = (*BEFORE, *(state for state in State if state in RANKED))


@dataclass(frozen=True)
class Progress:
    """A call in selection: how many files stand where, and how far the reading is.

    `done` counts at most the planned number of readings per file, so that a file read once more hides no other.
    """

    counts: Mapping[State, int]
    done: int
    planned: int
    due_on: date | None

    @property
    def files(self) -> int:
        """How many files are read and ranked."""
        return sum(count for state, count in self.counts.items() if state in RANKED)

    @property
    def needed(self) -> int:
        """How many readings the plan asks for."""
        return self.files * self.planned

    @property
    def missing(self) -> int:
        """How many readings are still to be finished, of files on which nothing was told."""
        return max(0, self.needed - self.done) if self.is_running else 0

    @property
    def is_running(self) -> bool:
        """Is there a file on which somebody still has to do something?"""
        return any(self.counts.get(state) for state in (*BEFORE, *READ_IN))

    def days_late(self, today: date) -> int:
        """Days since the readings were due, while some are missing."""
        return max(0, (today - self.due_on).days) if self.due_on and self.missing else 0


def has_begun(counts: Mapping[State, int], closes_at: datetime | None, at: datetime) -> bool:
    """Is there a file to look at: all of a call that is closed or open all year, else what somebody took up already."""
    return bool(counts) and (closes_at is None or closes_at <= at or set(counts) != {State.SUBMITTED})
