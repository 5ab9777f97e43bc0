"""What the room impact adds to the application."""

from app.core.rooms import Room
from app.impact.views import public

ROOM = Room(
    blueprints=(public.bp,),
)
