"""Many files as one ZIP: for each a folder with its paper and what was attached."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from flask import Response, stream_with_context
from zipstream import ZIP_DEFLATED, ZipStream

from app.core.files.storage import storage

UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
LONGEST = 100
Piece = tuple[str, Callable[[], bytes]]


def archive(pieces: Iterator[Piece], *, name: str) -> Response:
    """The ZIP as an answer that is sent while it is made: one piece is in memory at a time."""
    zipped = ZipStream(compress_type=ZIP_DEFLATED)

    def stream() -> Iterator[bytes]:
        taken: set[str] = set()
        for path, make in pieces:
            zipped.add(make(), _free(path, taken))
            yield from zipped.all_files()
        yield from zipped.finalize()

    answer = Response(stream_with_context(stream()), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def stored(digest: str) -> bytes:
    """What was attached; an empty file stands for what the storage lost, so that the rest still comes."""
    try:
        return storage().get(digest)
    except FileNotFoundError:
        return b""


def safe(name: str) -> str:
    """A file's name that every system can unpack, and that leads nowhere else."""
    cleaned = UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip(" .-") or "-"
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:LONGEST]}.{ending[:10]}" if dot and stem else cleaned[:LONGEST]


def _free(path: str, taken: set[str]) -> str:
    """The path, with a number where another file has it already."""
    folder, _slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    found, number = path, 1
    while found.casefold() in taken:
        number += 1
        found = f"{folder}/{stem or ending} ({number}){dot}{ending if stem else ''}"
    taken.add(found.casefold())
    return found
