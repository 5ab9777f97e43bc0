"""When a reviewer signs the list of conflicts of interest."""

from collections.abc import Iterable
from datetime import datetime


def needs_signing(declared_at: datetime | None, since: Iterable[datetime]) -> bool:
    """True before the first signature, and when an application came in after it; `since`: when each one came in."""
    return declared_at is None or any(moment > declared_at for moment in since)
