"""What the room outbox adds to the application."""

from app.core.rooms import Room
from app.outbox.views import batches, staff, wording

ROOM = Room(
    blueprints=(staff.bp, batches.bp, wording.bp),
)
