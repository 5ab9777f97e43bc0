"""What else a reader opens of a file: what changed in it since they read it, and its attachments."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import jurors, person
from app.applications.queries.files import file_of, handed_in_file, submissions_of
from app.core.audit import looks
from app.core.errors import Missing
from app.core.files.metadata import Unremovable
from app.core.files.reply import as_attachment
from app.core.http.web import AppBlueprint, see
from app.core.i18n.language import locale
from app.review.access import assigned_file
from app.review.rules.differing import differences
from app.review.rules.showing import shown

bp = AppBlueprint("review_dossier", __name__, guard=jurors)


@bp.page(nl="/team/lezen/dossier/<key>/wijzigingen", fr="/equipe/lectures/dossier/<key>/modifications")
def changes(key: str) -> Any:
    """The text that was read beside the newest one, question by question."""
    seat = assigned_file(key, person)
    looks.looked(seat.application.ref, person.ref)
    submissions = submissions_of(seat.application.id)
    newest = submissions[-1]
    read = seat.review.submission_number if seat.review else newest.number
    first = next((one for one in submissions if one.number == read), newest)
    texts = [file_of(seat.application, one) for one in (first, newest)]
    veil = seat.veil(*texts)
    before, after = (shown(one.definition, one.answers, one.attachments, veil=veil, locale=locale()) for one in texts)
    return render_template(
        "review/dossier/changes.html",
        seat=seat,
        application=seat.application,
        differences=differences(before, after),
        before=first,
        after=newest,
    )


@bp.page(nl="/team/lezen/dossier/<key>/bijlage/<file_key>", fr="/equipe/lectures/dossier/<key>/annexe/<file_key>")
def attachment(key: str, file_key: str) -> Any:
    """A file of the newest text that the jury may read; who reads blind gets a copy without author or name."""
    seat = assigned_file(key, person)
    file = handed_in_file(seat.application)
    parts = shown(file.definition, file.answers, file.attachments, veil=seat.veil(file), locale=locale())
    found = next((one for part in parts for row in part.rows for one in row.files if one.key == file_key), None)
    if found is None:
        raise Missing
    looks.looked(seat.application.ref, person.ref)
    try:
        return as_attachment(found.digest, name=found.name, media_type=found.media_type, is_anonymous=seat.is_blind)
    except Unremovable:
        flash(_("The name of the author cannot be taken out of “%(file)s”. Ask the team for a copy.", file=found.name))
        return see(url_for("review_juror.score", key=key))
