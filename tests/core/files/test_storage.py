"""Where files are kept: the same promises in a folder and in a bucket."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask import Flask

from app.core.files.storage import Bucket, Folder, Store, storage

NOBODYS = "0" * 64


class Shelf(BaseHTTPRequestHandler):
    """As much of S3 as we speak: objects by their path, in memory."""

    kept: dict[str, bytes]
    last_modified = "Mon, 01 Feb 2016 10:00:00 GMT"
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        self.kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, b"")

    def do_GET(self) -> None:
        found = self.kept.get(self.path)
        self.answer(404 if found is None else 200, found or b"")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        """Several are deleted at once, named in XML."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        keys = re.findall("<Key>(.*?)</Key>", asked)
        for key in keys:
            self.kept.pop(f"{self.path.partition('?')[0].rstrip('/')}/{key}", None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self.answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", self.last_modified)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_said: object) -> None:
        """Quietly."""


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A server that speaks S3, and the settings that lead there."""
    kept: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Shelf,), {"kept": kept}))
    monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "one")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "two")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """One of each kind."""
    if request.param == "folder":
        return Folder(tmp_path)
    request.getfixturevalue("shelf")
    return Bucket("s3://ours/files")


def test_what_was_put_is_given_back_until_it_is_deleted(store: Store) -> None:
    digest = store.put(b"een plan")

    assert store.put(b"een plan") == digest
    assert store.get(digest) == b"een plan"
    store.delete(digest)
    store.delete(digest)
    with pytest.raises(FileNotFoundError):
        store.get(digest)


def test_what_was_stored_again_lately_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shelf, "last_modified", format_datetime(datetime.now(UTC), usegmt=True))
    digest = store.put(b"een plan")

    store.delete(digest, untouched_for=timedelta(hours=1))

    assert store.get(digest) == b"een plan"


def test_what_nobody_stored_again_goes(store: Store, tmp_path: Path) -> None:
    digest = store.put(b"een plan")
    for place in tmp_path.rglob(digest):
        os.utime(place, (0, 0))
    store.delete(digest, untouched_for=timedelta(hours=1))
    with pytest.raises(FileNotFoundError):
        store.get(digest)

    store.delete(digest, untouched_for=timedelta(hours=1))

    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_octets_that_are_stored_while_they_are_deleted_are_there_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, rename = Folder(tmp_path), Path.rename
    digest = folder.put(b"een plan")
    place = next(tmp_path.rglob(digest))
    os.utime(place, (0, 0))

    def between(self: Path, to: Path) -> Path:
        folder.put(b"een plan")  # just before the file goes aside
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", between)
    folder.delete(digest, untouched_for=timedelta(hours=1))

    assert folder.get(digest) == b"een plan"


@pytest.mark.parametrize("name", ["", "../etc/passwd", "a" * 63, "A" * 64, NOBODYS + "\n", f"{NOBODYS}/.."])
def test_a_name_that_is_no_digest_leads_nowhere(store: Store, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        store.get(name)
    with pytest.raises(FileNotFoundError):
        store.delete(name)


def test_a_store_knows_whether_it_answers(store: Store) -> None:
    assert store.is_writable()
    with pytest.raises(FileNotFoundError):
        store.get(NOBODYS)


def test_a_bucket_that_is_away_is_not_writable(shelf: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shelf, "do_HEAD", lambda self: self.answer(403, b""))

    assert not Bucket("s3://ours/files").is_writable()


def test_the_setting_chooses(shelf: dict[str, bytes], another_app: Callable[..., Flask]) -> None:
    app: Flask = another_app(FILES_URL="s3://ours/files")

    with app.app_context():
        digest = storage().put(b"een plan")

    assert [path for path in shelf if path.endswith(f"files/{digest[:2]}/{digest}")]
