"""What the house does by itself around a deadline: remind those who write, and give back what was not handed in."""

from datetime import datetime, timedelta

from app.applications.actions import write
from app.applications.models import Application
from app.applications.queries import open_file
from app.applications.rules import State
from app.core.i18n import mailed_address, speaking
from app.core.text import quoted
from app.intake import queries
from app.programmes.models import Call
from app.questionnaires.rules import summary

REMINDERS = (timedelta(days=7), timedelta(days=1))
LOOKED_BACK = timedelta(days=30)
AT_ONCE = 50


def remind(*, at: datetime) -> int:
    """Write to those whose draft is open a week and a day before the deadline; nobody who handed in hears of it."""
    written = 0
    for call in queries.calls_closing(at, at + max(REMINDERS)):
        passed = [call.closes_at - before for before in REMINDERS if call.closes_at and call.closes_at - before <= at]
        for application in queries.to_remind(call.id, max(passed), limit=AT_ONCE):
            url = mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
            key = f"reminder:{application.id}:{max(passed).isoformat()}"
            write(application, "application_reminder", key=key, url=url, at=at)
            application.reminded_at = at
            written += 1
    return written


def give_back(*, at: datetime) -> int:
    """Once nobody may hand in any more: mail every writer the text that did not arrive. Returns how many were seen."""
    seen = 0
    for call in queries.calls_closing(at - LOOKED_BACK, at):
        for application in queries.to_give_back(call, at, limit=AT_ONCE):
            _give_back(application, call, at)
            application.returned_at = at
            seen += 1
    return seen


def _give_back(application: Application, call: Call, at: datetime) -> None:
    if application.state == State.SUBMITTED and not application.has_unsent_changes:
        return
    file = open_file(application)
    with speaking(application.language):
        sections = summary(file.definition, file.answers, file.attachments, application.language)
    answers = [
        (row.label, quoted("\n".join(str(line) for line in row.lines)))
        for section in sections
        for row in section.rows
        if row.lines
    ]
    if not answers:
        return
    url = mailed_address("applications_applicant.status", lang=application.language, key=application.key)
    kind = "application_unsent" if application.state == State.DRAFT else "corrections_unsent"
    key = f"unsent:{application.id}:{call.closes_at}"
    write(application, kind, key=key, url=url, at=at, answers=answers)
