"""What every test can ask for: the application, its database, a clock that stands still, visitors and letters."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
import structlog
from flask import Flask
from hypothesis import HealthCheck, settings

from app import create_app
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.http import assets
from app.core.http.limits import limiter
from app.core.i18n import catalogues
from app.site import actions as site
from config import ROOT, from_environment
from tests import databases, timing
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import amina, bruno, chloe, daan, els, farid, greta  # noqa: F401 - the cast: fixtures for every test

MOMENT = datetime(2027, 2, 1, 10, tzinfo=UTC)
ONLY_SQLITE = ("house", "browser")  # what these look at does not differ by database
PAGES = "test_views_"  # tests of pages run on one of the two databases, unless FULL=1

_apps: dict[str, Flask] = {}
_logs: dict[str, Any] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    choices = (*databases.DATABASES, "both")
    default = os.environ.get("TEST_DATABASE") or "sqlite"
    parser.addoption(
        "--database", choices=choices, default=default, help="where rows are kept: sqlite, postgresql, both"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Once per run, before the workers start: what is generated, and the PostgreSQL server."""
    if os.environ.get("CI") != "true":  # hypothesis brings a profile of its own for CI, as patient as this one
        settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
        settings.load_profile("patient")
    config.addinivalue_line("markers", "only_on(database): this is about one of the two databases")
    config.addinivalue_line("markers", "slow(reason): why this test takes more than two seconds of a processor")
    config.addinivalue_line("markers", "one_database(reason): like a test of pages, on one of the two each time")
    config.addinivalue_line("markers", "second_database: the pages of this test are inspected on the first")
    config.pluginmanager.register(timing.Timing(), "timing")
    if hasattr(config, "workerinput"):
        return
    databases.remember_commit()
    catalogues.compile_all(ROOT / "translations")
    assets.build(ROOT / "static", ROOT / "static" / "build")
    if config.getoption("database") != "sqlite":
        server = databases.start_postgresql()
        if server is not None:
            config.add_cleanup(server.cleanup)


def pytest_report_header(config: pytest.Config) -> str | None:
    """How to repeat this run."""
    if config.getoption("database") != "both":
        return None
    if os.environ.get("FULL"):
        return "pages: each test on both databases"
    return f"pages: each test on one database, by commit {os.environ[databases.COMMIT][:10]} (both: FULL=1)"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """With `--database both`, whoever touches the database runs on each; tests of pages on one of the two."""
    if "database" not in metafunc.fixturenames or metafunc.config.getoption("database") != "both":
        return
    test = metafunc.definition
    marked = test.get_closest_marker("only_on")
    if marked:
        metafunc.parametrize("database", marked.args, indirect=True)
    elif set(ONLY_SQLITE) & set(test.path.relative_to(ROOT).parts):
        return
    elif is_of_pages(test) and not os.environ.get("FULL"):
        metafunc.parametrize("database", [databases.one_of(test.nodeid)], indirect=True)
    else:
        first, second = databases.DATABASES
        again = pytest.param(second, marks=pytest.mark.second_database)
        metafunc.parametrize("database", [first, again], indirect=True)


