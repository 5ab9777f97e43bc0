"""What the room events adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.events import jobs
from app.events.views import public, staff

ROOM = Room(
    blueprints=(public.bp, staff.bp),
    jobs=(
        Job("events.remind", _l("Remind of activities"), jobs.remind, every=timedelta(minutes=10)),
        Job(
            "events.fill_free_places",
            _l("Fill free places of activities"),
            jobs.fill_free_places,
            every=timedelta(minutes=1),
        ),
    ),
)
