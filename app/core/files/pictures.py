"""Re-encode pictures: pixels only, upright, without metadata, profile or appended data."""

import io
import struct
from typing import Any

from PIL import Image

MOST_PIXELS = 12_500_000  # a phone camera; larger scans are decoded at half size
MOST_DOTS = 52_000_000  # bytes of an opened PNG, which can only be decoded whole
MOST_SCANS = 100  # a progressive JPEG has about ten; thousands would take minutes
QUALITY, LOWER_QUALITY = 90, 75
MODES = {"1": 1, "L": 1, "P": 1, "RGB": 4, "RGBA": 4, "LA": 4}

SIGNATURE = b"\x89PNG\r\n\x1a\n"
NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"eXIf", b"IEND"}
SOS = b"\xff\xda"
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Unfit(Exception):
    """Why the picture is refused: `broken` or `too_many_pixels`."""


def reencode(content: bytes, kind: str, *, most: int) -> bytes:
    """The picture re-encoded in its own format (`jpg` or `png`), in about `most` bytes. Raises Unfit.

    A damaged picture raises the decoder's errors.
    """
    opened = _opened_jpeg(content) if kind == "jpg" else _opened_png(content)
    with opened:
        turn = TURNS.get(opened.getexif().get(ORIENTATION, 1))
        opened.load()
        picture = _plain(opened, kind)
    if turn is not None:
        picture = _turned(picture, turn)
    drawn = _saved(picture, kind, QUALITY)
    return drawn if kind == "png" or len(drawn) <= most else _saved(picture, kind, LOWER_QUALITY)


def _opened_jpeg(content: bytes) -> Image.Image:
    """Decoded at half or quarter size when larger than needed for print."""
    if content.count(SOS) > MOST_SCANS:
        raise Unfit("broken")
    opened = _opened(content, "JPEG")
    share = 2 if opened.mode in ("L", "RGB") else 4  # converting from CMYK needs a second picture
    for divided in (1, 2, 4, 8):
        if opened.width * opened.height * share <= 2 * MOST_PIXELS * divided * divided:
            if divided > 1:
                opened.draft(None, (opened.width // divided, opened.height // divided))
            return opened
    raise Unfit("too_many_pixels")


def _opened_png(content: bytes) -> Image.Image:
    """Decoded from its image chunks alone; animation, texts and profiles are dropped."""
    opened = _opened(_needed_chunks(content), "PNG")
    if opened.width * opened.height * MODES.get(opened.mode, 8) > MOST_DOTS:
        raise Unfit("too_many_pixels")
    return opened


def _opened(content: bytes, format_: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=[format_])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit("too_many_pixels") from None


def _needed_chunks(content: bytes) -> bytes:
    kept, place = [SIGNATURE], len(SIGNATURE)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        name, following = content[place + 4 : place + 8], place + 12 + length
        if name in NEEDED:
            kept.append(content[place:following])
        if name == b"IEND":
            return b"".join(kept)
        place = following
    raise Unfit("broken")


def _plain(opened: Image.Image, kind: str) -> Image.Image:
    """In a mode that the format supports; 16-bit grey becomes 8-bit."""
    if opened.mode.startswith("I"):
        return opened.convert("I").point(lambda level: level / 256).convert("L")
    if kind == "jpg":
        return opened if opened.mode in ("L", "RGB") else opened.convert("RGB")
    return opened if opened.mode in MODES else opened.convert("RGBA")


def _turned(picture: Image.Image, turn: Image.Transpose) -> Image.Image:
    """Rotate channel by channel, to save memory."""
    mode, palette = picture.mode, picture.getpalette() if picture.mode == "P" else None
    bands = list(picture.split())
    picture.close()
    for number, band in enumerate(bands):
        bands[number] = band.transpose(turn)
    made = bands[0] if len(bands) == 1 else Image.merge(mode, bands)
    if palette:
        made.putpalette(palette)
    return made


def _saved(picture: Image.Image, kind: str, quality: int) -> bytes:
    """Encoded without metadata, except the transparent colour."""
    drawn, options = io.BytesIO(), dict[str, Any]()
    if kind == "jpg":
        options = {"quality": quality, "exif": b"", "icc_profile": None, "comment": b"", "xmp": b""}
    elif "transparency" in picture.info:
        options = {"transparency": picture.info["transparency"]}
    for said in [*picture.info]:
        del picture.info[said]
    picture.encoderinfo = {}
    picture.save(drawn, "JPEG" if kind == "jpg" else "PNG", **options)
    return drawn.getvalue()
