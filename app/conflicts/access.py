"""Load a file that was handed in, for somebody from whom it is not hidden."""

from app.accounts.models import Person
from app.applications.access import handed_in_application
from app.applications.models import Application
from app.conflicts.queries import open_to


def file_for(key: str, person: Person) -> Application:
    """The application at this key, as the team may read it; for whoever is in conflict it does not exist."""
    return handed_in_application(key, open_to(person.id))
