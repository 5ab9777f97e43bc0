"""What the room readers adds to the application."""

from app.core.rooms import Room
from app.readers import jobs
from app.readers.views import assigning, juror, staff

ROOM = Room(
    blueprints=(juror.bp, staff.bp, assigning.bp),
    jobs=(jobs.tell_changes, jobs.remind),
)
