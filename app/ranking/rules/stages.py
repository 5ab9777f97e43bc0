"""Which applications are in a ranking, and the progress of a call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.applications.rules.states import State

# Admissible and not withdrawn: reviewed, ranked and decided. A place that was given up stays in the order.
RANKED = frozenset(State) - {State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE, State.WITHDRAWN}
BEFORE = (State.SUBMITTED, State.INCOMPLETE)
READ_IN = frozenset({State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY})
STAGES = (*BEFORE, *(state for state in State if state in RANKED))


@dataclass(frozen=True)
class Progress:
    """A call in selection: applications per state, and progress of the reviews.

    `done` counts at most the planned number per application, so that extra reviews do not hide missing ones.
    """

    counts: Mapping[State, int]
    done: int
    planned: int
    due_on: date | None

    @property
    def files(self) -> int:
        """How many applications are reviewed and ranked."""
        return sum(count for state, count in self.counts.items() if state in RANKED)

    @property
    def needed(self) -> int:
        """How many reviews are planned."""
        return self.files * self.planned

    @property
    def missing(self) -> int:
        """How many reviews are unfinished, of applications without a published decision."""
        return max(0, self.needed - self.done) if self.is_running else 0

    @property
    def is_running(self) -> bool:
        """True while an application needs work."""
        return any(self.counts.get(state) for state in (*BEFORE, *READ_IN))

    def days_late(self, today: date) -> int:
        """Days since reviews were due, while some are missing."""
        return max(0, (today - self.due_on).days) if self.due_on and self.missing else 0


def has_begun(counts: Mapping[State, int], closes_at: datetime | None, at: datetime) -> bool:
    """True when there is something to see: any application of a closed or rolling call, else one that is in
    progress.
    """
    return bool(counts) and (closes_at is None or closes_at <= at or set(counts) != {State.SUBMITTED})
