"""What the room programmes adds to the application."""

from app.core.rooms import Room
from app.programmes.views import check, preview, public, rows, staff

ROOM = Room(
    blueprints=(public.bp, check.bp, staff.bp, rows.bp, preview.bp),
)
