"""Conflicts and their status."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import Person, RoleGrant
from app.accounts.rules import STAFF, Role
from app.applications.models import Application, Member
from app.conflicts.models import ConflictOfInterest
from app.conflicts.queries.hidden import open_to
from app.conflicts.rules.status import ConflictStatus
from app.core.db.base import db

MAY_BE_TOO_CLOSE = STAFF | {Role.REVIEWER}


def conflicts_of(person_id: int, application_ids: list[int]) -> dict[int, ConflictOfInterest]:
    """Known conflicts of this person, by application."""
    rows = db.session.scalars(
        select(ConflictOfInterest).where(
            ConflictOfInterest.person_id == person_id, ConflictOfInterest.application_id.in_(application_ids)
        )
    )
    return {row.application_id: row for row in rows}


def conflict_between(application_id: int, person_id: int) -> ConflictOfInterest | None:
    """The conflict of this person with this application."""
    return conflicts_of(person_id, [application_id]).get(application_id)


def known_pairs(application_ids: list[int]) -> set[tuple[int, int]]:
    """(application, person) of every known conflict on these applications."""
    columns = ConflictOfInterest.application_id, ConflictOfInterest.person_id
    rows = db.session.execute(select(*columns).where(ConflictOfInterest.application_id.in_(application_ids)))
    return {(application_id, person_id) for application_id, person_id in rows}


def board(call_id: int, *, for_person: int) -> list[Any]:
    """Every conflict of a call with its application, person and who decided: open ones first.

    A viewer in conflict with an application does not see its rows.
    """
    said_by = aliased(Person)
    rows = db.session.execute(
        select(
            ConflictOfInterest,
            Application.key,
            Application.reference,
            Application.title,
            Application.language,
            Person.name,
            Person.email,
            said_by.name.label("said_by"),
        )
        .join(Application, Application.id == ConflictOfInterest.application_id)
        .join(Person, Person.id == ConflictOfInterest.person_id)
        .outerjoin(said_by, said_by.id == ConflictOfInterest.by_id)
        .where(Application.call_id == call_id, Application.is_rehearsal.is_(False), open_to(for_person))
        .order_by(
            ConflictOfInterest.status != ConflictStatus.PROPOSED,
            Application.reference,
            Person.name,
            ConflictOfInterest.id,
        )
    )
    return list(rows)


def invitations_to_judge(call_id: int, *, for_person: int) -> list[Any]:
    """Reviewers and colleagues who were invited to an application of this call or work on it, without a decision yet.

    Rows of Member with application and person. An invitation hides nothing by itself, or an applicant could remove any
    reviewer with it. The viewer's own invitations are left out.
    """
    known = select(ConflictOfInterest.id).where(
        ConflictOfInterest.application_id == Member.application_id, ConflictOfInterest.person_id == Member.person_id
    )
    works_here = select(RoleGrant.person_id).where(RoleGrant.role.in_(MAY_BE_TOO_CLOSE))
    rows = db.session.execute(
        select(
            Member,
            Application.key,
            Application.reference,
            Application.title,
            Application.language,
            Person.name,
            Person.email,
        )
        .join(Application, Application.id == Member.application_id)
        .join(Person, Person.id == Member.person_id)
        .where(
            Application.call_id == call_id,
            Application.submitted_at.is_not(None),
            Application.is_rehearsal.is_(False),
            open_to(for_person),
            Member.person_id.in_(works_here),
            Member.person_id != for_person,
            ~known.exists(),
        )
        .order_by(Application.reference, Person.name, Member.id)
    )
    return list(rows)


def people_with_possible_conflicts() -> list[Person]:
    """The team and all reviewers, by name."""
    wanted = select(Person).join(RoleGrant).where(RoleGrant.role.in_(MAY_BE_TOO_CLOSE)).distinct()
    return sorted(db.session.scalars(wanted), key=lambda one: (one.name.casefold(), one.id))


def file_of_call(call_id: int, reference: str, *, for_person: int) -> Application | None:
    """The application with this reference in this call, unless it is hidden from the viewer."""
    wanted = select(Application).where(
        Application.call_id == call_id, Application.reference == reference, Application.is_rehearsal.is_(False)
    )
    return db.session.scalar(wanted.where(open_to(for_person)))
