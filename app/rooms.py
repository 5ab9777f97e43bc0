"""Every door of the house and every job that runs later, one line each."""

from collections.abc import Callable

from flask import Flask
from flask_compress import Compress

import app.core.twins
import app.intake.models
import app.review.models  # noqa: F401
from app.accounts import jobs as accounts_jobs
from app.accounts.guards import confirmed_person, current_person, first_page, may_enter
from app.accounts.views import public as accounts_public
from app.api.views import public as api_public
from app.applications import jobs as applications_jobs
from app.applications.access import LookFirst
from app.applications.views import applicant as applications_applicant
from app.applications.views import invited as applications_invited
from app.applications.views import public as applications_public
from app.applications.views import removing as applications_removing
from app.applications.views import staff as applications_staff
from app.applications.views import together as applications_together
from app.applications.views import writer as applications_writer
from app.builder.views import editor as builder_editor
from app.builder.views import staff as builder_staff
from app.builder.views import versions as builder_versions
from app.casework.views import staff as casework_staff
from app.casework.views import together as casework_together
from app.conflicts.queries import kept_from
from app.conflicts.views import staff as conflicts_staff
from app.consents.views import staff as consents_staff
from app.contact.views import public as contact_public
from app.contact.views import staff as contact_staff
from app.content.views import public as content_public
from app.content.views import staff as content_staff
from app.core import structured
from app.core.belgium import municipality_name
from app.core.i18n import locale
from app.core.web import Room
from app.decisions import jobs as decisions_jobs
from app.decisions.views import applicant as decisions_applicant
from app.decisions.views import calls as decisions_calls
from app.decisions.views import places as decisions_places
from app.decisions.views import reserve as decisions_reserve
from app.decisions.views import staff as decisions_staff
from app.desk.rules import by_words, deed_words, gathered
from app.desk.views import staff as desk_staff
from app.enterprises.views import public as enterprises_public
from app.events import jobs as events_jobs
from app.events.views import public as events_public
from app.events.views import staff as events_staff
from app.impact.views import public as impact_public
from app.intake import jobs as intake_jobs
from app.intake.views import staff as intake_staff
from app.interviews import jobs as interviews_jobs
from app.interviews.views import applicant as interviews_applicant
from app.interviews.views import juror as interviews_juror
from app.interviews.views import staff as interviews_staff
from app.mail import jobs as mail_jobs
from app.meetings.views import juror as meetings_juror
from app.meetings.views import member as meetings_member
from app.meetings.views import staff as meetings_staff
from app.outbox.views import batches as outbox_batches
from app.outbox.views import staff as outbox_staff
from app.outbox.views import wording as outbox_wording
from app.papers.views import applicant as papers_applicant
from app.papers.views import staff as papers_staff
from app.people.views import staff as people_staff
from app.privacy import jobs as privacy_jobs
from app.privacy.views import person as privacy_person
from app.privacy.views import public as privacy_public
from app.programmes.views import check as programmes_check
from app.programmes.views import preview as programmes_preview
from app.programmes.views import public as programmes_public
from app.programmes.views import rows as programmes_rows
from app.programmes.views import staff as programmes_staff
from app.ranking.views import staff as ranking_staff
from app.readers import jobs as readers_jobs
from app.readers.views import assigning as readers_assigning
from app.readers.views import juror as conflicts_juror
from app.readers.views import staff as readers_staff
from app.review.views import dossier as review_dossier
from app.review.views import juror as review_juror
from app.site.views import development as site_development
from app.site.views import pictures as site_pictures
from app.site.views import public as site_public

