"""What the room applications adds to the application."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.accounts.views.public import SIGN_IN_REASONS
from app.applications import jobs
from app.applications.access import UnconfirmedDraft
from app.applications.queries.writing_time import minutes_of_form
from app.applications.views import applicant, invited, public, removing, staff, together, writer
from app.core.http.errorpages import TYPED_KEEPERS
from app.core.http.typed_text import TYPED_READERS
from app.core.jobs import Job
from app.core.rooms import Room
from app.programmes.views.calendars import OWN_CALENDAR
from app.programmes.views.public import HOW_LONG

ROOM = Room(
    blueprints=(public.bp, applicant.bp, writer.bp, removing.bp, together.bp, staff.bp, invited.bp),
    jobs=(
        Job("applications.delete_removed_files", _l("Delete removed files"), jobs.delete_removed_files, at_hour=3),
        Job(
            "applications.delete_dropped_files",
            _l("Delete files that nothing needs"),
            jobs.delete_dropped_files,
            every=timedelta(minutes=10),
        ),
        Job("applications.thin_revisions", _l("Thin out earlier texts"), jobs.thin_revisions, at_hour=3),
    ),
    template_globals={"your_deadline": applicant.your_deadline, "may_correct": applicant.may_correct},
    error_handlers={UnconfirmedDraft: applicant.show_unconfirmed_draft},
    offers=(
        SIGN_IN_REASONS.offer(invited.why_sign_in),
        OWN_CALENDAR.offer(applicant.own_calendar),
        HOW_LONG.offer(minutes_of_form),
        TYPED_READERS.offer({"applications_writer.section": writer.refused_answers}),
        TYPED_KEEPERS.offer({"applications_writer.section": writer.keep_refused}),
    ),
)
