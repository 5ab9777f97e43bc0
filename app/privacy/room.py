"""What the room privacy adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.core.jobs import Job
from app.core.rooms import Room
from app.privacy import jobs
from app.privacy.views import person, public

ROOM = Room(
    blueprints=(person.bp, public.bp),
    jobs=(
        Job("privacy.store_looks", _l("Store who looked at what"), jobs.store_access_log, every=timedelta(seconds=10)),
        Job("privacy.forget_limits", _l("Forget expired limits"), jobs.forget_limits, every=timedelta(minutes=10)),
        Job("privacy.warn", _l("Warn about old drafts"), jobs.warn, at_hour=4),
        Job("privacy.purge_all", _l("Delete what is kept no longer"), jobs.purge_all, at_hour=3),
    ),
    template_globals={"retention": public.retention},
)
