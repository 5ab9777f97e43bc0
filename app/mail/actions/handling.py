"""What a colleague does with one letter: hold, send, cancel, retry, edit, send again."""

from datetime import datetime

from sqlalchemy import update

from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.db.unique import get_or_create
from app.core.errors import Conflict
from app.core.i18n.addresses import site_host
from app.mail import queries
from app.mail.actions.composing import Words
from app.mail.actions.sealing import lost_its_key
from app.mail.models import OutgoingMail
from app.mail.rules.kinds import has_secret_link
from app.mail.rules.links import has_key
from app.mail.rules.states import ACTIONS, EDITABLE, MailState
from app.mail.rules.wording import edit_issues


def move(letter: OutgoingMail, action: str, *, by: str, at: datetime) -> None:
    """`send`, `hold`, `cancel` or `retry` one letter. Raises Conflict when its state does not allow it.

    One conditional UPDATE, because a worker may claim the letter at the same moment.
    """
    from_states, to = ACTIONS[action]
    tries = 0 if action == "retry" else OutgoingMail.tries
    moved = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == letter.id, OutgoingMail.state.in_(from_states))
        .values(state=to, due_at=at, tries=tries, sealed="" if to == MailState.CANCELLED else OutgoingMail.sealed)
        .execution_options(synchronize_session=False)
        .returning(OutgoingMail.id)
    )
    if moved.scalar_one_or_none() is None:
        raise Conflict(letter.state)
    db.session.refresh(letter)
    audit_trail.record(f"letter.{action}", by=by, about=letter.ref, at=at)


def edit(letter: OutgoingMail, *, subject: str, body: str, by: str, by_id: int, at: datetime) -> None:
    """Edit one letter before it is sent; text and HTML follow.

    Raises Conflict when it was sent, contains a sign-in link, or links to another site.
    """
    before = f"{letter.subject}\n{letter.body or letter.text}"
    if holds_key(letter) or edit_issues(subject, body, before=before, own_host=site_host()):
        raise Conflict("words")
    words = Words.read(subject, body)
    edited = db.session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.id == letter.id, OutgoingMail.state.in_(EDITABLE))
        .values(
            subject=words.subject,
            body=words.source,
            text=words.text(letter.language),
            html=words.html(letter.language),
            edited_at=at,
            edited_by_id=by_id,
        )
        .execution_options(synchronize_session=False)
        .returning(OutgoingMail.id)
    )
    if edited.scalar_one_or_none() is None:
        raise Conflict(letter.state)
    db.session.refresh(letter)
    audit_trail.record("letter.edited", by=by, about=letter.ref, at=at)


def holds_key(letter: OutgoingMail) -> bool:
    """True when the letter contains a link or code that only its recipient may use."""
    return has_secret_link(letter.kind) or has_key(letter.text)


def again(letter: OutgoingMail, number: int, *, by: str, at: datetime) -> OutgoingMail:
    """Send a letter once more, as a new letter. `number`: how many times, as the page said.

    The same number twice is one letter. Raises Conflict when it was not sent, its key is gone, or the number skips one.
    """
    key = f"{letter.key}:again:{number}"
    found = queries.letter_with_key(key)
    if found is not None:
        return found
    if lost_its_key(letter) or letter.state != MailState.SENT or number != queries.times_again(letter.id) + 1:
        raise Conflict(letter.state)
    copied = ("kind", "about", "to_name", "to_email", "language", "subject", "body", "text", "html")
    made, is_new = get_or_create(
        lambda: queries.letter_with_key(key),
        lambda: OutgoingMail(
            **{name: getattr(letter, name) for name in copied},
            key=key,
            state=MailState.QUEUED,
            tries=0,
            error="",
            created_at=at,
            due_at=at,
            batch="",
            again_of_id=letter.id,
        ),
    )
    if is_new:
        audit_trail.record("letter.again", by=by, about=letter.ref, at=at, letter=made.id)
    return made
