"""Content-addressed storage in a folder or a bucket; writes are atomic."""

import hashlib
import os
import re
import secrets
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, current_app

from app.core import clock, private

AT_ONCE = timedelta(0)
DIGEST = re.compile(r"[0-9a-f]{64}")


class Store(Protocol):
    """Stores files under their SHA-256; the same content is stored once."""

    def put(self, content: bytes) -> str:
        """Store the content durably and return its digest."""

    def put_as(self, digest: str, content: bytes) -> None:
        """Store a derived file that can be made again, under the digest of its source."""

    def get(self, digest: str) -> bytes:
        """The content. Raises FileNotFoundError."""

    def delete(self, digest: str, *, untouched_for: timedelta = AT_ONCE) -> bool:
        """Delete the content, unless it was stored again recently. True when it is gone. Idempotent."""

    def is_writable(self) -> bool:
        """True when a file could be stored now."""


class Folder:
    """On a local disk."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Write, fsync, and return the digest."""
        digest = hashlib.sha256(content).hexdigest()
        if not _touched(self._place(digest)):
            self.put_as(digest, content)
        return digest

    def put_as(self, digest: str, content: bytes) -> None:
        """Write atomically under this digest."""
        place = self._place(digest)
        private.make_folder(place.parent)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _touched(Path(temporary))
        Path(temporary).replace(place)
        _sync_folder(place.parent)

    def get(self, digest: str) -> bytes:
        """The content. Raises FileNotFoundError."""
        return self._place(digest).read_bytes()

    def delete(self, digest: str, *, untouched_for: timedelta = AT_ONCE) -> bool:
        """Delete the content, unless it was stored again recently. True when it is gone. Idempotent.

        The file is renamed first: a concurrent `put` of the same content writes it again, or has updated the time of
        the renamed file, which is then restored.
        """
        place, limit = self._place(digest), (clock.now() - untouched_for).timestamp()
        aside = place.with_name(f".{digest}.{secrets.token_hex(4)}")
        try:
            if untouched_for and place.stat().st_mtime > limit:
                return False
            place.rename(aside)
        except FileNotFoundError:
            return True
        if untouched_for and aside.stat().st_mtime > limit:
            aside.replace(place)
            return False
        aside.unlink()
        return True

    def is_writable(self) -> bool:
        """True when a file could be stored now."""
        return self.root.is_dir() and os.access(self.root, os.W_OK)

    def _place(self, digest: str) -> Path:
        return self.root / _key(digest)


class Bucket:
    """In S3-compatible object storage."""

    def __init__(self, url: str) -> None:
        # Imported only where it is configured. Keys and region come from AWS_* (docs/settings.md).
        import obstore  # noqa: PLC0415
        from obstore.store import S3Store  # noqa: PLC0415

        self._library: Any = obstore
        self._bucket = S3Store.from_url(
            url, client_options={"allow_http": True, "timeout": "20s"}, retry_config={"max_retries": 2}
        )

    def put(self, content: bytes) -> str:
        """Store the content and return its digest; the bucket has confirmed it."""
        digest = hashlib.sha256(content).hexdigest()
        self.put_as(digest, content)
        return digest

    def put_as(self, digest: str, content: bytes) -> None:
        """Store the content under this digest."""
        self._library.put(self._bucket, _key(digest), content)

    def get(self, digest: str) -> bytes:
        """The content. Raises FileNotFoundError."""
        return bytes(self._library.get(self._bucket, _key(digest)).bytes())

    def delete(self, digest: str, *, untouched_for: timedelta = AT_ONCE) -> bool:
        """Delete the content, unless it was stored again recently. True when it is gone. Idempotent."""
        if untouched_for:
            try:
                stored_at = self._library.head(self._bucket, _key(digest))["last_modified"]
            except FileNotFoundError:
                return True
            if stored_at > clock.now() - untouched_for:
                return False
        self._library.delete(self._bucket, _key(digest))
        return True

    def is_writable(self) -> bool:
        """True when the bucket answers a request for a file that does not exist."""
        try:
            self._library.head(self._bucket, _key("0" * 64))
        except FileNotFoundError:
            return True
        except Exception:  # noqa: BLE001 - whatever keeps it from answering
            return False
        return True


def init_app(app: Flask) -> None:
    """Open the bucket or folder of FILES_URL; default: `files` in the data folder."""
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
    """Set the file's time to now; False when it does not exist."""
    now = clock.now().timestamp()
    try:
        os.utime(place, (now, now))
    except FileNotFoundError:
        return False
    return True


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
