"""Named jobs: when they run, what is written down of it, and that one with nothing to do writes nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, event, select

from app.accounts.models import Person
from app.commands import JOBS
from app.core import jobs
from app.core.db import transactions
from app.core.db.base import change_any, db
from app.core.db.transactions import read_only_first, unit_of_work
from app.core.jobs import Job, JobRun, Schedule, last_runs, statuses
from tests.builders import a_person
from tests.conftest import Clock
from tests.pages import PageClient
from tests.people import SignedIn

PAGE = "dashboard_administrator.jobs"


def a_job(run: Callable[[], int], **when: object) -> Job:
    return Job("test.job", "Test", run, **when)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "due"),
    [
        ("2027-02-01T01:59", "2027-02-01T02:00"),
        ("2027-02-01T02:00", "2027-02-02T02:00"),
        ("2027-02-01T22:59", "2027-02-02T02:00"),
        ("2027-07-01T00:30", "2027-07-01T01:00"),
        ("2027-03-27T12:00", "2027-03-28T01:00"),
    ],
)
def test_a_nightly_job_runs_at_three_in_brussels(last: str, due: str) -> None:
    found = a_job(lambda: 0, at_hour=3).next_at(datetime.fromisoformat(last).replace(tzinfo=UTC))

    assert found == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_a_job_runs_at_its_interval_and_at_once_while_there_is_more(app: Flask, clock: Clock) -> None:
    found = iter([2, 1, 0, 0])
    schedule = Schedule([a_job(lambda: next(found), every=timedelta(minutes=10))])

    did = [schedule.run_due(), schedule.run_due()]
    clock.forward(minutes=10)
    did += [schedule.run_due(), schedule.run_due()]
    clock.forward(minutes=9)
    did.append(schedule.run_due())
    clock.forward(minutes=1)

    assert [*did, schedule.run_due()] == [2, 0, 1, 0, 0, 0]


def test_a_run_is_written_down_with_its_failure_and_the_next_one_ends_that(app: Flask, clock: Clock) -> None:
    found = iter([ZeroDivisionError(), ZeroDivisionError(), 3])

    def run() -> int:
        given = next(found)
        if isinstance(given, Exception):
            raise given
        return given

    seen = []
    schedule = Schedule([a_job(run, every=timedelta(minutes=1))])
    for _time in range(3):
        schedule.run_due()
        row = last_runs()["test.job"]
        seen.append((row.begun_at, row.done, row.failures, row.error))
        clock.forward(minutes=1)

    at = clock() - timedelta(minutes=3)
    assert seen == [
        (at, 0, 1, "ZeroDivisionError"),
        (at + timedelta(minutes=1), 0, 2, "ZeroDivisionError"),
        (at + timedelta(minutes=2), 3, 0, ""),
    ]


def test_another_process_knows_when_a_job_ran(app: Flask, clock: Clock) -> None:
    ran: list[int] = []
    nightly = a_job(lambda: len(ran) or ran.append(1) or 0, at_hour=3)

    Schedule([nightly]).run_due()
    Schedule([nightly]).run_due()

    assert ran == [1]


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_a_job_with_nothing_to_do_takes_no_write_lock(app: Flask, job: Job) -> None:
    db.session.rollback()
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        begun.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert job.run() == 0
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    assert [one for one in begun if one.startswith(("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE"))] == []


# Read whole, because there is no way around it: a name is let go where nothing else points at it any more; and a list
# of what is to be deleted.
READ_WHOLE = {"person", "dropped_file"}


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("job", [job for job in JOBS if job.every is None], ids=lambda job: job.name)
def test_a_job_of_the_night_finds_its_rows_by_an_index(app: Flask, job: Job) -> None:
    db.session.rollback()
    asked: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        job.run()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)

    explained = [
        (row[3].split()[1], statement)
        for statement, parameters in asked
        for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        if row[3].startswith("SCAN ")
    ]
    assert [(table, statement) for table, statement in explained if table not in READ_WHOLE] == []
    assert asked or job.name == "privacy.forget_limits"


def test_who_looks_first_works_once_in_a_transaction_that_writes(app: Flask) -> None:
    a_person()
    db.session.commit()
    looked: list[bool] = []

    def work() -> int:
        with unit_of_work():
            looked.append(transactions.reading())
            return change_any(delete(Person).where(Person.id > 0))

    assert [read_only_first(work), read_only_first(work)] == [1, 0]
    assert looked[-1] is (db.engine.dialect.name == "sqlite")
    assert db.session.scalars(select(Person)).all() == []


def test_every_job_has_a_name_of_its_own() -> None:
    assert len({job.name for job in JOBS}) == len(JOBS)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_administrators_see_each_job_and_what_is_wrong(app: Flask, greta: SignedIn, clock: Clock, lang: str) -> None:
    at = clock() - timedelta(minutes=1)
    for job in JOBS[1:]:
        db.session.add(JobRun(name=job.name, begun_at=at, ended_at=at, done=4, failures=0, error=""))
    db.session.get_one(JobRun, JOBS[1].name).failures = 2
    db.session.get_one(JobRun, JOBS[1].name).error = "OSError"
    db.session.commit()

    page = greta.get(PAGE, lang=lang)

    states = [row.find_all("td")[-1].text.strip() for row in page.soup.select("tbody tr")]
    assert len(states) == len(JOBS)
    assert "worker" in states[0]
    assert "OSError" in states[1]
    assert len(set(states[2:])) == 1


def test_only_administrators_see_the_jobs(els: SignedIn) -> None:
    els.get(PAGE, status=403)


def test_a_program_on_this_machine_reads_the_jobs(app: Flask, client: PageClient, clock: Clock) -> None:
    at = clock()
    db.session.add(JobRun(name="mail.deliver", begun_at=at, ended_at=at, done=1, failures=0, error=""))
    db.session.commit()

    answer = client.browser.get("/metrics", base_url=client.base_url)
    away = client.browser.get("/metrics", base_url=client.base_url, environ_base={"REMOTE_ADDR": "192.0.2.7"})

    lines = answer.text.splitlines()
    assert 'coopcity_job_fine{job="mail.deliver"} 1' in lines
    assert f'coopcity_job_last_run_timestamp_seconds{{job="mail.deliver"}} {at.timestamp():.0f}' in lines
    assert 'coopcity_job_fine{job="privacy.purge_all"} 0' in lines
    assert away.status_code == 404


def test_a_job_is_late_when_no_worker_runs(app: Flask, clock: Clock) -> None:
    job = a_job(lambda: 0, every=timedelta(seconds=2))
    Schedule([job]).run_due()

    fine = statuses([job], at=clock())[0].is_fine
    late = statuses([job], at=clock() + jobs.RECORDED_EVERY + jobs.LATE_AFTER + timedelta(seconds=1))[0].is_fine

    assert (fine, late) == (True, False)
