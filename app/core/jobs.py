"""Background jobs: schedule, runs and their status."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.db.base import Model, UTCDateTime, db
from app.core.db.engine import relaxed_commit
from app.core.db.transactions import only_looking, read_only_first, unit_of_work
from app.core.logs import log

RECORDED_EVERY = timedelta(minutes=5)  # runs without work are recorded this often, not every time
LATE_AFTER = timedelta(minutes=15)  # a job this late means that no worker runs
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """A recurring task of the worker; `run` returns how many things it did.

    Runs at the interval `every`, or nightly at `at_hour` in Brussels. `title` is for administrators.
    """

    name: str
    title: Any
    run: Callable[[], int]
    every: timedelta | None = None
    at_hour: int = 3

    def next_at(self, last: datetime) -> datetime:
        """The next due moment after a run at this moment."""
        if self.every is not None:
            return last + self.every
        tonight = clock.brussels(clock.day_of(last), self.at_hour)
        return tonight if tonight > last else clock.brussels(clock.day_of(last) + A_DAY, self.at_hour)


class JobRun(Model):
    """The last run of a job; `failures`: consecutive failures, `error`: the type of the last one."""

    __tablename__ = "job"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done: Mapped[int]
    failures: Mapped[int]
    error: Mapped[str] = mapped_column(Text)


@dataclass
class Schedule:
    """Which jobs are due, in one process. Recent runs are kept in memory, so that idle runs need no write."""

    jobs: Sequence[Job]
    begun: dict[str, datetime] = field(default_factory=dict)

    def run_due(self) -> int:
        """Run each due job; return how many things were done. A failing job does not stop the others."""
        at, known = clock.now(), last_runs()
        return sum(self._run(job, known.get(job.name)) for job in self.jobs if self._is_due(job, known, at))

    def run_all(self) -> int:
        """Run every job, due or not; raises what fails."""
        known = last_runs()
        return sum(self._run(job, known.get(job.name), failing=True) for job in self.jobs)

    def _is_due(self, job: Job, known: dict[str, JobRun], at: datetime) -> bool:
        moments = [self.begun[job.name]] if job.name in self.begun else []
        if job.name in known:
            moments.append(known[job.name].begun_at)
        return not moments or job.next_at(max(moments)) <= at or max(moments) > at

    def _run(self, job: Job, last: JobRun | None, *, failing: bool = False) -> int:
        begun = clock.now()
        self.begun[job.name] = begun
        done, error = 0, ""
        try:
            done = job.run()
        except Exception as reason:
            if failing:
                raise
            db.session.rollback()
            log.error("job", job=job.name, exc_info=reason)
            error = type(reason).__name__
        if done:
            self.begun.pop(job.name)  # there may be more to do: run again at once
        if done or error or last is None or last.error or last.begun_at <= begun - RECORDED_EVERY:
            _record(job.name, begun, done, error, failures=(last.failures if last else 0) + 1 if error else 0)
        return done


def in_one_transaction(action: Callable[[], int]) -> int:
    """Run a job in one transaction; without a write transaction when there is nothing to do."""

    def work() -> int:
        with unit_of_work():
            return action()

    return read_only_first(work)


def last_runs() -> dict[str, JobRun]:
    """The last run of each job, by name."""
    with only_looking():
        found = {one.name: one for one in db.session.scalars(select(JobRun))}
        db.session.expunge_all()
    return found


@dataclass(frozen=True)
class JobStatus:
    """A job as administrators and monitoring see it; `is_late`: overdue."""

    job: Job
    last: JobRun | None
    is_late: bool

    @property
    def is_fine(self) -> bool:
        """True when the last run succeeded and was on time."""
        return not self.is_late and not (self.last and self.last.error)


def statuses(jobs: Sequence[Job], *, at: datetime) -> list[JobStatus]:
    """Every job with its last run, in schedule order."""
    runs = {one.name: one for one in db.session.scalars(select(JobRun))}
    found = []
    for job in jobs:
        last = runs.get(job.name)
        due = max(job.next_at(last.begun_at), last.begun_at + RECORDED_EVERY) if last else None
        found.append(JobStatus(job, last, due is None or due + LATE_AFTER < at))
    return found


def _record(name: str, begun: datetime, done: int, error: str, *, failures: int) -> None:
    row = {"name": name, "begun_at": begun, "ended_at": clock.now(), "done": done, "failures": failures, "error": error}
    try:
        with relaxed_commit() as connection:
            made = sqlite.insert(JobRun) if connection.dialect.name == "sqlite" else postgresql.insert(JobRun)
            connection.execute(made.on_conflict_do_update(index_elements=["name"], set_=row), row)
    except Exception as reason:  # noqa: BLE001 - the job itself is done
        log.error("job not recorded", job=name, exc_info=reason)
