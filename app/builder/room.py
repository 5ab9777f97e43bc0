"""What the room builder adds to the application."""

from app.builder.views import editor, staff, versions
from app.core.rooms import Room

ROOM = Room(
    blueprints=(staff.bp, editor.bp, versions.bp),
)
