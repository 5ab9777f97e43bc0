"""What the room meetings adds to the application."""

from app.core.rooms import Room
from app.meetings.views import juror, member, staff

ROOM = Room(
    blueprints=(staff.bp, juror.bp, member.bp),
)
