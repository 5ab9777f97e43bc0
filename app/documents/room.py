"""What the room documents adds to the application."""

from app.core.rooms import Room
from app.documents.views import applicant, staff

ROOM = Room(
    blueprints=(applicant.bp, staff.bp),
)
