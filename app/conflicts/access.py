"""Load a file that was handed in, for somebody from whom it is not hidden."""

from app.accounts.models import Person
from app.applications.access import handed_in_application
from app.applications.models import Application
from app.conflicts.queries import is_hidden
from app.core.errors import Missing


def file_for(key: str, person: Person) -> Application:
    """The application at this key, as the team may read it; for whoever is in conflict it does not exist."""
    application = handed_in_application(key)
    if is_hidden(application.id, person.id):
        raise Missing
    return application
