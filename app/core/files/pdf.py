"""Check a PDF without rendering it: is it intact, and does it contain active content?

Every object is parsed, wherever it is: plain, in object streams, even inside a stream that only a forged table points
to. Names are compared as a reader decodes them (`/J#61vaScript` is `/JavaScript`); the text of pages is ignored, so a
curriculum vitae may mention JavaScript.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LONGEST_TAIL = 2048
HEAD = 1024
MOST_WORK = 1_500_000  # tokens, counting 32 bytes of long ones: about five seconds
MOST_UNPACKED = 20_000_000
DEEPEST = 60
MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|img|\?php)", re.IGNORECASE)

OBJECT = re.compile(rb"(?<![A-Za-z])obj(?![A-Za-z])")
NUMBER = re.compile(rb"(\d{1,10})[\s\x00]+(\d{1,5})[\s\x00]*$")
TOKEN = re.compile(
    rb"[\s\x00]*+(?:%[^\r\n]*+[\s\x00]*+)*+"
    rb"(?:(?P<ref>\d{1,10}[\s\x00]++\d{1,5}[\s\x00]++R(?![A-Za-z]))|(?P<name>/[^\s\x00()<>\[\]{}/%]*+)"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])|(?P<text>\()|(?P<hex><[0-9A-Fa-f\s\x00]*+>)"
    rb"|(?P<word>[^\s\x00()<>\[\]{}/%]++)|(?P<odd>.))",
    re.DOTALL,
)
IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"\r?\n|\r")

ENDS = (b"endobj", b"stream", b"obj", b"xref", b"startxref", b"trailer", b"endstream")
ACTIONS = {"JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound"}
ACTIONS |= {"RichMediaExecute", "GoTo3DView"}
HIDDEN = {"EmbeddedFile", "FileAttachment", "RichMedia", "Movie", "Sound", "Screen", "3D"}
# Allowed targets of links that need a click: web, mail, telephone; never a local file or a program.
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
SHARES = ("\\\\", "//")
FORBIDDEN_SCHEMES = {"javascript", "vbscript", "livescript", "data", "file", "smb", "jar", "blob", "shell", "res"}
FORBIDDEN_SCHEMES |= {"search-ms", "search", "view-source", "mhtml", "its", "mk", "hcp"}
OCTAL = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
KEYS = {"JS", "JavaScript", "EmbeddedFiles", "EF", "XFA", "RichMediaContent"}


class Broken(Exception):
    """Not a readable PDF, or built to exhaust a reader."""


class Name(str):
    """A PDF name, without its slash."""

    __slots__ = ()


class Text(str):
    """A string with its escapes decoded, and its position including the brackets."""

    __slots__ = ("end", "source", "start")
    source: bytes
    start: int
    end: int

    @classmethod
    def at(cls, words: str, source: bytes, start: int, end: int) -> "Text":
        """A string at this position."""
        made = cls(words)
        made.source, made.start, made.end = source, start, end
        return made


class Reference(str):
    """A reference such as `12 0 R`."""

    __slots__ = ()


@dataclass
class Dictionary:
    """All key-value pairs: readers differ in which of two duplicate keys they use."""

    pairs: list[tuple[Name, Any]] = field(default_factory=list)

    def all(self, *keys: str) -> list[Any]:
        """Every value of these keys."""
        return [value for key, value in self.pairs if key in keys]

    def has(self, key: str, *names: str) -> bool:
        """True when the key has one of these names as its value."""
        return any(isinstance(value, Name) and value in names for value in self.all(key))


def rejection_of(content: bytes) -> str:
    """An empty string when the file may be stored; otherwise `broken`, `locked` or `active`."""
    try:
        return _rejection_of(content)
    except Broken:
        return "broken"


def _rejection_of(content: bytes) -> str:
    if not _stands_alone(content):
        raise Broken
    document = Document(content)
    document.read()
    if any(one.all("Encrypt") for one in document.trailers):
        return "locked"
    document.unpack()
    roots = [root for one in document.trailers for root in one.all("Root")]
    if not document.objects or not (document.trailers or document.catalogs()):
        raise Broken
    if roots and not any(isinstance(root, Reference) and document.catalogs(root) for root in roots):
        raise Broken
    return "active" if document.acts() else ""


def _stands_alone(content: bytes) -> bool:
    """A PDF from first to last byte, and not another format at the same time."""
    ended = content.rstrip(b"\x00\t\n\f\r ")
    whole = content.startswith(b"%PDF-") and ended.endswith(b"%%EOF") and len(content) - len(ended) <= LONGEST_TAIL
    return whole and not MARKUP.search(content[:HEAD]) and not zipfile.is_zipfile(io.BytesIO(content))


class Document:
    """All objects of a file, parsed within a budget of work and unpacked bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.objects: dict[str, list[Any]] = {}
        self.dictionaries: list[Dictionary] = []
        self.trailers: list[Dictionary] = []
        self.streams: list[tuple[Dictionary, int]] = []  # with the position after the word `stream`
        self._work_left = MOST_WORK
        self._room_left = MOST_UNPACKED

    def catalogs(self, reference: str = "") -> list[Dictionary]:
        """The catalogs; with a reference, only the one with that number."""
        among = self.objects.get(reference, []) if reference else self.dictionaries
        return [one for one in among if isinstance(one, Dictionary) and one.has("Type", "Catalog")]

    def read(self) -> None:
        """Parse objects and trailers at every position."""
        for start in OBJECT.finditer(self.content):
            value, place = self._next(self.content, start.end())
            number = NUMBER.search(self.content[max(0, start.start() - 40) : start.start()])
            if number is not None:
                self._keep(f"{int(number[1])} {int(number[2])}", value)
            following = TOKEN.match(self.content, place) if place >= 0 else None
            if isinstance(value, Dictionary) and following and following["word"] == b"stream":
                self._note_stream(value, following.end())
        for start in re.finditer(rb"trailer", self.content):
            value, _place = self._next(self.content, start.end())
            if isinstance(value, Dictionary):
                self.trailers.append(value)

    def unpack(self) -> None:
        """Parse the objects in object streams, at the offsets of their tables."""
        for head, place in self.streams:
            if is_packed(head):
                begin, end = self.extent(place)
                self.unpack_objects(head, self.plain(head, self.content[begin:end]))

    def unpack_objects(self, head: Dictionary, plain: bytes) -> None:
        """Parse the objects of one object stream."""
        first = next(iter(head.all("First")), b"")
        if not isinstance(first, bytes) or not first.isdigit():
            raise Broken
        table = plain[: int(first)].split()
        for number, offset in zip(table[::2], table[1::2], strict=False):
            if not (number.isdigit() and offset.isdigit()):
                raise Broken
            value, _place = self._next(plain, int(first) + int(offset))
            self._keep(f"{int(number)} 0", value)

    def acts(self) -> bool:
        """True when something runs, fetches, sends, or embeds a file."""
        named = (one for found in self.objects.values() for one in found if isinstance(one, Name))
        return any(one in ACTIONS | HIDDEN for one in named) or any(self._acts(one) for one in self.dictionaries)

    def _acts(self, one: Dictionary) -> bool:
        if any(key in KEYS for key, _value in one.pairs):
            return True
        if one.has("S", *ACTIONS) or one.has("Subtype", *HIDDEN) or one.has("Type", "EmbeddedFile"):
            return True
        if any(_leads_astray(address) for address in self._texts_of(one.all("URI", "Base"))):
            return True
        by_itself = one.all("OpenAction")
        for triggers in self._dictionaries_of(one.all("AA")):
            by_itself += [action for _moment, action in triggers.pairs]
        return any(not action.has("S", "GoTo", "Named") for action in self._dictionaries_of(by_itself))

    def _dictionaries_of(self, values: list[Any]) -> Iterator[Dictionary]:
        """The dictionaries, direct or by reference; a destination on a page is not one."""
        for value in values:
            meant = self.objects.get(value, []) if isinstance(value, Reference) else [value]
            yield from (one for one in meant if isinstance(one, Dictionary))

    def _texts_of(self, values: list[Any]) -> Iterator[Text]:
        """The strings, direct or by reference."""
        for value in values:
            meant = self.objects.get(value, []) if isinstance(value, Reference) else [value]
            yield from (one for one in meant if isinstance(one, Text))

    def _keep(self, number: str, value: Any) -> None:
        self.objects.setdefault(number, []).append(value)

    def _note_stream(self, head: Dictionary, place: int) -> None:
        """Remember object streams; a cross-reference stream is also a trailer."""
        if head.has("Type", "XRef"):
            self.trailers.append(head)
        if any(not isinstance(outside, bytes) for outside in head.all("F")):
            head.pairs.append((Name("EF"), None))  # its data is in another file
        self.streams.append((head, place))

    def extent(self, place: int) -> tuple[int, int]:
        """The start and end of a stream's data."""
        begin, end = STREAM.match(self.content, place), self.content.find(b"endstream", place)
        return begin.end() if begin else place, end if end >= 0 else len(self.content)

    def plain(self, head: Dictionary, packed: bytes) -> bytes:
        """The decoded data of a stream."""
        filters = [one for value in head.all("Filter") for one in (value if isinstance(value, list) else [value])]
        if not filters:
            return packed
        unusual = [one for one in head.all("DecodeParms", "DP") if one != b"null"]
        if filters not in (["FlateDecode"], ["Fl"]) or unusual:
            raise Broken  # no normal writer packs objects so: something is being hidden
        try:
            plain = zlib.decompressobj().decompress(packed, self._room_left)
        except zlib.error:
            raise Broken from None
        self._room_left -= len(plain)
        if self._room_left <= 0:
            raise Broken
        return plain

    def _next(self, source: bytes, place: int) -> tuple[Any, int]:
        """The next value and its end: -1 at the end of the data."""
        token = self._token(source, place)
        return self._value(source, token, 0) if token else (None, -1)

    def _value(self, source: bytes, token: re.Match[bytes], depth: int) -> tuple[Any, int]:
        match token.lastgroup:
            case "name":
                return _name(token["name"]), token.end()
            case "ref":
                number, generation = token["ref"].split()[:2]
                return Reference(f"{int(number)} {int(generation)}"), token.end()
            case "open":
                return self._several(source, token.end(), depth + 1, is_dictionary=token["open"] == b"<<")
            case "text":
                end = self._after_text(source, token.end())
                words = _plain_text(source[token.end() : max(token.end(), end - 1)])
                return Text.at(words, source, token.start("text"), end), end
            case "hex":
                return Text.at(_hex_text(token["hex"]), source, token.start("hex"), token.end()), token.end()
            case "word":
                return (None, -1) if token["word"] in ENDS else (token["word"], token.end())
        return None, token.end()

    def _several(self, source: bytes, place: int, depth: int, *, is_dictionary: bool) -> tuple[Any, int]:
        """An array or dictionary; an unclosed one counts as far as it goes."""
        if depth > DEEPEST:
            raise Broken
        values: list[Any] = []
        while token := self._token(source, place):
            if token.lastgroup == "close":
                place = token.end()
                break
            value, place = self._value(source, token, depth)
            if place < 0:
                break
            values.append(value)
        if not is_dictionary:
            return values, place
        made = Dictionary(list(_pairs(values)))
        self.dictionaries.append(made)
        return made, place

    def _token(self, source: bytes, place: int) -> re.Match[bytes] | None:
        token = TOKEN.match(source, place)
        self._work_left -= 1 + ((token.end() if token else place) - place) // 32
        if self._work_left < 0:
            raise Broken
        return token

    def _after_text(self, source: bytes, place: int) -> int:
        """The end of a string in (nested) parentheses."""
        level, before = 1, place
        for mark in IN_TEXT.finditer(source, place):
            self._spend(mark.end() - before)
            before = mark.end()
            level += {b"(": 1, b")": -1}.get(mark[0], 0)
            if level == 0:
                return mark.end()
        self._spend(len(source) - before)
        return len(source)

    def _spend(self, raw_bytes: int) -> None:
        self._work_left -= 1 + raw_bytes // 32
        if self._work_left < 0:
            raise Broken


