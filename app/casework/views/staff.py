"""Applications for the team: the list, one application, its notes, and manual steps."""

from typing import Any
from urllib.parse import urlencode

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.applications.access import attachment_of
from app.applications.actions.common import is_being_changed
from app.applications.forms import EmptyForm, MessageForm
from app.applications.models import Application
from app.applications.queries.files import File, handed_in_file, submissions_of
from app.applications.rules.states import STATE_NAMES, State, possible_moves
from app.casework import actions
from app.casework.forms import LONGEST_SEARCH, MoveForm, NoteForm, TagForm, ViewForm, list_filter
from app.casework.queries import ahead, readings, talk
from app.casework.queries import list as list_queries
from app.casework.rules import round_state
from app.conflicts.access import file_for
from app.conflicts.rules.status import IN_SELECTION
from app.core import clock
from app.core.audit import access_log
from app.core.belgium.lists import MUNICIPALITIES, in_order
from app.core.errors import Conflict, NotFound
from app.core.files.reply import as_attachment
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.addresses import site_address
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.mail.rules.states import STATE_NAMES as LETTER_STATES
from app.questionnaires.queries import definition_of
from app.questionnaires.rules.answers import declared, summary
from app.review import actions as review
from app.review.forms import CommentForm

ASKED = ("q", "state", "language", "call", "municipality", "tag", "reader", "order", "rehearsal")
TABS = (State.SUBMITTED, State.INCOMPLETE, State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY)
# Before the admissibility check, the page shows what is missing and what looks similar.
TO_CHECK = frozenset({State.SUBMITTED, State.INCOMPLETE})

bp = AppBlueprint("casework_staff", __name__, guard=staff)


