"""Each request has an id that its answer and its log lines share; no line holds a name, a text or a secret."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from flask import Flask

from tests.pages import PageClient

PRODUCTION = {
    "ENVIRONMENT": "production",
    "BASE_URL": "https://coopcity.example",
    "SECRET_KEY": "6b1f0c9e4a7d2358bb90aa17c6e4d3f2",
    "MAIL_URL": "smtp://mail.example",
    "LOG_LEVEL": "INFO",
}


@pytest.fixture
def production(another_app: Callable[..., Flask]) -> Iterator[Callable[[], PageClient]]:
    """Opens a site that logs as in production; the test itself calls it, for only then is its output captured."""
    before = structlog.get_config()

    def make() -> PageClient:
        made = another_app(**PRODUCTION)
        made.add_url_rule("/nl/stuk", "broken", lambda: 1 / 0)
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
        "event": "request", "level": "info", "method": "GET", "path": "/healthz", "status": 200,
    }  # fmt: skip
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
    assert lines[0]["path"] == "/nl/aanmelden/…"
    assert token not in written
    assert "amina" not in written


def test_a_failure_is_logged_with_its_traceback(
    production: Callable[[], PageClient], capsys: pytest.CaptureFixture[str]
) -> None:
    page = production().send("GET", "/nl/stuk")

    failed = [line for line in logged(capsys) if line["event"] == "unexpected"]
    assert [line["request"] for line in failed] == [page.headers["X-Request-ID"]]
    assert "ZeroDivisionError" in failed[0]["exception"]
