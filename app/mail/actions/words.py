"""The team's own words for a kind of letter."""

from datetime import datetime

from app.core import audit
from app.core.bilingual import Bilingual
from app.core.db import db
from app.mail import queries
from app.mail.models import Wording


def reword(kind: str, *, subject: Bilingual, body: Bilingual, by: str, by_id: int | None, at: datetime) -> None:
    """Word a kind of letter anew, in both languages; what was written before stays as it is."""
    own = queries.wording(kind)
    if own is None:
        own = Wording(kind=kind)
        db.session.add(own)
    own.subject, own.body, own.at, own.by_id = subject, body, at, by_id
    db.session.flush()
    audit.record("wording.changed", by=by, about=f"wording:{kind}", at=at)


def back_to_shipped(kind: str, *, by: str, at: datetime) -> None:
    """Take the words back that come with the program; a second time changes nothing."""
    own = queries.wording(kind)
    if own is not None:
        db.session.delete(own)
        db.session.flush()
        audit.record("wording.taken_back", by=by, about=f"wording:{kind}", at=at)
