"""What the room review adds to the application."""

from app.core.rooms import Room
from app.review.views import dossier, reviewer

ROOM = Room(
    blueprints=(reviewer.bp, dossier.bp),
)
