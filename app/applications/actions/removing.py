"""Remove attachments, put them back, and delete files without references."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, event

from app.accounts.models import Person
from app.applications.actions.common import can_edit
from app.applications.models import Application, Attachment
from app.applications.queries import files
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.files.storage import storage

CAN_BE_PUT_BACK = timedelta(days=1)
REMOVED_KEPT = timedelta(days=2)  # longer than a removal can be undone, so that nothing is deleted while it is put back
FRESH = timedelta(hours=1)  # the row of a file stored more recently may not be committed yet


def detach(application: Application, attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Remove an attachment from the answers. It can be put back for a day; submissions keep it."""
    if not can_edit(application, at=at):
        raise Conflict("closed")
    attachment.removed_at = at
    application.saved_at = at
    audit_trail.record("application.file_removed", by=by.ref, about=application.ref, at=at, digest=attachment.digest)


def reattach(application: Application, attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Put a removed attachment back. If that restores the submitted text, there are no unsent changes left."""
    if not can_edit(application, at=at) or attachment.removed_at is None:
        raise Conflict("closed")
    if attachment.removed_at <= at - CAN_BE_PUT_BACK:
        raise Conflict("too_late")
    attachment.removed_at = None
    application.saved_at = at
    db.session.flush()
    if application.handed_in_at and files.is_as_handed_in(application):
        application.saved_at = application.handed_in_at
    audit_trail.record("application.file_restored", by=by.ref, about=application.ref, at=at, digest=attachment.digest)


def delete_removed_files(*, at: datetime) -> int:
    """Delete attachments that were removed days ago and never submitted: rows, then files. Return how many."""
    before = at - REMOVED_KEPT
    gone = files.removed_and_never_handed_in(before)
    if not gone:
        return 0
    deleted = db.session.execute(
        delete(Attachment)
        .where(Attachment.id.in_(gone), Attachment.removed_at <= before)
        .returning(Attachment.application_id, Attachment.digest)
        .execution_options(synchronize_session=False)
    ).all()
    for application_id in sorted({row.application_id for row in deleted}):
        audit_trail.record("application.files_deleted", by="system", about=f"application:{application_id}", at=at)
    drop_unused({row.digest for row in deleted})
    return len(deleted)


def drop_unused(digests: Iterable[str], *, untouched_for: timedelta = FRESH) -> None:
    """After the commit, delete stored files without a row.

    Other people may have sent the same file. A file stored within `untouched_for` stays: its row may not be committed
    yet, and removing that row will delete the file.
    """
    unused, store = [one for one in digests if not files.is_used(one)], storage()

    def drop(_session: object) -> None:
        for digest in unused:
            store.delete(digest, untouched_for=untouched_for)

    event.listen(db.session(), "after_commit", drop, once=True)
