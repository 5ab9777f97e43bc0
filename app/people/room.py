"""What the room people adds to the application."""

from app.core.rooms import Room
from app.people.views import staff

ROOM = Room(
    blueprints=(staff.bp,),
)
