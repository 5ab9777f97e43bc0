"""What the room intake adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.intake import jobs
from app.intake.views import staff

ROOM = Room(
    blueprints=(staff.bp,),
    jobs=(
        Job("intake.remind", _l("Remind of deadlines"), jobs.remind, every=timedelta(minutes=5)),
        Job("intake.give_back", _l("Send back unsent texts"), jobs.return_unsent, every=timedelta(minutes=1)),
    ),
)
