"""What the room mail adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.mail.jobs import delivery

ROOM = Room(
    jobs=(Job("mail.deliver", _l("Send e-mails"), delivery.deliver, every=timedelta(seconds=2)),),
)
