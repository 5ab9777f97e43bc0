"""Writing one section of an application: saved at every step, kept even where something is wrong."""

import secrets
from collections import Counter
from collections.abc import Collection
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import applicants, person, sign_in
from app.applications import actions, queries
from app.applications.access import Seat, attachment_of, seat_at
from app.applications.actions import Stale
from app.applications.forms import EmptyForm, chosen_files
from app.applications.models import Attachment
from app.applications.queries import Answers, File, Saved
from app.applications.rules import Merged, Right, merge, narrowed, within
from app.core import clock
from app.core.errors import Conflict, Missing
from app.core.files import Rejected, accept
from app.core.i18n import hour, locale
from app.core.text import sent_number
from app.core.web import Room, keep, see
from app.questionnaires.forms import carry_out, dropped_file, fields, group_action, read
from app.questionnaires.rules import Problem, Question, Row, Section, is_blank, problems, progress, rejected, summary

room = Room("applications_writer", __name__, guard=applicants)


@room.page(nl="/mijn-dossier/<key>/deel/<part>", fr="/mon-dossier/<key>/partie/<part>", methods=("GET", "POST"))
def section(key: str, part: str) -> Any:
    reading = request.method == "GET"
    seat = seat_at(key, sign_in, Right.READ if reading else Right.WRITE)
    try:
        file, shown = _open(seat, part)
    except Missing:
        return _section_that_went(seat, part)
    may_edit = seat.may_write and bool(shown.questions) and actions.can_edit(file.application, at=clock.now())
    if reading:
        if not may_edit:
            return redirect(url_for("applications_applicant.status", key=key), 302)
        return _page(file, shown, file.answers_of(shown), [])
    typed = _typed(file, shown, part)
    if not may_edit:
        return _closed(file, shown, typed)
    deed = group_action(request.form)
    place = carry_out(deed, shown, typed) if deed else ""
    try:
        _save(file, part, typed, revision=_seen())
    except Stale as stale:
        merged = _merged(file, part, typed, stale.newest)
        if merged.conflicts:
            return _page(file, shown, merged.answers, [], newest=stale.newest, conflicts=merged.conflicts), 409
        _save(file, part, merged.answers, revision=stale.newest.revision)
        flash(_("Somebody else saved this part meanwhile. Both texts were put together: nothing was lost."))
    refused = _take_files(file, shown)
    return _after_saving(*_open(seat, part), refused, place)


@room.page(
    nl="/mijn-dossier/<key>/deel/<part>/bewaren", fr="/mon-dossier/<key>/partie/<part>/enregistrer", methods=("POST",)
)  # fmt: skip
def autosave(key: str, part: str) -> Any:
    """Keep what stands in the fields while somebody is typing; the answer is for the script.

    The script never puts two texts together: the page in front of the writer would not show the other one.
    """
    file, shown = _open(seat_at(key, sign_in, Right.WRITE), part)
    at = clock.now()
    try:
        revision = actions.save_section(
            file.application, part, _typed(file, shown, part), revision=_seen(), window=_window(), pressed=False,
            by=person, at=at,
        )  # fmt: skip
    except Stale:
        return jsonify(said=_("Somebody else saved this part. Save it yourself to see both texts.")), 409
    except Conflict:
        return jsonify(said=_("The call has closed. Copy your text, or save to see it once more.")), 409
    return jsonify(revision=revision, saved=_("Saved at %(hour)s", hour=hour(at)))


@room.page(nl="/mijn-dossier/<key>/deel/<part>/versies", fr="/mon-dossier/<key>/partie/<part>/versions")
def revisions(key: str, part: str) -> Any:
    seat = seat_at(key, sign_in, Right.READ)
    file, shown = _open(seat, part)
    saved = queries.revisions_of(file.application.id, part)
    chosen = sent_number(request.args.get("nr", ""))
    looked_at = next((one for one in saved if one.revision == chosen), None)
    return render_template(
        "applications/writer/revisions.html",
        application=file.application,
        section=shown,
        saved=saved,
        looked_at=looked_at,
        rows=_rows(file, shown, looked_at.answers) if looked_at else [],
        may_put_back=seat.may_write and actions.can_edit(file.application, at=clock.now()),
        people=queries.names_of_writers(file.application),
    )


@room.page(
    nl="/mijn-dossier/<key>/deel/<part>/terugzetten", fr="/mon-dossier/<key>/partie/<part>/restaurer", methods=("POST",)
)  # fmt: skip
def put_back(key: str, part: str) -> Any:
    file, shown = _open(seat_at(key, sign_in, Right.WRITE), part)
    number = sent_number(request.form.get("revision", ""))
    if not EmptyForm().validate() or not shown.questions or not actions.can_edit(file.application, at=clock.now()):
        raise Conflict("closed")
    actions.put_back(file.application, part, number, keys=file.open_keys, by=person, at=clock.now())
    flash(_("The earlier text stands in the part again. The other texts are kept in this list."))
    return see(url_for(".section", key=key, part=part))


def _save(file: File, part: str, answers: Answers, *, revision: int) -> None:
    actions.save_section(
        file.application, part, answers, revision=revision, window=_window(), by=person, at=clock.now()
    )  # fmt: skip


