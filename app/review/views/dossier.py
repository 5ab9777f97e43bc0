"""Changes since the application was read, and its attachments."""

from typing import Any

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, reviewers
from app.applications.queries.files import file_of, handed_in_file, submissions_of
from app.core.audit import access_log
from app.core.errors import NotFound
from app.core.files.metadata import Unremovable
from app.core.files.reply import as_attachment
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale
from app.review.access import assigned_file
from app.review.rules.differing import differences
from app.review.rules.showing import shown

bp = AppBlueprint("review_dossier", __name__, guard=reviewers)


@bp.page(nl="/team/lezen/dossier/<key>/wijzigingen", fr="/equipe/lectures/dossier/<key>/modifications")
def changes(key: str) -> Any:
    """The submission that was read beside the newest one."""
    access = assigned_file(key, person)
    access_log.record_access(access.application.ref, person.ref)
    submissions = submissions_of(access.application.id)
    newest = submissions[-1]
    read = access.review.submission_number if access.review else newest.number
    first = next((one for one in submissions if one.number == read), newest)
    texts = [file_of(access.application, one) for one in (first, newest)]
    redactor = access.redactor(*texts)
    before, after = (
        shown(one.definition, one.answers, one.attachments, redactor=redactor, locale=locale()) for one in texts
    )
    return render_template(
        "review/dossier/changes.html",
        access=access,
        application=access.application,
        differences=differences(before, after),
        before=first,
        after=newest,
    )


@bp.page(nl="/team/lezen/dossier/<key>/bijlage/<file_key>", fr="/equipe/lectures/dossier/<key>/annexe/<file_key>")
def attachment(key: str, file_key: str) -> Any:
    """An attachment of the newest submission; under blind review a copy without metadata and name."""
    access = assigned_file(key, person)
    file = handed_in_file(access.application)
    parts = shown(file.definition, file.answers, file.attachments, redactor=access.redactor(file), locale=locale())
    found = next((one for part in parts for row in part.rows for one in row.files if one.key == file_key), None)
    if found is None:
        raise NotFound
    access_log.record_access(access.application.ref, person.ref)
    try:
        return as_attachment(found.digest, name=found.name, media_type=found.media_type, is_anonymous=access.is_blind)
    except Unremovable:
        flash(_("The name of the author cannot be taken out of “%(file)s”. Ask the team for a copy.", file=found.name))
        return redirect_after_post(url_for("review_reviewer.score", key=key))
