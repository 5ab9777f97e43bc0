"""What the room meetings adds to the application."""

from app.core.rooms import Room
from app.decisions.queries.agreed import AGREED
from app.meetings.queries import agreed_outcomes, meetings_of_member
from app.meetings.views import member, reviewer, staff
from app.review.queries.reading import MEETINGS

ROOM = Room(
    blueprints=(staff.bp, reviewer.bp, member.bp),
    offers=(AGREED.offer(agreed_outcomes), MEETINGS.offer(meetings_of_member)),
)
