"""Review plan defaults (domain facts, 6.4: process rules)."""

import enum
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from app.applications.rules.states import State

READINGS, MOST_FILES = 3, 12
WIDE_SPREAD, BAND = 2, 5
REMINDED_BEFORE = timedelta(days=5)

# States in which applications are assigned; later ones keep their reviews.
TO_READ = frozenset({State.ELIGIBLE, State.IN_REVIEW})

# In these states unfinished reviews are no longer work.
OUT_OF_IT = frozenset({State.DRAFT, State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE, State.WITHDRAWN})


class Blind(enum.StrEnum):
    """Until when reviewers do not see the applicants."""

    NEVER = ""
    SCORED = "scored"  # until their own scores are in
    JURY = "jury"  # until the jury meets
    UNTIL_PUBLISHED = "told"  # until the decision is published


BLIND_NAMES = {
    Blind.NEVER: _l("Readers see who applies"),
    Blind.SCORED: _l("Hidden until their own scores are in"),
    Blind.JURY: _l("Hidden until the jury meets"),
    Blind.UNTIL_PUBLISHED: _l("Hidden until the decision is told"),
}


def cap_of(own: int | None, plan: int) -> int:
    """How many applications one reviewer takes: their own limit where it is lower."""
    return plan if own is None else min(own, plan)


def is_late(due_on: date | None, today: date, left: int) -> bool:
    """True when reviews are left after the last day."""
    return left > 0 and due_on is not None and due_on < today
