"""Background job: reminders to choose a slot."""

from app.applications.models import Application
from app.core import clock
from app.core.i18n.addresses import mailed_address
from app.core.jobs import in_one_transaction
from app.interviews.actions import inviting


def remind() -> int:
    """Remind invited applicants without a slot whose time to choose is nearly over."""
    return in_one_transaction(lambda: inviting.remind_all(url_of=choosing_address, at=clock.now()))


def choosing_address(application: Application) -> str:
    """The page to choose a slot, in the language of the application."""
    return mailed_address("interviews_applicant.choose", lang=application.language, key=application.key)
