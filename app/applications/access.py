"""Load and check one private thing: what is not yours does not exist."""

from sqlalchemy import select

from app.accounts.models import SignIn
from app.applications.models import Application, Attachment
from app.core.db import db
from app.core.errors import Missing


def own_application(key: str, sign_in: SignIn) -> Application:
    """The application of this person; through an unconfirmed sign-in only what was started there."""
    application = _application(key)
    mine = application.person_id == sign_in.person_id
    if not mine or not (sign_in.confirmed or application.started_in_id == sign_in.id):
        raise Missing
    return application


def handed_in_application(key: str) -> Application:
    """The application for staff; drafts are nobody's business but their writer's."""
    application = _application(key)
    if application.submitted_at is None:
        raise Missing
    return application


def attachment_of(application: Application, key: str) -> Attachment:
    """A file of this application that was not removed."""
    found = db.session.scalar(
        select(Attachment).where(
            Attachment.application_id == application.id, Attachment.key == key, Attachment.removed_at.is_(None)
        )
    )
    if found is None:
        raise Missing
    return found


def _application(key: str) -> Application:
    found = db.session.scalar(select(Application).where(Application.key == key))
    if found is None:
        raise Missing
    return found
