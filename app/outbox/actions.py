"""Actions of the team on letters: one, a batch, or a test to oneself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.accounts.models import Person
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import speaking
from app.mail.actions import batches, composing, writing
from app.mail.models import OutgoingMail
from app.mail.queries import exists
from app.mail.rules.kinds import KINDS
from app.mail.rules.placeholders import SOFT_SPACES, filled, filled_line
from app.outbox import queries


def release(batch: str, chosen: list[int] | None, *, by: Person, at: datetime) -> int:
    """Release the selected letters of a batch, or all (`chosen` is None); return how many.

    An empty selection releases nothing; letters hidden from this colleague stay on hold.
    """
    only = queries.seen_by(by.id)
    if chosen is not None:
        only = only & OutgoingMail.id.in_(chosen)
    return batches.release(batch, by=by.ref, at=at, only=only)


def words_of(
    kind: str, subject: Bilingual, body: Bilingual, given: Mapping[str, Any], language: str
) -> composing.Words:
    """The wording filled with these values in one language; samples for missing values."""
    known = KINDS[kind]
    with speaking(language):
        values = known.values(given)
        line = SOFT_SPACES.sub(" ", filled_line(subject[language], values)).strip()
        return composing.Words(line, filled(known, body[language], values))


def send_tests(
    kind: str, subject: Bilingual, body: Bilingual, given: Mapping[str, Any], *, once: str, by: Person, at: datetime
) -> None:
    """Send a letter of this kind in every language to the colleague's own address; once per `once`."""
    for language in LOCALES:
        key = f"test:{kind}:{by.id}:{once}:{language}"
        if not exists(key):
            words = words_of(kind, subject, body, given, language)
            writing.write_down(
                kind, words, to_name=by.name, to_email=by.email, language=language, key=key, about=by.ref, at=at
            )
