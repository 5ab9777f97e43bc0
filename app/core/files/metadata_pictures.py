"""Remove EXIF, XMP, IPTC and comments from JPEG and PNG; image data is copied unchanged.

Uploaded pictures are re-encoded (pictures.py); this is for pictures inside other files, and for older uploads.
"""

import re
import struct

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
SCAN = 0xDA
# comments and APPn, except JFIF, colour profile and Adobe
NOTES = frozenset({0xFE, *range(0xE1, 0xE2), *range(0xE3, 0xEE), 0xEF})
CHUNKS = frozenset({b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"})
INSIDE = re.compile(rb"\xff[\xe1\xed](..)(?=Exif\x00\x00|http://ns\.adobe\.com/x|Photoshop 3\.0)", re.DOTALL)


def without_metadata(content: bytes) -> bytes:
    """The same picture without metadata; other files are returned unchanged."""
    if content.startswith(JPEG):
        return _jpeg(content)
    return _png(content) if content.startswith(PNG) else content


def blank_inside(raw_bytes: bytearray) -> None:
    """Blank the metadata of JPEG pictures inside another file, without moving bytes."""
    for found in INSIDE.finditer(bytes(raw_bytes)):
        (length,) = struct.unpack(">H", found[1])
        first, last = found.end(), min(found.end() + length - 2, len(raw_bytes))
        raw_bytes[first:last] = bytes(max(0, last - first))


def _jpeg(content: bytes) -> bytes:
    kept, place = [JPEG], len(JPEG)
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != SCAN:
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        if content[place + 1] not in NOTES:
            kept.append(content[place : place + 2 + length])
        place += 2 + length
    return b"".join([*kept, content[place:]])


def _png(content: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        if content[place + 4 : place + 8] not in CHUNKS:
            kept.append(content[place : place + 12 + length])
        place += 12 + length
    return b"".join(kept)
