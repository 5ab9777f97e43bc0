"""Store the PDF of each submission, and thin out old revisions."""

from datetime import datetime

from sqlalchemy import delete, select

from app.applications.models import Application, SectionSave, Submission
from app.applications.queries import files, revisions
from app.applications.rules.showing import pdf_digest
from app.applications.rules.thinning import superseded
from app.core.db.base import db
from app.core.files.storage import storage


def keep_pdf(application: Application, submission: Submission, content: bytes) -> None:
    """Store the PDF under a name derived from the submission. Writes no row, so a GET may do it.

    Erasing an application deletes its PDFs. In case it was erased while this PDF was made, the submission is looked up
    again on a connection with a fresh snapshot.
    """
    number, digest = submission.id, pdf_digest(submission.id, application.key)
    storage().put_as(digest, content)
    with db.engine.connect() as connection:
        exists = connection.scalar(select(Submission.id).where(Submission.id == number))
    if exists is None:
        storage().delete(digest)


def thin_revisions(*, at: datetime) -> int:
    """Delete revisions except the first, the last of each hour and submitted ones; return how many."""
    gone = 0
    for application_id, section in revisions.often_saved(at):
        saves = [(one.revision, one.saved_at) for one in revisions.revisions_of(application_id, section)]
        handed_in = {one.sections[section] for one in files.submissions_of(application_id) if section in one.sections}
        numbers = superseded(saves, handed_in=handed_in, at=at)
        gone += len(numbers)
        db.session.execute(
            delete(SectionSave).where(
                SectionSave.application_id == application_id,
                SectionSave.section == section,
                SectionSave.revision.in_(numbers),
            )
        )
    return gone
