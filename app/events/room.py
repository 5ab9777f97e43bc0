"""What the room events adds to the application."""

from app.core.rooms import Room
from app.events import jobs
from app.events.views import public, staff

ROOM = Room(
    blueprints=(public.bp, staff.bp),
    jobs=(jobs.remind, jobs.fill_free_places),
)
