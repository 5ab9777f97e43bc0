"""Files that people send: taken by what they are, never by what they say."""

import io
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.core.errors import NotFound
from app.core.files.check import TYPES, Accepted, Rejected, accept, kind_of
from app.core.files.reply import as_attachment
from app.core.files.storage import Folder
from app.core.sizes import MAX_FILE

EVERY = frozenset(TYPES)
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ODT = TYPES["odt"]
EXE = b"MZ" + b"\x00" * 400
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"<!doctype html><script>alert(1)</script>"


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P") else (200, 30, 30, 128)[: len(mode)]).save(drawn, kind, **options)
    return drawn.getvalue()


def an_archive(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def a_docx(**more: bytes) -> bytes:
    return an_archive(
        {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<r/>", "word/document.xml": b"<w/>", **more}
    )


def an_odt() -> bytes:
    return an_archive({"mimetype": ODT.encode(), "content.xml": b"<c/>"}, compression=zipfile.ZIP_STORED)


GOOD = {"pdf": PDF, "jpg": a_picture("JPEG"), "png": a_picture("PNG"), "docx": a_docx(), "odt": an_odt()}


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_each_kind_is_taken_for_what_it_is(kind: str) -> None:
    found = accept(GOOD[kind], EVERY)

    assert isinstance(found, Accepted)
    assert (found.kind, found.media_type) == (kind, TYPES[kind])


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_a_question_takes_only_its_own_kinds(kind: str) -> None:
    assert accept(GOOD[kind], EVERY - {kind}) == Rejected("wrong_kind")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-" + b"x" * MAX_FILE, "too_large"),
        (EXE, "wrong_kind"),
        (SVG, "wrong_kind"),
        (HTML, "wrong_kind"),
        (b"GIF89a" + b"\x00" * 50, "wrong_kind"),
        (b"plain text", "wrong_kind"),
        (b"\x00" * 500, "wrong_kind"),
        (an_archive({"x.txt": b"x"}), "wrong_kind"),
        (an_archive({"xl/workbook.xml": b"<x/>", "[Content_Types].xml": b"<Types/>"}), "wrong_kind"),
        (an_archive({"mimetype": b"application/epub+zip", "content.xml": b"x"}), "wrong_kind"),
        (a_docx(**{"word/vbaProject.bin": b"macro"}), "active"),
        (b"%PDF-1.7 cut off", "broken"),
        (a_picture("JPEG")[:200], "broken"),
        (a_picture("PNG")[:80], "broken"),
        (a_docx()[:-30], "broken"),
    ],
)
def test_what_is_not_taken_and_why(content: bytes, reason: str) -> None:
    assert accept(content, EVERY) == Rejected(reason)


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = a_docx(**{"word/media/zero.bin": b"\x00" * 101_000_000})

    assert len(bomb) < MAX_FILE
    assert accept(bomb, EVERY) == Rejected("broken")


def test_an_archive_of_thousands_of_members_is_not_opened() -> None:
    flood = a_docx(**{f"word/{number}.xml": b"" for number in range(2_001)})

    assert accept(flood, EVERY) == Rejected("broken")


def test_a_bomb_that_lies_about_its_size_is_broken() -> None:
    honest = a_docx(**{"word/big.bin": b"\x00" * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))

    assert accept(lying, EVERY) == Rejected("broken")


def test_a_picture_of_too_many_pixels_is_not_drawn() -> None:
    assert accept(a_picture("PNG", (8_000, 7_000), "L"), EVERY) == Rejected("too_many_pixels")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_forgets_where_it_was_taken(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Amina"
    exif.get_ifd(0x8825)[2] = (50.0, 49.0, 48.0)

    found = accept(a_picture(kind, exif=exif), EVERY)

    assert isinstance(found, Accepted)
    assert b"Amina" not in found.content
    with Image.open(io.BytesIO(found.content)) as drawn:
        assert not drawn.getexif()


def test_a_picture_stands_as_the_camera_held_it() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter

    found = accept(a_picture("JPEG", (60, 40), exif=exif), EVERY)

    assert isinstance(found, Accepted)
    with Image.open(io.BytesIO(found.content)) as drawn:
        assert drawn.size == (40, 60)


@pytest.mark.parametrize("hidden", [HTML, b"<?php system($_GET[0]); ?>", an_archive({"evil.class": b"\xca\xfe"})])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_travels_along_behind_a_picture(kind: str, hidden: bytes) -> None:
    found = accept(a_picture(kind) + hidden, EVERY)

    assert isinstance(found, Accepted)
    assert hidden not in found.content


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_drawn(mode: str) -> None:
    drawn = io.BytesIO()
    Image.new(mode, (9, 9)).save(drawn, "JPEG" if mode == "CMYK" else "PNG")

    assert isinstance(accept(drawn.getvalue(), EVERY), Accepted)


def test_no_octets_whatever_break_the_check() -> None:
    chance = random.Random(7)
    for good in GOOD.values():
        for _ in range(60):
            damaged = bytearray(good)
            for _ in range(chance.randrange(1, 12)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            cut = bytes(damaged[: chance.randrange(1, len(damaged) + 1)])
            assert isinstance(accept(cut, EVERY), Accepted | Rejected)
    assert kind_of(b"") is None


# Keeping and giving back.


def test_a_file_is_kept_under_its_content(tmp_path: Path) -> None:
    folder = Folder(tmp_path)

    digest = folder.put(PDF)

    assert folder.put(PDF) == digest
    assert folder.get(digest) == PDF
    assert [place.name for place in tmp_path.rglob("*") if place.is_file()] == [digest]
    folder.delete(digest)
    folder.delete(digest)
    with pytest.raises(FileNotFoundError):
        folder.get(digest)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n", "/etc/passwd", "a" * 64 + "/x"]
)
def test_nobody_can_name_a_place_on_the_disk(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        Folder(tmp_path).get(name)


@pytest.mark.parametrize(
    "name", ["plan.pdf", "été.pdf", 'a"b.pdf', "x\r\nSet-Cookie: y.pdf", "…/../plan.pdf", "<b>.pdf"]
)
def test_a_file_is_given_back_as_an_attachment_in_a_sandbox(app: Flask, name: str) -> None:
    digest = app.extensions["files"].put(PDF)

    answer = as_attachment(digest, name=name, media_type="application/pdf")

    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.mimetype == "application/pdf"


def test_a_file_that_is_gone_is_missing(app: Flask) -> None:
    with pytest.raises(NotFound):
        as_attachment("0" * 64, name="x.pdf", media_type="application/pdf")
