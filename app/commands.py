"""The command line: serve, build, setup, worker, people and roles."""

import contextlib
import importlib
import multiprocessing
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app, url_for
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade

from app.accounts import actions as accounts
from app.accounts import queries as people
from app.accounts.models import Person
from app.accounts.rules import Purpose, Role
from app.core import clock
from app.core.db.base import db
from app.core.db.engine import THREADS
from app.core.db.transactions import unit_of_work
from app.core.errors import Conflict
from app.core.files.check import start_helper
from app.core.http import assets
from app.core.http.forms import normal_email
from app.core.http.gateway import Gateway
from app.core.i18n import catalogues
from app.core.i18n.addresses import site_address
from app.core.i18n.bilingual import LOCALES
from app.core.jobs import Job, Schedule
from app.core.logs import log
from app.demo.actions import files, public
from app.people import actions as team
from app.privacy.actions import rights
from app.privacy.exports import write_archive
from app.rooms import ROOMS
from app.site import actions as site
from config import ROOT

JOBS: list[Job] = [job for room in ROOMS for job in room.jobs]
FIRST_ADMINISTRATOR = "team@coopcity.example"
PAUSE_SECONDS = 2.0
CONNECTIONS = 2048  # per web process, most of them idle; a slow one holds no thread
OPEN_FILES = 8192
LARGEST_HEADERS = 65_536  # bytes; the server answers 431 above this
LAST_SECONDS = 20  # how long a stopping process may finish its work

ROLE = click.Choice([*(role.value for role in Role), "juror"])
person = AppGroup("person", help="People who work here, and their way in.")


def init_app(app: Flask) -> None:
    """Add the commands to `flask`."""
    for command in (serve, build, setup, demo, worker, person, export_person, erase_person):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def build() -> None:
    """Compile the catalogues and build the static files."""
    make_files()


def make_files() -> None:
    """Generate what is not committed: .mo files, hashed and compressed static files."""
    root: Path = current_app.config["ROOT"]
    catalogues.compile_all(root / "translations")
    assets.build(root / "static", root / "static" / "build")


@click.command()
@with_appcontext
def setup() -> None:
    """Migrate, and load the starting content into an empty database; safe to repeat."""
    prepare()


def prepare() -> None:
    """Migrate the database, and load the starting content into an empty one."""
    with quiet():
        upgrade(directory=str(current_app.config["ROOT"] / "migrations"))
    with unit_of_work():
        site.load_into_empty(current_app.config["ROOT"] / "content", at=clock.now())
        site.add_missing_pages(current_app.config["ROOT"] / "content", at=clock.now())
        site.add_what_is_new(current_app.config["ROOT"] / "content")
        site.fill_empty_index()


@click.command()
@click.option("--applications", default=0, type=click.IntRange(0, 200_000), help="How many applications, with reviews.")
@click.option("--enterprises", default=0, type=click.IntRange(0, 100_000), help="How many enterprises.")
@click.option("--events", default=0, type=click.IntRange(0, 100_000), help="How many events.")
@click.option("--seed", default=1, help="The same seed makes the same data; another one makes more.")
@click.option("--as-real", is_flag=True, help="Leave out the mark that says it is practice data.")
@with_appcontext
def demo(applications: int, enterprises: int, events: int, seed: int, as_real: bool) -> None:
    """Fabricate believable data in both languages, marked as practice data; safe to repeat."""
    at = clock.now()
    works = [
        (
            "applications",
            applications,
            files.fabricate_applications(applications, seed=seed, real=as_real, at=at),
        ),
        ("enterprises", enterprises, public.fabricate_enterprises(enterprises, seed=seed, real=as_real)),
        ("events", events, public.fabricate_events(events, seed=seed, real=as_real, at=at)),
    ]
    for label, count, batches in works:
        with unit_of_work(), click.progressbar(length=count, label=label) as bar:
            for made in batches:
                bar.update(made)


@click.command()
@click.option("--once", is_flag=True, help="Do what is due, then stop.")
@with_appcontext
def worker(once: bool) -> None:
    """Send letters and run due jobs; any number of workers may run."""
    work(once=once)


