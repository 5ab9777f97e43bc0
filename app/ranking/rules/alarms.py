"""Alarms: what needs a discussion before the figures are used."""

import enum
from collections.abc import Sequence
from typing import NamedTuple

from app.ranking.rules.figures import Figures, Measure

OUTLIER = 20  # points of a hundred between a reviewer and the median
OUTLIER_READINGS = 3  # with two reviewers neither is the outlier
STRICT = 8  # points of a hundred from which a reviewer counts as strict or mild


class AlarmKind(enum.StrEnum):
    """Why an application needs attention."""

    WIDE = "wide"
    FEW = "few"
    OUTLIER = "outlier"
    CHANGED = "changed"


class Alarm(NamedTuple):
    """`number`: points between reviewers, or missing reviews; `code`: the criterion concerned."""

    kind: AlarmKind
    number: int = 0
    code: str = ""


def alarms(
    figures: Figures, measures: Sequence[Measure], *, planned: int, wide_spread: int, changed: bool
) -> list[Alarm]:
    """Every alarm of this application, differences between reviewers first."""
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
    """How far the largest outlier is from the median reviewer; 0 with fewer than three."""
    if len(figures.means) < OUTLIER_READINGS or figures.median is None:
        return 0.0
    return max(figures.means[-1][0] - figures.median, figures.median - figures.means[0][0])
