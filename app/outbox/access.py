"""Load a letter, a batch or a kind of letter that the person may see."""

from app.accounts.models import Person
from app.core.errors import NotFound
from app.mail.models import OutgoingMail
from app.mail.rules.kinds import KINDS
from app.mail.rules.placeholders import Kind
from app.outbox import queries


def letter_for(letter_id: int, person: Person) -> OutgoingMail:
    """This letter. Raises NotFound for a person in conflict with the application it is about."""
    found = queries.letter(letter_id, person.id)
    if found is None:
        raise NotFound
    return found


def batch_for(name: str, person: Person) -> queries.Batch:
    """The letters of this batch that the person may see. Raises NotFound when there are none."""
    found = queries.batches(person.id, only=name)
    if not found:
        raise NotFound
    return found[0]


def kind_named(name: str) -> Kind:
    """A kind of letter that the team may reword. Raises NotFound."""
    if name not in KINDS:
        raise NotFound
    return KINDS[name]
