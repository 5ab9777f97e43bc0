"""What the room privacy adds to the application."""

from app.core.rooms import Room
from app.privacy import jobs
from app.privacy.views import person, public

ROOM = Room(
    blueprints=(person.bp, public.bp),
    jobs=(jobs.store_looks, jobs.warn, jobs.Paced(jobs.let_go)),
    template_globals={"retention": public.retention},
)
