"""Many files as one ZIP: for each a folder with its paper and what was attached."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response

from app.core.exports.sending import as_file
from app.core.files.storage import storage

UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
LONGEST = 100
Piece = tuple[str, Callable[[], bytes]]


def archive(pieces: Iterator[Piece], *, name: str) -> Response:
    """The ZIP as an answer; one piece is in memory at a time."""

    def write(target: IO[bytes]) -> None:
        taken: set[str] = set()
        with ZipFile(target, "w", ZIP_DEFLATED) as zipped:
            for path, make in pieces:
                zipped.writestr(_free(path, taken), make())

    return as_file(write, name=name, media_type="application/zip")


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
