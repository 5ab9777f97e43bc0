"""A cache in the data folder for files that are expensive to make; in no backup and no database."""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import current_app

from app.core import private
from app.core.logs import log

FOLDER = "made"


def cached_file(thing: str, key: str, make: Callable[[], bytes], *, ending: str) -> bytes:
    """The result of `make`, cached per key; earlier keys of the same name are deleted.

    Concurrent callers may both make it; readers never see half a file. If caching fails it is made each time.
    """
    folder = Path(current_app.config["DATA_DIR"]) / FOLDER
    start = _digest(thing)
    place = folder / f"{start}-{_digest(key)}.{ending}"
    with suppress(FileNotFoundError):
        return place.read_bytes()
    content = make()
    try:
        private.make_folder(folder)
        _write(place, content)
        for old in folder.glob(f"{start}-*.{ending}"):
            if old != place:
                old.unlink(missing_ok=True)
    except OSError as reason:
        log.warning("kept", error=str(reason))
    return content


def _write(place: Path, content: bytes) -> None:
    """Write atomically: to a temporary file, then rename."""
    with NamedTemporaryFile(dir=place.parent, suffix=".new", delete=False) as unfinished:
        try:
            unfinished.write(content)
            unfinished.close()
            os.replace(unfinished.name, place)  # noqa: PTH105 - Path would have to be made for the name first
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:20]
