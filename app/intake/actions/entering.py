"""Other ways to start an application: on somebody's behalf, and as a test."""

from datetime import datetime

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import Purpose
from app.applications.actions import writing
from app.applications.actions.common import write
from app.applications.models import Application
from app.core.audit import audit_trail
from app.core.i18n.addresses import mailed_address, page_path
from app.programmes.models import Call


def try_out(call: Call, *, by: Person, at: datetime) -> Application:
    """Start a test application: the call as applicants see it, open or not. Its letters go to the tester."""
    return writing.start(call.id, by=by, sign_in=None, language=by.language, at=at, rehearsal=True)


def start_on_behalf(call: Call, *, email: str, name: str, language: str, by: Person, at: datetime) -> Application:
    """Start an application for somebody who was helped on paper, by phone or in person; it is theirs, and marked as
    assisted.
    """
    person = accounts.get_or_create_person(email, name=name, language=language, at=at)
    application = writing.start(
        call.id, by=person, sign_in=None, language=language, at=at, assisted_by=by, late_until=None
    )
    path = page_path("applications_applicant.tasks", lang=language, key=application.key)
    token = accounts.make_link(person, next_path=path, at=at, purpose=Purpose.ASSISTED)
    url = mailed_address("accounts_public.open_link", lang=language, token=token)
    write(application, "application_assisted", key=f"started:{application.id}", url=url, at=at)
    audit_trail.record("application.assisted", by=by.ref, about=application.ref, at=at)
    return application
