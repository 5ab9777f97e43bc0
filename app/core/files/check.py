"""Check uploads: type by content, safety, and pictures re-encoded without location or camera data."""

from dataclasses import dataclass, replace

import filetype

from app.core.files import checker, office, pdf, pictures, scanner
from app.core.files.storage import storage
from app.core.logs import log
from app.core.sizes import MAX_FILE

TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {"jpeg": "jpg", "apng": "png"}
ARCHIVES = ("zip", "docx", "odt", "xlsx", "pptx", "epub", "odp", "ods")
OLD_OFFICE, PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Accepted:
    """A file that may be stored: its own bytes, or the re-encoded picture; `digest` once it is stored."""

    content: bytes
    kind: str
    digest: str = ""

    @property
    def media_type(self) -> str:
        """The Content-Type it is served with."""
        return TYPES[self.kind]


@dataclass(frozen=True)
class Rejected:
    """Why a file is refused; the caller has the message.

    `empty`, `too_large`, `wrong_kind`, `broken` (does not open, or is two formats at once), `locked` (password),
    `active` (runs or fetches something, or embeds a file), `too_many_pixels`, `heavy` (over the limits of the check),
    `later` (too many checks at once), `unstored`, and from the virus scanner `infected` and `unchecked`.
    """

    reason: str


def accept(content: bytes, kinds: frozenset[str], *, most: int = MAX_FILE) -> Accepted | Rejected:
    """Check by content only; the file name and announced type are not trusted. `most`: the question's limit in bytes.

    A hostile file takes seconds: call it outside transactions.
    """
    if not content:
        return Rejected("empty")
    if len(content) > min(most, MAX_FILE):
        return Rejected("too_large")
    try:
        answer, drawn = checker.checked(content, kinds)
    except checker.Died:
        return Rejected("heavy")
    except checker.Busy:
        return Rejected("later")
    if "failure" in answer:
        log.info("file unreadable", failure=answer["failure"])
    if "rejected" in answer:
        return Rejected(answer["rejected"])
    warning = scanner.verdict(content)  # of the upload; a re-encoded picture contains no virus any more
    return Rejected(warning) if warning else Accepted(drawn or content, answer["accepted"])


def verdict_on(content: bytes, kinds: frozenset[str]) -> tuple[checker.Verdict, bytes]:
    """The result of the child process as JSON values, and the bytes of a re-encoded picture."""
    try:
        found = _inspect(content, kinds)
    except MemoryError:
        return {"rejected": "heavy"}, b""
    except Exception as failure:  # noqa: BLE001 - a decoder may raise anything at all over bytes made to break it
        return {"rejected": "broken", "failure": type(failure).__name__}, b""
    if isinstance(found, Rejected):
        return {"rejected": found.reason}, b""
    return {"accepted": found.kind}, b"" if found.content is content else found.content


def accept_and_store(content: bytes, kinds: frozenset[str], *, most: int = MAX_FILE) -> Accepted | Rejected:
    """Check a file and store it before any row refers to it, so that no transaction waits for a disk or bucket."""
    found = accept(content, kinds, most=most)
    if isinstance(found, Rejected):
        return found
    try:
        return replace(found, digest=storage().put(found.content))
    except Exception as failure:  # noqa: BLE001 - a disk or a bucket has many ways to fail
        log.error("file not stored", failure=type(failure).__name__)
        return Rejected("unstored")


def start_helper() -> None:
    """Fork the process that checks files, before this process has other threads."""
    checker.helper.fork(verdict_on)


def helper_program(handle: int) -> None:
    """The helper as a separate program; `handle` is its end of the socket."""
    checker.main(handle, verdict_on)


def kind_of(content: bytes) -> str | None:
    """The kind by content, one of TYPES, or None."""
    found = filetype.guess(content)
    if found is None:
        return None
    ending = ENDINGS.get(found.extension, found.extension)
    # with parts in an unusual order it looks like another archive: its central directory decides
    if ending in ARCHIVES:
        inside = office.kind_inside(content)
        ending = ending if inside is None else inside
    return ending if ending in TYPES else None


def _inspect(content: bytes, kinds: frozenset[str]) -> Accepted | Rejected:
    kind = kind_of(content)
    if kind not in kinds:
        locked = content.startswith(OLD_OFFICE) and PASSWORD in content and "docx" in kinds
        return Rejected("locked" if locked else "wrong_kind")
    if kind in ("jpg", "png"):
        try:
            return Accepted(pictures.reencode(content, kind, most=MAX_FILE), kind)
        except pictures.Unfit as reason:
            return Rejected(str(reason))
    rejection = pdf.rejection_of(content) if kind == "pdf" else office.rejection_of(content, kind)
    return Rejected(rejection) if rejection else Accepted(content, kind)
