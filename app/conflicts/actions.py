"""Every deed on a conflict of interest: proposing, saying, confirming, dismissing."""

from collections.abc import Iterable
from datetime import datetime

from app.accounts.models import Person
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries import standing as standing_queries
from app.conflicts.rules.standing import Sign, Standing
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.db.unique import get_or_create


def propose(found: Iterable[tuple[int, int, Sign]], *, at: datetime) -> int:
    """Keep what points to a conflict, (file, person, sign), and hide the file at once; gives how many were new.

    Whatever is known of the pair already stays as it is: what somebody dismissed does not come back.
    """
    signs = list(found)
    known = (
        standing_queries.known_pairs([application_id for application_id, _person_id, _sign in signs])
        if signs
        else set()
    )
    new = 0
    for application_id, person_id, sign in signs:
        if (application_id, person_id) not in known:
            _row(application_id, person_id, sign=sign, at=at)
            _note("conflict.proposed", application_id, person_id, by="system", at=at, sign=sign.value)
            new += 1
    return new


def say(
    application_id: int,
    person_id: int,
    standing: Standing,
    *,
    sign: Sign = Sign.DECLARED,
    words: str = "",
    by: Person,
    at: datetime,
) -> bool:
    """Say that somebody is too close to a file, or that they are not; gives whether that is new.

    `sign`: what it comes from where nothing was known yet. The file is hidden, or comes back, from now on.
    """
    row = _row(application_id, person_id, sign=sign, at=at)
    lock(row)
    if (row.standing, row.words, row.by_id) == (standing, words, by.id):
        return False
    row.standing, row.words, row.by_id, row.at = standing, words, by.id, at
    db.session.flush()
    deed = "conflict.confirmed" if standing is Standing.CONFIRMED else "conflict.dismissed"
    _note(deed, application_id, person_id, by=by.ref, at=at, sign=row.sign)
    return True


def settle(conflict: ConflictOfInterest, standing: Standing, *, by: Person, at: datetime) -> None:
    """The team confirms or dismisses what was proposed or said; the words stay."""
    say(conflict.application_id, conflict.person_id, standing, words=conflict.words, by=by, at=at)


def _row(application_id: int, person_id: int, *, sign: Sign, at: datetime) -> ConflictOfInterest:
    """The row of this pair, made when new; of two at one instant the second finds the row of the first."""
    row, _is_new = get_or_create(
        lambda: standing_queries.conflict_between(application_id, person_id),
        lambda: ConflictOfInterest(
            application_id=application_id, person_id=person_id, standing=Standing.PROPOSED, sign=sign, words="", at=at
        ),
    )
    return row


def _note(deed: str, application_id: int, person_id: int, *, by: str, at: datetime, sign: str) -> None:
    audit_trail.record(
        deed, by=by, about=f"application:{application_id}", at=at, person=f"person:{person_id}", sign=sign
    )
