"""What changed in a file between two texts that were handed in, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.review.rules.showing import Part, Shown

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4000  # two longer texts are shown whole: comparing them would take too long for a page


@dataclass(frozen=True)
class Piece:
    """Some words, and whether the other text has them too."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Difference:
    """One question whose answer is not the same any more."""

    question: str
    label: str
    before: list[Piece]
    after: list[Piece]


def differences(before: Sequence[Part], after: Sequence[Part]) -> list[Difference]:
    """Every question with another answer, in the order of the newer text; what is no longer asked comes last."""
    earlier, later = _by_question(before), _by_question(after)
    keys = [*later, *(key for key in earlier if key not in later)]
    return [one for key in keys if (one := _difference(earlier.get(key), later.get(key))) is not None]


def _difference(old: Shown | None, new: Shown | None) -> Difference | None:
    either = new or old
    if either is None or _same(old, new):
        return None
    before, after = _told(old), _told(new)
    left, right = _pieces(before, after)
    return Difference(either.question, either.label, left, right)


def _same(old: Shown | None, new: Shown | None) -> bool:
    files_before, files_after = ([one.digest for one in row.files] if row else [] for row in (old, new))
    return _told(old) == _told(new) and files_before == files_after


def _told(row: Shown | None) -> str:
    if row is None:
        return ""
    return "\n".join(file.name for file in row.files) if row.files else row.text


def _by_question(parts: Sequence[Part]) -> dict[str, Shown]:
    return {row.question: row for part in parts for row in part.rows}


def _pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(before, True)] if before else [], [Piece(after, True)] if after else []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    left = [Piece("".join(old[a:b]), tag != "equal") for tag, a, b, _c, _d in steps]
    right = [Piece("".join(new[c:d]), tag != "equal") for tag, _a, _b, c, d in steps]
    return list(_there(left)), list(_there(right))


def _there(pieces: Sequence[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.text)
