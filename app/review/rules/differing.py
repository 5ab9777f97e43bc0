"""Differences between two submissions, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.text.word_diff import Piece, pieces
from app.review.rules.showing import Part, Shown


@dataclass(frozen=True)
class Difference:
    """A question whose answer changed."""

    question: str
    label: str
    before: list[Piece]
    after: list[Piece]


def differences(before: Sequence[Part], after: Sequence[Part]) -> list[Difference]:
    """Every question with another answer, in the order of the newer form; removed questions come last."""
    earlier, later = _by_question(before), _by_question(after)
    keys = [*later, *(key for key in earlier if key not in later)]
    return [one for key in keys if (one := _difference(earlier.get(key), later.get(key))) is not None]


def _difference(old: Shown | None, new: Shown | None) -> Difference | None:
    either = new or old
    if either is None or _same(old, new):
        return None
    before, after = _text_of(old), _text_of(new)
    left, right = pieces(before, after)
    return Difference(either.question, either.label, left, right)


def _same(old: Shown | None, new: Shown | None) -> bool:
    files_before, files_after = ([one.digest for one in row.files] if row else [] for row in (old, new))
    return _text_of(old) == _text_of(new) and files_before == files_after


def _text_of(row: Shown | None) -> str:
    if row is None:
        return ""
    return "\n".join(file.name for file in row.files) if row.files else row.text


def _by_question(parts: Sequence[Part]) -> dict[str, Shown]:
    return {row.question: row for part in parts for row in part.rows}
