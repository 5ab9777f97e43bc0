"""Writing a letter into the outbox, taking the next one out, and what became of it."""

from datetime import datetime
from typing import Any

import css_inline
from flask import render_template
from sqlalchemy import ColumnElement, select, update

from app.core import audit
from app.core.bilingual import LOCALES
from app.core.db import db
from app.core.i18n import speaking
from app.mail import queries
from app.mail.models import Letter
from app.mail.rules import LEASE, LetterState, as_plain_text, parts, pause_after


def queue(
    kind: str,
    *,
    to_name: str,
    to_email: str,
    language: str,
    key: str,
    about: str,
    at: datetime,
    batch: str = "",
    held: bool = False,
    **values: Any,
) -> Letter | None:
    """Write a letter in its reader's language; it leaves after the commit, or not at all.

    `kind` names templates/mail/<kind>.txt: its first line is the subject, its paragraphs make text and HTML.
    The same `key` a second time writes nothing: one event, one letter. `batch` names what is written together;
    `held`: it waits until somebody releases it.
    """
    if language not in LOCALES:
        raise ValueError(language)
    if queries.exists(key):
        return None
    to_name = " ".join(to_name.split())  # a line break in a name would begin a new header
    values |= {"name": to_name, "language": language}
    with speaking(language):
        subject, body = render_template(f"mail/{kind}.txt", **values).strip().split("\n", 1)
        found = parts(body)
        html = render_template("mail/letter.html", subject=subject, parts=found)
    letter = Letter(
        kind=kind,
        key=key,
        about=about,
        to_name=to_name,
        to_email=to_email,
        language=language,
        subject=subject.strip(),
        text=as_plain_text(found),
        html=css_inline.inline(html, keep_style_tags=True),
        state=LetterState.HELD if held else LetterState.QUEUED,
        tries=0,
        error="",
        created_at=at,
        due_at=at,
        batch=batch,
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def release(batch: str, *, by: str, at: datetime, only: ColumnElement[bool] | None = None) -> int:
    """Let every held letter of a batch leave, all at once; says how many. A second time there is none left.

    `by`: who, as a reference (person.ref). `only`: which of them, where not all are this person's to see.
    """
    return _move_batch(batch, LetterState.QUEUED, "released", by=by, at=at, only=only)


def drop(batch: str, *, by: str, at: datetime, only: ColumnElement[bool] | None = None) -> int:
    """Cancel every held letter of a batch: none of them leaves; says how many."""
    return _move_batch(batch, LetterState.CANCELLED, "dropped", by=by, at=at, only=only)


def _move_batch(
    batch: str, to: LetterState, deed: str, *, by: str, at: datetime, only: ColumnElement[bool] | None
) -> int:
    held = update(Letter).where(Letter.batch == batch, Letter.batch != "", Letter.state == LetterState.HELD)
    if only is not None:
        held = held.where(only)
    moved = db.session.execute(
        held.values(state=to, due_at=at).returning(Letter.id).execution_options(synchronize_session="fetch")
    )
    count = len(moved.all())
    if count:
        audit.record(f"letters.{deed}", by=by, about=f"batch:{batch}", at=at, letters=count)
    return count


def claim(*, at: datetime) -> Letter | None:
    """Take the next due letter for sending, with a lease: a dead worker's letters come back.

    The UPDATE is one statement, so that of many workers one gets the letter.
    """
    due = (
        select(Letter.id)
        .where(Letter.state.in_([LetterState.QUEUED, LetterState.SENDING]), Letter.due_at <= at)
        .order_by(Letter.due_at, Letter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    claimed = db.session.execute(
        update(Letter)
        .where(Letter.id == due)
        .values(state=LetterState.SENDING, tries=Letter.tries + 1, due_at=at + LEASE)
        .returning(Letter.id)
    ).scalar_one_or_none()
    return db.session.get(Letter, claimed, populate_existing=True) if claimed else None


def sent(letter: Letter, *, at: datetime) -> None:
    """The mail server took it."""
    letter.state, letter.sent_at, letter.error = LetterState.SENT, at, ""


def not_sent(letter: Letter, *, error: str, at: datetime) -> None:
    """The mail server did not take it: try again later, or show it as failed."""
    pause = pause_after(letter.tries)
    letter.error = error[:500]
    letter.state = LetterState.QUEUED if pause else LetterState.FAILED
    letter.due_at = at + pause if pause else at
