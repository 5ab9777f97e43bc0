"""Several applications as one ZIP: a folder each, with the PDF and the attachments."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import IO, TypeVar
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Response
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from app.core.exports.sending import as_file
from app.core.files.storage import storage
from app.core.logs import log
from app.core.text.cleaning import UNWANTED

UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
LONGEST = 100
T = TypeVar("T")
Piece = tuple[str, Callable[[], bytes]]


def archive(pieces: Iterator[Piece], *, name: str) -> Response:
    """The ZIP as a response; one piece is in memory at a time. A piece that fails is named in a list."""

    def write(target: IO[bytes]) -> None:
        taken: set[str] = set()
        failed: list[str] = []
        with ZipFile(target, "w", ZIP_DEFLATED) as zipped:
            for path, make in pieces:
                content = or_none(make, about=path)
                if content is None:
                    failed.append(path)
                else:
                    zipped.writestr(_free(path, taken), content)
            if failed:
                words = _("These files could not be added. The team of Coopcity can say why.")
                zipped.writestr(safe(_("Not in this archive.txt")), "\r\n".join([words, "", *failed]))

    return as_file(write, name=name, media_type="application/zip")


def or_none(make: Callable[[], T], *, about: str) -> T | None:
    """The result of `make`, or None when it fails: one failure must not stop a bundle. Database errors still do."""
    try:
        return make()
    except SQLAlchemyError:
        raise
    except Exception as reason:  # noqa: BLE001 - whatever is wrong with one file
        log.error("left out of a bundle", about=about, error=type(reason).__name__)
        return None


def stored(digest: str) -> bytes:
    """The attachment's content. Raises FileNotFoundError when the storage lost it."""
    return storage().get(digest)


def safe(name: str) -> str:
    """A file name that every system can unpack, without path components."""
    cleaned = UNSAFE.sub("-", UNWANTED.sub("-", unicodedata.normalize("NFC", name))).strip(" .-") or "-"
    stem, dot, ending = cleaned.rpartition(".")
    return f"{stem[:LONGEST]}.{ending[:10]}" if dot and stem else cleaned[:LONGEST]


def _free(path: str, taken: set[str]) -> str:
    """The path, numbered when another file has it."""
    folder, _slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    found, number = path, 1
    while found.casefold() in taken:
        number += 1
        found = f"{folder}/{stem or ending} ({number}){dot}{ending if stem else ''}"
    taken.add(found.casefold())
    return found
