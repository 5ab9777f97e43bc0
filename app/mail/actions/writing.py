"""Queue letters in the outbox, in the transaction of the action."""

from datetime import datetime
from typing import Any

from app.core.db.base import db
from app.core.db.unique import get_or_create
from app.core.i18n.bilingual import LOCALES
from app.mail import queries
from app.mail.actions.composing import Words, compose
from app.mail.actions.sealing import sealed
from app.mail.models import OutgoingMail
from app.mail.rules.links import keys_in, with_marks, without_keys
from app.mail.rules.states import MailState
from app.mail.rules.values import harmless


def queue(
    kind: str,
    *,
    to_name: str,
    to_email: str,
    language: str,
    key: str,
    about: str,
    at: datetime,
    batch: str = "",
    on_hold: bool = False,
    unsubscribe: str = "",
    **values: Any,
) -> OutgoingMail | None:
    """Queue a letter in the recipient's language; it is sent after the commit, or not at all.

    `kind` names templates/mail/<kind>.txt: its first line is the subject, its paragraphs make text and HTML. The team's
    wording of the kind replaces it. The same `key` again queues nothing: one event, one letter. `batch`: letters that
    belong together; `on_hold`: it waits until a colleague releases it; `unsubscribe`: the address that stops such mail.
    """
    if language not in LOCALES:
        raise ValueError(language)
    if queries.exists(key):
        return None
    words = compose(kind, language=language, name=to_name, **values)
    return write_down(
        kind,
        words,
        to_name=to_name,
        to_email=to_email,
        language=language,
        key=key,
        about=about,
        at=at,
        batch=batch,
        on_hold=on_hold,
        unsubscribe=unsubscribe,
    )


def write_down(
    kind: str,
    words: Words,
    *,
    to_name: str,
    to_email: str,
    language: str,
    key: str,
    about: str,
    at: datetime,
    batch: str = "",
    on_hold: bool = False,
    unsubscribe: str = "",
) -> OutgoingMail:
    """Store a composed letter under a new key. The subject is shown in lists, so it must contain no secret.

    The keys of its links are encrypted, so that a reader of the outbox or of a database copy cannot use them.
    """
    keys = keys_in(f"{words.source}\n{unsubscribe}")
    letter = OutgoingMail(
        kind=kind,
        key=key,
        about=about,
        to_name=harmless(to_name),
        to_email=to_email,
        language=language,
        subject=without_keys(words.subject),
        body=with_marks(words.source, keys),
        text=with_marks(words.text(language), keys),
        html=with_marks(words.html(language), keys),
        sealed=sealed(keys),
        unsubscribe=with_marks(unsubscribe, keys),
        state=MailState.ON_HOLD if on_hold else MailState.QUEUED,
        tries=0,
        error="",
        created_at=at,
        due_at=at,
        batch=batch,
    )
    if batch:  # queued under a lock of the batch; a savepoint for each of ten thousand would be slow
        db.session.add(letter)
        db.session.flush()
        return letter
    return get_or_create(lambda: queries.letter_with_key(key), lambda: letter)[0]