def work(*, once: bool = False) -> None:
    """The worker's loop, until it is stopped; `once`: until nothing is due, raising what fails."""
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopped.set())
    schedule = Schedule(JOBS)
    while not stopped.is_set():
        did = schedule.run_all() if once else schedule.run_due()
        if once and not did:
            return
        if not did:
            stopped.wait(PAUSE_SECONDS)


def supervise() -> None:
    """Run the worker in a child process, restarted when it dies, until this process is stopped."""
    stopped = threading.Event()
    running: list[multiprocessing.process.BaseProcess] = []

    def stop(*_signal: object) -> None:
        stopped.set()
        for one in running:
            one.terminate()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    while not stopped.is_set():
        process = multiprocessing.get_context("fork").Process(target=work)
        running[:] = [process]
        process.start()
        while process.is_alive() and not stopped.is_set():
            process.join(1)
        if stopped.is_set():
            process.join(LAST_SECONDS - 2)
            process.kill()  # a hanging mail server must not delay the stop: the letter is retried later
        if not stopped.is_set():
            log.error("worker died", exit_code=process.exitcode)
            stopped.wait(PAUSE_SECONDS)


@click.command()
@with_appcontext
def serve() -> None:
    """Prepare everything, then serve the site and send its letters until Ctrl-C."""
    settings = current_app.config["SETTINGS"]
    if not port_is_free(settings.port):
        sys.exit(f"Port {settings.port} is taken by another program. Stop it, or choose another: PORT=8001 make run")
    for number, (step, action) in enumerate(
        [("words and static files", make_files), ("database and content", prepare)], 1
    ):
        click.echo(f"[{number}/3] {step} …")
        action()
    click.echo(f"[3/3] starting on http://127.0.0.1:{settings.port}")
    if settings.is_development:
        click.echo(f"      staff sign in with this address (once, within 12 hours):\n      {_staff_link()}")
        if settings.is_loopback:
            click.echo(f"      letters that the site sends: {site_address()}/{LOCALES[0]}/_mail")
    db.engine.dispose()  # database connections must not be inherited
    start_helper()
    with worker_process():
        serve_web(settings.port, settings.workers)


