"""Letters for the team: the list, one letter, and actions on it."""

from typing import Any

from flask import current_app, flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.core import clock
from app.core.audit import access_log
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import sent_number
from app.mail.actions import handling, sealing
from app.mail.models import OutgoingMail
from app.mail.rules.kinds import kind_name
from app.mail.rules.parts import as_plain_text, parts
from app.mail.rules.states import ACTIONS, EDITABLE, STATE_NAMES, MailState, possible_actions
from app.mail.rules.troubles import in_words
from app.outbox import queries
from app.outbox.access import letter_for
from app.outbox.forms import EmptyForm, LetterForm, list_filter
from app.outbox.rules import application_in, masked, series_name

bp = AppBlueprint("outbox_staff", __name__, guard=staff)


@bp.page(nl="/team/mails", fr="/equipe/e-mails")
def letters() -> str:
    wanted = list_filter(request.args)
    found = queries.letters(wanted, person.id)
    rows = found[: queries.PAGE_SIZE]
    more = rows[-1].id if len(found) > len(rows) else 0
    asked: dict[str, Any] = {
        name: request.args[name] for name in ("q", "state", "kind", "batch") if request.args.get(name)
    }
    return render_template(
        "outbox/staff/letters.html",
        rows=rows,
        rehearsals=queries.rehearsals_among(rows),
        next_page=url_for(".letters", **asked, after=more) if more else "",
        wanted=wanted,
        counts=queries.how_many_by_state(person.id),
        states=list(MailState),
        state_names=STATE_NAMES,
        kinds=sorted(((kind, kind_name(kind)) for kind in kinds()), key=lambda one: one[1].casefold()),
        kind_name=kind_name,
        in_words=in_words,
    )


@bp.page(nl="/team/mails/<int:letter_id>", fr="/equipe/e-mails/<int:letter_id>")
def letter(letter_id: int) -> str:
    found = letter_for(letter_id, person)
    if application_in(found.about):
        access_log.record_access(found.about, person.ref)
    history, copies = queries.history(found), queries.sent_again(found.id)
    doers = [int(entry.by.removeprefix("person:")) for entry in history if entry.by.startswith("person:")]
    body = masked(parts(found.body or found.text))
    return render_template(
        "outbox/staff/letter.html",
        letter=found,
        body=body,
        text=as_plain_text(masked(parts(found.text))),
        file=queries.file_of(found.about),
        others=queries.others_about(found, person.id),
        series=next(iter(queries.batches(person.id, only=found.batch)), None) if found.batch else None,
        series_name=series_name,
        history=history,
        people=names([*doers, found.edited_by_id or 0]),
        copies=copies,
        actions=_possible_actions(found),
        now=clock.now(),
        state_names=STATE_NAMES,
        kind_name=kind_name,
        in_words=in_words,
    )


@bp.page(nl="/team/mails/<int:letter_id>/doen", fr="/equipe/e-mails/<int:letter_id>/faire", methods=("POST",))
def act(letter_id: int) -> Any:
    """Send, hold, cancel, retry or send again."""
    found, action = letter_for(letter_id, person), request.form.get("deed", "")
    if not EmptyForm().validate() or action not in {*ACTIONS, "again"}:
        raise Conflict("form")
    if action == "again":
        number = sent_number(request.form.get("number", ""))
        made = handling.again(found, number, by=person.ref, at=clock.now())
        flash(_("The letter goes out once more."))
        return redirect_after_post(url_for(".letter", letter_id=made.id))
    handling.move(found, action, by=person.ref, at=clock.now())
    said = {
        "send": _("The letter is on its way."),
        "hold": _("The letter is held: it leaves when somebody sends it."),
        "cancel": _("The letter is cancelled."),
        "retry": _("The letter is tried again."),
    }
    flash(said[action])
    return redirect_after_post(url_for(".letter", letter_id=found.id))


@bp.page(
    nl="/team/mails/<int:letter_id>/aanpassen",
    fr="/equipe/e-mails/<int:letter_id>/modifier",
    methods=("GET", "POST"),
)
def edit(letter_id: int) -> Any:
    """Edit one letter before it is sent."""
    found = letter_for(letter_id, person)
    if found.state not in EDITABLE or handling.holds_key(found):
        raise Conflict(found.state)
    begin_edit(found, about=found.ref)
    form = LetterForm(subject=found.subject, body=found.body or found.text)
    if form.is_submitted() and form.fits(before=f"{found.subject}\n{found.body or found.text}"):
        handling.edit(
            found,
            subject=form.subject.data or "",
            body=form.body.data or "",
            by=person.ref,
            by_id=person.id,
            at=clock.now(),
        )
        flash(_("The letter is changed; the other letters are not."))
        return redirect_after_post(url_for(".letter", letter_id=found.id))
    answer = render_template("outbox/staff/edit.html", letter=found, form=form)
    return answer, (422 if form.is_submitted() else 200)


def kinds() -> list[str]:
    """Every kind of letter."""
    prefix, suffix = "mail/", ".txt"
    every = current_app.jinja_env.list_templates(filter_func=lambda name: name.startswith(prefix))
    return [name[len(prefix) : -len(suffix)] for name in every if name.endswith(suffix)]


def _possible_actions(found: OutgoingMail) -> list[str]:
    """Possible actions: a letter with a sign-in link cannot be edited, one without its key cannot be sent again."""
    barred = set()
    if handling.holds_key(found):
        barred.add("edit")
    if sealing.lost_its_key(found):
        barred.add("again")
    return [action for action in possible_actions(found.state) if action not in barred]
