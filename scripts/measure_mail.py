"""How fast queued letters reach a mail server on this machine, beside bare smtplib, and whether each arrives once.

usage: measure_mail.py [how many letters] [how many workers]
"""

import contextlib
import multiprocessing
import os
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Print letters per second and the ratio."""
    letters = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for workers in [int(sys.argv[2])] if len(sys.argv) > 2 else [1, 4]:
        print(line(measure(letters, workers)))


def line(found: dict[str, float]) -> str:
    """One measurement as a line of text."""
    return (
        f"{found['letters']:.0f} letters, {found['workers']:.0f} workers: {found['rate']:.0f}/s, bare smtplib "
        f"{found['bare']:.0f}/s, ratio {found['ratio']:.2f}; lost {found['lost']:.0f}, doubled {found['doubled']:.0f}"
    )


def measure(letters: int, workers: int, database_url: str = "") -> dict[str, float]:
    """Queue letters, let `flask worker --once` processes send them to a sink, and send as many mails by smtplib."""
    with tempfile.TemporaryDirectory() as folder, sink() as (port, report):
        environment = {
            **os.environ,
            "ENVIRONMENT": "test",
            "DATA_DIR": folder,
            "MAIL_URL": f"smtp://127.0.0.1:{port}",
            "LOG_LEVEL": "ERROR",
            "SECRET_KEY": "only for measuring: 0123456789 abcdefghij",
            "DATABASE_URL": database_url,
        }
        sample = prepared(environment, letters)
        # bare smtplib before and after, in case another program slows the machine meanwhile
        half = max(letters // 2, 1)
        bare_took = by_smtplib(port, sample, half)
        report()
        began = time.perf_counter()
        command = [sys.executable, str(Path(__file__).resolve()), "--send"]
        running = [subprocess.Popen(command, env=environment, cwd=ROOT) for _worker in range(workers)]
        ends = [process.wait() for process in running]
        took = max(float(place.read_text()) for place in Path(folder).glob("took-*"))
        assert ends == [0] * workers, f"workers ended with {ends} after {time.perf_counter() - began:.0f} s"
        arrived = report()
        bare = 2 * half / (bare_took + by_smtplib(port, sample, half))
        times = Counter(arrived)
        return {
            "letters": letters,
            "workers": workers,
            "rate": letters / took,
            "bare": bare,
            "ratio": letters / took / bare,
            "lost": letters - len(times),
            "doubled": sum(count - 1 for count in times.values()),
        }


def prepared(environment: dict[str, str], letters: int) -> bytes:
    """A database with this many letters in the outbox; returns one of them as bytes."""
    made = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--queue", str(letters)],
        env=environment,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return made.stdout


def by_smtplib(port: int, sample: bytes, letters: int) -> float:
    """Seconds that bare smtplib needs for as many mails of the same size over one connection."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _turn in range(letters):
            server.sendmail("info@coopcity.example", ["zoe@example.be"], sample)
    return time.perf_counter() - began


@contextlib.contextmanager
def sink() -> Iterator[tuple[int, Callable[[], list[str]]]]:
    """A mail server process that accepts everything and records Message-IDs."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    port = ours.recv()

    def report() -> list[str]:
        ours.send("report")
        return list(ours.recv())

    yield port, report
    process.terminate()


class _Sink:
    def __init__(self) -> None:
        self.seen: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        head = envelope.content.split(b"\r\n\r\n", 1)[0].decode()
        found = [line for line in head.split("\r\n") if line.lower().startswith("message-id:")]
        self.seen.append(found[0] if found else "none")
        return "250 OK"


def _serve(pipe: Any) -> None:
    kept = _Sink()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    pipe.send(port)
    while pipe.recv() == "report":
        pipe.send(kept.seen)
        kept.seen = []


def queue(letters: int) -> None:
    """In its own process: migrate, and queue the letters."""
    from app import create_app  # noqa: PLC0415 - only this process needs the application
    from app.commands import prepare  # noqa: PLC0415
    from app.core import clock  # noqa: PLC0415
    from app.core.db.base import db  # noqa: PLC0415
    from app.core.db.transactions import unit_of_work  # noqa: PLC0415
    from app.mail.actions import writing  # noqa: PLC0415
    from app.mail.jobs.messages import message_for  # noqa: PLC0415
    from app.mail.models import OutgoingMail  # noqa: PLC0415
    from config import from_environment  # noqa: PLC0415

    app = create_app(from_environment())
    with app.app_context():
        prepare()
        at = clock.now()
        with unit_of_work():
            first = writing.queue(
                "sign_in_link",
                to_name="Zoë Janssens",
                to_email="zoe@example.be",
                language="nl",
                key="0",
                about="person:1",
                at=at,
                url="https://coopcity.example/nl/aanmelden/abcdefghijklmnopqrstuvwxyz",
            )
            assert first is not None
            sys.stdout.buffer.write(message_for(first, app.config).raw_bytes)
            columns = {
                column.key: getattr(first, column.key)
                for column in OutgoingMail.__mapper__.column_attrs
                if column.key != "id"
            }
            for start in range(1, letters, 1000):
                many = [columns | {"key": str(turn)} for turn in range(start, min(start + 1000, letters))]
                db.session.execute(OutgoingMail.__table__.insert(), many)


def send() -> None:
    """In its own process: send what is due, and record how long it took."""
    from app import create_app  # noqa: PLC0415
    from app.mail.jobs import delivery  # noqa: PLC0415
    from config import from_environment  # noqa: PLC0415

    app = create_app(from_environment())
    with app.app_context():
        began = time.perf_counter()
        delivery.deliver()
        place = Path(app.config["DATA_DIR"]) / f"took-{os.getpid()}"
        place.write_text(str(time.perf_counter() - began))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--queue"]:
        queue(int(sys.argv[2]))
    elif sys.argv[1:2] == ["--send"]:
        send()
    else:
        main()
