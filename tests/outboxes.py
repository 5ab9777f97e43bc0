"""Files for tests about the post: handed in, before the jury, and without the letters that the way there caused."""

from sqlalchemy import delete

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.mail.models import OutgoingMail
from tests.builders import an_application


def a_file(title: str) -> Application:
    """A file of this title."""
    made = an_application(state=State.JURY)
    made.title = title
    db.session.execute(delete(OutgoingMail).where(OutgoingMail.about == made.ref))
    return made
