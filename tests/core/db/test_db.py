"""The database keeps what it acknowledged, and nothing else."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from app.accounts.models import Person, RoleGrant
from app.core.db import base
from app.core.db import engine as core_engine
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.core.http.web import commit_on_error
from tests.builders import a_person
from tests.pages import PageClient

THREADS, TIMES = 6, 20
AT = datetime(2027, 2, 1, 10, tzinfo=UTC)


def a_new_person() -> Person:
    return Person(email="nieuw@example.be", name="Nieuw", language="nl", created_at=AT)


def how_many() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


# The trap: read n, write n + 1, from several threads at once.


def counted_up(engine: Engine) -> int:
    """What stands in the table after every thread added one, often."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def count() -> None:
        for _ in range(TIMES):
            with engine.begin() as connection:
                n = connection.scalar(text("SELECT n FROM counter"))
                time.sleep(0.0005)
                connection.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=count) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.begin() as connection:
        found = connection.scalar(text("SELECT n FROM counter"))
    engine.dispose()
    return int(found or 0)


def test_our_engine_loses_no_update(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'ours.sqlite3'}")
    core_engine._prepare(engine)

    assert counted_up(engine) == THREADS * TIMES


def test_the_drivers_own_transactions_do_lose_updates(tmp_path: Path) -> None:
    """Why the engine set-up exists. When this fails, the driver has learnt and the set-up may become simpler."""
    engine = create_engine(f"sqlite:///{tmp_path / 'theirs.sqlite3'}", connect_args={"timeout": 30})

    assert counted_up(engine) < THREADS * TIMES


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)]
)
def test_each_connection_to_sqlite_is_set_up(app: Flask, pragma: str, value: object) -> None:
    assert db.session.execute(text(f"PRAGMA {pragma}")).scalar() == value


@pytest.mark.only_on("sqlite")
def test_a_reader_does_not_wait_for_a_writer(app: Flask, client: PageClient) -> None:
    a_person()
    db.session.commit()
    begun = time.monotonic()

    with db.engine.begin() as writing:
        writing.execute(text("UPDATE person SET name = 'x'"))
        page = client.get_path("/healthz")

    assert page.status == 200
    assert time.monotonic() - begun < 2


def test_a_row_cannot_point_at_nothing(app: Flask) -> None:
    db.session.add(RoleGrant(person_id=999_999, role="juror"))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


# One request is one transaction.


@pytest.fixture
def probe(another_app: Callable[..., Flask]) -> Callable[[Callable[[], Any]], PageClient]:
    """A site with one page more, at /probe, which does what the test wants."""

    def open_probe(view: Callable[[], Any]) -> PageClient:
        made = another_app()
        made.add_url_rule("/probe", "probe", view, methods=["GET", "POST"])
        return PageClient(made)

    return open_probe


def adds(words: str = "done", status: int = 200, *, keeps: bool = False) -> Callable[[], Response]:
    """A view that writes a row and gives this answer."""

    def view() -> Response:
        db.session.add(a_new_person())
        db.session.flush()
        if keeps:
            commit_on_error()
        return Response(words, status, {"Cache-Control": "no-store"}, mimetype="text/plain")

    return view


def test_a_good_answer_to_a_post_is_committed(probe: Callable[..., PageClient]) -> None:
    probe(adds()).post_path("/probe", status=200)

    assert how_many() == 1


def test_a_get_never_writes(probe: Callable[..., PageClient]) -> None:
    client = probe(adds())
    answer = client.browser.get("/probe", base_url=client.base_url)

    assert answer.status_code == 200
    assert how_many() == 0


def test_the_page_client_refuses_a_get_that_tries_to_write(probe: Callable[..., PageClient]) -> None:
    with pytest.raises(AssertionError, match="wrote"):
        probe(adds()).get_path("/probe")


@pytest.mark.parametrize("status", [400, 404, 409, 422, 500, 503])
def test_a_refusal_stores_nothing(probe: Callable[..., PageClient], status: int) -> None:
    probe(adds("no", status)).post_path("/probe", status=status)

    assert how_many() == 0


def test_a_refusal_that_keeps_is_committed(probe: Callable[..., PageClient]) -> None:
    probe(adds("a section with mistakes in it", 422, keeps=True)).post_path("/probe", status=422)

    assert how_many() == 1


def test_an_exception_stores_nothing(probe: Callable[..., PageClient]) -> None:
    def view() -> Any:
        adds()()
        raise RuntimeError("after the row was written")

    probe(view).post_path("/probe", status=500)

    assert how_many() == 0


@pytest.mark.parametrize(
    ("failure", "status"),
    [(RuntimeError("no"), 500), (OperationalError("COMMIT", {}, Exception("database or disk is full")), 503)],
)
def test_a_commit_that_fails_is_no_success(
    probe: Callable[..., PageClient], monkeypatch: pytest.MonkeyPatch, failure: Exception, status: int
) -> None:
    client = probe(adds("acknowledged"))
    token = client.csrf_token()

    def fail() -> None:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(base.db.session, "commit", fail, raising=False)
        answer = client.browser.post("/probe", data={"csrf_token": token}, base_url=client.base_url)

    assert answer.status_code == status
    assert b"acknowledged" not in answer.data
    assert how_many() == 0


def test_a_unit_of_work_is_kept_whole_or_not_at_all(app: Flask) -> None:
    with unit_of_work() as session:
        session.add(a_new_person())

    def half_an_action() -> None:
        with unit_of_work() as session:
            session.add(Person(email="later@example.be", name="Later", language="nl", created_at=AT))
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half_an_action()

    assert how_many() == 1


# Moments.


def test_a_moment_comes_back_aware_and_in_utc(app: Flask) -> None:
    person = a_new_person()
    person.created_at = datetime(2027, 7, 1, 14, 30, tzinfo=timezone(timedelta(hours=2)))
    db.session.add(person)
    db.session.commit()

    found = db.session.scalars(select(Person.created_at)).one()

    assert found == datetime(2027, 7, 1, 12, 30, tzinfo=UTC)
    assert found.utcoffset() == timedelta(0)
    assert db.session.scalars(select(Person.email_confirmed_at)).one() is None


def test_a_moment_without_a_zone_is_refused(app: Flask) -> None:
    person = a_new_person()
    person.created_at = datetime(2027, 7, 1, 14, 30)  # noqa: DTZ001 - the point
    db.session.add(person)

    with pytest.raises(StatementError, match="time zone"):
        db.session.flush()
    db.session.rollback()


def test_moments_are_compared_as_instants(app: Flask) -> None:
    db.session.add(a_new_person())
    db.session.flush()
    same = AT.astimezone(timezone(timedelta(hours=5)))

    assert db.session.scalar(select(Person.name).where(Person.created_at == same)) == "Nieuw"
    assert db.session.scalar(select(Person.name).where(Person.created_at > same)) is None


@pytest.mark.only_on("sqlite")
def test_who_gets_a_connection_after_a_writer_that_waited_may_wait_as_long_as_anybody(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = [0.0, 4.9]
    monkeypatch.setattr(core_engine, "time", SimpleNamespace(monotonic=lambda: ticks.pop(0) if ticks else 9.0))

    db.session.execute(text("UPDATE person SET name = name"))

    assert ticks == []
    assert db.session.execute(text("PRAGMA busy_timeout")).scalar() == 5000
