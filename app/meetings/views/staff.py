"""Jury meetings for the team: prepare, lead, close the minutes."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.guards import person, staff
from app.accounts.queries import person_by_id
from app.applications.forms import EmptyForm
from app.applications.rules.states import STATE_NAMES, State
from app.core import clock
from app.core.audit import access_log
from app.core.errors import Conflict, NotFound
from app.core.exports.pdf import pdf_response
from app.core.http.edit_forms import begin_edit
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import sent_number
from app.core.text.merging import fingerprint, merged
from app.decisions.forms import MEANWHILE
from app.decisions.queries.announcing import decision_of
from app.decisions.rules.outcomes import SHORTEST_REASON
from app.meetings import actions, queries
from app.meetings.exports import minutes_of
from app.meetings.forms import CloseForm, ListForm, MeetingForm, MemberForm, OrderForm, OutcomeForm
from app.meetings.models import Item, Meeting
from app.meetings.rules import ROLE_NAMES, Order, Stage
from app.programmes.queries.team import call

bp = AppBlueprint("meetings_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/jury", fr="/equipe/appels/<key>/jury", methods=("GET", "POST"))
def meetings(key: str) -> Any:
    """The meetings of a call, and a form for a new one."""
    found, form = call(key), MeetingForm()
    if form.validate_on_submit() and form.starts_at:
        made = actions.plan(found, form.starts_at, **form.plain, by=person, at=clock.now())
        flash(_("The meeting is planned. Who comes, and which files?"))
        return redirect_after_post(url_for(".prepare", key=made.key))
    page = render_template(
        "meetings/staff/meetings.html", call=found, meetings=queries.meetings_of(found.id), form=form
    )
    return page, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/jury/<key>/voorbereiden", fr="/equipe/jury/<key>/preparer")
@keeps_unsent
def prepare(key: str) -> Any:
    return _prepare(queries.meeting(key))


@bp.page(nl="/team/jury/<key>/gegevens", fr="/equipe/jury/<key>/donnees", methods=("POST",))
def replan(key: str) -> Any:
    found = queries.meeting(key)
    begin_edit(found, about=f"meeting:{found.id}")
    form = MeetingForm.of(found)
    if not form.validate_on_submit() or form.starts_at is None:
        return _prepare(found, form=form), 422
    actions.replan(found, form.starts_at, **form.plain, by=person, at=clock.now())
    flash(_("Kept."))
    return redirect_after_post(url_for(".prepare", key=key))


@bp.page(nl="/team/jury/<key>/annuleren", fr="/equipe/jury/<key>/annuler", methods=("GET", "POST"))
def cancel(key: str) -> Any:
    """Asks for confirmation; a meeting with decisions cannot be cancelled."""
    found, form = queries.meeting(key), EmptyForm()
    decided = any(one.outcome for one in queries.items(found.id))
    if not decided and form.validate_on_submit():
        actions.cancel(found, by=person, at=clock.now())
        flash(_("The meeting is cancelled. The members get an e-mail."))
        return redirect_after_post(url_for(".meetings", key=queries.call_of(found).key))
    page = render_template(
        "meetings/staff/cancel.html",
        meeting=found,
        call=queries.call_of(found),
        decided=decided,
        members=queries.members_of(found.id),
    )
    return page, (409 if request.method == "POST" else 200)


@bp.page(nl="/team/jury/<key>/leden", fr="/equipe/jury/<key>/membres", methods=("POST",))
def members(key: str) -> Any:
    """Add or remove a member."""
    found, form = queries.meeting(key), _member_form(queries.meeting(key))
    gone = sent_number(request.form.get("unseat", ""))
    if gone and EmptyForm().validate():
        actions.remove_member(found, gone, by=person, at=clock.now())
        return redirect_after_post(url_for(".prepare", key=key, _anchor="members"))
    if not form.validate_on_submit():
        return _prepare(found, member_form=form), 422
    person_id, role = form.chosen
    actions.add_member(found, person_by_id(person_id), role, by=person, at=clock.now())
    return redirect_after_post(url_for(".prepare", key=key, _anchor="members"))


@bp.page(nl="/team/jury/<key>/agenda", fr="/equipe/jury/<key>/ordre", methods=("POST",))
def agenda(key: str) -> Any:
    """Add, remove, move or sort agenda items."""
    found, form, here = queries.meeting(key), OrderForm(), url_for(".prepare", key=key, _anchor="agenda")
    action, _colon, number = request.form.get("do", "").partition(":")
    if action == "order":
        if not form.validate_on_submit():
            return _prepare(found, order_form=form), 422
        actions.put_in_order(found, Order(form.order.data))
        return redirect_after_post(here)
    if not EmptyForm().validate():
        raise Conflict("csrf")
    if action == "put":
        listed = ListForm()
        listed.validate()
        ticked = set(listed.file.data or [])
        actions.put_on(
            found, [one for one in queries.candidates(found.id, found.call_id, person.id) if one.key in ticked]
        )
    elif action in ("off", "up", "down"):
        item = _item(found, number)
        actions.take_off(found, item) if action == "off" else actions.shift(found, item, -1 if action == "up" else 1)
    return redirect_after_post(here)


@bp.page(nl="/team/jury/<key>", fr="/equipe/jury/<key>")
def live(key: str) -> Any:
    return _live(queries.meeting(key))


@bp.page(nl="/team/jury/<key>/notities", fr="/equipe/jury/<key>/notes", methods=("POST",))
def keep(key: str) -> Any:
    """Save what is typed on the page of the meeting."""
    found = queries.meeting(key)
    if refused := _keep_typed(found):
        return refused
    flash(_("Kept."))
    return redirect_after_post(url_for(".live", key=key, _anchor="minutes"))


@bp.page(nl="/team/jury/<key>/aanwezig", fr="/equipe/jury/<key>/presences", methods=("POST",))
def attend(key: str) -> Any:
    """A member arrives or leaves."""
    found, at = queries.meeting(key), clock.now()
    who = sent_number(request.form.get("in", "") or request.form.get("out", ""))
    mine = next((member for member in queries.members_of(found.id) if member.person_id == who), None)
    if mine is None or not EmptyForm().validate():
        raise NotFound
    if found.closed_at:
        raise Conflict("closed", words=_l("The meeting is closed: nobody comes in or goes home any more."))
    if refused := _keep_typed(found):
        return refused
    (actions.come_in if "in" in request.form else actions.go_out)(found, mine, at=at)
    return redirect_after_post(url_for(".live", key=key, _anchor="present"))


@bp.page(nl="/team/jury/<key>/dossier/<int:item_id>", fr="/equipe/jury/<key>/dossier/<int:item_id>", methods=("POST",))
def item(key: str, item_id: int) -> Any:
    """One step of an item: open, all left, show scores, postpone, reopen."""
    found, at = queries.meeting(key), clock.now()
    chosen = _item(found, str(item_id))
    if not EmptyForm().validate():
        raise Conflict("csrf")
    if refused := _keep_typed(found):
        return refused
    match request.form.get("do"):
        case "open":
            actions.open_item(found, chosen, at=at)
        case "left":
            actions.all_left(found, chosen, by=person, at=at)
        case "reveal":
            actions.reveal(found, chosen, at=at)
        case "postpone":
            actions.postpone(found, chosen)
        case "reopen":
            actions.reopen(found, chosen, at=at)
        case _:
            raise NotFound
    return redirect_after_post(url_for(".live", key=key, _anchor="file"))


@bp.page(
    nl="/team/jury/<key>/beslissing/<int:item_id>", fr="/equipe/jury/<key>/decision/<int:item_id>", methods=("POST",)
)
def decide(key: str, item_id: int) -> Any:
    found, form = queries.meeting(key), OutcomeForm()
    chosen = _item(found, str(item_id))
    taken = decision_of(chosen.application_id)
    if not form.validate_on_submit() or (taken and not form.fits(taken.outcome, taken.reason)):
        return _live(found, form), 422
    if refused := _keep_typed(found, with_draft=False):
        return refused
    actions.decide(
        found,
        chosen,
        State(form.outcome.data),
        reason=form.reason.data or "",
        rank=form.rank.data,
        by=person,
        at=clock.now(),
    )
    flash(_("The decision is kept. Nobody has been told yet."))
    return redirect_after_post(url_for(".live", key=key, _anchor="file"))


@bp.page(nl="/team/jury/<key>/sluiten", fr="/equipe/jury/<key>/cloturer", methods=("POST",))
def close(key: str) -> Any:
    found = queries.meeting(key)
    if refused := _keep_typed(found):
        return refused
    actions.close(found, notes=found.notes, at=clock.now())
    flash(_("The meeting is closed. Read the minutes, then agree to them."))
    return redirect_after_post(url_for(".live", key=key, _anchor="minutes"))


@bp.page(nl="/team/jury/<key>/akkoord", fr="/equipe/jury/<key>/approuver", methods=("POST",))
def agree(key: str) -> Any:
    """Agree the minutes."""
    found = queries.meeting(key)
    if not EmptyForm().validate():
        raise Conflict("csrf")
    if refused := _keep_typed(found):
        return refused
    actions.agree(found, minutes_of(found, set()), by=person, at=clock.now())
    flash(_("The minutes are agreed. Nothing changes any more."))
    return redirect_after_post(url_for(".live", key=key, _anchor="minutes"))


@bp.page(nl="/team/jury/<key>/verslag.pdf", fr="/equipe/jury/<key>/proces-verbal.pdf")
def minutes(key: str) -> Any:
    found = queries.meeting(key)
    ids = [one.application_id for one in queries.items(found.id)]
    hidden = queries.hidden_from(ids, person.id)
    refs = [f"application:{one}" for one in ids if one not in hidden]
    access_log.record_export("minutes", refs, by=person.ref, chosen_by={"meeting": found.key, "as": "pdf"})
    return pdf_response("meetings/staff/minutes.typ", minutes_of(found, hidden), name="coopcity-jury.pdf")


def _item(found: Meeting, number: str) -> Item:
    """An agenda item, unless it is hidden from this colleague."""
    chosen = queries.item(found.id, sent_number(number))
    if queries.hidden_from([chosen.application_id], person.id):
        raise NotFound
    return chosen


def _member_form(found: Meeting) -> MemberForm:
    form = MemberForm()
    form.offer(queries.possible_members(found.call_id, found.id), queries.members_of(found.id))
    return form


def _keep_typed(found: Meeting, *, with_draft: bool = True) -> Any:
    """Store the notes and the half-typed decision that every button of the page sends.

    Returns the page with what was sent, storing nothing, when a text is too long or was changed by a colleague.
    """
    actions.still_open(found)
    form, typed = CloseForm(), OutcomeForm()
    if not form.validate():
        return _live(found, typed, form), 422
    about = sent_number(request.form.get("about", "")) if with_draft else 0
    chosen = _item(found, str(about)) if about else None
    notes: str | None = found.notes
    if form.notes.data is not None and "notes" in request.form:
        notes = merged(form.notes.data, seen=form.notes_seen.data or "", stored=found.notes)
    stored: dict[str, str] = (chosen.draft or {}) if chosen else {}
    draft: dict[str, str] | None = stored
    if chosen:
        draft = merged(typed.draft, seen=typed.draft_seen.data or "", stored=stored)
    if notes is None or draft is None:
        return _live(found, typed, form, overtaken={"notes": notes is None, "draft": draft is None}), 409
    actions.keep_typed(found, chosen, notes=notes, draft=draft)
    return None


def _prepare(
    found: Meeting,
    *,
    form: MeetingForm | None = None,
    member_form: MemberForm | None = None,
    order_form: OrderForm | None = None,
) -> str:
    items, seated = queries.items(found.id), queries.members_of(found.id)
    candidates = queries.candidates(found.id, found.call_id, person.id)
    return render_template(
        "meetings/staff/prepare.html",
        meeting=found,
        call=queries.call_of(found),
        members=seated,
        mine=any(one.person_id == person.id for one in seated),
        items=items,
        hidden=queries.hidden_from([one.application_id for one in items], person.id),
        candidates=candidates,
        listed=ListForm(data={"file": [one.key for one in candidates]}),
        role_names=ROLE_NAMES,
        state_names=STATE_NAMES,
        before_jury=STATE_NAMES[State.JURY],
        form=form or MeetingForm.of(found),
        member_form=member_form or _member_form(found),
        order_form=order_form or OrderForm(),
    )


def _live(
    found: Meeting,
    form: OutcomeForm | None = None,
    close_form: CloseForm | None = None,
    *,
    overtaken: dict[str, bool] | None = None,
) -> str:
    """The page of the meeting, with what was sent or, by default, what is stored."""
    items, seated = queries.items(found.id), queries.members_of(found.id)
    current = next((one for one in items if one.is_open), None)
    hidden = queries.hidden_from([one.application_id for one in items], person.id)
    sheet = queries.sheets(found, [current], seated)[0] if current and current.application_id not in hidden else None
    draft = (current.draft or {}) if current else {}
    form = form or (OutcomeForm() if request.form else OutcomeForm.half_typed(draft))
    close_form = close_form or (CloseForm() if "notes" in request.form else CloseForm(formdata=None, notes=found.notes))
    overtaken = overtaken or {}
    # otherwise the next POST is compared with the old mark
    if overtaken.get("notes") or "notes_seen" not in request.form:
        close_form.notes_seen.data = fingerprint(found.notes)
    if overtaken.get("draft") or "draft_seen" not in request.form:
        form.draft_seen.data = fingerprint(draft)
    return render_template(
        "meetings/staff/live.html",
        draft=draft,
        overtaken=overtaken,
        meanwhile=MEANWHILE,
        away=[one for one in seated if sheet and sheet.is_out(one)],
        meeting=found,
        call=queries.call_of(found),
        members=seated,
        present=(sheet.presence if sheet else queries.presence_of(seated, set())).deciding,
        items=items,
        current=current,
        sheet=sheet,
        stages=Stage,
        hidden=hidden,
        changed=queries.decided_otherwise(items) if found.agreed_at else {},
        role_names=ROLE_NAMES,
        state_names=STATE_NAMES,
        now=clock.now(),
        form=form,
        shortest=SHORTEST_REASON,
        close_form=close_form,
    )
