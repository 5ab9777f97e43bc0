"""Changing roles, and leaving: what somebody was given to do goes to a colleague or back to where it came from."""

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
    """Somebody new who works here, or a known person with another role. No mail leaves: they ask for their own link."""
    found = accounts.get_or_create_person(email, name=name, language=language, at=at)
    accounts.grant(found, role, by=by, at=at)
    return found


def change_roles(person: Person, wanted: frozenset[Role], *, heir: Person | None = None, by: str, at: datetime) -> None:
    """Give and take roles, all at once; open sign-ins end. What the taken roles had to do is handed over.

    `heir`: the colleague who takes assistance, tables and seats over; None gives them back. Unfinished readings always
    come back to be assigned, by the balanced plan; finished ones stay. Raises Conflict for the last administrator, and
    for an heir who may not have it.
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
    """End everything that somebody may do here, at once. Their own applications, if any, stay theirs."""
    change_roles(person, frozenset(), heir=heir, by=by, at=at)
    _hand_over(person, frozenset(Role), frozenset(), heir=heir, by=by, at=at)  # also what earlier roles left behind
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
