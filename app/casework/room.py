"""What the room casework adds to the application."""

from app.casework.views import staff, together
from app.core.rooms import Room

ROOM = Room(
    blueprints=(staff.bp, together.bp),
)
