"""Background jobs for retention and the access log."""

from functools import partial

from app.applications.models import Application
from app.core import clock
from app.core.audit import access_log
from app.core.http import limits
from app.core.i18n.addresses import mailed_address
from app.core.jobs import in_one_transaction
from app.privacy.actions import retention


def store_access_log() -> int:
    """Store access log entries that waited for another writer."""
    return access_log.store_waiting()


def warn() -> int:
    """Warn applicants that an old draft will be deleted."""
    return in_one_transaction(lambda: retention.warn(url_of=_address, at=clock.now()))


def purge_all() -> int:
    """Apply the retention table, each row in its own transaction."""
    return sum(in_one_transaction(partial(_purge, key)) for key in retention.worked_rows())


def forget_limits() -> int:
    """Delete expired rate limit counts, which have a file of their own."""
    return limits.forget_expired()


def _purge(key: str) -> int:
    return retention.purge(key, at=clock.now())


def _address(application: Application) -> str:
    return mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
