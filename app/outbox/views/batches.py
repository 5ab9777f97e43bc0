"""Batches of letters: review them, then release them together."""

from typing import Any

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.core import clock
from app.core.errors import Conflict
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import sent_number
from app.mail.rules.parts import parts
from app.mail.rules.states import STATE_NAMES, MailState
from app.mail.rules.troubles import in_words
from app.outbox import actions, queries
from app.outbox.access import batch_for
from app.outbox.forms import EmptyForm, chosen_letters
from app.outbox.queries import Filter
from app.outbox.rules import masked, series_name

SHOWN = 500
REFRESH_SECONDS = 3

bp = AppBlueprint("outbox_batches", __name__, guard=staff)


@bp.page(nl="/team/mails/reeksen", fr="/equipe/e-mails/series")
def batches() -> str:
    return render_template("outbox/batches/batches.html", batches=queries.batches(person.id), series_name=series_name)


@bp.page(nl="/team/mails/reeksen/<name>", fr="/equipe/e-mails/series/<name>")
def batch(name: str) -> Any:
    return _show(name, problem="")


@bp.page(nl="/team/mails/reeksen/<name>/versturen", fr="/equipe/e-mails/series/<name>/envoyer", methods=("POST",))
def release(name: str) -> Any:
    """Release the selected letters, or all; without a selection nothing is sent."""
    found = batch_for(name, person)
    if not EmptyForm().validate():
        raise Conflict("form")
    everybody = request.form.get("who") == "all"
    chosen = None if everybody else chosen_letters(request.form)
    if everybody and found.states[MailState.ON_HOLD] not in (0, sent_number(request.form.get("ready", ""))):
        return _show(name, problem=_("The letters of this series changed meanwhile. Look again, then send them.")), 422
    if chosen == []:
        return _show(name, problem=_("Choose at least one letter.")), 422
    count = actions.release(name, chosen, by=person, at=clock.now())
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", count))
    return redirect_after_post(url_for(".batch", name=name))


def _show(name: str, *, problem: str) -> Any:
    found = batch_for(name, person)
    paused = request.args.get("refresh") == "no"
    firsts = queries.one_per_language(name, person.id)
    leaving = queries.due_in(name, clock.now()) if found.on_their_way else 0
    answer = make_response(
        render_template(
            "outbox/batches/batch.html",
            batch=found,
            series_name=series_name,
            rows=queries.letters(Filter(batch=name), person.id, most=SHOWN)[:SHOWN],
            samples=[(one, masked(parts(one.body or one.text))) for one in firsts],
            problem=problem,
            leaving=leaving,
            paused=paused,
            state_names=STATE_NAMES,
            in_words=in_words,
        )
    )
    if leaving and not paused and not problem:
        answer.headers["Refresh"] = str(REFRESH_SECONDS)
    return answer
