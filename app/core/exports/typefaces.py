"""The fonts of our PDFs and the characters they cover. System fonts are not used, so every PDF is the same.

Coopcity Sans comes first. The fallback fonts cover the Basic Multilingual Plane and emoji; they are stored compressed
beside this file and unpacked once into the data folder, because Typst reads fonts from files.
"""

import lzma
import os
import struct
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import typst
from flask import current_app

from app.core import private

FONTS = Path(__file__).parent / "fonts"
FALLBACK = FONTS / "fallback"
UNPACKED = "made/fonts"
MARK = "\ufffd"  # replaces a character without a glyph
INVISIBLE = "\ufeff"  # forbidden by PDF/UA, and invisible
# Forbidden by PDF/UA, drawn or not; surrogate halves are not characters.
FORBIDDEN = (0x0000, 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
HIGHEST = 0x110000


def fonts() -> typst.Fonts:
    """Our own fonts only, loaded once per process."""
    return _fonts(str(Path(current_app.config["DATA_DIR"]) / UNPACKED))


def drawable(text: str) -> str:
    """The text with a visible mark for every character without a glyph."""
    covered = _covered()
    return "".join(one if covered[ord(one)] else MARK for one in text if one != INVISIBLE)


@cache
def _fonts(folder: str) -> typst.Fonts:
    paths = [str(FONTS), str(_unpack(Path(folder)))]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def _unpack(root: Path) -> Path:
    """Write missing fonts atomically, so that two processes may do so at once."""
    folder = root / _version()
    private.make_folder(folder)
    for packed in _packed():
        place = folder / packed.stem
        if not place.exists():
            with NamedTemporaryFile(dir=folder, suffix=".new", delete=False) as unfinished:
                unfinished.write(lzma.decompress(packed.read_bytes()))
            os.replace(unfinished.name, place)  # noqa: PTH105 - Path would have to be made for the name first
    return folder


def _packed() -> list[Path]:
    return sorted(FALLBACK.glob("*.xz"))


def _version() -> str:
    return sha256(b"".join(one.read_bytes() for one in _packed())).hexdigest()[:16]


@cache
def _covered() -> bytearray:
    """For every code point, whether there is a glyph. The fallback fonts have everything that Coopcity Sans has."""
    covered = bytearray(HIGHEST)
    for packed in _packed():
        for first, last in _ranges(lzma.decompress(packed.read_bytes())):
            covered[first : last + 1] = b"\1" * (last - first + 1)
    for one in FORBIDDEN:
        covered[one] = 0
    return covered


def _ranges(font: bytes) -> list[tuple[int, int]]:
    """The code points of a font: groups of its character map in format 12 (OpenType, cmap)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    found: list[tuple[int, int]] = []
    for number in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + 8 * number + 4)[0]
        if struct.unpack_from(">H", font, at)[0] == 12:
            groups = struct.unpack_from(">I", font, at + 12)[0]
            found += [struct.unpack_from(">II", font, at + 16 + 12 * group) for group in range(groups)]
    return found