def port_is_free(port: int) -> bool:
    """True when the port is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def serve_web(port: int, workers: int, target: str = "wsgi:app") -> None:
    """Serve a WSGI application with our server settings, until the process is stopped."""
    from granian import Granian  # noqa: PLC0415 - the test suite and other commands need no server
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
    from granian.http import HTTP1Settings  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, OPEN_FILES)), hard))
    server = Granian(
        target,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.RSGI,
        workers=workers,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=LARGEST_HEADERS),
        websockets=False,
        workers_kill_timeout=LAST_SECONDS,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.error,
        working_dir=ROOT,
    )

    def load(name: str) -> Any:
        module, _colon, attribute = name.partition(":")
        return Gateway(getattr(importlib.import_module(module), attribute), threads=THREADS, port=port)

    server.serve(target_loader=load)


@contextlib.contextmanager
def worker_process() -> Iterator[None]:
    """A worker beside the web server, stopped together with it.

    Forked like the web processes, so that the program is loaded once and its memory is shared.
    """
    db.engine.dispose()  # database connections must not be inherited
    process = multiprocessing.get_context("fork").Process(target=supervise)
    process.start()
    try:
        yield
    finally:
        process.terminate()
        process.join(LAST_SECONDS)
        process.kill()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Silence a library's log messages below warnings."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


@person.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=ROLE, required=True)
@click.option("--language", type=click.Choice(LOCALES), required=True)
def person_add(email: str, name: str, role: str, language: str) -> None:
    """Add a person, or give a known one another role."""
    address = _address(email)
    with unit_of_work():
        team.add(address, _role(role), name=name, language=language, by="command line", at=clock.now())
    click.echo(f"{address} is {role}.")


@person.command("roles")
@click.argument("email")
@click.option("--add", "added", multiple=True, type=ROLE, help="A role to give; may be repeated.")
@click.option("--remove", "removed", multiple=True, type=ROLE, help="A role to take away; may be repeated.")
@click.option("--hand-over", default="", help="The address of the colleague who takes the work over.")
@with_appcontext
def person_roles(email: str, added: tuple[str, ...], removed: tuple[str, ...], hand_over: str) -> None:
    """List the roles of a person; with --add and --remove change them, which signs the person out everywhere."""
    found, heir = _known(email), _heir(hand_over)
    if added or removed:
        wanted = (found.roles | {_role(one) for one in added}) - {_role(one) for one in removed}
        _leaving(lambda: team.change_roles(found, wanted, heir=heir, by="command line", at=clock.now()))
    click.echo(f"{found.email}: {', '.join(sorted(found.roles)) or 'no role'}")


@person.command("suspend")
@click.argument("email")
@click.option("--hand-over", default="", help="The address of the colleague who takes the work over.")
@with_appcontext
def person_suspend(email: str, hand_over: str) -> None:
    """End everything that a person may do here, at once: roles, sessions, reviews, jury meetings and assistance."""
    found, heir = _known(email), _heir(hand_over)
    _leaving(lambda: team.suspend(found, heir=heir, by="command line", at=clock.now()))
    click.echo(f"{found.email} is suspended.")


def _leaving(change: Callable[[], None]) -> None:
    reasons = {
        "last administrator": "That is the last administrator: name another one first.",
        "heir": "Work can be handed over to another programme manager or administrator only.",
    }
    try:
        with unit_of_work():
            change()
    except Conflict as reason:
        sys.exit(reasons.get(str(reason), str(reason)))


def _heir(email: str) -> Person | None:
    return _known(email) if email else None


def _role(name: str) -> Role:
    """A role by its name; `juror` is accepted for `reviewer`."""
    return Role.REVIEWER if name == "juror" else Role(name)


@person.command("sign-in-link")
@click.argument("email")
def person_sign_in_link(email: str) -> None:
    """Print a one-time sign-in address."""
    address = _address(email)
    found = people.person_by_email(address)
    if found is None:
        sys.exit(f"Nobody is known as {address}. Add them first: flask person add {address} …")
    with unit_of_work():
        click.echo(_link_for(address))


@click.command("export-person")
@click.argument("email")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@with_appcontext
def export_person(email: str, file: Path) -> None:
    """Write all personal data of a person to a ZIP."""
    found = _known(email)
    with file.open("wb") as target:
        write_archive(found, target)
    click.echo(f"{file}: everything about {found.email}.")


@click.command("erase-person")
@click.argument("email")
@with_appcontext
def erase_person(email: str) -> None:
    """Erase a person's personal data; statistics stay."""
    found = _known(email)
    try:
        with unit_of_work():
            rights.erase(found, by="command line", at=clock.now())
    except Conflict:
        sys.exit(f"{email} works here: take the roles away first.")
    click.echo("Erased.")


def _known(email: str) -> Person:
    address = _address(email)
    found = people.person_by_email(address)
    if found is None:
        sys.exit(f"Nobody is known as {address}.")
    return found


def _staff_link() -> str:
    with unit_of_work():
        administrator = people.an_administrator()
        if administrator is None:
            administrator = accounts.get_or_create_person(
                FIRST_ADMINISTRATOR, name="Admin", language=LOCALES[0], at=clock.now()
            )
            accounts.grant(administrator, Role.ADMIN, by="make run", at=clock.now())
        return _link_for(administrator.email)


def _link_for(email: str) -> str:
    """A new one-time address for a known person."""
    found = people.person_by_email(email)
    if found is None:
        raise LookupError(email)
    with current_app.test_request_context(base_url=site_address()):
        token = accounts.make_link(found, next_path="", at=clock.now(), purpose=Purpose.PRINTED)
        return site_address() + url_for("accounts_public.open_link", lang=found.language, token=token)


def _address(typed: str) -> str:
    address = normal_email(typed)
    if address is None:
        sys.exit(f"“{typed}” is not an e-mail address.")
    return address
