"""What the room programmes adds to the application."""

from app.core.rooms import Room
from app.events.queries import PROGRAMMES
from app.programmes.queries.public import for_the_agenda
from app.programmes.views import calendars, check, preview, public, rows, staff

ROOM = Room(
    blueprints=(public.bp, check.bp, staff.bp, rows.bp, preview.bp),
    offers=(PROGRAMMES.offer(for_the_agenda),),
    template_globals={"course": public.course, "deadline_calendar": calendars.address_of},
)
