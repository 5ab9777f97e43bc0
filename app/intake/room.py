"""What the room intake adds to the application."""

from app.core.rooms import Room
from app.intake import jobs
from app.intake.views import staff

ROOM = Room(
    blueprints=(staff.bp,),
    jobs=(jobs.remind, jobs.give_back),
)