@bp.page(nl="/team/kandidaturen", fr="/equipe/candidatures", methods=("GET", "POST"))
@keeps_unsent
def applications() -> Any:
    """The list; POST saves its filter as a view."""
    wanted, form = list_filter(request.args, person.id), ViewForm()
    if form.validate_on_submit():
        query = urlencode([(name, value) for name, value in _asked().items()])
        actions.keep_view(form.name.data or "", query, shared=form.is_shared.data, by=person)
        flash(_("The view is kept."))
        return redirect_after_post(url_for(".applications", **_asked()))
    rows, has_more = list_queries.list_page(wanted)
    ids = [row.id for row in rows]
    page = render_template(
        "casework/staff/applications.html",
        rows=rows,
        next_page=url_for(".applications", **_asked(), after=_place(rows[-1])) if has_more else "",
        wanted=wanted,
        choices=list_queries.choices(person.id),
        counts=list_queries.how_many_by_state(person.id, wanted.call) if wanted.call else {},
        readings=readings.readings_of(ids),
        tags=list_queries.tags_of(ids),
        states=[state for state in State if state is not State.DRAFT],
        state_names=STATE_NAMES,
        tabs=TABS,
        municipalities=in_order(MUNICIPALITIES.values(), locale()),
        asked=_asked(),
        form=form,
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/kandidaturen/weergave/<int:view_id>", fr="/equipe/candidatures/vue/<int:view_id>", methods=("POST",))
def drop_view(view_id: int) -> Any:
    if not EmptyForm().validate():
        raise Conflict("csrf")
    actions.drop_view(sent_number(str(view_id)), by=person)
    flash(_("The view is gone."))
    return redirect_after_post(url_for(".applications", **_asked()))


@bp.page(nl="/team/kandidaturen/<key>", fr="/equipe/candidatures/<key>")
@keeps_unsent
def application(key: str) -> Any:
    found = file_for(key, person)
    access_log.record_access(found.ref, person.ref)
    return _show(found)


@bp.page(nl="/team/kandidaturen/<key>/bericht", fr="/equipe/candidatures/<key>/message", methods=("POST",))
def message(key: str) -> Any:
    """Write to the applicant, or mark their message as needing no answer."""
    found, form = file_for(key, person), MessageForm()
    here = url_for(".application", key=key, _anchor="messages")
    if request.form.get("do") == "taken_up" and EmptyForm().validate():
        actions.mark_handled(found, at=clock.now())
        return redirect_after_post(here)
    if not form.validate_on_submit():
        return _show(found, message_form=form), 422
    actions.write_to_applicant(found, form.words, by=person, at=clock.now())
    flash(_("The message is sent."))
    return redirect_after_post(here)


@bp.page(nl="/team/kandidaturen/<key>/nota", fr="/equipe/candidatures/<key>/note", methods=("POST",))
def note(key: str) -> Any:
    found, form = file_for(key, person), NoteForm()
    if not form.validate_on_submit():
        return _show(found, note_form=form), 422
    actions.add_note(found, form.note.data or "", by=person, at=clock.now())
    flash(_("The note is kept."))
    return redirect_after_post(url_for(".application", key=key))


@bp.page(nl="/team/kandidaturen/<key>/stap", fr="/equipe/candidatures/<key>/etape", methods=("POST",))
def move(key: str) -> Any:
    found = file_for(key, person)
    form = _move_form(found, sent_back=talk.was_sent_back(found.id))
    if form.from_state.data != found.state:
        raise Conflict(found.state)
    if not form.validate_on_submit():
        return _show(found, move_form=form), 422
    address = site_address() + url_for("applications_applicant.status", lang=found.language, key=key)
    actions.move(
        found,
        State(form.to.data),
        message=form.message.data or "",
        until=form.deadline,
        questions=form.named,
        reasons=form.given_reasons,
        by=person,
        url=address,
        at=clock.now(),
    )
    state = STATE_NAMES[State(found.state)]
    following = list_queries.next_to_check(found.call_id, person.id) if request.form.get("do") == "next" else None
    if following:  # the next page is about another application
        flash(_("%(reference)s moved to: %(state)s. This is the next file.", reference=found.reference, state=state))
    else:
        flash(_("The application moved to: %(state)s.", state=state))
    return redirect_after_post(url_for(".application", key=following or key))


@bp.page(nl="/team/kandidaturen/<key>/labels", fr="/equipe/candidatures/<key>/etiquettes", methods=("POST",))
def tags(key: str) -> Any:
    """Add or remove a tag."""
    found, form = file_for(key, person), TagForm()
    here = url_for(".application", key=key, _anchor="tags")
    off = sent_number(request.form.get("off", ""))
    if off and EmptyForm().validate():
        actions.untag([found], off, by=person, at=clock.now())
        return redirect_after_post(here)
    if not form.validate_on_submit():
        return _show(found, tag_form=form), 422
    actions.tag([found], form.name.data or "", by=person, at=clock.now())
    return redirect_after_post(here)


@bp.page(nl="/team/kandidaturen/<key>/bespreking", fr="/equipe/candidatures/<key>/discussion", methods=("POST",))
def comment(key: str) -> Any:
    """Add a comment for the reviewers."""
    found, form = file_for(key, person), CommentForm()
    if not form.validate_on_submit():
        return _show(found, remark_form=form), 422
    review.add_comment(found, form.text.data or "", by=person, at=clock.now())
    return redirect_after_post(url_for(".application", key=key, _anchor="remarks"))


@bp.page(nl="/team/kandidaturen/<key>/bijlage/<file_key>", fr="/equipe/candidatures/<key>/annexe/<file_key>")
def attachment(key: str, file_key: str) -> Any:
    """A submitted file, also one that was removed afterwards; not what the applicant adds meanwhile."""
    application = file_for(key, person)
    found = attachment_of(application, file_key, removed=True)
    if all(found.id not in one.attachments for one in submissions_of(application.id)):
        raise NotFound
    return as_attachment(found.digest, name=found.name, media_type=found.media_type)


def _show(
    found: Application,
    *,
    note_form: NoteForm | None = None,
    move_form: MoveForm | None = None,
    message_form: MessageForm | None = None,
    tag_form: TagForm | None = None,
    remark_form: CommentForm | None = None,
) -> str:
    file = handed_in_file(found)
    notes, messages, remarks = talk.talk_of(found.id)
    history, people = talk.history(found.ref)
    if found.assisted_by_id:
        people |= names([found.assisted_by_id])
    around = talk.around(found, person.id)
    move_form = move_form or _move_form(found, sent_back=around.sent_back)
    return render_template(
        "casework/staff/application.html",
        application=found,
        file=file,
        gaps=file.missing() if found.state in TO_CHECK else [],
        around=around,
        round=_round(found, file) if around.sent_back else None,
        changing=is_being_changed(found, at=clock.now()),
        sections=summary(file.definition, file.answers, file.attachments, locale()),
        declared=declared(file.definition.declarations, file.application.declarations),
        readings=readings.readings_of([found.id]).get(found.id),
        notes=notes,
        history=history,
        letter_states=LETTER_STATES,
        people=people,
        messages=messages,
        remarks=remarks,
        remark_form=remark_form or CommentForm(),
        message_form=message_form or MessageForm(),
        note_form=note_form or NoteForm(),
        move_form=move_form,
        tag_form=tag_form or TagForm(),
        can_move=bool(possible_moves(State(found.state))),
        can_be_read=found.state in IN_SELECTION and not found.is_rehearsal,
        state_names=STATE_NAMES,
    )


def _round(found: Application, file: File) -> dict[str, Any] | None:
    """What the applicant was asked to complete, and what came of it."""
    asked = talk.request_to_complete(found.id)
    if asked is None:
        return None
    move, name = asked
    form, handed_in_at = definition_of(found.version), file.last.at if file.last else None
    return {
        "by": name,
        "at": move.at,
        "message": move.message,
        "until": move.until,
        "questions": [form.question(key).label[locale()] for key in move.questions if form.has(key)],
        "answered_at": handed_in_at,
        "state": round_state(
            State(found.state),
            asked_at=move.at,
            until=move.until,
            handed_in_at=handed_in_at,
            today=clock.day_of(clock.now()),
        ),
    }


def _move_form(found: Application, *, sent_back: bool) -> MoveForm:
    current = State(found.state)
    form = MoveForm(from_state=current.value)
    form.offer(current, definition_of(found.version), sent_back=sent_back)
    form.foresee(ahead.interviews_ahead([found]))
    return form


def _asked() -> dict[str, Any]:
    """The filter of the address, without the paging key."""
    return {name: request.args[name][:LONGEST_SEARCH] for name in ASKED if request.args.get(name)}


def _place(row: Any) -> str:
    """The paging key of the last row."""
    return f"{row.submitted_at.isoformat()}_{row.id}"
