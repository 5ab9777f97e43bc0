"""What the room content adds to the application."""

from app.content.views import public, staff
from app.core.rooms import Room

ROOM = Room(
    blueprints=(public.bp, staff.bp),
    template_globals={"demo_note": public.demo_note, "text_block": public.text_block, "linked": public.linked},
    template_filters={"linked": public.linked},
)
