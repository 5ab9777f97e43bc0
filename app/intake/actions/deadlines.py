"""Automatic mails around a deadline: reminders, and returning unsent texts."""

from datetime import datetime, timedelta

from app.applications.actions.common import write_to_writers
from app.applications.models import Application
from app.applications.queries.files import open_file
from app.applications.rules.states import State
from app.core.i18n.addresses import mailed_address
from app.core.i18n.language import speaking
from app.core.text.markdown import quoted
from app.intake import queries
from app.questionnaires.rules.answers import summary

REMINDERS = (timedelta(days=7), timedelta(days=1))
LOOK_BACK = timedelta(days=30)
RESTS = timedelta(hours=1)
AT_ONCE = 50


def remind(*, at: datetime) -> int:
    """Remind applicants who have unsent text shortly before their own deadline; return how many.

    A draft: a week and a day before. A correction: on the last day, after an hour without changes, so that nobody is
    reminded while writing.
    """
    written = 0
    for one in queries.closing(at, at + max(REMINDERS)):
        since = max(one.deadline - before for before in REMINDERS if one.deadline - before <= at)
        for application in queries.drafts_to_remind(one, since, limit=AT_ONCE):
            _remind(application, "application_reminder", f"reminder:{application.id}:{since.isoformat()}", at)
            written += 1
        if one.deadline - min(REMINDERS) > at:
            continue
        for application in queries.corrections_to_remind(one, since, at - RESTS, limit=AT_ONCE):
            _remind(application, "correction_reminder", f"correction:{application.id}:{application.handed_in_at}", at)
            written += 1
    return written


def return_unsent(*, at: datetime) -> int:
    """After the deadline, mail every applicant the text that was not submitted; return how many were checked."""
    seen = 0
    for one in queries.closing(at - LOOK_BACK, at):
        for application in queries.to_give_back(one, at, limit=AT_ONCE):
            _return_unsent(application, one.deadline, at)
            application.returned_at = at
            seen += 1
    return seen


def _remind(application: Application, kind: str, key: str, at: datetime) -> None:
    url = mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
    write_to_writers(application, kind, key=key, url=url, at=at)
    application.reminded_at = at


def _return_unsent(application: Application, deadline: datetime, at: datetime) -> None:
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
    key = f"unsent:{application.id}:{deadline}"
    write_to_writers(application, kind, key=key, url=url, at=at, answers=answers)
