"""What the room interviews adds to the application."""

from app.core.rooms import Room
from app.interviews import jobs
from app.interviews.views import applicant, juror, staff

ROOM = Room(
    blueprints=(staff.bp, applicant.bp, juror.bp),
    jobs=(jobs.remind,),
    template_globals={"interviews_ahead": staff.ahead, "lacks_slot": staff.lacks_slot},
)
