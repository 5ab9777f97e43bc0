"""Load a letter, a batch or a kind, for somebody who may know of it."""

from app.accounts.models import Person
from app.core.errors import NotFound
from app.mail.models import OutgoingMail
from app.mail.rules.kinds import KINDS
from app.mail.rules.placeholders import Kind
from app.outbox import queries


def letter_for(letter_id: int, person: Person) -> OutgoingMail:
    """This letter; for whoever is in conflict with the file that it is about it does not exist."""
    found = queries.letter(letter_id, person.id)
    if found is None:
        raise NotFound
    return found


def batch_for(name: str, person: Person) -> queries.Batch:
    """The letters that were written together under this name, as far as this person may know of them."""
    found = queries.batches(person.id, only=name)
    if not found:
        raise NotFound
    return found[0]


def kind_named(name: str) -> Kind:
    """A kind of letter that the team may word."""
    if name not in KINDS:
        raise NotFound
    return KINDS[name]