def is_packed(head: Dictionary) -> bool:
    """True for object streams."""
    return head.has("Type", "ObjStm") or bool(head.all("N") and head.all("First"))


def _pairs(values: list[Any]) -> Iterator[tuple[Name, Any]]:
    """Keys with their values; skips anything else in place of a key, as readers do."""
    rest = iter(values)
    for key in rest:
        if isinstance(key, Name):
            yield key, next(rest, None)


def _name(written: bytes) -> Name:
    plain = ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), written) if b"#" in written else written
    return Name(plain[1:].decode("latin-1"))


def _leads_astray(address: str) -> bool:
    """True when a link leads to a script, a program, or a local or network file."""
    plain = "".join(sign for sign in address if sign.isprintable() and not sign.isspace()).lower()
    scheme = SCHEME.match(plain)
    return plain.startswith(SHARES) or bool(scheme and (scheme[1] in FORBIDDEN_SCHEMES or scheme[1].startswith("ms-")))


def _plain_text(written: bytes) -> str:
    """A string in parentheses without escapes; only its beginning, which holds the scheme of an address."""
    return _decoded(OCTAL.sub(_unescaped, written[:LONGEST_TAIL]))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    sign = escape[1]
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 255])
    return b"" if sign in (b"\n", b"\r", b"\r\n") else sign


def _hex_text(written: bytes) -> str:
    digits = b"".join(written[1:-1].replace(b"\x00", b"").split())[: 2 * LONGEST_TAIL]
    return _decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))


def _decoded(text: bytes) -> str:
    """Without byte-order marks and the NULs of UTF-16: enough to read a scheme."""
    return text.replace(b"\xfe\xff", b"").replace(b"\xff\xfe", b"").replace(b"\x00", b"").decode("latin-1")
