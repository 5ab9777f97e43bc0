"""Remove attachments, put them back, and delete files without references."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.accounts.models import Person
from app.applications.actions.common import can_edit
from app.applications.models import Application, Attachment, DroppedFile
from app.applications.queries import files
from app.core.audit import audit_trail
from app.core.db.base import change_any, db
from app.core.db.unique import insert_or
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
    drop_unused({row.digest for row in deleted}, at=at)
    return len(deleted)


def drop_unused(digests: Iterable[str], *, at: datetime) -> None:
    """Register stored files for deletion; the worker deletes those without a row.

    Not deleted here: the transaction may be rolled back, somebody may be uploading the same file, and two transactions
    that delete its last two rows each still see the other row.
    """
    rows = [{"digest": one, "dropped_at": at} for one in sorted(digests)]
    if rows:
        db.session.execute(insert_or(DroppedFile).on_conflict_do_nothing(), rows)


def delete_dropped_files() -> int:
    """Delete the registered files that no row uses; return how many entries are settled.

    A file that was stored again recently waits for a later run: its row may not be committed yet.
    """
    settled = list[str]()
    for one in db.session.scalars(select(DroppedFile).order_by(DroppedFile.digest)):
        if files.is_used(one.digest) or storage().delete(one.digest, untouched_for=FRESH):
            settled.append(one.digest)
    return change_any(delete(DroppedFile).where(DroppedFile.digest.in_(settled))) if settled else 0