def is_of_pages(test: pytest.Item | pytest.Function) -> bool:
    """Is it about what a page shows? Actions, queries, journeys, locks and migrations run on both databases."""
    return test.path.name.startswith(PAGES) or test.get_closest_marker("one_database") is not None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, then what needs a browser: at the end nobody waits for one long test."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, item.get_closest_marker("browser") is None))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A page that two databases serve is inspected once: its HTML does not differ."""
    PageClient.inspects = item.get_closest_marker("second_database") is None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    """With CI=true a missing part is a failure, not a skip."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"With CI=true a skip is a failure. {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A skip is said aloud."""
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"SKIPPED {report.nodeid}: {report.longrepr[-1]}", yellow=True)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """sqlite or postgresql."""
    asked = request.config.getoption("database")
    name = getattr(request, "param", "sqlite" if asked == "both" else asked)
    marked = request.node.get_closest_marker("only_on")
    if marked and name not in marked.args:
        pytest.skip(f"only on {', '.join(marked.args)}: run with --database both")
    return str(name)


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A data folder for each database of this process."""
    root = tmp_path_factory.mktemp("data")
    return lambda name: root / name


@pytest.fixture
def app(
    request: pytest.FixtureRequest, database: str, folders: Callable[[str], Path], clock: "Clock"
) -> Iterator[Flask]:
    """The real application on an empty database; the test itself stands inside its context."""
    with timing.aside():
        application = _apps.get(database) or _apps.setdefault(database, _new_app(database, folders(database)))
    with application.app_context():
        parameters = getattr(getattr(request.node, "callspec", None), "params", {})
        if "content" in request.fixturenames and "content" not in parameters:
            databases.bring("the starting content", starting_content)
        yield application
        databases.empty()
        limiter.reset()
    for place in ("mail", "files"):
        shutil.rmtree(folders(database) / place, ignore_errors=True)
        (folders(database) / place).mkdir()
    for waiting in folders(database).glob("looks.*"):
        waiting.unlink()


def environment(folder: Path, database_url: str, **changes: str) -> dict[str, str]:
    """What a test's application reads instead of the process's environment."""
    return {
        "ENVIRONMENT": "test",
        "SECRET_KEY": "a secret for tests, never for people: 0123456789",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "PORT": str(_free_port()),
        "MAIL_URL": "folder:",
        "LOG_LEVEL": "ERROR",
    } | changes


def _new_app(database: str, folder: Path) -> Flask:
    folder.mkdir(parents=True, exist_ok=True)
    made = create_app(from_environment(environment(folder, databases.address_of(database, folder))))
    _logs.update(structlog.get_config(), logger_factory=structlog.PrintLoggerFactory(sys.__stderr__))
    databases.migrate(made)
    return made


@pytest.fixture(autouse=True)
def usual_logs() -> Iterator[None]:
    """Log as the shared application does: another one that a test made may log to where that test's output went."""
    yield
    if _logs:
        structlog.configure(**_logs)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def another_app(app: Flask, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """The same database under other settings: `another_app(ENVIRONMENT="development")`."""
    made = []

    def make(**changes: str) -> Flask:
        given = environment(tmp_path, str(app.config["SQLALCHEMY_DATABASE_URI"]), **changes)
        made.append(create_app(from_environment(given)))
        return made[-1]

    yield make
    for one in made:
        with one.app_context():
            db.engine.dispose()


class Clock:
    """The one clock of the application, standing still until a test moves it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **how_long: float) -> datetime:
        """`clock.forward(days=3, minutes=1)`"""
        self.at += timedelta(**how_long)
        return self.at

    def set(self, at: datetime) -> datetime:
        """Stand at this instant."""
        self.at = at.astimezone(UTC)
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Monday 1 February 2027, 11.00 in Brussels."""
    status = Clock(MOMENT)
    monkeypatch.setattr(the_clock, "now", status)
    return status


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor who is not signed in."""
    return PageClient(app)


def starting_content(at: datetime = MOMENT) -> None:
    """As on a newcomer's first run."""
    site.load_into_empty(ROOT / "content", at=at)


@pytest.fixture
def content(app: Flask) -> None:
    """The starting content, with dates around MOMENT: `app` begins with it where a test asks for it."""


@pytest.fixture
def mailbox(app: Flask) -> Mailbox:
    """The outbox, and what arrives when it is delivered."""
    return Mailbox(app)


@pytest.fixture
def migrated(database: str, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database of its own, at the newest revision: for migrations that move rows."""
    address = f"sqlite:///{tmp_path / 'rows.sqlite3'}"
    if database == "postgresql":
        address = databases.new_postgresql(f"coopcity_rows_{databases.WORKER}")
    made = create_app(from_environment(environment(tmp_path, address)))
    with made.app_context(), redirect_stdout(StringIO()):
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        yield made
        db.session.remove()
        db.engine.dispose()
