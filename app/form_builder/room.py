"""What the room form_builder adds to the application."""

from app.core.rooms import Room
from app.form_builder.views import editor, staff, versions

ROOM = Room(
    blueprints=(staff.bp, editor.bp, versions.bp),
)
