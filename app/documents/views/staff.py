"""Exports for the team: tables, PDFs and archives, selected by the list's filter."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.applications.actions import common as common_actions
from app.applications.models import Application
from app.applications.queries.files import handed_in_file
from app.casework.forms import list_filter
from app.casework.queries.list import everything, those
from app.conflicts.access import file_for
from app.core import clock
from app.core.audit import access_log
from app.core.errors import NotFound
from app.core.exports.columns import names as column_names
from app.core.exports.csv import as_download
from app.core.exports.pdf import as_pdf, pdf_response, render_pdf
from app.core.exports.xlsx import as_xlsx
from app.core.http.limits import spend
from app.core.http.web import AppBlueprint
from app.core.i18n.language import locale
from app.documents import queries
from app.documents.exports import archive as archive_exports
from app.documents.exports import dossier as dossier_exports
from app.documents.exports import tables
from app.documents.exports.tables import Table
from app.programmes.queries.team import call

bp = AppBlueprint("documents_staff", __name__, guard=staff)

MANY = "60 per 10 minutes"  # PDFs rendered for one colleague; each may contain hundreds of applications


@bp.page(nl="/team/uitvoer/kandidaturen.<ending>", fr="/equipe/export/candidatures.<ending>")
def files(ending: str) -> Any:
    wanted = _wanted()
    _note("files", ending, wanted)
    table = tables.files_table(queries.sheets(wanted), queries.forms_of(wanted), locale())
    return _download(table, _("applications"), ending)


@bp.page(nl="/team/uitvoer/kolommen.<ending>", fr="/equipe/export/colonnes.<ending>")
def columns(ending: str) -> Any:
    return _download(tables.columns(queries.forms_of(_wanted())), _("columns"), ending)


@bp.page(nl="/team/uitvoer/scores.<ending>", fr="/equipe/export/notes.<ending>")
def scores(ending: str) -> Any:
    found = call(request.args.get("call", ""))
    refs = queries.refs_of_call(found.key, person.id)
    access_log.record_export("scores", refs, by=person.ref, chosen_by={"call": found.key, "as": ending})
    return _download(tables.marks_table(queries.marks(found.key, person.id)), _("scores"), ending)


@bp.page(nl="/team/uitvoer/dossiers.zip", fr="/equipe/export/dossiers.zip")
def archive() -> Any:
    spend(MANY, "pdf", person.ref)
    _note("archive", "zip", _wanted())
    return archive_exports.archive(_pieces(), name="coopcity-dossiers.zip")


@bp.page(nl="/team/uitvoer/dossiers.pdf", fr="/equipe/export/dossiers.pdf")
def book() -> Any:
    """All dossiers of the filter in one PDF, for a jury meeting."""
    spend(MANY, "pdf", person.ref)
    at, files, failed = clock.now(), [], []
    _note("book", "pdf", _wanted())
    for application in queries.applications(_wanted()):
        data = archive_exports.or_none(partial(_dossier, application, at), about=application.ref)
        if data is None:
            failed.append((application.reference or "", application.title))
        else:
            files.append(data)
    made = dossier_exports.jury_book(_("Files for the jury"), files, failed=failed, language=locale(), at=at)
    return as_pdf(made, name="coopcity-dossiers.pdf")


@bp.page(nl="/team/kandidaturen/<key>/dossier.pdf", fr="/equipe/candidatures/<key>/dossier.pdf")
def dossier(key: str) -> Any:
    application = file_for(key, person)
    spend(MANY, "pdf", person.ref)
    access_log.record_access(application.ref, person.ref)
    data = _dossier(application, clock.now())
    return pdf_response("documents/applicant/whole.typ", data, name=f"{application.reference}.pdf")


def _dossier(application: Application, at: datetime) -> dict[str, Any]:
    file, marks = queries.opened(application)
    return dossier_exports.dossier(file, marks, changing=common_actions.is_being_changed(application, at=at), at=at)


def _wanted() -> Any:
    """The selected applications, or all that match the filter."""
    ticked = request.args.getlist("file")
    return those(ticked, person.id) if ticked else everything(list_filter(request.args, person.id))


def _note(what: str, ending: str, wanted: Any) -> None:
    """Record an access to each application and one audit entry."""
    asked: dict[str, Any] = {name: value for name, value in request.args.items() if name != "file"}
    if request.args.getlist("file"):
        asked = {"ticked": len(request.args.getlist("file"))}
    access_log.record_export(what, queries.refs_of(wanted), by=person.ref, chosen_by=asked | {"as": ending})


def _pieces() -> Iterator[tuple[str, Callable[[], bytes]]]:
    at = clock.now()
    for application in queries.applications(_wanted()):
        folder = archive_exports.safe(application.reference or application.key)
        yield f"{folder}/{folder}.pdf", partial(_paper, application, at)
        file = archive_exports.or_none(partial(handed_in_file, application), about=application.ref)
        for one in file.attachments if file else ():
            yield f"{folder}/{archive_exports.safe(one.name)}", partial(archive_exports.stored, one.digest)


def _paper(application: Application, at: datetime) -> bytes:
    return render_pdf("documents/applicant/whole.typ", _dossier(application, at))


def _download(table: Table, name: str, ending: str) -> Any:
    if ending == "csv":
        return as_download(column_names(table.columns), table.rows, name=f"coopcity-{archive_exports.safe(name)}.csv")
    if ending == "xlsx":
        return as_xlsx(table.columns, table.rows, sheet=name, name=f"coopcity-{archive_exports.safe(name)}.xlsx")
    raise NotFound
