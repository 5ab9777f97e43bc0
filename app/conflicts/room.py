"""What the room conflicts adds to the application."""

from app.applications.access import KEPT_FROM
from app.conflicts.queries.hidden import kept_from
from app.conflicts.views import staff
from app.core.rooms import Room

ROOM = Room(
    blueprints=(staff.bp,),
    offers=(KEPT_FROM.offer(kept_from),),
)
