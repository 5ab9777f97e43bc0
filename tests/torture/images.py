"""Pictures: too many dots, hidden places, stowaways, and every way of writing colours."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageCms, PngImagePlugin

from tests.torture.archives import an_archive
from tests.torture.cases import Kinds, redrawn, refused

SCRIPT = b"<script>alert('PLANTED')</script>"
PHP = b"<?php system('PLANTED'); ?>"
PLACE = b"PLANTED 50.8467 4.3525"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>PLANTED 50.8467</exif:GPSLatitude></x:xmpmeta>'


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """A small picture in some mode."""
    drawn = io.BytesIO()
    Image.new(mode, size).save(drawn, kind, **options)
    return drawn.getvalue()


def with_place() -> Image.Exif:
    """What a telephone writes: who made it, where, and a small copy that says it again."""
    exif = Image.Exif()
    exif[0x010F] = "Camera PLANTED"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (50.0, 50.0, 48.0)
    exif.get_ifd(0x8825)[29] = "PLANTED 50.8467"
    return exif


def segment(marker: int, content: bytes, picture: bytes | None = None) -> bytes:
    """A JPEG with one more segment."""
    whole = picture or a_picture()
    return whole[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content + whole[2:]


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_chunk(name: bytes, content: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    whole = a_picture("PNG")
    return whole[:33] + chunk(name, content) + whole[33:]


def png_head(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG that claims this size and holds nearly nothing."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1_000))
        + chunk(b"IEND", b"")
    )


def jpeg_claiming(width: int, height: int) -> bytes:
    whole = a_picture()
    place = whole.index(b"\xff\xc0")
    return whole[: place + 5] + struct.pack(">HH", height, width) + whole[place + 9 :]


def scans_without_end() -> bytes:
    """A progressive JPEG that draws the same picture thousands of times."""
    whole = a_picture(size=(3_000, 3_000), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * 3_000 + b"\xff\xd9"


def texts_without_end() -> bytes:
    words = PngImagePlugin.PngInfo()
    for number in range(100):
        words.add_text(f"PLANTED{number}", "x" * 1_000_000, zip=True)
    return a_picture("PNG", pnginfo=words)


def animated() -> bytes:
    drawn = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(drawn, "PNG", save_all=True, append_images=frames[1:])
    return drawn.getvalue()


def two_in_one() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 20)).save(drawn, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 20), "red")])
    return drawn.getvalue()


def grey_of_16_bits() -> bytes:
    drawn = io.BytesIO()
    Image.frombytes("I;16", (64, 1), struct.pack("<64H", *range(0, 65_536, 1_024))).save(drawn, "PNG")
    return drawn.getvalue()


def colours_of_16_bits() -> bytes:
    rows = b"".join(b"\x00" + b"\x12\x34\x56\x78\x9a\xbc\xff\xff" * 8 for _row in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 16, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def transparent_palette() -> bytes:
    drawn = io.BytesIO()
    picture = Image.new("P", (9, 9))
    picture.putpalette([0, 0, 0, 255, 0, 0])
    picture.save(drawn, "PNG", transparency=0)
    return drawn.getvalue()


def profile() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()) + PLACE


def wrong_sum() -> bytes:
    whole = bytearray(a_picture("PNG"))
    whole[29] ^= 1
    return bytes(whole)


def other(kind: str) -> Callable[[], bytes]:
    return lambda: a_picture(kind)


KINDS: Kinds = {
    "jpeg, plain": redrawn("jpg", a_picture),
    "png, plain": redrawn("png", lambda: a_picture("PNG")),
    "jpeg, place and camera": redrawn("jpg", lambda: a_picture(exif=with_place())),
    "jpeg, place in XMP": redrawn("jpg", lambda: segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP)),
    "jpeg, place in IPTC": redrawn(
        "jpg",
        lambda: segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x19\x1c\x02\x5a\x00\x16" + PLACE),
    ),
    "jpeg, comment that runs": redrawn("jpg", lambda: segment(0xFE, PHP)),
    "jpeg, profile": redrawn("jpg", lambda: a_picture(icc_profile=profile())),
    "jpeg, small copy": redrawn("jpg", lambda: segment(0xE0, b"JFXX\x00\x10" + segment(0xFE, PLACE))),
    "jpeg, damaged camera data": redrawn(
        "jpg", lambda: segment(0xE1, b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff" + PLACE)
    ),
    "jpeg, two pictures": redrawn("jpg", two_in_one),
    "jpeg, inks": redrawn("jpg", lambda: a_picture(mode="CMYK")),
    "jpeg, inks upside down": redrawn(
        "jpg", lambda: segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x02", a_picture(mode="CMYK"))
    ),
    "jpeg, greys": redrawn("jpg", lambda: a_picture(mode="L")),
    "jpeg, archive behind": redrawn("jpg", lambda: a_picture() + an_archive({"PLANTED.class": b"\xca\xfe\xba\xbe"})),
    "jpeg, PDF behind": redrawn("jpg", lambda: a_picture() + b"%PDF-1.7 PLANTED"),
    "jpeg, script behind": redrawn("jpg", lambda: a_picture() + SCRIPT),
    "jpeg, larger than anybody prints": redrawn("jpg", lambda: a_picture(size=(7_000, 5_000))),
    "png, place and camera": redrawn("png", lambda: a_picture("PNG", exif=with_place())),
    "png, place in XMP": redrawn("png", lambda: with_chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP)),
    "png, text that runs": redrawn("png", lambda: with_chunk(b"tEXt", b"Comment\x00" + SCRIPT)),
    "png, texts without end": redrawn("png", texts_without_end),
    "png, profile without end": redrawn(
        "png", lambda: with_chunk(b"iCCP", b"PLANTED\x00\x00" + zlib.compress(b"\x00" * 90_000_000))
    ),
    "png, script behind": redrawn("png", lambda: a_picture("PNG") + SCRIPT),
    "png, chunk of our own": redrawn("png", lambda: with_chunk(b"evIl", PHP)),
    "png, moves": redrawn("png", animated),
    "png, greys of 16 bits": redrawn("png", grey_of_16_bits),
    "png, colours of 16 bits": redrawn("png", colours_of_16_bits),
    "png, transparent palette": redrawn("png", transparent_palette),
    "png, one long line": redrawn("png", lambda: a_picture("PNG", (60_000, 1))),
    "png, one dot": redrawn("png", lambda: a_picture("PNG", (1, 1))),
    "png, large": redrawn("png", lambda: a_picture("PNG", (4_000, 3_000))),
    "jpeg, bomb": refused("too_many_pixels", lambda: jpeg_claiming(65_000, 65_000)),
    "jpeg, scans without end": refused("broken", scans_without_end),
    "jpeg, cut off": refused("broken", lambda: a_picture(size=(600, 600))[:900]),
    "jpeg, only a head": refused("broken", b"\xff\xd8\xff\xe0" + b"\x00" * 100),
    "png, bomb": refused("too_many_pixels", lambda: png_head(50_000, 50_000)),
    "png, bomb of one bit": refused("too_many_pixels", lambda: a_picture("PNG", (30_000, 30_000), "1")),
    "png, claims more than it has": refused("broken", lambda: png_head(3_000, 3_000)),
    "png, of no size": refused("broken", lambda: png_head(0, 0)),
    "png, cut off": refused("broken", lambda: a_picture("PNG", (600, 600))[:-20]),
    "png, wrong sum": refused("broken", wrong_sum),
    "png, chunk without end": refused("broken", lambda: a_picture("PNG")[:33] + b"\xff\xff\xff\xffIDATx"),
    "gif": refused("wrong_kind", other("GIF")),
    "gif that is a script": refused("wrong_kind", b"GIF89a/*" + b"\x00" * 30 + b"*/=1;alert('PLANTED')//;"),
    "bmp": refused("wrong_kind", other("BMP")),
    "tiff": refused("wrong_kind", other("TIFF")),
    "webp": refused("wrong_kind", other("WEBP")),
    "avif": refused("wrong_kind", other("AVIF")),
    "ico": refused("wrong_kind", other("ICO")),
    "heic": refused("wrong_kind", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100),
}
