"""Check DOCX and ODT: unpack every member in pieces, parse every XML, refuse what runs or fetches something."""

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import IO

from app.core.files import markup

MOST_MEMBERS = 2_000
MOST_UNPACKED = 100_000_000
MOST_MARKUP = 40_000_000
LOCAL_HEADER, DESCRIPTOR, CLOSING = 30, 24, 22
SNIFFED = 8
MOST_SHEET = 5_000_000
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ODT = b"application/vnd.oasis.opendocument.text"
UNREADABLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    zlib.error,
    struct.error,
    markup.Unreadable,
)

MAIN = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "odt": re.compile(r"content\.xml"),
    "xlsx": re.compile(r"xl/workbook\.xml"),
}
SHEET = re.compile(r"word/embeddings/[^/]+\.xlsx")  # the data behind a chart
PROGRAMS = re.compile(
    r"(vbaproject|vbadata|/activex/|^basic/|^scripts/|^dialogs/|/afchunk|oleobject)"
    r"|\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|class|lnk|msi|reg|sh|py|php|html?|svgz?|swf|iso|rtf)$",
    re.IGNORECASE,
)
BEGINNINGS = (
    b"MZ",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf",
    b"#!/",
    b"\xca\xfe\xba\xbe",
    b"%PDF",
    b"{\\rtf",
)
MARKUP = (".xml", ".rels", ".rdf")

NEAR = re.compile(r"(?![a-z][a-z0-9+.-]*:|\\|//)", re.IGNORECASE)  # inside the archive or next to it
LINK = re.compile(r"(https?|mailto|tel|ftp|callto|skype|sip|whatsapp|geo):|[a-z0-9-]+\.[a-z0-9.-]+:\d", re.IGNORECASE)
# paths on the author's own machine: nothing is there for others
OWN_DISK = re.compile(r"file:///[a-z]:|[a-z]:[\\/]", re.IGNORECASE)
FETCHED = re.compile(r"/(afchunk|oleobject|control|vbaproject|attachedtoolbars|subdocument|frame)$", re.IGNORECASE)
FIELD = re.compile(
    r"\s*(?:(?:DDE|DDEAUTO|LINK)\b|INCLUDE(?:TEXT|PICTURE)\s+\"?\s*(?:https?:|file://[^/]|\\\\))", re.IGNORECASE
)
LONGEST_FIELD = 2_000
ACTING = {"script", "event-listener", "object-ole", "applet", "plugin", "dde-source", "dde-connection-decl"}


class UnsafeFile(Exception):
    """Why the file is refused: `broken`, `locked` or `active`."""


def rejection_of(content: bytes, kind: str) -> str:
    """An empty string when the file may be stored; otherwise `broken`, `locked` or `active`."""
    try:
        _Inspection().at(content, kind)
    except UnsafeFile as found:
        return str(found)
    except UNREADABLE:
        return "broken"
    return ""


class _Inspection:
    """One check; an embedded spreadsheet shares its budget."""

    def __init__(self) -> None:
        self._room_left = MOST_UNPACKED
        self._markup_left = MOST_MARKUP

    def at(self, content: bytes, kind: str) -> None:
        """Raises UnsafeFile, or errors of `zipfile`."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _judge_order(content, archive, members)
            if not any(MAIN[kind].fullmatch(member.filename) for member in members):
                raise UnsafeFile("broken")
            for member in members:
                _judge_name(member)
                self._room_left -= member.file_size
                if self._room_left < 0:
                    raise UnsafeFile("broken")
            for member in members:
                with archive.open(member) as unpacked:
                    self._judge(kind, member, unpacked)

    def _judge(self, kind: str, member: zipfile.ZipInfo, unpacked: IO[bytes]) -> None:
        """Unpack one member completely, which verifies size and checksum."""
        name = member.filename.lower()
        if kind == "docx" and SHEET.fullmatch(name) and member.file_size <= MOST_SHEET:
            self.at(unpacked.read(), "xlsx")
        elif name.endswith(MARKUP):
            self._markup_left -= member.file_size
            if self._markup_left < 0:
                raise UnsafeFile("broken")
            markup.read(unpacked, *_watched(kind, name))
        elif unpacked.read(SNIFFED).startswith(BEGINNINGS):
            raise UnsafeFile("active")
        while unpacked.read(markup.PIECE):
            pass


def _watched(kind: str, name: str) -> tuple[markup.Seen | None, str]:
    """The callback for the elements of this part, and the elements whose text matters."""
    if name.endswith(".rels"):
        return _judge_relation, ""
    if name == "[content_types].xml":
        return _judge_type, ""
    if name == "meta-inf/manifest.xml":
        return _judge_manifest, ""
    if kind == "odt":
        return _judge_element, ""
    return (_Fields().judge, "instrText") if re.fullmatch(r"word/[^/]+\.xml", name) else (None, "")


def _judge_order(content: bytes, archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Exactly one archive: no bytes before, between or after members, and no duplicates."""
    if len(members) > MOST_MEMBERS or not content[-CLOSING:].startswith(b"PK\x05\x06"):
        raise UnsafeFile("broken")
    if len({member.filename.lower() for member in members}) != len(members):
        raise UnsafeFile("broken")
    place = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if not 0 <= member.header_offset - place <= DESCRIPTOR:
            raise UnsafeFile("broken")
        head = content[member.header_offset : member.header_offset + LOCAL_HEADER]
        name_length, extra_length = struct.unpack("<HH", head[26:30])
        place = member.header_offset + LOCAL_HEADER + name_length + extra_length + member.compress_size
    if not 0 <= archive.start_dir - place <= DESCRIPTOR:
        raise UnsafeFile("broken")


