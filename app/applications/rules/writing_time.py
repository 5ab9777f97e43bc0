"""How long people write on a part of the form, from the moments of its saves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from statistics import median

PAUSE = timedelta(minutes=15)  # a longer gap between two saves is no writing
FEWEST = 10  # files; fewer tell about somebody, or about chance


def worked_seconds(before: int, last: datetime | None, at: datetime) -> int:
    """The seconds of writing up to this save: those up to the save before it, and the gap unless it is a pause."""
    gap = at - last if last else timedelta(0)
    return before + (int(gap.total_seconds()) if timedelta(0) < gap <= PAUSE else 0)


def minutes_by_part(measured: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The median minutes of each part, from (part, seconds) of each file; a part saved once says nothing."""
    found: dict[str, list[int]] = defaultdict(list)
    for part, seconds in measured:
        if seconds > 0:
            found[part].append(seconds)
    return {part: ceil(median(all_of) / 60) for part, all_of in found.items() if len(all_of) >= FEWEST}
