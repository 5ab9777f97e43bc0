"""What the room reviewers adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.reviewers import jobs
from app.reviewers.views import assigning, reviewer, staff

ROOM = Room(
    blueprints=(reviewer.bp, staff.bp, assigning.bp),
    jobs=(
        Job(
            "readers.tell_changes",
            _l("Tell readers of changed criteria"),
            jobs.notify_of_changes,
            every=timedelta(minutes=1),
        ),
        Job("readers.remind", _l("Remind readers"), jobs.remind, every=timedelta(hours=1)),
    ),
)
