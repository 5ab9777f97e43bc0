"""The applicant's PDFs: a submission, made once each, and the draft."""

from contextlib import suppress
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import applicants, person, shown_name, sign_in
from app.applications.access import application_access
from app.applications.actions import keeping
from app.applications.models import Application, Submission
from app.applications.queries import files
from app.applications.queries.files import File
from app.applications.rules.showing import pdf_digest
from app.applications.rules.team import Right
from app.core import clock
from app.core.errors import NotFound
from app.core.exports.pdf import as_pdf, render_pdf
from app.core.files.storage import storage
from app.core.http.limits import spend
from app.core.http.web import AppBlueprint
from app.core.i18n.language import speaking
from app.core.text.cleaning import sent_number
from app.documents.exports.archive import safe
from app.documents.exports.whole import whole_file

bp = AppBlueprint("documents_applicant", __name__, guard=applicants)


@bp.page(nl="/mijn-dossier/<key>/pdf", fr="/mon-dossier/<key>/pdf")
def whole(key: str) -> Any:
    """The last submission, or one by number (`?nr=`); the draft when nothing was submitted."""
    application = application_access(key, sign_in, Right.READ).application
    asked = request.args.get("nr")
    chosen = (
        files.last_submission(application.id) if asked is None else files.submission(application.id, sent_number(asked))
    )
    if chosen is not None:
        ending = f"-{chosen.number}" if chosen.number > 1 else ""
        return as_pdf(_kept(application, chosen), name=f"{application.reference or 'coopcity'}{ending}.pdf")
    if asked is not None:
        raise NotFound
    return _draft(files.open_file(application))


@bp.page(nl="/mijn-dossier/<key>/concept.pdf", fr="/mon-dossier/<key>/brouillon.pdf")
def draft(key: str) -> Any:
    """The working text, including unsent changes; the submission when nothing differs."""
    file = files.open_file(application_access(key, sign_in, Right.READ).application)
    if file.sent:
        return redirect(url_for(".whole", key=key), 302)
    return _draft(file)


def _draft(file: File) -> Any:
    with speaking(file.language):
        word = safe(_("draft"))
    return as_pdf(_made(file), name=f"{file.application.reference or 'coopcity'}-{word}.pdf")


def _made(file: File) -> bytes:
    spend("20 per 10 minutes", "pdf", person.ref)
    return render_pdf(
        "documents/applicant/whole.typ", whole_file(file, at=clock.now(), contact=shown_name(file.application.person))
    )


def _kept(application: Application, chosen: Submission) -> bytes:
    """The stored PDF of a submission, made on first request.

    It names the owner: an unconfirmed session gets a copy of its own, which is not stored.
    """
    if not sign_in.confirmed:
        return _made(files.file_of(application, chosen))
    with suppress(FileNotFoundError):
        return storage().get(pdf_digest(chosen.id, application.key))
    made = _made(files.file_of(application, chosen))
    keeping.keep_pdf(application, chosen, made)
    return made
