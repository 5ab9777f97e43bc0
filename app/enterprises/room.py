"""What the room enterprises adds to the application."""

from app.content.queries import HOUSES
from app.core.rooms import Room
from app.enterprises import queries
from app.enterprises.views import public

ROOM = Room(
    blueprints=(public.bp,),
    offers=(HOUSES.offer(queries.houses),),
)
