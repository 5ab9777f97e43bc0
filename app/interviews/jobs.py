"""What happens around interviews by itself."""

from app.applications.models import Application
from app.core import clock
from app.core.i18n.addresses import mailed_address
from app.core.jobs import in_one_transaction
from app.interviews.actions import inviting


def remind() -> int:
    """Write to those who were invited, did not choose a moment, and soon cannot any more."""
    return in_one_transaction(lambda: inviting.remind_all(url_of=choosing_address, at=clock.now()))


def choosing_address(application: Application) -> str:
    """Where somebody chooses, in the language of the file."""
    return mailed_address("interviews_applicant.choose", lang=application.language, key=application.key)
