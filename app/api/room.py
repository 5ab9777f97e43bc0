"""What the room api adds to the application."""

from app.api.views import public
from app.core.rooms import Room

ROOM = Room(
    blueprints=(public.bp,),
)
