"""Is this file what it says? Type by content, archives opened once, pictures made anew without place or camera."""

import io
import zipfile
from dataclasses import dataclass

import filetype
from PIL import Image, ImageOps

MEGABYTE = 1_000_000
LARGEST = 5 * MEGABYTE
MOST_PIXELS = 50_000_000
MOST_UNPACKED = 100 * MEGABYTE
MOST_MEMBERS = 2_000
PROGRAMS = ("vbaproject.bin", "basic/", "scripts/")  # macros, in either kind of office file

TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {"jpeg": "jpg"}


@dataclass(frozen=True)
class Accepted:
    """A file that may be kept: its own octets, or the picture made anew."""

    content: bytes
    kind: str

    @property
    def media_type(self) -> str:
        """What the file is served as."""
        return TYPES[self.kind]


@dataclass(frozen=True)
class Rejected:
    """Why not: `empty`, `too_large`, `wrong_kind` or `broken`. The caller has the words."""

    reason: str


def accept(content: bytes, kinds: frozenset[str]) -> Accepted | Rejected:
    """Look at the octets alone; the name and the announced type are claims."""
    if not content:
        return Rejected("empty")
    if len(content) > LARGEST:
        return Rejected("too_large")
    kind = kind_of(content)
    if kind not in kinds:
        return Rejected("wrong_kind")
    if kind in ("jpg", "png"):
        return _new_picture(content, kind)
    whole = _opens_as_pdf(content) if kind == "pdf" else _opens_as_office(content, kind)
    return Accepted(content, kind) if whole else Rejected("broken")


def kind_of(content: bytes) -> str | None:
    """The kind by content, one of TYPES, or None for everything we do not take."""
    found = filetype.guess(content)
    if found is None:
        return None
    ending = ENDINGS.get(found.extension, found.extension)
    if ending == "zip":
        ending = _office_kind(content)
    return ending if ending in TYPES else None


def _office_kind(content: bytes) -> str:
    """Office files whose parts stand in an unusual order look like any archive: read their table of contents."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return "odt" if archive.read("mimetype").decode("ascii", "replace") == TYPES["odt"] else "zip"
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError):
        pass
    return "zip"


def _opens_as_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _opens_as_office(content: bytes, kind: str) -> bool:
    """The archive opens, holds its document, and does not unpack into a flood."""
    document = {"docx": "word/document.xml", "odt": "content.xml"}[kind]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            flood = sum(member.file_size for member in members) > MOST_UNPACKED or len(members) > MOST_MEMBERS
            programs = any(mark in member.filename.lower() for member in members for mark in PROGRAMS)
            return not flood and not programs and document in archive.namelist() and archive.testzip() is None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False


def _new_picture(content: bytes, kind: str) -> Accepted | Rejected:
    """Draw the picture again: turned as the camera said, without the place where it was taken."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return Rejected("broken")
            picture = ImageOps.exif_transpose(opened)
            picture = picture.convert("RGB" if kind == "jpg" or picture.mode not in ("RGBA", "LA", "P") else "RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, EOFError):
        return Rejected("broken")
    drawn = io.BytesIO()
    picture.save(
        drawn, "JPEG" if kind == "jpg" else "PNG", **({"quality": 90} if kind == "jpg" else {"optimize": True})
    )
    return Accepted(drawn.getvalue(), kind)
