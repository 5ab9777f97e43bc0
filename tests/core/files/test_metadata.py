"""Copies without the name of their author: nothing planted is left, the text still is, and the file still opens."""

import io
import re
import zlib

import pytest
from PIL import Image

from app.core.files import office, pdf
from app.core.files.check import TYPES
from app.core.files.metadata import Unremovable, without_metadata
from tests.torture.archives import a_docx, a_sheet, an_odt, members
from tests.torture.images import a_picture, segment, with_chunk
from tests.torture.pdfs import a_pdf, a_stream, all_packed, packed_objects

CORE = '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>PLANTED</dc:creator></cp:coreProperties>'
APP = '<Properties xmlns="p"><Company>PLANTED</Company><Manager>PLANTED</Manager></Properties>'
REMARK = '<w:comments xmlns:w="w"><w:comment w:author="PLANTED" w:initials="PLANTED">Kept</w:comment></w:comments>'
PEOPLE = '<w:people xmlns:w="w"><w:person w:author="PLANTED"><w:p w:userId="PLANTED"/></w:person></w:people>'
INSERTED = "<w:ins w:author='PLANTED'><w:r><w:t>Kept author=\"PLAIN\"</w:t></w:r></w:ins>"
META = '<office:document-meta xmlns:office="o" xmlns:dc="d"><dc:creator>PLANTED</dc:creator></office:document-meta>'
NOTE = "<text:note><text:creator>PLANTED</text:creator><text:p>Kept</text:p></text:note>"
SHEET = {
    "docProps/core.xml": CORE,
    "xl/comments1.xml": "<comments><authors><author>PLANTED</author></authors><c>Kept</c></comments>",
    "xl/persons/person.xml": '<persons><person displayName="PLANTED" userId="PLANTED"/></persons>',
    "xl/tables/table1.xml": '<table displayName="Kept"/>',
}
INFO = b"<</Author(PLANTED \\(a\\))/Title<504C414E544544>/Company(PLANTED)/CreationDate(D:2026)>>"
XMP = b"<x:xmpmeta><dc:creator>PLANTED</dc:creator></x:xmpmeta>"
HEAD = b"/Type/Metadata/Subtype/XML"
REMARKED = b"<</Type/Annot/Subtype/Text/T(PLANTED)/Contents(Kept)>>"
STREAM = re.compile(rb">>\nstream\n(.*?)\nendstream", re.DOTALL)


def everything(content: bytes) -> bytes:
    """The octets of a PDF and of each of its streams, unpacked."""
    streams = []
    for found in STREAM.finditer(content):
        try:
            streams.append(zlib.decompressobj().decompress(found[1]))
        except zlib.error:
            streams.append(found[1])
    return b"\n".join([content, *streams])


@pytest.mark.parametrize(
    ("kind", "content", "kept"),
    [
        ("docx", a_docx({"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": APP}), 0),
        ("docx", a_docx({"word/comments.xml": REMARK, "word/people.xml": PEOPLE}, body=INSERTED), 2),
        ("docx", a_docx({"word/embeddings/one.xlsx": a_sheet(dict(SHEET))}), 2),
        ("docx", a_docx({"word/media/image2.jpeg": segment(0xE1, b"Exif\0\0PLANTED")}), 0),
        ("odt", an_odt(NOTE, {"meta.xml": META}), 1),
    ],
)
def test_an_office_file_loses_its_author_and_keeps_its_text(kind: str, content: bytes, kept: int) -> None:
    assert any(b"PLANTED" in part for part in members(content).values())

    cleaned = without_metadata(content, TYPES[kind])

    parts = members(cleaned)
    assert [name for name, part in parts.items() if b"PLANTED" in part] == []
    assert sum(part.count(b"Kept") for part in parts.values()) == kept
    assert list(parts) == list(members(content))
    assert office.rejection_of(cleaned, kind) == ""


@pytest.mark.parametrize(
    "content",
    [
        a_pdf(INFO, trailer=b"/Info 6 0 R"),
        a_pdf(b"<</Author 7 0 R>>", b"(PLANTED)", trailer=b"/Info 6 0 R"),
        a_pdf(packed_objects(INFO), trailer=b"/Info 20 0 R"),
        a_pdf(a_stream(XMP, HEAD, packed=False), catalog=b"/Metadata 6 0 R"),
        a_pdf(a_stream(XMP, HEAD), catalog=b"/Metadata 6 0 R"),
        a_pdf(REMARKED),
        a_pdf(a_stream(segment(0xE1, b"Exif\0\0PLANTED"), b"/Subtype/Image/Filter/DCTDecode", packed=False)),
    ],
)
def test_a_pdf_loses_its_author_in_place(content: bytes) -> None:
    assert b"PLANTED" in everything(content) or b"504C414E544544" in everything(content)

    cleaned = without_metadata(content, TYPES["pdf"])

    assert b"PLANTED" not in everything(cleaned)
    assert b"504C414E544544" not in everything(cleaned)
    assert len(cleaned) == len(content)
    assert b"I write HTML/JavaScript" in cleaned
    assert pdf.rejection_of(cleaned) == pdf.rejection_of(content) == ""


def test_a_pdf_without_notes_stays_as_it_is() -> None:
    for content in (a_pdf(), all_packed()):
        assert without_metadata(content, TYPES["pdf"]) == content


def test_a_pdf_whose_notes_do_not_fit_back_is_not_given() -> None:
    tight = a_pdf(a_stream(b"<a/>", b"/Type/Metadata/Filter/FlateDecode", packed=False))

    with pytest.raises(Unremovable):
        without_metadata(tight, TYPES["pdf"])


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("jpg", segment(0xE1, b"Exif\0\0PLANTED")),
        ("jpg", segment(0xED, b"Photoshop 3.0\0PLANTED")),
        ("jpg", segment(0xFE, b"PLANTED")),
        ("png", with_chunk(b"tEXt", b"Author\0PLANTED")),
        ("png", with_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0PLANTED")),
    ],
)
def test_a_picture_keeps_its_dots_alone(kind: str, content: bytes) -> None:
    cleaned = without_metadata(content, TYPES[kind])

    assert b"PLANTED" not in cleaned
    opened = Image.open(io.BytesIO(cleaned))
    assert opened.tobytes() == Image.open(io.BytesIO(a_picture("JPEG" if kind == "jpg" else "PNG"))).tobytes()
