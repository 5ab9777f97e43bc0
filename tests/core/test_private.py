"""Nobody else on the machine reads the database, the files that people sent or their letters."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.core import private
from app.core.db.base import db
from app.core.files.file_cache import cached_file
from app.core.files.storage import storage
from app.core.http.limits import SharedCounts
from app.mail.jobs.transports import Folder, Mail
from config import from_environment
from tests.conftest import environment

OPEN = ("files", "mail", "made")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """What most machines give: everybody may read."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def site(folder: Path, **more: str) -> Flask:
    """A site on a database of its own."""
    given = environment(folder, f"sqlite:///{folder / 'coopcity.sqlite3'}", LOG_LEVEL="WARNING", **more)
    return create_app(from_environment(given))


def open_to_others(folder: Path) -> list[str]:
    """What somebody else could read, or enter."""
    return sorted(
        str(one.relative_to(folder.parent)) for one in (folder, *folder.rglob("*")) if one.stat().st_mode & 0o077
    )


def fill(made: Flask) -> SharedCounts:
    """Let everything be written that the program writes; what it gives back holds its file open."""
    counts = SharedCounts(f"counts://{made.config['DATA_DIR']}/limits.sqlite3")
    counts.incr("a", 60)
    with made.app_context():
        with db.engine.begin() as connection:
            connection.execute(text("CREATE TABLE IF NOT EXISTS thing (id INTEGER)"))
        storage().put(b"a file")
        cached_file("picture", "a", lambda: b"octets", ending="png")
        mail = Mail("letter1.x@example", "a@example.be", "b@example.be", b"Dag")
        Folder(Path(made.config["DATA_DIR"]) / "mail").send(mail)
    return counts


def test_everything_is_made_private(tmp_path: Path) -> None:
    counts = fill(site(tmp_path / "data", SECRET_KEY=""))

    names = {one.name for one in (tmp_path / "data").rglob("*")}
    assert {"coopcity.sqlite3", "coopcity.sqlite3-wal", "coopcity.sqlite3-shm", "secret-key", "limits.sqlite3"} <= names
    assert counts.check()
    assert {"files", "mail", "made", "letter1.x@example.eml"} <= names
    assert open_to_others(tmp_path / "data") == []


def test_what_an_older_release_left_open_is_closed_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for name in OPEN:
        (folder / name).mkdir(parents=True)
    (folder / "secret-key").write_text("a" * 48)
    held = sqlite3.connect(folder / "coopcity.sqlite3")
    held.execute("PRAGMA journal_mode=WAL")
    held.execute("CREATE TABLE thing (id INTEGER)")
    held.commit()
    assert len(open_to_others(folder)) == 8

    counts = fill(site(folder))

    assert counts.check()
    assert open_to_others(folder) == []
    held.close()


@pytest.mark.parametrize("refuses", [True, False])
def test_a_volume_that_keeps_its_modes_is_named_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], refuses: bool
) -> None:
    """Some answer “not permitted”, others say yes and change nothing; the site works on both."""

    def chmod(_place: Path, _mode: int, **_more: Any) -> None:
        if refuses:
            raise PermissionError(1, "Operation not permitted")

    folder = tmp_path / "data"
    (folder / "mail").mkdir(parents=True)
    monkeypatch.setattr(Path, "chmod", chmod)

    fill(site(folder))

    said = [line for line in capsys.readouterr().err.splitlines() if "data folder open to others" in line]
    assert len(said) == 2
    assert all(str(tmp_path) not in line for line in said)
    assert ("Operation not permitted" if refuses else "mode unchanged") in said[0]


def test_a_folder_that_everybody_shares_is_never_closed(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)

    site(shared)

    assert shared.stat().st_mode & 0o7777 == 0o1777
    assert private.FOLDERS[0] in {one.name for one in shared.iterdir()}
