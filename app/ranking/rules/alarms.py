"""What asks for a talk before anybody leans on a figure."""

import enum
from collections.abc import Sequence
from typing import NamedTuple

from app.ranking.rules.figures import Figures, Measure

OUTLIER = 20  # points of a hundred between one reader and the middle one
OUTLIER_READINGS = 3  # of two readers nobody can say which one stands apart
STRICT = 8  # points of a hundred by which a reader is called stricter or milder than the others


class AlarmKind(enum.StrEnum):
    """Why a file needs a look."""

    WIDE = "wide"
    FEW = "few"
    OUTLIER = "outlier"
    CHANGED = "changed"


class Alarm(NamedTuple):
    """`number`: points between readers, or readings that are missing; `code`: the criterion that it is about."""

    kind: AlarmKind
    number: int = 0
    code: str = ""


def alarms(
    figures: Figures, measures: Sequence[Measure], *, planned: int, wide_spread: int, changed: bool
) -> list[Alarm]:
    """Everything that is odd about this file, the readers' differences first."""
    found = [
        Alarm(AlarmKind.WIDE, max(given) - min(given), measure.code)
        for measure, given in zip(measures, figures.scores, strict=False)
        if given and max(given) - min(given) >= wide_spread
    ]
    apart = farthest(figures)
    if apart >= OUTLIER:
        found.append(Alarm(AlarmKind.OUTLIER, round(apart)))
    if figures.readings < planned:
        found.append(Alarm(AlarmKind.FEW, planned - figures.readings))
    if changed:
        found.append(Alarm(AlarmKind.CHANGED))
    return found


def farthest(figures: Figures) -> float:
    """How far the reader who stands apart most is from the middle one; 0 with fewer than three."""
    if len(figures.means) < OUTLIER_READINGS or figures.median is None:
        return 0.0
    return max(figures.means[-1][0] - figures.median, figures.median - figures.means[0][0])