def _merged(file: File, part: str, typed: Answers, newest: Saved) -> Merged:
    """What the writer and the other one made of the text that both began from.

    `do=theirs:<question>` takes the other's answer to one question over.
    """
    base = queries.revision(file.application.id, part, _seen())
    merged = merge(base.answers if base else {}, typed, newest.answers)
    word, _colon, question = request.form.get("do", "").partition(":")
    if word == "theirs" and question in newest.answers:
        return Merged(merged.answers | {question: newest.answers[question]}, merged.conflicts)
    return merged


def _after_saving(file: File, shown: Section, refused: list[Problem], place: str) -> Any:
    """Where to go once everything typed is safe: on, back, or here again with what is still wrong."""
    key, deed = file.application.key, request.form.get("do", "")
    here = url_for(".section", key=key, part=shown.key)
    if not refused and (group_action(request.form) or dropped_file(request.form)):
        return see(f"{here}#{place}" if place else here)
    if not refused and deed == "later":
        return see(url_for("applications_applicant.tasks", key=key))
    found = refused + [
        one
        for one in problems(file.definition, shown.key, file.answers, file.attachments)
        if one.question in file.open_keys
    ]
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
        attachment = attachment_of(application, dropped[1])
        if attachment.question in file.open_keys:
            actions.detach(application, attachment, by=person, at=at)
    before = queries.attachments_of(application.id)
    present = Counter(one.question for one in before)
    refused = []
    for chosen in chosen_files(shown, request.files):
        question = chosen.question
        old = _replaced(question, chosen.name, before)
        checked = _checked(question, chosen.content, present[question.key] - len(old))
        if isinstance(checked, Rejected):
            refused.append(rejected(question, chosen.name, checked.reason))
            continue
        for one in old:
            actions.detach(application, one, by=person, at=at)
            before.remove(one)
        actions.attach(application, question.key, chosen.name, checked, by=person, at=at)
        present[question.key] += 1 - len(old)
    return refused


def _replaced(question: Question, name: str, before: list[Attachment]) -> list[Attachment]:
    """The files whose place a new one takes: the only one that there may be, or the one of the same name."""
    there = [one for one in before if one.question == question.key]
    return there if question.most == 1 else [one for one in there if one.name == name]


def _checked(question: Question, content: bytes, present: int) -> Any:
    if question.most and present >= question.most:
        return Rejected("too_many")
    return accept(content, frozenset(question.file_kinds))


def _page(
    file: File, shown: Section, typed: Answers, found: list[Problem], newest: Saved | None = None,
    conflicts: tuple[str, ...] = (),
) -> str:  # fmt: skip
    sections = file.to_write()
    return render_template(
        "applications/writer/section.html",
        application=file.application,
        file=file,
        section=shown,
        parts=[
            one
            for one in progress(file.definition, file.answers, file.attachments)
            if one.key in {section.key for section in sections}
        ],
        number=[one.key for one in sections].index(shown.key) + 1,
        fields=fields(file.definition, shown, file.answers | typed, found, file.attachments),
        problems=found,
        newest=newest,
        other_rows=[row for row in _rows(file, shown, newest.answers) if row.question in conflicts] if newest else [],
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


def _typed(file: File, shown: Section, part: str) -> Answers:
    """The whole section as it is after this post: what may not be changed stays as it was."""
    whole = file.definition.section(part)
    before, keys = file.answers_of(whole), {question.key for question in shown.questions}
    here = {question.key for question in whole.questions}
    return within(read(shown, request.form, before=before), before, keys) | _of_an_older_form(file, part, here)


def _of_an_older_form(file: File, part: str, here: Collection[str] = ()) -> Answers:
    """What a page still sends that was opened before the form changed: to questions that this part no longer asks."""
    older = queries.form_before(file.application.id, sent_number(request.form.get("version", "")))
    gone = next((one for one in older.sections if one.key == part), None) if older else None
    if gone is None:
        return {}
    seen = queries.revision(file.application.id, part, _seen())
    typed = read(narrowed(gone, {one.key for one in gone.questions} - set(here)), request.form)
    return {
        key: answer for key, answer in typed.items()
        if not is_blank(answer) and (seen is None or answer != seen.answers.get(key))
    }  # fmt: skip


def _section_that_went(seat: Seat, part: str) -> Any:
    """The form changed and has this part no more: what was typed into its page is kept, to be read and copied."""
    file, at = queries.open_file(seat.application), clock.now()
    typed = _of_an_older_form(file, part) if request.method == "POST" else {}
    if not typed or not actions.can_edit(file.application, at=at):
        raise Missing
    before = file.saved.get(part)
    _save(file, part, (before.answers if before else {}) | typed, revision=before.revision if before else 0)
    flash(_("The form no longer asks this part. Your text is kept: you find it with “Read or print my text”."))
    return see(url_for("applications_applicant.tasks", key=seat.application.key))


def _seen() -> int:
    """The revision that this page was written from; anything unreadable is older than all."""
    return sent_number(request.form.get("revision", ""))


def _window() -> str:
    """Which open page this is; a new one gets a name of its own."""
    given = request.form.get("window", "")
    return given if given.isalnum() and len(given) <= 32 else secrets.token_hex(8)


def _open(seat: Seat, part: str) -> tuple[File, Section]:
    """The file and the section, with those of its questions that may be changed."""
    file = queries.open_file(seat.application)
    try:
        return file, narrowed(file.definition.section(part), file.open_keys)
    except KeyError:
        raise Missing from None
