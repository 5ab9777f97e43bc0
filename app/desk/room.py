"""What the room desk adds to the application."""

from app.core.rooms import Room
from app.desk.rules import by_words, deed_words, gathered
from app.desk.views import administrator, staff

ROOM = Room(
    blueprints=(staff.bp, administrator.bp),
    template_globals={"deed_words": deed_words, "gathered": gathered, "by_words": by_words},
)
