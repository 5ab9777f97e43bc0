"""The data folder is this program's alone: no other account of the machine reads letters, files or the database."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flask import Flask
from sqlalchemy.engine import make_url

from app.core.logs import log

FOLDER_MODE, FILE_MODE = 0o700, 0o600
FOLDERS = ("files", "mail", "made")
FILES = ("secret-key", "limits.sqlite3", "looks.waiting", "looks.taken")
BESIDE = (
    "",
    "-wal",
    "-shm",
    "-journal",
    "-turn",
)  # what SQLite, and app/core/db/write_queue.py, keep beside a database


def init_app(app: Flask) -> None:
    """Mend what an older release, or a copy, left open; what is made later is made private."""
    root = Path(app.config["DATA_DIR"])
    for place in (root, *(root / name for name in FOLDERS)):
        _close(place, FOLDER_MODE)
    for place in _files(root, str(app.config["SQLALCHEMY_DATABASE_URI"])):
        _close(place, FILE_MODE)


def make_folder(place: Path) -> None:
    """Make a folder, and those above it, that only this program may enter; one that exists stays as it is."""
    if not place.parent.is_dir():
        make_folder(place.parent)
    place.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_file(place: Path | str) -> None:
    """Make an empty file that only this program may read, where there is none yet; SQLite says it when none can be."""
    with suppress(OSError):
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))


def write(place: Path, content: bytes) -> None:
    """Write a file that only this program may read."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE), "wb") as file:
        file.write(content)


def _files(root: Path, database: str) -> Iterator[Path]:
    for name in FILES:
        yield from (root / f"{name}{end}" for end in BESIDE)
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        yield from (Path(f"{url.database}{end}") for end in BESIDE)


def _close(place: Path, mode: int) -> None:
    """Take away what others may do; a warning where the machine does not let us, or says yes and does nothing."""
    reason = ""
    try:
        found = place.stat()
        if found.st_mode & stat.S_ISVTX:
            reason = "shared with everybody"  # /tmp and its like: closing it would break the machine for all others
        elif stat.S_IMODE(found.st_mode) & ~mode:
            place.chmod(mode)
            reason = "mode unchanged" if stat.S_IMODE(place.stat().st_mode) & ~mode else ""
    except FileNotFoundError:
        return
    except OSError as refused:
        reason = refused.strerror or type(refused).__name__
    if reason:
        log.warning("data folder open to others", place=place.name, wanted=f"{mode:o}", reason=reason)
