"""What the room dashboard adds to the application."""

from app.core.rooms import Room
from app.dashboard.rules import action_label, actor_label, gathered
from app.dashboard.views import administrator, staff

ROOM = Room(
    blueprints=(staff.bp, administrator.bp),
    template_globals={"action_label": action_label, "gathered": gathered, "actor_label": actor_label},
)