def _judge_name(member: zipfile.ZipInfo) -> None:
    """A plain name of a regular member, not encrypted, not outside the archive."""
    name = member.orig_filename
    if member.flag_bits & 0x1:
        raise UnsafeFile("locked")
    if "\x00" in name or "\\" in name or ":" in name or name.startswith("/") or ".." in name.split("/"):
        raise UnsafeFile("broken")
    if stat.S_ISLNK(member.external_attr >> 16) or member.compress_type not in PACKED:
        raise UnsafeFile("broken")
    if PROGRAMS.search(name):
        raise UnsafeFile("active")


def _judge_relation(name: str, attributes: dict[str, str]) -> None:
    """Word's relationships: hyperlinks may point outside, everything else must not."""
    if name != "Relationship":
        return
    kind, target = attributes.get("Type", ""), attributes.get("Target", "").strip()
    outside = attributes.get("TargetMode", "").lower() == "external"
    if FETCHED.search(kind):
        raise UnsafeFile("active")
    if not outside:
        allowed = NEAR.match(target)
    elif kind.endswith("/hyperlink"):
        allowed = NEAR.match(target) or LINK.match(target) or OWN_DISK.match(target)
    else:
        allowed = OWN_DISK.match(target) if kind.endswith(("/attachedTemplate", "/image")) else None
    if not allowed:
        raise UnsafeFile("active")


def _judge_type(_name: str, attributes: dict[str, str]) -> None:
    if re.search(r"macroenabled|vbaproject|activex|oleobject", attributes.get("ContentType", ""), re.IGNORECASE):
        raise UnsafeFile("active")


def _judge_manifest(name: str, _attributes: dict[str, str]) -> None:
    if name == "encryption-data":
        raise UnsafeFile("locked")


def _judge_element(name: str, attributes: dict[str, str]) -> None:
    """OpenDocument: active content is an element; external content a link that is not a hyperlink."""
    target = attributes.get("href", "").strip()
    harmless = NEAR.match(target) or OWN_DISK.match(target) or (name == "a" and LINK.match(target))
    if name in ACTING or not harmless:
        raise UnsafeFile("active")


class _Fields:
    """Word's fields, joined from their runs: some fetch a file or start a program on opening."""

    def __init__(self) -> None:
        self._words = ""

    def judge(self, name: str, attributes: dict[str, str]) -> None:
        """The instruction is in an attribute, or in consecutive texts."""
        if name == "fldChar":
            self._words = ""
        elif name == "instrText":
            self._words = (self._words + attributes.get("", ""))[:LONGEST_FIELD]
        elif name != "fldSimple":
            return
        if FIELD.match(attributes.get("instr", "")) or FIELD.match(self._words):
            raise UnsafeFile("active")


def kind_inside(content: bytes) -> str | None:
    """The kind of office file by its central directory; empty for another archive, None without one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(MAIN["docx"].fullmatch(name) for name in names):
                return "docx"
            is_odt = "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT)
            return "odt" if is_odt and archive.read("mimetype") == ODT else ""
    except UNREADABLE:
        return None
