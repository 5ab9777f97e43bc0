"""What the room decisions adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.decisions import jobs
from app.decisions.views import applicant, calls, places, reserve, staff
from app.ranking.exports import COLUMNS

ROOM = Room(
    blueprints=(staff.bp, calls.bp, places.bp, reserve.bp, applicant.bp),
    jobs=(Job("decisions.remind", _l("Remind of places to confirm"), jobs.remind, every=timedelta(hours=1)),),
    template_globals={"published_decision": applicant.published_decision},
    offers=(COLUMNS.offer((staff.ADVICE, staff.advices)),),
)
