"""Remove metadata from a PDF by overwriting it in place, so that no offset in the file changes."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

from app.core.files import metadata_pictures
from app.core.files.pdf import Broken, Dictionary, Document, Reference, Text, is_packed

DATES = frozenset({"CreationDate", "ModDate", "Trapped"})
WHO = frozenset({"Author", "Creator", "Producer", "Keywords", "Company", "Manager", "LastModifiedBy", "SourceModified"})
REMARKS = (
    "Text",
    "FreeText",
    "Highlight",
    "Underline",
    "StrikeOut",
    "Squiggly",
    "Ink",
    "Stamp",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Caret",
    "Popup",
)
SIGNED = frozenset({"Name", "ContactInfo", "Location", "Reason", "Contents", "Cert"})


class Unremovable(Exception):
    """The metadata cannot be removed from this file."""


def without_metadata(content: bytes) -> bytes:
    """The same PDF with Info, XMP, authors of annotations and EXIF blanked."""
    try:
        return _Cleaning(content).cleaned()
    except Broken:
        raise Unremovable("pdf") from None


class _Cleaning:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._buffer = bytearray(content)
        self._document = Document(content)

    def cleaned(self) -> bytes:
        """Parse the file, blank its metadata, and return it at its original length."""
        document = self._document
        document.read()
        packed = [
            (head, begin, end, document.plain(head, self._content[begin:end]))
            for head, place in document.streams
            if is_packed(head)
            for begin, end in [document.extent(place)]
        ]
        for head, _begin, _end, plain in packed:
            document.unpack_objects(head, plain)
        texts = list(self._texts())
        _blank(self._buffer, (one for one in texts if one.source is self._content))
        for head, begin, end, plain in packed:
            self._pack(head, begin, end, plain, [one for one in texts if one.source is plain])
        for head, place in document.streams:
            if head.has("Type", "Metadata") or head.has("Subtype", "XML"):
                self._empty(head, *document.extent(place))
        metadata_pictures.blank_inside(self._buffer)
        return bytes(self._buffer)

    def _texts(self) -> Iterator[Text]:
        """Every string that names the author or the author of an annotation."""
        infos = {id(one) for one in self._meant(chain.from_iterable(t.all("Info") for t in self._document.trailers))}
        for one in self._document.dictionaries:
            for key, value in one.pairs:
                if _tells(one, str(key), is_info=id(one) in infos):
                    yield from (text for text in self._meant([value]) if isinstance(text, Text))

    def _meant(self, values: Iterable[object]) -> Iterator[object]:
        """The values themselves, or the objects they refer to."""
        for value in values:
            yield from self._document.objects.get(value, []) if isinstance(value, Reference) else [value]

    def _pack(self, head: Dictionary, begin: int, end: int, plain: bytes, texts: list[Text]) -> None:
        """Write the objects back in place: blanks compress better than text."""
        if not texts:
            return
        objects = bytearray(plain)
        _blank(objects, texts)
        written = zlib.compress(objects, 9) if head.all("Filter") else bytes(objects)
        if len(written) > end - begin:
            raise Unremovable("pdf")
        self._buffer[begin:end] = written.ljust(end - begin, b"\x00")

    def _empty(self, head: Dictionary, begin: int, end: int) -> None:
        """An empty stream of the same length."""
        nothing = zlib.compress(b"") if head.all("Filter") else b""
        if len(nothing) > end - begin:
            raise Unremovable("pdf")
        self._buffer[begin:end] = nothing.ljust(end - begin, b"\x00" if nothing else b" ")


def _tells(one: Dictionary, key: str, *, is_info: bool) -> bool:
    if is_info:
        return key not in DATES
    if key == "T":
        return one.has("Subtype", *REMARKS)
    return key in WHO or (key in SIGNED and one.has("Type", "Sig"))


def _blank(raw_bytes: bytearray, texts: Iterable[Text]) -> None:
    """Fill each string with spaces."""
    for one in texts:
        inner = slice(one.start + 1, max(one.start + 1, one.end - 1))
        length = inner.stop - inner.start
        raw_bytes[inner] = (b"20" * length)[:length] if raw_bytes[one.start : one.start + 1] == b"<" else b" " * length
