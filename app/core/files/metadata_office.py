"""Remove author, company and the names on comments and changes from DOCX, ODT and XLSX."""

import io
import re
import zipfile

from app.core.files import metadata_pictures

EPOCH = (1980, 1, 1, 0, 0, 0)
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
PACKAGE, OFFICE = (
    "http://schemas.openxmlformats.org/package/2006",
    "http://schemas.openxmlformats.org/officeDocument/2006",
)
OPEN = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
EMPTY = {
    "docprops/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
    "docprops/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties"/>',
    "docprops/custom.xml": f'<Properties xmlns="{OFFICE}/custom-properties"/>',
    "meta.xml": f'<office:document-meta xmlns:office="{OPEN}"><office:meta/></office:document-meta>',
}
MARKUP, SHEETS = (".xml", ".rdf"), (".xlsx", ".docx", ".odt", ".ods")
TAG = re.compile(r"<[A-Za-z][^<>]*>")
VALUE = r"""(\s*=\s*)(?:"[^"]*"|'[^']*')"""
BESIDE = re.compile(rf"(?<![\w:.-])((?:[\w.-]+:)?(?:author|initials|lastModifiedBy|userName)){VALUE}")
PERSON = re.compile(rf"(?<![\w:.-])((?:[\w.-]+:)?(?:author|displayName|userId|providerId)){VALUE}")
PEOPLE = ("people", "persons/")
ELEMENTS = re.compile(
    r"<((?:[\w.-]+:)?(?:creator|initial-creator|creator-initials|sender-initials|author|lastModifiedBy))"
    r"((?:\s[^<>]*)?)>[^<]*</\1\s*>"
)


def without_metadata(content: bytes) -> bytes:
    """The same archive with each part cleaned according to its type."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(written, "w") as made:
        for member in archive.infolist():
            part = zipfile.ZipInfo(member.filename, EPOCH)
            part.compress_type = member.compress_type
            made.writestr(part, _part(member.filename.lower(), archive.read(member)))
    return written.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name in EMPTY:
        return DECLARATION + EMPTY[name].encode()
    if name.endswith(MARKUP):
        return _markup(content, PERSON if any(part in name for part in PEOPLE) else BESIDE)
    if name.endswith(SHEETS) and zipfile.is_zipfile(io.BytesIO(content)):
        return without_metadata(content)
    return metadata_pictures.without_metadata(content)


def _markup(content: bytes, attributes: re.Pattern[str]) -> bytes:
    """Remove the names on comments and changes; the text stays."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else "latin-1"  # latin-1 keeps every byte, whatever the encoding really is
    text = TAG.sub(lambda tag: attributes.sub(r'\1\2""', tag[0]), content.decode(encoding))
    return ELEMENTS.sub(r"<\1\2></\1>", text).encode(encoding)
