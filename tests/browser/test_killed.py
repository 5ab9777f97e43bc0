"""A real server, killed while somebody writes: what was acknowledged is in the database, the rest on the device."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from app.core.db.base import db
from config import ROOT
from tests.browser.conftest import Opener, Site
from tests.browser.test_apply_to_decision import start
from tests.browser.test_nothing_is_lost import AUTOSAVE, NAME, SAVED, TEXT, kept
from tests.conftest import Clock, environment, starting_content

SERVE = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "8", "--log-level", "error"]
MOMENT = 0.1  # seconds in which the process may end while we wait for its port
pytestmark = pytest.mark.timeout(400)  # each test starts the program twice
RETRIES = 60_000  # milliseconds: the page tries again every five seconds, the server needs some to come back


class Server(Site):
    """The server that `make run` starts, in processes of its own, on the database of the test."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        given = environment(Path(app.config["DATA_DIR"]), str(app.config["SQLALCHEMY_DATABASE_URI"]))
        self.environment, self.port = os.environ | given, int(given["PORT"])
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and come back once somebody listens."""
        self.process = subprocess.Popen(
            [*SERVE, "--port", str(self.port), "wsgi:app"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # our own command
        while not self._listens():
            with contextlib.suppress(subprocess.TimeoutExpired):
                raise AssertionError(f"the server ended by itself: {self.process.wait(MOMENT)}")

    def freeze(self) -> None:
        """Let the processes stand still: connections are taken, nothing is read any more."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def kill(self) -> None:
        """The power is gone: master, workers and all."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port)).close()
        except ConnectionRefusedError:
            return False
        return True


@pytest.fixture
def site(app: Flask, clock: Clock) -> Iterator[Server]:
    """The real server; it reads a real clock, so the content is loaded at that moment too."""
    clock.set(datetime.now(UTC))
    starting_content(at=clock())
    db.session.commit()
    server = Server(app)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def page(browse: Opener) -> Page:
    """A phone on the first part of a new application."""
    opened = browse("phone", troubled=True)
    start(opened, "nl")
    return opened


def test_killed_before_it_could_save(site: Server, page: Page) -> None:
    site.freeze()
    with page.expect_request(AUTOSAVE):
        page.locator(NAME).fill(TEXT)
        page.locator(NAME).blur()
    site.kill()
    expect(page.locator(".saved")).to_contain_text("Nog niet bewaard")
    assert kept() != TEXT

    site.start()

    expect(page.locator(".saved")).to_have_text(SAVED, timeout=RETRIES)
    assert kept() == TEXT


def test_killed_between_saving_and_answering(site: Server, page: Page) -> None:
    def answer_never_arrives(route: Route) -> None:
        route.fetch()
        site.kill()
        route.abort("connectionreset")

    page.route(AUTOSAVE, answer_never_arrives, times=1)
    page.locator(NAME).fill(TEXT)
    page.locator(NAME).blur()
    expect(page.locator(".saved")).to_contain_text("Nog niet bewaard")
    assert kept() == TEXT

    site.start()

    expect(page.locator(".saved")).to_have_text(SAVED, timeout=RETRIES)
    page.reload()
    expect(page.locator(NAME)).to_have_value(TEXT)
    expect(page.get_by_role("button", name="Terugzetten")).to_have_count(0)


def test_killed_when_the_button_is_pressed(site: Server, page: Page) -> None:
    address = page.url
    site.kill()
    page.locator(NAME).fill(TEXT)
    page.locator("main button[value=save]").last.click()
    page.wait_for_url(re.compile("^chrome-error:"))
    assert kept() != TEXT

    site.start()
    page.goto(address)
    page.get_by_role("button", name="Terugzetten").click()

    expect(page.locator(".saved")).to_have_text(SAVED)
    assert kept() == TEXT
