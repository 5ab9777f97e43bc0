"""A word-level diff of two texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4000  # longer texts are shown whole: comparing them takes too long for a page


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they occur in one text only."""

    text: str
    changed: bool


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts, split at their differences."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(before, True)] if before else [], [Piece(after, True)] if after else []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = [Piece("".join(old[a:b]), tag != "equal") for tag, a, b, _c, _d in steps]
    right = [Piece("".join(new[c:d]), tag != "equal") for tag, _a, _b, c, d in steps]
    return list(_not_empty(left)), list(_not_empty(right))


def _not_empty(found: Sequence[Piece]) -> Iterator[Piece]:
    return (piece for piece in found if piece.text)
