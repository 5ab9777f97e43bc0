"""What the room review adds to the application."""

from app.core.rooms import Room
from app.review.views import dossier, juror

ROOM = Room(
    blueprints=(juror.bp, dossier.bp),
)
