"""Load a consent for the person it belongs to."""

from app.accounts.models import Person
from app.consents.models import Consent
from app.core.db.base import db
from app.core.errors import NotFound
from app.privacy.queries.sources import subject_of


def consent_of(person: Person, number: int) -> Consent:
    """This consent. Raises NotFound for anybody else."""
    found = db.session.get(Consent, number)
    if found is None or (found.person_id != person.id and found.application_id not in subject_of(person).file_ids):
        raise NotFound
    return found