DOORS: list[Room] = [
    site_public.room,
    site_pictures.room,
    content_public.room,
    programmes_public.room,
    programmes_check.room,
    programmes_staff.room,
    programmes_rows.room,
    programmes_preview.room,
    intake_staff.room,
    builder_staff.room,
    builder_editor.room,
    builder_versions.room,
    enterprises_public.room,
    events_public.room,
    impact_public.room,
    contact_public.room,
    api_public.room,
    accounts_public.room,
    applications_public.room,
    applications_applicant.room,
    applications_writer.room,
    applications_removing.room,
    applications_together.room,
    applications_staff.room,
    applications_invited.room,
    desk_staff.room,
    conflicts_staff.room,
    conflicts_juror.room,
    readers_staff.room,
    readers_assigning.room,
    casework_staff.room,
    casework_together.room,
    ranking_staff.room,
    review_juror.room,
    review_dossier.room,
    interviews_staff.room,
    interviews_applicant.room,
    interviews_juror.room,
    decisions_staff.room,
    decisions_calls.room,
    decisions_places.room,
    decisions_reserve.room,
    decisions_applicant.room,
    meetings_staff.room,
    meetings_juror.room,
    meetings_member.room,
    papers_applicant.room,
    papers_staff.room,
    people_staff.room,
    privacy_person.room,
    privacy_public.room,
    content_staff.room,
    events_staff.room,
    contact_staff.room,
    consents_staff.room,
    outbox_staff.room,
    outbox_batches.room,
    outbox_wording.room,
]
ONLY_IN_DEVELOPMENT: list[Room] = [site_development.room]

# Each returns how many things it did; the worker runs them in turn until none has anything to do.
JOBS: list[Callable[[], int]] = [
    accounts_jobs.send_links,
    mail_jobs.deliver,
    intake_jobs.remind,
    intake_jobs.give_back,
    readers_jobs.tell_changes,
    readers_jobs.remind,
    decisions_jobs.remind,
    interviews_jobs.remind,
    events_jobs.remind,
    events_jobs.fill_free_places,
    applications_jobs.delete_removed_files,
    applications_jobs.thin_revisions,
    privacy_jobs.warn,
    privacy_jobs.Paced(privacy_jobs.let_go),
]


def open_doors(app: Flask) -> None:
    """Give the application its pages."""
    settings = app.config["SETTINGS"]
    doors = DOORS + (ONLY_IN_DEVELOPMENT if settings.is_development and settings.is_loopback else [])
    for room in doors:
        app.register_blueprint(room)
    app.config["COUNTED_PERSON"] = confirmed_person
    app.register_error_handler(LookFirst, applications_applicant.look_first)
    app.config["SUGGESTIONS"] = site_public.suggestions
    app.config["TYPED_READERS"] = {"applications_writer.section": applications_writer.refused_answers}
    app.config["TYPED_KEEPERS"] = {"applications_writer.section": applications_writer.keep_refused}
    app.config["KEPT_FROM"] = kept_from
    app.config["RANKING_CELLS"] = {decisions_staff.ADVICE: decisions_staff.advices}
    app.jinja_env.globals["retention"] = privacy_public.retention
    app.config["FIRST_PAGE"] = first_page
    app.jinja_env.globals["first_page"] = first_page
    app.jinja_env.globals["may_enter"] = may_enter
    app.jinja_env.globals["signed_in"] = current_person
    app.jinja_env.globals["demo_note"] = content_public.demo_note
    app.jinja_env.globals["linked"] = content_public.linked
    app.jinja_env.filters["linked"] = content_public.linked
    app.jinja_env.globals["municipality_name"] = lambda code: municipality_name(code, locale())
    app.jinja_env.globals["told"] = decisions_applicant.told
    app.jinja_env.globals["your_deadline"] = applications_applicant.your_deadline
    app.jinja_env.globals["may_correct"] = applications_applicant.may_correct
    app.jinja_env.globals["deed_words"] = deed_words
    app.jinja_env.globals["gathered"] = gathered
    app.jinja_env.globals["by_words"] = by_words
    app.jinja_env.globals["breadcrumbs"] = structured.breadcrumbs
    app.jinja_env.globals["picture"] = site_pictures.picture_address
    app.jinja_env.globals["json_ld"] = structured.json_ld
    Compress(app).compress_mimetypes_set.add("text/calendar")
