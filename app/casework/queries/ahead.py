"""Interviews that a step would cancel; the room interviews knows them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.applications.models import Application
from app.core.extension_points import ExtensionPoint

# Of these applications those with an interview ahead, and its time; None where no slot is chosen yet.
INTERVIEWS_AHEAD = ExtensionPoint[Callable[[Sequence[Application]], dict[int, datetime | None]]]("interviews_ahead")


def interviews_ahead(files: Sequence[Application]) -> dict[int, datetime | None]:
    """Applications among these whose interview is still to come."""
    return {key: moment for known in INTERVIEWS_AHEAD.all() for key, moment in known(files).items()}
