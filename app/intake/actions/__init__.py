"""Every deed of a call on the files that are written for it."""

from app.intake.actions.changes import close_now, reschedule, use_version
from app.intake.actions.deadlines import give_back, remind
from app.intake.actions.entering import start_on_behalf, try_out
from app.intake.actions.rehearsing import play

__all__ = ["close_now", "give_back", "play", "remind", "reschedule", "start_on_behalf", "try_out", "use_version"]
