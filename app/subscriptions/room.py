"""What the room subscriptions adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.consents.actions import WITHDRAWN
from app.core.jobs import Job
from app.core.rooms import Room
from app.subscriptions import actions, jobs
from app.subscriptions.views import public, staff

ROOM = Room(
    blueprints=(public.bp, staff.bp),
    jobs=(
        Job(
            "subscriptions.notices",
            _l("Tell subscribers about calls"),
            jobs.send_notices,
            every=timedelta(minutes=1),
        ),
        Job("subscriptions.renewals", _l("Ask subscribers whether to go on"), jobs.ask_to_renew, at_hour=10),
    ),
    offers=(WITHDRAWN.offer(actions.drop_newsletter),),
)
