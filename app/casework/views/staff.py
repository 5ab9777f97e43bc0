"""Applications for staff: the list, one file, its notes, and each step by hand."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.applications.access import attachment_of, handed_in_application
from app.applications.forms import EmptyForm, MessageForm
from app.applications.models import Application
from app.applications.queries import handed_in_file
from app.applications.rules import STATE_NAMES, State, possible_moves
from app.casework import actions, queries
from app.casework.forms import MoveForm, NoteForm, list_filter
from app.core import audit, clock, looks
from app.core.errors import Conflict
from app.core.files import as_attachment
from app.core.i18n import locale, site_address
from app.core.web import Room, see
from app.mail.queries import letters_about
from app.mail.rules import STATE_NAMES as LETTER_STATES
from app.questionnaires.queries import definition_of
from app.questionnaires.rules import declared, summary

room = Room("casework_staff", __name__, guard=staff)


@room.page(nl="/team/kandidaturen", fr="/equipe/candidatures")
def applications() -> Any:
    wanted = list_filter(request.args)
    rows = queries.list_page(wanted)
    more = rows[queries.PAGE_SIZE - 1] if len(rows) > queries.PAGE_SIZE else None
    return render_template(
        "casework/staff/applications.html",
        rows=rows[: queries.PAGE_SIZE],
        next_page=url_for(".applications", **_next(more)) if more else "",
        wanted=wanted,
        calls=queries.calls(),
        counts=queries.how_many_by_state(),
        states=[state for state in State if state is not State.DRAFT],
        state_names=STATE_NAMES,
    )


@room.page(nl="/team/kandidaturen/<key>", fr="/equipe/candidatures/<key>")
def application(key: str) -> Any:
    found = handed_in_application(key)
    looks.looked(found.ref, person.ref)
    return _show(found, NoteForm(), _move_form(found))


@room.page(nl="/team/kandidaturen/<key>/bericht", fr="/equipe/candidatures/<key>/message", methods=("POST",))
def message(key: str) -> Any:
    """Write to the applicant inside the file, or say that their message needs no answer."""
    found, form = handed_in_application(key), MessageForm()
    here = url_for(".application", key=key, _anchor="messages")
    if request.form.get("do") == "taken_up" and EmptyForm().validate():
        actions.take_up(found, at=clock.now())
        return see(here)
    if not form.validate_on_submit():
        return _show(found, NoteForm(), _move_form(found), form), 422
    actions.write_to_applicant(found, form.words, by=person, at=clock.now())
    flash(_("The message is sent."))
    return see(here)


@room.page(nl="/team/kandidaturen/<key>/nota", fr="/equipe/candidatures/<key>/note", methods=("POST",))
def note(key: str) -> Any:
    found, form = handed_in_application(key), NoteForm()
    if not form.validate_on_submit():
        return _show(found, form, _move_form(found)), 422
    actions.add_note(found, form.text.data or "", by=person, at=clock.now())
    flash(_("The note is kept."))
    return see(url_for(".application", key=key))


@room.page(nl="/team/kandidaturen/<key>/stap", fr="/equipe/candidatures/<key>/etape", methods=("POST",))
def move(key: str) -> Any:
    found = handed_in_application(key)
    form = _move_form(found)
    if form.from_state.data != found.state:
        raise Conflict(found.state)
    if not form.validate_on_submit():
        return _show(found, NoteForm(), form), 422
    address = site_address() + url_for("applications_applicant.status", lang=found.language, key=key)
    actions.move(
        found, State(form.to.data), message=form.message.data or "", until=form.deadline, questions=form.named,
        by=person, url=address, at=clock.now(),
    )  # fmt: skip
    flash(_("The application moved to: %(state)s.", state=STATE_NAMES[State(found.state)]))
    return see(url_for(".application", key=key))


@room.page(nl="/team/kandidaturen/<key>/bijlage/<file_key>", fr="/equipe/candidatures/<key>/annexe/<file_key>")
def attachment(key: str, file_key: str) -> Any:
    found = attachment_of(handed_in_application(key), file_key, removed=True)
    return as_attachment(found.digest, name=found.name, media_type=found.media_type)


def _show(found: Application, note_form: NoteForm, move_form: MoveForm, message_form: MessageForm | None = None) -> str:
    file = handed_in_file(found)
    notes, messages = queries.talk_of(found.id)
    history = audit.history(found.ref)
    return render_template(
        "casework/staff/application.html",
        application=found,
        file=file,
        sections=summary(file.definition, file.answers, file.attachments, locale()),
        declared=declared(file.definition.declarations, file.application.declarations),
        notes=notes,
        history=history,
        letters=letters_about(found.ref),
        letter_states=LETTER_STATES,
        people=names([*_ids(notes), *_ids(messages), *_ids_in(history), found.assisted_by_id or 0]),
        messages=messages,
        message_form=message_form or MessageForm(),
        note_form=note_form,
        move_form=move_form,
        can_move=bool(possible_moves(State(found.state))),
        state_names=STATE_NAMES,
    )


def _move_form(found: Application) -> MoveForm:
    current = State(found.state)
    form = MoveForm(from_state=current.value)
    form.offer(current, definition_of(found.version))
    return form


def _ids(rows: list[Any]) -> list[int]:
    return [row.by_id for row in rows if row.by_id]


def _ids_in(history: list[audit.AuditEntry]) -> list[int]:
    return [int(entry.by.removeprefix("person:")) for entry in history if entry.by.startswith("person:")]


def _next(row: Any) -> dict[str, Any]:
    """The address of the following page: the filter, and the last row of this one."""
    asked = {
        name: request.args[name] for name in ("q", "state", "language", "call", "rehearsal") if request.args.get(name)
    }
    return asked | {"after": f"{row.submitted_at.isoformat()}_{row.id}"}
