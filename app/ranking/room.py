"""What the room ranking adds to the application."""

from app.core.rooms import Room
from app.ranking.views import staff

ROOM = Room(
    blueprints=(staff.bp,),
)
