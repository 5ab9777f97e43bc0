"""What the room contact adds to the application."""

from app.contact.views import public, staff
from app.core.rooms import Room

ROOM = Room(
    blueprints=(public.bp, staff.bp),
)
