"""What is let go by itself."""

from app.applications.models import Application
from app.core import clock
from app.core.db import unit_of_work
from app.core.i18n import mailed_address
from app.privacy import actions
from app.privacy.actions import retention


def warn() -> int:
    """Tell writers of old drafts that these will be deleted."""
    with unit_of_work():
        return actions.warn(url_of=_address, at=clock.now())


def let_go() -> int:
    """Carry out the retention table, each row in a transaction of its own."""
    gone = 0
    for key in retention.worked_rows():
        with unit_of_work():
            gone += actions.purge(key, at=clock.now())
    return gone


def _address(application: Application) -> str:
    return mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
