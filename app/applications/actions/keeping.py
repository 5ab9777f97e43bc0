"""Keeping the PDF of a submission: made when it is first asked for, never changed afterwards."""

from sqlalchemy import select

from app.applications.models import Application, Submission
from app.applications.rules import pdf_digest
from app.core.db import db
from app.core.files.storage import storage


def keep_pdf(application: Application, submission: Submission, content: bytes) -> None:
    """Store the PDF for the next time, under a name made of the submission: no row, so that a GET may do so.

    Erasing a file takes its PDFs away. When it was erased while this one was made, nothing of it may stay: the
    submission is looked up once more, on a connection that does not see the past.
    """
    number, digest = submission.id, pdf_digest(submission.id, application.key)
    storage().put_as(digest, content)
    with db.engine.connect() as connection:
        exists = connection.scalar(select(Submission.id).where(Submission.id == number))
    if exists is None:
        storage().delete(digest)
