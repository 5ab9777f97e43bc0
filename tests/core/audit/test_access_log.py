"""Recording who looked: on one connection, behind nobody who writes, and never lost."""

import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.applications.models import Application
from app.core.audit import access_log, audit_trail
from app.core.audit.access_log import AccessLogEntry
from app.core.audit.audit_trail import AuditEntry
from app.core.db import engine, transactions
from app.core.db.base import db
from tests.builders import an_application
from tests.conftest import Clock
from tests.pages import PageClient
from tests.people import SignedIn

FILE, EXPORT = "casework_staff.application", "documents_staff.files"


@pytest.fixture
def file(app: Flask, els: SignedIn) -> Application:
    made = an_application(submitted=True)
    db.session.commit()
    return made


@contextmanager
def somebody_writing(file: Application, els: SignedIn, clock: Clock) -> Iterator[None]:
    """Another transaction that holds what the line about this page needs: it is about to store the same line."""
    row = {"about": file.ref, "by": els.person.ref, "on": clock().date(), "at": clock()}
    db.session.rollback()
    with db.engine.connect() as other:
        other.execute(AccessLogEntry.__table__.insert(), row)
        yield
        other.rollback()


def seen() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AccessLogEntry.about)))


def waiting(app: Flask) -> Path:
    return Path(app.config["DATA_DIR"]) / "looks.waiting"


def test_a_page_does_not_wait_for_a_writer_and_its_line_is_not_lost(
    app: Flask, els: SignedIn, clock: Clock, file: Application
) -> None:
    ref, key = file.ref, file.key
    with somebody_writing(file, els, clock):
        assert els.send("GET", els.address(FILE, key=key)).status == 200

    assert seen() == []
    assert stat.S_IMODE(waiting(app).stat().st_mode) == 0o600
    assert access_log.store_waiting() == 1
    assert seen() == [ref]
    assert access_log.store_waiting() == 0


def test_an_export_does_not_wait_either(app: Flask, els: SignedIn, clock: Clock, file: Application) -> None:
    call, person = file.call.key, els.person.ref
    with somebody_writing(file, els, clock):
        assert els.send("GET", els.address(EXPORT, ending="csv", call=call)).status == 200

    assert audit_trail.latest(9, ["export.made"]) == []
    assert access_log.store_waiting() == 1
    assert [(line.by, line.at) for line in audit_trail.latest(9, ["export.made"])] == [(person, clock())]
    assert audit_trail.broken_links() == []


def test_what_a_killed_worker_had_put_aside_is_stored(
    app: Flask, els: SignedIn, clock: Clock, file: Application
) -> None:
    ref, key, call = file.ref, file.key, file.call.key
    with somebody_writing(file, els, clock):
        els.send("GET", els.address(FILE, key=key))
    waiting(app).rename(waiting(app).with_suffix(".taken"))
    with somebody_writing(file, els, clock):
        els.send("GET", els.address(EXPORT, ending="csv", call=call))

    assert [access_log.store_waiting() for _time in range(3)] == [1, 1, 0]
    assert seen() == [ref]


def test_a_page_that_records_who_looked_uses_one_connection(els: SignedIn, file: Application) -> None:
    key, out, most = file.key, [0], [0]

    def taken(*_rest: object) -> None:
        out[0] += 1
        most[0] = max(most[0], out[0])

    def given_back(*_rest: object) -> None:
        out[0] -= 1

    db.session.rollback()
    event.listen(db.engine, "checkout", taken)
    event.listen(db.engine, "checkin", given_back)
    try:
        els.get(FILE, key=key)
    finally:
        event.remove(db.engine, "checkout", taken)
        event.remove(db.engine, "checkin", given_back)

    assert most == [1]
    assert len(seen()) == 1


def test_what_a_page_changed_by_mistake_is_not_stored_with_the_line(els: SignedIn, file: Application) -> None:
    key, title = file.key, file.title

    def spoil(*_rest: object) -> None:
        db.session.scalars(select(Application)).one().title = "spoilt"
        db.session.flush()

    app = els.app
    app.after_request_funcs.setdefault(None, []).append(lambda answer: (spoil(), answer)[1])
    try:
        els.browser.get(els.address(FILE, key=key), base_url=els.base_url)
    finally:
        app.after_request_funcs[None].pop()

    assert len(seen()) == 1
    assert db.session.scalars(select(Application.title)).one() == title
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.action == "spoilt")).all() == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_full_pool_is_a_calm_refusal(
    els: SignedIn, another_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr(transactions, "POOL_SECONDS", 0.01)
    monkeypatch.setattr(engine, "THREADS", 2)
    made = another_app()
    client = PageClient(made)
    with (
        client.browser.session_transaction(base_url=client.base_url) as session,
        els.browser.session_transaction(base_url=els.base_url) as known,
    ):
        session.update(known)
    with made.app_context():
        held = [db.engine.connect() for _number in range(db.engine.pool.size())]
    page = client.get("dashboard_staff.desk", lang=lang, status=503)
    for one in held:
        one.close()

    assert page.headers["Retry-After"] == "30"
    assert client.get("dashboard_staff.desk", lang=lang).status == 200
