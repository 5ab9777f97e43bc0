"""What the room conflicts adds to the application."""

from app.applications.access import HIDDEN_FROM
from app.conflicts.queries.hidden import hidden_from
from app.conflicts.views import staff
from app.core.rooms import Room

ROOM = Room(
    blueprints=(staff.bp,),
    offers=(HIDDEN_FROM.offer(hidden_from),),
)
