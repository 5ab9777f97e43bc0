"""What the room interviews adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.applications.actions.common import FOLLOWERS
from app.casework.queries.ahead import INTERVIEWS_AHEAD
from app.core.jobs import Job
from app.core.rooms import Room
from app.interviews import jobs
from app.interviews.actions import ending
from app.interviews.views import applicant, reviewer, staff

ROOM = Room(
    blueprints=(staff.bp, applicant.bp, reviewer.bp),
    jobs=(Job("interviews.remind", _l("Remind to choose a moment"), jobs.remind, every=timedelta(hours=1)),),
    template_globals={"lacks_slot": staff.lacks_slot},
    offers=(FOLLOWERS.offer(ending.follow_step), INTERVIEWS_AHEAD.offer(staff.ahead)),
)
