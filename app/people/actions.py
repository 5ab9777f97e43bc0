"""Change roles and hand over the work of a leaving colleague."""

from datetime import datetime

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import STAFF, Role
from app.applications.actions import taking_over
from app.core.errors import Conflict
from app.interviews.actions import leaving
from app.meetings import actions as meetings
from app.people import queries
from app.people.rules import may_inherit, works_with_files
from app.reviewers.actions import people


def add(email: str, role: Role, *, name: str, language: str, by: str, at: datetime) -> Person:
    """Add a colleague, or give a known person a role. No mail is sent: they ask for their own link."""
    found = accounts.get_or_create_person(email, name=name, language=language, at=at)
    accounts.grant(found, role, by=by, at=at)
    return found


def change_roles(person: Person, wanted: frozenset[Role], *, heir: Person | None = None, by: str, at: datetime) -> None:
    """Grant and revoke roles at once; open sessions end. Work of revoked roles is handed over.

    `heir`: the colleague who takes over assistance, interviews and meetings; None returns them. Unfinished reviews
    always go back to be assigned; finished ones stay. Raises Conflict for the last administrator, and for an heir
    without the needed roles.
    """
    before = person.roles
    if heir is not None and (heir.id == person.id or not may_inherit(heir.roles)):
        raise Conflict("heir")
    for role in sorted(wanted - before):
        accounts.grant(person, role, by=by, at=at)
    for role in sorted(before - wanted):
        accounts.revoke(person, role, by=by, at=at)
    _hand_over(person, before - wanted, wanted, heir=heir, by=by, at=at)


def suspend(person: Person, *, heir: Person | None = None, by: str, at: datetime) -> None:
    """End everything that a person may do here, at once. Their own applications stay theirs."""
    change_roles(person, frozenset(), heir=heir, by=by, at=at)
    _hand_over(person, frozenset(Role), frozenset(), heir=heir, by=by, at=at)  # includes the work of earlier roles
    accounts.suspend(person, by=by, at=at)


def _hand_over(
    person: Person, lost: frozenset[Role], kept: frozenset[Role], *, heir: Person | None, by: str, at: datetime
) -> None:
    if Role.REVIEWER in lost:
        for reviewer in queries.reads_for(person.id):
            people.remove_reviewer(reviewer, by=by, at=at)
    if lost & STAFF and not kept & STAFF:
        taking_over.hand_over_assistance(person, heir, by=by, at=at)
    if lost and not works_with_files(kept):
        leaving.leave_tables(person, heir, by=by, at=at)
        meetings.hand_over_memberships(person, heir, by=by, at=at)
