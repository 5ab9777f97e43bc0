"""What the room enterprises adds to the application."""

from app.core.rooms import Room
from app.enterprises.views import public

ROOM = Room(
    blueprints=(public.bp,),
)
