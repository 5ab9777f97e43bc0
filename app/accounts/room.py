"""What the room accounts adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.accounts import jobs
from app.accounts.guards import confirmed_person, current_person, first_page, may_enter
from app.accounts.queries import names
from app.accounts.views import person, public
from app.core.http.edit_forms import NAMES_OF
from app.core.http.errorpages import FIRST_PAGE
from app.core.http.limits import COUNTED_PERSON
from app.core.jobs import Job
from app.core.rooms import Room

ROOM = Room(
    blueprints=(public.bp, person.bp),
    jobs=(Job("accounts.send_links", _l("Send sign-in links"), jobs.send_links, every=timedelta(seconds=2)),),
    template_globals={"first_page": first_page, "may_enter": may_enter, "signed_in": current_person},
    offers=(COUNTED_PERSON.offer(confirmed_person), FIRST_PAGE.offer(first_page), NAMES_OF.offer(names)),
)
