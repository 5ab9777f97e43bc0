"""Conflicting texts of one review, for the reviewer who chooses."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.text.word_diff import Piece, pieces
from app.review.rules.scoring import RECOMMENDATIONS, Criterion, Opinion, Recommendation, Written


@dataclass(frozen=True)
class TwoTexts:
    """A field with two different texts: its name, label, and a comparison."""

    name: str
    label: str
    mine: list[Piece]
    theirs: list[Piece]


def labels(criteria: Iterable[Criterion], language: str) -> dict[str, str]:
    """The labels of a review's parts, by field name in page order."""
    titles = {str(criterion.id): criterion.title[language] for criterion in criteria}
    return titles | {"recommendation": _("What would you do?"), "comment": _("Words for the jury alone")}


def two_texts(
    criteria: Iterable[Criterion], conflicts: Collection[str], mine: Written, theirs: Written, language: str
) -> list[TwoTexts]:
    """The choices left, in page order."""
    return [
        TwoTexts(name, label, *pieces(_text(mine, name), _text(theirs, name)))
        for name, label in labels(criteria, language).items()
        if name in conflicts
    ]


def _text(written: Written, name: str) -> str:
    if name == "comment":
        return written.comment
    if name == "recommendation":
        return str(RECOMMENDATIONS[Recommendation(written.recommendation)]) if written.recommendation else ""
    opinion = written.on(int(name))
    return "\n".join(part for part in (_score(opinion), opinion.reason) if part)


def _score(opinion: Opinion) -> str:
    if opinion.cannot_judge:
        return _("cannot judge")
    return _("not scored") if opinion.score is None else _("Score %(score)s", score=opinion.score)
