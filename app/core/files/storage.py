"""Files named after their content, in a folder or in a bucket: written whole or not at all."""

import hashlib
import os
import re
import secrets
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, current_app

from app.core import private

AT_ONCE = timedelta(0)
DIGEST = re.compile(r"[0-9a-f]{64}")


class Store(Protocol):
    """Keeps octets under their SHA-256; the same file twice is one file."""

    def put(self, content: bytes) -> str:
        """Store the octets for good and return their digest."""

    def put_as(self, digest: str, content: bytes) -> None:
        """Store something that we made and can make again, under the digest of what it was made of."""

    def get(self, digest: str) -> bytes:
        """The octets. Raises FileNotFoundError."""

    def delete(self, digest: str, *, untouched_for: timedelta = AT_ONCE) -> None:
        """Take the octets away, unless they were stored again so lately; nothing happens when they are gone."""

    def is_writable(self) -> bool:
        """Could a file be stored now?"""


class Folder:
    """On the disk of this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Store the octets on the disk, synced, and return their digest."""
        digest = hashlib.sha256(content).hexdigest()
        if not _touched(self._place(digest)):
            self.put_as(digest, content)
        return digest

    def put_as(self, digest: str, content: bytes) -> None:
        """Store the octets under this digest, whole or not at all."""
        place = self._place(digest)
        private.make_folder(place.parent)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(place)
        _sync_folder(place.parent)

    def get(self, digest: str) -> bytes:
        """The octets. Raises FileNotFoundError."""
        return self._place(digest).read_bytes()

    def delete(self, digest: str, *, untouched_for: timedelta = AT_ONCE) -> None:
        """Take the octets away, unless they were stored again so lately; nothing happens when they are gone.

        The file goes aside first: whoever stores the same octets meanwhile writes them anew, or has touched the file
        that went aside, which then comes back.
        """
        place, limit = self._place(digest), time.time() - untouched_for.total_seconds()
        aside = place.with_name(f".{digest}.{secrets.token_hex(4)}")
        try:
            if untouched_for and place.stat().st_mtime > limit:
                return
            place.rename(aside)
        except FileNotFoundError:
            return
        if untouched_for and aside.stat().st_mtime > limit:
            aside.replace(place)
            return
        aside.unlink()

    def is_writable(self) -> bool:
        """Could a file be stored now?"""
        return self.root.is_dir() and os.access(self.root, os.W_OK)

    def _place(self, digest: str) -> Path:
        return self.root / _key(digest)


class Bucket:
    """In object storage that speaks S3, for machines that come and go."""

    def __init__(self, url: str) -> None:
        # Only a deployment that asks for it waits for this library. Keys and region come from AWS_* (docs/settings.md).
        import obstore  # noqa: PLC0415
        from obstore.store import S3Store  # noqa: PLC0415

        self._library: Any = obstore
        self._bucket = S3Store.from_url(
            url, client_options={"allow_http": True, "timeout": "20s"}, retry_config={"max_retries": 2}
        )

    def put(self, content: bytes) -> str:
        """Store the octets and return their digest; the answer comes when they are kept."""
        digest = hashlib.sha256(content).hexdigest()
        self.put_as(digest, content)
        return digest

    def put_as(self, digest: str, content: bytes) -> None:
        """Store the octets under this digest."""
        self._library.put(self._bucket, _key(digest), content)

    def get(self, digest: str) -> bytes:
        """The octets. Raises FileNotFoundError."""
        return bytes(self._library.get(self._bucket, _key(digest)).bytes())

    def delete(self, digest: str, *, untouched_for: timedelta = AT_ONCE) -> None:
        """Take the octets away, unless they were stored again so lately; nothing happens when they are gone."""
        if untouched_for:
            try:
                stored_at = self._library.head(self._bucket, _key(digest))["last_modified"]
            except FileNotFoundError:
                return
            if stored_at > datetime.now(UTC) - untouched_for:
                return
        self._library.delete(self._bucket, _key(digest))

    def is_writable(self) -> bool:
        """Does the storage answer? One question about a file that nobody has."""
        try:
            self._library.head(self._bucket, _key("0" * 64))
        except FileNotFoundError:
            return True
        except Exception:  # noqa: BLE001 - whatever keeps it from answering
            return False
        return True


def init_app(app: Flask) -> None:
    """Open the bucket or folder that FILES_URL names, `files` in the data folder by default."""
    url = str(app.config["FILES_URL"])
    if url.startswith("s3:"):
        app.extensions["files"] = Bucket(url)
        return
    named = url.removeprefix("folder:")
    root = Path(named) if named else Path(app.config["DATA_DIR"]) / "files"
    private.make_folder(root)
    app.extensions["files"] = Folder(root)


def storage() -> Store:
    """The store of this application."""
    store: Store = current_app.extensions["files"]
    return store


def _key(digest: str) -> str:
    if not DIGEST.fullmatch(digest):
        raise FileNotFoundError(digest)
    return f"{digest[:2]}/{digest}"


def _touched(place: Path) -> bool:
    """Is the file there? Then it counts as stored now."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
