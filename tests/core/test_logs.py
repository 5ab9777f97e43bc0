"""Each request has an id that its answer and its log lines share; no line holds a name, a text or a secret."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from flask import Flask
from sqlalchemy import text

from app.accounts import jobs as accounts_jobs
from app.accounts.models import Person
from app.accounts.views import public as accounts_public
from app.core import clock
from app.core.db.base import db
from app.core.http import errorpages
from app.core.logs import log
from tests.builders import a_call, a_page, an_event
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import SignedIn

PRODUCTION = {
    "ENVIRONMENT": "production",
    "BASE_URL": "https://coopcity.example",
    "SECRET_KEY": "6b1f0c9e4a7d2358bb90aa17c6e4d3f2",
    "MAIL_URL": "smtp://mail.example",
    "TRUSTED_PROXIES": "1",
    "LOG_LEVEL": "INFO",
}

NAME, ADDRESS = "Zwanenvlinder Peeters", "zwanenvlinder@example.be"
TOKEN = "aB3_" + "xY7-" * 10


def _bad_row() -> None:
    """A statement that the database refuses, with what somebody typed in it."""
    db.session.add(Person(email=ADDRESS, name=NAME, language=None, created_at=clock.now(), grants=[]))
    db.session.flush()


def _bad_type() -> None:
    db.session.execute(text("SELECT * FROM person WHERE no_such_column = :name"), {"name": NAME})


def _bad_value() -> None:
    try:
        _fail()
    except ValueError as reason:
        raise KeyError(NAME) from reason


def _fail() -> None:
    raise ValueError(f"{NAME} <{ADDRESS}> wrote {TOKEN}")


def _library() -> str:
    logging.getLogger("some.library").warning("mail to '%s' <%s> with %s failed", NAME, ADDRESS, TOKEN)
    log.warning("look not written", error=f"DETAIL: Key (name)=({NAME}) already exists, /nl/agenda/plaats/{TOKEN}")
    return "done"


FAILURES = {"row": _bad_row, "type": _bad_type, "value": _bad_value, "library": _library}


@pytest.fixture
def production(another_app: Callable[..., Flask]) -> Iterator[Callable[[], PageClient]]:
    """Opens a site that logs as in production; the test itself calls it, for only then is its output captured."""
    before = structlog.get_config()

    def make() -> PageClient:
        made = another_app(**PRODUCTION)
        made.add_url_rule("/nl/stuk", "broken", lambda: 1 / 0)
        for name, fails in FAILURES.items():
            made.add_url_rule(f"/nl/stuk/{name}", f"broken-{name}", fails)
        return PageClient(made)

    yield make
    structlog.configure(**before)


def logged(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines written so far."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_request_leaves_one_line_with_its_id(
    production: Callable[[], PageClient], capsys: pytest.CaptureFixture[str]
) -> None:
    page = production().get_path("/healthz?q=geheim")

    (line,) = logged(capsys)
    assert line["request"] == page.headers["X-Request-ID"]
    assert {name: line[name] for name in ("event", "level", "method", "path", "status")} == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "path": "/healthz",
        "status": 200,
    }
    assert line["ms"] >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", line["timestamp"])


@pytest.mark.parametrize("given", ["0123456789abcdef", "0e5f3c2a-77aa-4b1c-9a64-000000000000"])
def test_the_id_of_a_proxy_is_taken_over(client: PageClient, given: str) -> None:
    assert client.get_path("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space in it", "<script>alert(1)</script>", "é" * 10])
def test_what_looks_like_no_id_is_replaced(client: PageClient, given: str) -> None:
    found = client.get_path("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]

    assert re.fullmatch("[0-9a-f]{32}", found)


def test_no_mailed_secret_and_no_typed_text_is_logged(
    production: Callable[[], PageClient], capsys: pytest.CaptureFixture[str]
) -> None:
    client, token = production(), "a" * 43

    client.send("GET", f"/nl/aanmelden/{token}")
    client.send("GET", f"/fr/connexion/{token}")
    client.send("POST", "/nl/aanmelden", data={"email": "amina@example.be"})

    lines = logged(capsys)
    written = json.dumps(lines)
    assert next(line["path"] for line in lines if line["event"] == "request") == "/nl/aanmelden/…"
    assert token not in written
    assert "amina" not in written


def test_a_failure_is_logged_with_its_traceback(
    production: Callable[[], PageClient], capsys: pytest.CaptureFixture[str]
) -> None:
    page = production().send("GET", "/nl/stuk")

    failed = [line for line in logged(capsys) if line["event"] == "unexpected"]
    assert [line["request"] for line in failed] == [page.headers["X-Request-ID"]]
    assert "ZeroDivisionError" in failed[0]["exception"]


@pytest.mark.parametrize("failure", FAILURES)
def test_no_error_and_no_library_writes_what_people_typed(
    production: Callable[[], PageClient], capsys: pytest.CaptureFixture[str], failure: str
) -> None:
    client = production()
    answer = client.browser.open(f"/nl/stuk/{failure}", base_url=client.base_url)

    written = capsys.readouterr().err
    assert (answer.status_code == 200) is (failure == "library")
    assert any(word in written for word in ("library", "Error", "no_such_column"))
    for mark in (*NAME.split(), ADDRESS, ADDRESS.title(), TOKEN):
        assert mark not in written


def test_the_main_journeys_leave_no_mark_in_the_log(
    another_app: Callable[..., Flask], capsys: pytest.CaptureFixture[str], mailbox: Mailbox
) -> None:
    before = structlog.get_config()
    call, evening = a_call(), an_event()
    db.session.commit()
    client = PageClient(another_app(LOG_LEVEL="INFO"))
    typed = {"name": NAME, "email": ADDRESS}
    start = client.get("applications_public.start", slug=call.programme.slug["nl"], call=call.key)
    start.submit(form="form.flowform", **typed, language="nl")
    client.get("events_public.sign_up", slug=evening.slug["nl"]).submit(form="form.flowform", **typed)
    a_page("contact")
    client.get("contact_public.contact").submit(form="form.flowform", **typed, copy="y", text=f"Dag, {NAME}")
    client.get("accounts_public.sign_in").submit(form="form.flowform", email=ADDRESS)
    links = [mailbox.link_of(letter) for letter in mailbox.letters if "://" in letter.text]
    paths = [link.split("/", 3)[3] for link in links]
    for path in paths:
        client.send("GET", f"/{path}")
    client.send("GET", f"/nl/nergens/{TOKEN}/{ADDRESS}")
    mailbox.deliver()

    structlog.configure(**before)
    written = capsys.readouterr().err
    keys = {part for path in paths for part in path.split("/") if len(part) > 20}
    assert len(keys) >= 2
    assert written.count("path=") > 5
    for mark in (*NAME.split(), ADDRESS, TOKEN, *keys):
        assert mark not in written


def test_failed_sign_ins_and_refusals_are_security_events(
    production: Callable[[], PageClient], capsys: pytest.CaptureFixture[str]
) -> None:
    client, token = production(), "a" * 43

    client.send("GET", f"/nl/aanmelden/{token}")
    client.send("POST", f"/nl/aanmelden/{token}")
    client.send("GET", "/nl/agenda/plaats/geraden")

    lines = [line for line in logged(capsys) if line["event"] == "security"]
    assert [(line["kind"], line["why"]) for line in lines] == [
        ("sign_in_failed", "bad_link"),
        ("refused", "csrf"),
        ("unknown_key", "not_found"),
    ]
    assert {line["level"] for line in lines} == {"warning"}
    assert not {token, "geraden"} & {str(value) for line in lines for value in line.values()}


def test_a_closed_room_a_used_link_and_an_unknown_address_are_security_events(
    app: Flask, client: PageClient, chloe: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []
    for module in (errorpages, accounts_public, accounts_jobs):
        monkeypatch.setattr(module, "log", SimpleNamespace(warning=lambda event, **more: seen.append(more)))

    chloe.get("dashboard_staff.desk", status=403)
    client.post("accounts_public.open_link", {}, token="a" * 43, status=409)
    client.post("accounts_public.sign_in", {"email": "niemand@example.be"})
    accounts_jobs.send_links()

    assert [(one["kind"], one["why"], one.get("endpoint")) for one in seen] == [
        ("refused", "forbidden", "dashboard_staff.desk"),
        ("sign_in_failed", "bad_link", "accounts_public.open_link"),
        ("sign_in_failed", "unknown_address", None),
    ]
    assert "chloe" not in str(seen)
    assert "niemand" not in str(seen)
