"""Keep the data folder private: no other account of the machine may read letters, files or the database."""

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
)  # what SQLite and `app/core/db/write_queue.py` keep beside a database


def init_app(app: Flask) -> None:
    """Restrict existing files that an older release or a copy left readable; new ones are created private."""
    root = Path(app.config["DATA_DIR"])
    for place in (root, *(root / name for name in FOLDERS)):
        _close(place, FOLDER_MODE)
    for place in _files(root, str(app.config["SQLALCHEMY_DATABASE_URI"])):
        _close(place, FILE_MODE)


def make_folder(place: Path) -> None:
    """Create a folder and its parents with access for this account only; an existing folder stays as it is."""
    if not place.parent.is_dir():
        make_folder(place.parent)
    place.mkdir(mode=FOLDER_MODE, exist_ok=True)


def make_file(place: Path | str) -> None:
    """Create an empty private file if there is none; SQLite reports the error when that fails."""
    with suppress(OSError):
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))


def write(place: Path, content: bytes) -> None:
    """Write a file that only this account may read."""
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE), "wb") as file:
        file.write(content)


def _files(root: Path, database: str) -> Iterator[Path]:
    for name in FILES:
        yield from (root / f"{name}{end}" for end in BESIDE)
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        yield from (Path(f"{url.database}{end}") for end in BESIDE)


def _close(place: Path, mode: int) -> None:
    """Remove access for others; log a warning when the file system refuses, or accepts and ignores it."""
    reason = ""
    try:
        found = place.stat()
        if found.st_mode & stat.S_ISVTX:
            # shared folders such as /tmp: restricting them would break the machine for others
            reason = "shared with everybody"
        elif stat.S_IMODE(found.st_mode) & ~mode:
            place.chmod(mode)
            reason = "mode unchanged" if stat.S_IMODE(place.stat().st_mode) & ~mode else ""
    except FileNotFoundError:
        return
    except OSError as refused:
        reason = refused.strerror or type(refused).__name__
    if reason:
        log.warning("data folder open to others", place=place.name, wanted=f"{mode:o}", reason=reason)
