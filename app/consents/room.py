"""What the room consents adds to the application."""

from app.consents.views import staff
from app.core.rooms import Room

ROOM = Room(
    blueprints=(staff.bp,),
)
