"""What the room mail adds to the application."""

from app.core.rooms import Room
from app.mail import jobs

ROOM = Room(jobs=(jobs.deliver,))
