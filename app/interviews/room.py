"""What the room interviews adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.interviews import jobs
from app.interviews.views import applicant, reviewer, staff

ROOM = Room(
    blueprints=(staff.bp, applicant.bp, reviewer.bp),
    jobs=(Job("interviews.remind", _l("Remind to choose a moment"), jobs.remind, every=timedelta(hours=1)),),
    template_globals={"interviews_ahead": staff.ahead, "lacks_slot": staff.lacks_slot},
)
