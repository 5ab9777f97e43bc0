"""What is let go by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app.applications.models import Application
from app.core import clock, looks
from app.core.db import unit_of_work
from app.core.i18n import mailed_address
from app.privacy import actions
from app.privacy.actions import retention

PAUSE = timedelta(minutes=10)  # the table has a statement for each of some twenty rows: too many for every few seconds


def store_looks() -> int:
    """Store who looked at what while somebody else was writing."""
    return looks.store_waiting()


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


class Paced:
    """A job that is asked all the time and looks every ten minutes, or again at once while it finds something."""

    def __init__(self, job: Callable[[], int]) -> None:
        self.job = job
        self.__module__ = job.__module__  # how the worker names a job that fails
        self.idle_since: datetime | None = None

    def __call__(self) -> int:
        """How many things were done."""
        at = clock.now()
        if self.idle_since and timedelta(0) <= at - self.idle_since < PAUSE:
            return 0
        done = self.job()
        self.idle_since = None if done else at
        return done


def _address(application: Application) -> str:
    return mailed_address("applications_applicant.tasks", lang=application.language, key=application.key)
