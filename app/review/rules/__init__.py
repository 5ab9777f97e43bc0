"""What a review is worth and still lacks, who sees what of a file, and what changed in it. No database, no request."""

from app.review.rules.choosing import TwoTexts, labels, two_texts
from app.review.rules.differing import Difference, differences
from app.review.rules.finishing import beyond_bounds, problems
from app.review.rules.reading import OPEN, READING_NAMES, ReadingState, following, in_line, neighbours, state_of
from app.review.rules.scoring import (
    BLANK,
    RECOMMENDATIONS,
    Merged,
    Opinion,
    Recommendation,
    Scored,
    Written,
    merge,
    spread,
    total,
    weighted_mean,
)
from app.review.rules.showing import Part, Shown, shown

__all__ = [
    "BLANK",
    "OPEN",
    "READING_NAMES",
    "RECOMMENDATIONS",
    "Difference",
    "Merged",
    "Opinion",
    "Part",
    "ReadingState",
    "Recommendation",
    "Scored",
    "Shown",
    "TwoTexts",
    "Written",
    "beyond_bounds",
    "differences",
    "following",
    "in_line",
    "labels",
    "merge",
    "neighbours",
    "problems",
    "shown",
    "spread",
    "state_of",
    "total",
    "two_texts",
    "weighted_mean",
]
