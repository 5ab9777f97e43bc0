"""Which old revisions of a section are kept."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

KEPT_WHOLE = timedelta(days=1)  # a page opened yesterday can still be merged with its base revision

Save = tuple[int, datetime]  # revision, moment


def superseded(saves: Iterable[Save], *, handed_in: Collection[int], at: datetime) -> list[int]:
    """The revisions of a section that may be deleted: not the first, not the last of an hour, not submitted."""
    in_order = sorted(saves)
    last_of_hour = {(moment.date(), moment.hour): revision for revision, moment in in_order}
    stay = {*last_of_hour.values(), *handed_in, *(revision for revision, _moment in in_order[:1])}
    return [revision for revision, moment in in_order if revision not in stay and moment < at - KEPT_WHOLE]
