"""The append-only audit trail: a hash chain of who did what to which thing."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Text, event, insert, select, text
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction, mapped_column

from app.core.db.base import Model, UTCDateTime, db

FIRST = "0" * 64
CHAIN_LOCK = 7_207_136  # arbitrary: PostgreSQL's advisory lock for the end of the chain
LINES, SAVEPOINTS = "audit_lines", "audit_savepoints"  # in the `info` of a session, until its transaction ends


class AuditEntry(Model):
    """One action. `by` and `about` are references such as `person:12`, never names, so erasure keeps the chain
    valid.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text, index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(Text, unique=True)


def record(action: str, *, by: str, about: str, at: datetime, session: Session | None = None, **detail: Any) -> None:
    """Add an entry in the transaction of the action. `detail` holds codes and references, no texts of people.

    Entries are collected and appended at the commit, in call order. Rolling back a savepoint drops its entries.
    `session`: another session than that of the request.
    """
    session = session or db.session()
    if not session.in_transaction():
        session.begin()  # opens the transaction, so that a rollback drops the entry
    line = {"at": at.astimezone(UTC), "by": by, "action": action, "about": about, "detail": detail}
    session.info.setdefault(LINES, []).append(line)
    session.flush()  # the database refuses inside the action, not at the commit


def append(session: Session) -> None:
    """Append the collected entries; the end of the chain stays locked until the commit.

    Every transaction locks its rows first and the chain last, so two of them cannot deadlock.
    """
    lines: list[dict[str, Any]] = session.info.get(LINES, [])
    if not lines:
        return
    session.flush()
    del session.info[LINES]
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": CHAIN_LOCK})
    previous = session.scalar(select(AuditEntry.digest).order_by(AuditEntry.id.desc()).limit(1)) or FIRST
    for line in lines:
        line["previous"] = previous
        line["digest"] = previous = digest(AuditEntry(**line))
    session.execute(insert(AuditEntry), lines)


@event.listens_for(Session, "before_commit")
def _append_at_commit(session: Session) -> None:
    """Rows first, chain last. The end of a savepoint is no commit."""
    if not session.in_nested_transaction():
        append(session)


@event.listens_for(Session, "do_orm_execute")
def _append_before_reading(state: ORMExecuteState) -> None:
    """A query for entries in the same transaction finds its own, as an autoflush would.

    Used by tests and checks only: afterwards the transaction must lock no further row. Nothing is appended inside a
    savepoint, because its rollback would drop earlier entries too.
    """
    session = state.session
    if not state.is_select or LINES not in session.info or session.in_nested_transaction():
        return
    if any(mapper.class_ is AuditEntry for mapper in state.all_mappers):
        append(session)


@event.listens_for(Session, "after_transaction_create")
def _mark_savepoint(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault(SAVEPOINTS, {})[transaction] = len(session.info.get(LINES, []))


@event.listens_for(Session, "after_soft_rollback")
def _drop_lines(session: Session, transaction: SessionTransaction) -> None:
    """Drop the entries of a savepoint that was rolled back."""
    kept = session.info.get(SAVEPOINTS, {}).get(transaction)
    if kept is not None and LINES in session.info:
        del session.info[LINES][kept:]


@event.listens_for(Session, "after_transaction_end")
def _end_lines(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(LINES, None)
        session.info.pop(SAVEPOINTS, None)


def history(about: str) -> list[AuditEntry]:
    """The entries about one thing, newest first."""
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.about == about).order_by(AuditEntry.id.desc())))


def latest(count: int, actions: Iterable[str]) -> list[AuditEntry]:
    """The last entries with these actions, newest first."""
    wanted = select(AuditEntry).where(AuditEntry.action.in_(list(actions)))
    return list(db.session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(count)))


def broken_links() -> list[int]:
    """The ids of entries that were changed or whose predecessor is missing."""
    broken, previous = [], FIRST
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
        if entry.previous != previous or entry.digest != digest(entry):
            broken.append(entry.id)
        previous = entry.digest
    return broken


def digest(entry: AuditEntry) -> str:
    """SHA-256 over the entry and its predecessor's digest."""
    content = [entry.previous, entry.at.isoformat(), entry.by, entry.action, entry.about, entry.detail]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
