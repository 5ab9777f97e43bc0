"""The team's own deadline as a calendar entry."""

from datetime import datetime, timedelta

from flask_babel import gettext as _

from app.applications.models import Application
from app.core.exports.calendars import Entry, Reminder
from app.core.i18n.language import locale

BEFORE = (timedelta(days=7), timedelta(days=1), timedelta(hours=2))


def deadline_entry(application: Application, deadline: datetime, url: str) -> Entry:
    """One entry per application: a later deadline replaces the calendar's copy."""
    call = application.call
    programme = call.programme
    words = _("Last moment to hand in your application for %(programme)s", programme=programme.title[locale()])
    return Entry(
        kind="deadline",
        key=application.key,
        starts_at=deadline,
        ends_at=None,
        summary=_("%(title)s (example)", title=words) if programme.is_example else words,
        description=call.title[locale()],
        place="",
        url=url,
        revised_at=max(call.revised_at, application.saved_at),
        reminders=tuple(Reminder(before, words) for before in BEFORE),
    )
