"""Writing one section of an application: saved at every step, kept even where something is wrong."""

import secrets
from collections import Counter
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import applicants, current_sign_in
from app.applications import actions, queries
from app.applications.access import attachment_of, own_application
from app.applications.actions import Stale
from app.applications.forms import chosen_files
from app.applications.queries import Answers, File, Saved
from app.core import clock
from app.core.errors import Missing
from app.core.files import Rejected, accept
from app.core.i18n import hour, locale
from app.core.web import Room, keep, see
from app.questionnaires.forms import carry_out, dropped_file, fields, group_action, read
from app.questionnaires.rules import Problem, Question, Row, Section, problems, progress, rejected, summary

room = Room("applications_writer", __name__, guard=applicants)


@room.page(nl="/mijn-dossier/<key>/deel/<part>", fr="/mon-dossier/<key>/partie/<part>", methods=("GET", "POST"))
def section(key: str, part: str) -> Any:
    file, shown = _open(key, part)
    may_edit = actions.can_edit(file.application, at=clock.now())
    if request.method == "GET":
        if not may_edit:
            return redirect(url_for("applications_applicant.status", key=key), 302)
        return _page(file, shown, file.answers_of(shown), [])
    typed = read(shown, request.form, before=file.answers_of(shown))
    if not may_edit:
        return _closed(file, shown, typed)
    deed = group_action(request.form)
    place = carry_out(deed, shown, typed) if deed else ""
    try:
        actions.save_section(
            file.application, part, typed, revision=_seen(), window=_window(), by=file.person, at=clock.now()
        )
    except Stale as stale:
        return _page(file, shown, typed, [], newest=stale.newest), 409
    refused = _take_files(file, shown)
    return _after_saving(*_open(key, part), refused, place)


@room.page(
    nl="/mijn-dossier/<key>/deel/<part>/bewaren", fr="/mon-dossier/<key>/partie/<part>/enregistrer", methods=("POST",)
)  # fmt: skip
def autosave(key: str, part: str) -> Any:
    """Keep what stands in the fields while somebody is typing; the answer is for the script."""
    file, shown = _open(key, part)
    typed, at = read(shown, request.form, before=file.answers_of(shown)), clock.now()
    try:
        revision = actions.save_section(
            file.application, part, typed, revision=_seen(), window=_window(), pressed=False, by=file.person, at=at
        )
    except Stale as stale:
        return jsonify(revision=stale.newest.revision), 409
    return jsonify(revision=revision, saved=_("Saved at %(hour)s", hour=hour(at)))


def _after_saving(file: File, shown: Section, refused: list[Problem], place: str) -> Any:
    """Where to go once everything typed is safe: on, back, or here again with what is still wrong."""
    key, deed = file.application.key, request.form.get("do", "")
    here = url_for(".section", key=key, part=shown.key)
    if not refused and (group_action(request.form) or dropped_file(request.form)):
        return see(f"{here}#{place}" if place else here)
    if not refused and deed == "later":
        return see(url_for("applications_applicant.tasks", key=key))
    found = refused + problems(file.definition, shown.key, file.answers, file.attachments)
    if found:
        keep()
        return _page(file, shown, file.answers_of(shown), found), 422
    following = file.after(shown)
    if following is None:
        return see(url_for("applications_applicant.check", key=key))
    return see(url_for(".section", key=key, part=following.key))


def _take_files(file: File, shown: Section) -> list[Problem]:
    """Keep the files that were sent, take away the one that was pointed at; what was refused, and why."""
    application, at = file.application, clock.now()
    dropped = dropped_file(request.form)
    if dropped:
        actions.detach(application, attachment_of(application, dropped[1]), by=file.person, at=at)
    counts = Counter(attachment.question for attachment in file.attachments)
    refused = []
    for chosen in chosen_files(shown, request.files):
        question = chosen.question
        checked = _checked(question, chosen.content, counts[question.key])
        if isinstance(checked, Rejected):
            refused.append(rejected(question, chosen.name, checked.reason))
            continue
        actions.attach(application, question.key, chosen.name, checked, by=file.person, at=at)
        counts[question.key] += 1
    return refused


def _checked(question: Question, content: bytes, present: int) -> Any:
    if question.most and present >= question.most:
        return Rejected("too_many")
    return accept(content, frozenset(question.file_kinds))


def _page(file: File, shown: Section, typed: Answers, found: list[Problem], newest: Saved | None = None) -> str:
    return render_template(
        "applications/writer/section.html",
        application=file.application,
        file=file,
        section=shown,
        parts=progress(file.definition, file.answers, file.attachments),
        number=list(file.definition.sections).index(shown) + 1,
        fields=fields(file.definition, shown, file.answers | typed, found, file.attachments),
        problems=found,
        newest=newest,
        other_rows=_rows(file, shown, newest.answers) if newest else [],
        revision=newest.revision if newest else file.revision_of(shown),
        window=_window(),
    )


def _rows(file: File, shown: Section, answers: Answers) -> list[Row]:
    """The answers of one section as lines to read."""
    everything = summary(file.definition, file.answers | answers, file.attachments, locale())
    return next((one.rows for one in everything if one.key == shown.key), [])


def _closed(file: File, shown: Section, typed: Answers) -> Any:
    """The call closed while somebody was writing: the text stands on the page, nothing is lost."""
    rows = _rows(file, shown, typed)
    return render_template("applications/writer/closed.html", application=file.application, rows=rows), 409


def _seen() -> int:
    """The revision that this page was written from; anything unreadable is older than all."""
    given = request.form.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _window() -> str:
    """Which open page this is; a new one gets a name of its own."""
    given = request.form.get("window", "")
    return given if given.isalnum() and len(given) <= 32 else secrets.token_hex(8)


def _open(key: str, part: str) -> tuple[File, Section]:
    sign_in = current_sign_in()
    if sign_in is None:
        raise Missing
    file = queries.open_file(own_application(key, sign_in))
    try:
        return file, file.definition.section(part)
    except KeyError:
        raise Missing from None
