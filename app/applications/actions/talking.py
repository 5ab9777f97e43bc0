"""Messages between applicant and team."""

from collections.abc import Collection
from datetime import datetime

from app.accounts.models import Person
from app.accounts.queries import colleagues
from app.applications.actions.common import write
from app.applications.models import Application, ApplicationMessage
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.i18n.addresses import mailed_address


def write_to_team(
    application: Application, words: str, *, by: Person, hidden_from: Collection[int], at: datetime
) -> None:
    """Store a message of the applicant and mail it to the team; a rehearsal mails nobody.

    `hidden_from`: ids of colleagues with a conflict, who get no mail.
    """
    message = add_message(application, words, from_team=False, by=by, at=at)
    hearing = [] if application.is_rehearsal else [one for one in colleagues() if one.id not in {*hidden_from, by.id}]
    for colleague in hearing:
        url = mailed_address("casework_staff.application", lang=colleague.language, key=application.key)
        key = f"said:{message.id}:{colleague.id}"
        write(application, "application_asked", key=key, to=colleague, url=url, at=at, sender=by.name, words=words)


def add_message(
    application: Application, words: str, *, from_team: bool, by: Person, at: datetime
) -> ApplicationMessage:
    """Store a message; the caller writes the letters."""
    message = ApplicationMessage(application_id=application.id, at=at, by_id=by.id, from_team=from_team, text=words)
    db.session.add(message)
    db.session.flush()
    audit_trail.record("application.message_written", by=by.ref, about=application.ref, at=at, message=message.id)
    return message
