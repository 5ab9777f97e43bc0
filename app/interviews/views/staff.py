"""Interviews of a call for the team: slots, invitations, appointments."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.accounts.queries import colleagues
from app.applications.models import Application
from app.applications.rules.states import STATE_NAMES, State
from app.conflicts.access import file_for
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.http.edit_forms import begin_edit
from app.core.http.forms import Form
from app.core.http.unsent_fields import PAGE, forget_here, keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import clean
from app.interviews.actions import choosing, inviting
from app.interviews.actions import common as common_actions
from app.interviews.actions import slots as slots_actions
from app.interviews.actions.common import choosing_address
from app.interviews.forms import (
    InviteForm,
    MoveForm,
    NotesForm,
    PlanForm,
    ReasonForm,
    SeriesForm,
    SlotForm,
    UntilForm,
    mark_of,
)
from app.interviews.models import Interview, Slot
from app.interviews.queries import files as files_queries
from app.interviews.queries import slots as slots_queries
from app.interviews.queries import tables
from app.interviews.rules import HELD_IN, may_be_invited, may_call_off, may_choose, too_few
from app.programmes.models import Call
from app.programmes.queries import team

TIME_TO_CHOOSE = timedelta(days=7)
USUAL = {"begins": "09:00", "ends": "12:30", "length": 30, "pause": 10}

bp = AppBlueprint("interviews_staff", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/gesprekken", fr="/equipe/appels/<key>/entretiens")
@keeps_unsent
def interviews(key: str) -> Any:
    return _overview(team.call(key), _invite_form(), [])


@bp.page(
    nl="/team/oproepen/<key>/gesprekken/uitnodigen", fr="/equipe/appels/<key>/entretiens/inviter", methods=("POST",)
)
def invite(key: str) -> Any:
    """Invite the selected applications. Without a selection nobody is invited."""
    call, form, at = team.call(key), _invite_form(), clock.now()
    ticked = {clean(one) for one in form.file.data or []}
    fine = all([form.validate() and form.is_fit(clock.day_of(at)), form.has_whole_message()])
    if not ticked or not fine:
        missing = [] if ticked else [("files", _("Tick the files that you invite"))]
        return _overview(call, form, [*missing, *form.problems()]), 422
    chosen = [file_for(one, person) for one in sorted(ticked)]
    if any(one.call_id != call.id for one in chosen):
        raise NotFound
    try:
        count = inviting.invite(
            chosen, choose_by=form.choose_by.data, message=form.message, url_of=choosing_address, by=person, at=at
        )
    except inviting.WithoutSlot as refused:
        names = ", ".join(str(one.reference) for one in refused.applications)
        words = _("Nobody is invited yet: no free slot fits %(files)s", files=names)
        return _overview(call, form, [("files", words)]), 422
    flash(ngettext("%(num)s applicant is invited.", "%(num)s applicants are invited.", count))
    return redirect_after_post(url_for(".interviews", key=key))


@bp.page(
    nl="/team/oproepen/<key>/gesprekken/momenten", fr="/equipe/appels/<key>/entretiens/moments", methods=("GET", "POST")
)
def new_slots(key: str) -> Any:
    call, form = team.call(key), SeriesForm(data=USUAL)
    form.offer(tables.possible_interviewers(call.id, colleagues()))
    if form.validate_on_submit():
        made = slots_actions.make_slots(call, form.times, form.table, by=person, at=clock.now())
        flash(ngettext("One slot is made.", "%(num)s slots are made.", len(made)))
        return redirect_after_post(url_for(".interviews", key=key))
    answer = render_template("interviews/staff/new_slots.html", call=call, form=form)
    return answer, (422 if form.is_submitted() else 200)


@bp.page(
    nl="/team/oproepen/<key>/gesprekken/afspraken",
    fr="/equipe/appels/<key>/entretiens/regles",
    methods=("GET", "POST"),
)
def plan(key: str) -> Any:
    """Set how long before their interview applicants may change it."""
    call = team.call(key)
    begin_edit(call, about=f"call:{call.id}")
    form = PlanForm(obj=files_queries.plan_of(call.id))
    if form.validate_on_submit():
        slots_actions.decide_plan(call, form.notice_hours.data or 0, by=person, at=clock.now())
        flash(_("It is kept."))
        return redirect_after_post(url_for(".interviews", key=key))
    answer = render_template("interviews/staff/plan.html", call=call, form=form)
    return answer, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/gesprekken/momenten/<slot_key>", fr="/equipe/entretiens/moments/<slot_key>", methods=("GET", "POST"))
@keeps_unsent
def slot(slot_key: str) -> Any:
    """Change a slot; its applicant gets a letter."""
    found, call = _slot(slot_key)
    begin_edit(found, about=f"call:{call.id}")
    guest = _guest(found)
    form = SlotForm(data=SlotForm.data_of(found, slots_queries.interviewers_of(found.id)))
    form.offer(tables.possible_interviewers(call.id, colleagues()))
    if form.validate_on_submit() and form.is_fresh(found) and form.is_fit(found, guest):
        begins, ends = form.times
        try:
            slots_actions.change_slot(
                found,
                starts_at=begins,
                ends_at=ends,
                table=form.table,
                reason=form.reason.data or "",
                url_of=choosing_address,
                by=person,
                at=clock.now(),
            )
        except common_actions.SlotTaken:
            form.say_changed()
        else:
            flash(_("The slot is changed, and those concerned get a mail.") if guest else _("The slot is changed."))
            return redirect_after_post(url_for(".interviews", key=call.key))
    seen = mark_of(found.revised_at.isoformat())
    answer = render_template("interviews/staff/slot.html", call=call, slot=found, form=form, guest=guest, seen=seen)
    return answer, (422 if form.is_submitted() else 200)


@bp.page(
    nl="/team/gesprekken/momenten/<slot_key>/verwijderen",
    fr="/equipe/entretiens/moments/<slot_key>/supprimer",
    methods=("POST",),
)
def remove_slot(slot_key: str) -> Any:
    found, call = _slot(slot_key)
    if not Form().validate():
        raise Conflict("form")
    try:
        slots_actions.remove_slot(found, by=person, at=clock.now())
    except common_actions.SlotTaken as taken:
        raise Conflict("taken") from taken
    forget_here(person.id, request.form.get(PAGE, ""))
    flash(_("The slot is removed."))
    return redirect_after_post(url_for(".interviews", key=call.key))


@bp.page(nl="/team/gesprekken/<key>", fr="/equipe/entretiens/<key>", methods=("GET", "POST"))
@keeps_unsent
def interview(key: str) -> Any:
    """One application: its appointment and the interview notes."""
    application, found = _interview(key)
    begin_edit(found, about=application.ref)
    form = NotesForm(data={"notes": found.notes})
    if form.validate_on_submit():
        inviting.keep_notes(found, application, form.notes.data or "", by=person, at=clock.now())
        flash(_("The notes are kept."))
        return redirect_after_post(url_for(".interview", key=key))
    return _one(application, found, notes=form), (422 if form.is_submitted() else 200)


@bp.page(nl="/team/gesprekken/<key>/moment", fr="/equipe/entretiens/<key>/moment", methods=("POST",))
def move(key: str) -> Any:
    """Assign a slot, or another one."""
    application, found = _interview(key)
    form, why = MoveForm(), ReasonForm()
    form.offer(slots_queries.free_for(application, clock.now()))
    is_explained = files_queries.slot_of(found.id) is None or why.validate()
    if form.validate_on_submit() and is_explained:
        try:
            choosing.move_to(
                found,
                application,
                clean(form.slot.data),
                reason=why.reason.data or "",
                url_of=choosing_address,
                by=person,
                at=clock.now(),
            )
        except common_actions.SlotTaken:
            form.offer(slots_queries.free_for(application, clock.now()))
            form.slot.errors = [_("Somebody else has just chosen that moment. These are still free")]
        else:
            flash(_("The appointment is made, and the applicant gets a mail."))
            return redirect_after_post(url_for(".interview", key=key))
    return _one(application, found, move=form, why=why), 422


@bp.page(nl="/team/gesprekken/<key>/laatste-dag", fr="/equipe/entretiens/<key>/dernier-jour", methods=("POST",))
def until(key: str) -> Any:
    """Set another last day to choose."""
    application, found = _interview(key)
    begin_edit(found, about=application.ref)
    form, at = UntilForm(data={"choose_by": found.choose_by}), clock.now()
    if form.validate_on_submit() and form.is_fit(clock.day_of(at)):
        inviting.extend_choice(found, application, form.choose_by.data, by=person, at=at)
        flash(_("The last day is changed."))
        return redirect_after_post(url_for(".interview", key=key))
    return _one(application, found, until=form), 422


@bp.page(nl="/team/gesprekken/<key>/vrijmaken", fr="/equipe/entretiens/<key>/liberer", methods=("POST",))
def free(key: str) -> Any:
    """Cancel an appointment, with a reason."""
    application, found = _interview(key)
    why = ReasonForm()
    if not why.validate():
        return _one(application, found, why=why), 422
    reason = why.reason.data or ""
    choosing.free(found, application, reason=reason, url_of=choosing_address, by=person, at=clock.now())
    flash(_("The slot is free again, and the applicant gets a mail."))
    return redirect_after_post(url_for(".interview", key=key))


@bp.page(nl="/team/gesprekken/<key>/herinneren", fr="/equipe/entretiens/<key>/rappeler", methods=("POST",))
def remind(key: str) -> Any:
    application, found = _interview(key)
    if not Form().validate():
        raise Conflict("form")
    written = inviting.remind(found, application, url_of=choosing_address, by=person.ref, at=clock.now())
    flash(_("The reminder is sent.") if written else _("A reminder went out today: nothing was sent."))
    return redirect_after_post(url_for(".interviews", key=application.call.key))


def _invite_form() -> InviteForm:
    return InviteForm(data={"choose_by": clock.day_of(clock.now()) + TIME_TO_CHOOSE})


def _slot(slot_key: str) -> tuple[Slot, Call]:
    found = slots_queries.slot_by_key(slot_key)
    if found is None:
        raise NotFound
    return found


def _guest(found: Slot) -> Application | None:
    """The applicant; nothing can be changed by a colleague in conflict, or after the interview."""
    guest = slots_queries.guest_of(found)
    if guest is None:
        return None
    if guest.state != State.INTERVIEW or found.starts_at <= clock.now():
        raise Conflict(guest.state)
    return file_for(guest.key, person)


def _interview(key: str) -> tuple[Application, Interview]:
    application = file_for(key, person)
    found = files_queries.interview_of(application.id)
    if found is None:
        raise NotFound
    return application, found


def ahead(files: Sequence[Application]) -> dict[int, datetime | None]:
    """Applications among these with an interview that a step would cancel, for the pages that take it."""
    invited = [one.id for one in files if one.state == State.INTERVIEW]
    return files_queries.ahead(invited, clock.now()) if invited else {}


def lacks_slot(application: Application) -> bool:
    """True when this applicant still has to choose and no free slot fits."""
    after = clock.now() + files_queries.plan_of(application.call_id).notice
    return bool(slots_queries.without_slot([application.id], after))


def _overview(call: Call, form: InviteForm, problems: list[tuple[str, str]]) -> str:
    at, plan = clock.now(), files_queries.plan_of(call.id)
    files, places = files_queries.candidates(call.id, person.id), slots_queries.slots_of(call.id, person.id)
    waiting = [one for one in files if one.interview_id and not one.slot_key and one.state == State.INTERVIEW]
    free = [one.slot.language for one in places if not one.is_taken and may_choose(one.slot.starts_at, at, plan.notice)]
    to_invite = [
        one
        for one in files
        if may_be_invited(one.state, is_invited=bool(one.interview_id), has_slot=bool(one.slot_key))
    ]
    choosing_ones = [one.id for one in (*waiting, *to_invite)]
    no_slot = slots_queries.without_slot(choosing_ones, at + plan.notice) if choosing_ones else set()
    return render_template(
        "interviews/staff/interviews.html",
        call=call,
        files=files,
        to_invite=to_invite,
        no_slot=no_slot,
        invited=[one for one in files if one.interview_id and one not in to_invite],
        waiting=waiting,
        places=places,
        free=len(free),
        plan=plan,
        without_slot=[one for one in waiting if one.id in no_slot],
        too_few=too_few([one.language for one in waiting], free),
        state_names=STATE_NAMES,
        held_in=HELD_IN,
        form=form,
        problems=problems,
        ticked=form.file.data or [],
        at=at,
    )


def _one(
    application: Application,
    found: Interview,
    *,
    notes: NotesForm | None = None,
    move: MoveForm | None = None,
    why: ReasonForm | None = None,
    until: UntilForm | None = None,
) -> str:
    at, slot = clock.now(), files_queries.slot_of(found.id)
    if move is None:
        move = MoveForm()
        move.offer(slots_queries.free_for(application, at) if application.state == State.INTERVIEW else [])
    return render_template(
        "interviews/staff/interview.html",
        application=application,
        interview=found,
        slot=slot,
        off=None if slot else tables.called_off(found),
        held_in=HELD_IN,
        state_names=STATE_NAMES,
        notes=notes or NotesForm(data={"notes": found.notes}),
        move=move,
        why=why or ReasonForm(),
        until=until or UntilForm(data={"choose_by": found.choose_by}),
        is_open=application.state == State.INTERVIEW,
        may_call_off=bool(slot and may_call_off(application.state, slot.starts_at, at)),
        now=at,
        reminded_today=bool(found.reminded_at and clock.day_of(found.reminded_at) == clock.day_of(at)),
    )
