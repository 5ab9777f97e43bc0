"""Saves of sections: the newest one, earlier revisions, and texts that could not be saved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, extract, func, select
from sqlalchemy.orm import aliased

from app.applications.models import SectionSave, UnsavedText
from app.applications.rules.thinning import KEPT_WHOLE
from app.core.db.base import db

Answers = dict[str, Any]
LOOK_BACK = timedelta(days=31)
HOUR = ("year", "doy", "hour")


@dataclass(frozen=True)
class Saved:
    """One save of one section; the newest one counts."""

    revision: int
    tab_id: str
    answers: Answers
    saved_at: datetime
    saved_by_id: int | None
    worked_seconds: int


def sections_of(application_id: int) -> dict[str, Saved]:
    """The newest save of every section."""
    return {row[0]: Saved(*row[1:]) for row in db.session.execute(_SECTIONS, {"application": application_id})}


def revisions_of(application_id: int, section: str) -> list[Saved]:
    """Every save of a section, newest first."""
    rows = db.session.execute(
        select(*SAVED)
        .where(SectionSave.application_id == application_id, SectionSave.section == section)
        .order_by(SectionSave.revision.desc())
    )
    return [Saved(*row) for row in rows]


def often_saved(at: datetime) -> list[tuple[int, str]]:
    """(application, section) with several saves in one hour, older than `KEPT_WHOLE`, up to a limit.

    Looks at the last month only; older saves are thinned already.
    """
    later = aliased(SectionSave)
    wanted = (
        select(SectionSave.application_id, SectionSave.section)
        .join(
            later,
            and_(
                later.application_id == SectionSave.application_id,
                later.section == SectionSave.section,
                later.revision > SectionSave.revision,
                *(extract(part, later.saved_at) == extract(part, SectionSave.saved_at) for part in HOUR),
            ),
        )
        .where(SectionSave.saved_at.between(at - LOOK_BACK, at - KEPT_WHOLE), SectionSave.revision > 1)
        .distinct()
        .order_by(SectionSave.application_id, SectionSave.section)
    )
    return [(row.application_id, row.section) for row in db.session.execute(wanted)]


def revision(application_id: int, section: str, number: int) -> Saved | None:
    """One save of a section."""
    row = db.session.execute(
        select(*SAVED).where(
            SectionSave.application_id == application_id,
            SectionSave.section == section,
            SectionSave.revision == number,
        )
    ).one_or_none()
    return Saved(*row) if row else None


def begun_from(application_id: int, section: str, number: int, *, tab_id: str) -> Saved | None:
    """The save that an open tab was based on: its own saves up to `number` do not count as somebody else's."""
    seen = revision(application_id, section, number)
    if seen is None or seen.tab_id != tab_id:
        return seen
    before = select(func.max(SectionSave.revision)).where(
        SectionSave.application_id == application_id,
        SectionSave.section == section,
        SectionSave.revision < number,
        SectionSave.tab_id != tab_id,
    )
    return revision(application_id, section, db.session.scalar(before) or 0)


def unsaved_text(application_id: int, section: str, digest: str) -> UnsavedText | None:
    """The unsaved text of this section from the browser with this token."""
    return db.session.scalar(
        select(UnsavedText).where(
            UnsavedText.application_id == application_id,
            UnsavedText.section == section,
            UnsavedText.digest == digest,
        )
    )


def unsaved_ids(application_id: int) -> list[int]:
    """All unsaved texts of an application, newest first."""
    wanted = select(UnsavedText.id).where(UnsavedText.application_id == application_id)
    return list(db.session.scalars(wanted.order_by(UnsavedText.id.desc())))


SAVED = (
    SectionSave.revision,
    SectionSave.tab_id,
    SectionSave.answers,
    SectionSave.saved_at,
    SectionSave.saved_by_id,
    SectionSave.worked_seconds,
)

_NEWEST = (
    select(SectionSave.section, func.max(SectionSave.revision).label("revision"))
    .where(SectionSave.application_id == bindparam("application"))
    .group_by(SectionSave.section)
    .subquery()
)

_SECTIONS = (
    select(SectionSave.section, *SAVED)
    .join(_NEWEST, and_(SectionSave.section == _NEWEST.c.section, SectionSave.revision == _NEWEST.c.revision))
    .where(SectionSave.application_id == bindparam("application"))
)
