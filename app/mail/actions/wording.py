"""The team's wording of a kind of letter."""

from datetime import datetime

from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n.addresses import site_host
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.mail import queries
from app.mail.models import Wording
from app.mail.rules.kinds import KINDS
from app.mail.rules.wording import is_safe


def reword(kind: str, *, subject: Bilingual, body: Bilingual, by: str, by_id: int | None, at: datetime) -> None:
    """Set the wording of a kind of letter in both languages; queued letters keep theirs.

    Raises Conflict for an invalid wording: the form reports the issues first.
    """
    if not all(is_safe(KINDS[kind], subject[code], body[code], own_host=site_host()) for code in LOCALES):
        raise Conflict("words")
    own, _is_new = get_or_create(
        lambda: queries.wording(kind),
        lambda: Wording(kind=kind, subject=subject, body=body, at=at, by_id=by_id),
    )
    own.subject, own.body, own.at, own.by_id = subject, body, at, by_id
    db.session.flush()
    audit_trail.record("wording.changed", by=by, about=f"wording:{kind}", at=at)


def back_to_shipped(kind: str, *, by: str, at: datetime) -> None:
    """Return to the shipped wording. Idempotent."""
    own = queries.wording(kind)
    if own is not None:
        db.session.delete(own)
        db.session.flush()
        audit_trail.record("wording.taken_back", by=by, about=f"wording:{kind}", at=at)
