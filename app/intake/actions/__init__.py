"""Every deed of a call on the files that are written for it."""

from app.intake.actions.changes import reschedule, use_version
from app.intake.actions.deadlines import give_back, remind

__all__ = ["give_back", "remind", "reschedule", "use_version"]
