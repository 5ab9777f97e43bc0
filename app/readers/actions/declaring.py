"""A reader goes through the list of files and says to which they are too close."""

from collections.abc import Mapping
from datetime import datetime

from app.accounts.models import Person
from app.applications.models import Application
from app.conflicts import actions as conflicts
from app.conflicts.queries.facts import files_in_selection
from app.conflicts.queries.standing import conflicts_of
from app.conflicts.rules.standing import Sign, Standing, is_settled
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.readers.actions.assigning import take_back_hidden
from app.readers.actions.common import hold
from app.readers.models import Reader
from app.readers.queries import spreading


def step_back(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """A reader says from the file itself that they are too close to it: it is hidden from them at once."""
    hold(application.call_id)
    conflicts.say(application.id, by.id, Standing.CONFIRMED, sign=Sign.DECLARED, words=words, by=by, at=at)
    take_back_hidden(application.call_id, at=at)


def declare(reader: Reader, said: Mapping[int, str], *, by: Person, at: datetime) -> int:
    """Keep what a reader says of every file of the call: too close to those in `said`, with a few words, to no other.

    A file that is said is hidden at once. What was proposed and not said comes back, unless the reader works on the
    file, or the team confirmed it. Gives the number of files that are hidden from the reader now.
    """
    hold(reader.call_id)
    lock(reader)
    if reader.left_at is not None:
        raise Conflict("left")
    files = files_in_selection(reader.call_id)
    signs = {file: sign for file, _person, sign in spreading.new_signs([reader], files)}
    known = conflicts_of(reader.person_id, [file.id for file in files])
    hidden = 0
    for file in files:
        row = known.get(file.id)
        sign = Sign(row.sign) if row else signs.get(file.id)
        standing, by_id = (row.standing, row.by_id) if row else (Standing.PROPOSED, None)
        if sign and is_settled(standing, by_id, reader.person_id, sign):
            conflicts.propose([(file.id, reader.person_id, sign)], at=at)
            hidden += 1
        elif file.id in said:
            conflicts.say(
                file.id,
                reader.person_id,
                Standing.CONFIRMED,
                sign=sign or Sign.DECLARED,
                words=said[file.id],
                by=by,
                at=at,
            )
            hidden += 1
        elif sign and standing != Standing.DISMISSED:
            conflicts.say(file.id, reader.person_id, Standing.DISMISSED, sign=sign, by=by, at=at)
    reader.declared_at = at
    db.session.flush()
    audit_trail.record("reader.declared", by=by.ref, about=reader.person.ref, at=at, call=reader.call_id, hidden=hidden)
    take_back_hidden(reader.call_id, at=at)
    return hidden
