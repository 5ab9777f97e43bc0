"""What is let go by itself."""

from functools import partial

from app.applications.models import Application
from app.core import clock
from app.core.audit import access_log
from app.core.http import limits
from app.core.i18n.addresses import mailed_address
from app.core.jobs import in_one_transaction
from app.privacy.actions import retention


def store_access_log() -> int:
    """Store who looked at what while somebody else was writing."""
    return access_log.store_waiting()


def warn() -> int:
    """Tell writers of old drafts that these will be deleted."""
    return in_one_transaction(lambda: retention.warn(url_of=_address, at=clock.now()))


def purge_all() -> int:
    """Carry out the retention table, each row in a transaction of its own."""
    return sum(in_one_transaction(partial(_purge, key)) for key in retention.worked_rows())


def forget_limits() -> int:
    """Delete the counts per address whose window is over; they stand in a file of their own."""
    return limits.forget_expired()


def _purge(key: str) -> int:
    return retention.purge(key, at=clock.now())


def _address(application: Application) -> str:
    return mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
