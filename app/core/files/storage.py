"""A folder of files named after their content: written whole or not at all, never under a name that somebody chose."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from flask import Flask, current_app

DIGEST = re.compile(r"[0-9a-f]{64}")


class Folder:
    """Keeps octets under their SHA-256; the same file twice is one file."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Store the octets on the disk, synced, and return their digest."""
        digest = hashlib.sha256(content).hexdigest()
        place = self._place(digest)
        if place.exists():
            return digest
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
        _sync_folder(place.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The octets. Raises FileNotFoundError."""
        return self._place(digest).read_bytes()

    def delete(self, digest: str) -> None:
        """Take the octets away; nothing happens when they are gone already."""
        self._place(digest).unlink(missing_ok=True)

    def is_writable(self) -> bool:
        """Could a file be stored now?"""
        return self.root.is_dir() and os.access(self.root, os.W_OK)

    def _place(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest


def init_app(app: Flask) -> None:
    """Open the folder that FILES_URL names, `files` in the data folder by default."""
    named = app.config["FILES_URL"].removeprefix("folder:")
    root = Path(named) if named else Path(app.config["DATA_DIR"]) / "files"
    root.mkdir(parents=True, exist_ok=True)
    app.extensions["files"] = Folder(root)


def storage() -> Folder:
    """The store of this application."""
    store: Folder = current_app.extensions["files"]
    return store


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
