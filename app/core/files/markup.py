"""Parse untrusted XML in pieces: no document type, no entities, bounded."""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

PIECE = 65_536
LONGEST_TAG = 4_000_000
DEEPEST = 1_000
MOST_ELEMENTS = 1_500_000

Seen = Callable[[str, dict[str, str]], None]


class Unreadable(Exception):
    """Not well-formed, or over the limits."""


def read(source: IO[bytes], seen: Seen | None = None, words_of: str = "") -> None:
    """Parse the whole file; calls `seen` with each element's local name and attributes. Raises Unreadable.

    For elements in `words_of` it also passes the text, as an attribute without a name, at their end. Without `seen`
    only well-formedness is checked, which is ten times faster. An empty file is fine.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    if seen is not None:
        walk = _Walk(parser, seen, words_of)
        parser.StartElementHandler, parser.EndElementHandler = walk.begin, walk.end
    fed = 0
    try:
        while piece := source.read(PIECE):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise Unreadable
        if fed:
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as failure:
        raise Unreadable(str(failure)) from None


class _Walk:
    """Counts elements and passes them on."""

    def __init__(self, parser: expat.XMLParserType, seen: Seen, words_of: str) -> None:
        self._parser, self._seen, self._words_of = parser, seen, words_of
        self._depth, self._left = 0, MOST_ELEMENTS
        self._words: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._left -= 1
        if self._depth > DEEPEST or self._left < 0:
            raise Unreadable
        local = _local(name)
        if local == self._words_of:
            self._words = []
            self._parser.CharacterDataHandler = self._words.append
        self._seen(local, {_local(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._words_of and _local(name) == self._words_of:
            self._parser.CharacterDataHandler = None
            self._seen(self._words_of, {"": "".join(self._words)})


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_declared: object) -> None:
    raise Unreadable("declares a document type")
