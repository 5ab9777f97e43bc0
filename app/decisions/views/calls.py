"""The decisions of one call: decide in a table, check for issues, announce."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.accounts.guards import person, staff
from app.applications.actions.common import recipients
from app.applications.queries import around
from app.applications.rules.states import STATE_NAMES, State
from app.core import clock
from app.core.errors import Conflict
from app.core.http.forms import Form
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.bilingual import LOCALES
from app.core.issues import blocks
from app.core.text.cleaning import sent_number
from app.decisions.actions import announcing as actions
from app.decisions.actions import deciding, letters
from app.decisions.forms import MEANWHILE, AnnounceForm, Row, rows_sent
from app.decisions.models import Decision
from app.decisions.queries import agreed, checking, places, published
from app.decisions.queries import announcing as announcing_queries
from app.decisions.queries import files as files_queries
from app.decisions.queries.files import FileRow
from app.decisions.rules.checks import DecisionIssue, issues
from app.decisions.rules.outcomes import OUTCOMES, last_day_to_answer, mark_of
from app.programmes.models import Call
from app.programmes.queries.team import call as call_of
from app.review.rules.scoring import Recommendation

MOST_AT_ONCE = 500

bp = AppBlueprint("decisions_calls", __name__, guard=staff)


@bp.page(nl="/team/beslissingen/oproep/<key>", fr="/equipe/decisions/appel/<key>", methods=("GET", "POST"))
def of_call(key: str) -> Any:
    call = call_of(key)
    files = files_queries.files_of(call.id, person.id, rehearsal=_rehearsal())
    by_id = {file.row.id: file for file in files if file.is_open}
    if request.method != "POST":
        return _table(call, files, {})
    sent = rows_sent(request.form, by_id, agreed.agreed_on(by_id))
    changed = {one: row for one, row in sent.items() if row.is_changed}
    if not Form().validate() or any(row.error for row in changed.values()):
        return _table(call, files, sent), 422
    if any(row.mark != _mark(by_id[one]) for one, row in changed.items()):
        return _table(call, files, sent), 409
    shown = files_queries.applications_of(changed)
    lines = [deciding.Line(shown[one], row.outcome, row.place, row.mark) for one, row in changed.items()]
    count = deciding.record_decisions(lines, by=person, at=clock.now())
    flash(
        ngettext(
            "%(num)s decision is kept. Nobody has been told yet.",
            "%(num)s decisions are kept. Nobody has been told yet.",
            count,
        )
    )
    return redirect_after_post(url_for(".of_call", key=key, rehearsal=_kind()))


@bp.page(nl="/team/beslissingen/oproep/<key>/nakijken", fr="/equipe/decisions/appel/<key>/verifier")
def check(key: str) -> Any:
    call = call_of(key)
    files = files_queries.files_of(call.id, person.id, rehearsal=_rehearsal())
    decided = [file for file in files if file.is_open and file.row.decision_id][:MOST_AT_ONCE]
    planned = places.planned_day(call.id)
    form = AnnounceForm(formdata=None, data={"answer_by": last_day_to_answer(_today(), planned)})
    return render_template(
        "decisions/calls/check.html",
        call=call,
        files=decided,
        found=_issues(call, files, {file.row.decision_id for file in decided}, form.answer_by.data),
        form=form,
        planned=planned,
        some_accepted=any(file.row.outcome == State.ACCEPTED for file in decided),
        state_names=STATE_NAMES,
        kind=_kind(),
    )


@bp.page(
    nl="/team/beslissingen/oproep/<key>/meedelen", fr="/equipe/decisions/appel/<key>/notifier", methods=("GET", "POST")
)
def announce(key: str) -> Any:
    """Show what will happen, then announce the selected decisions. Without a selection nothing is announced."""
    call, at, given = call_of(key), clock.now(), request.values
    form = AnnounceForm(formdata=given)
    wanted = {sent_number(one) for one in given.getlist("decision")[:MOST_AT_ONCE]}
    files = files_queries.files_of(call.id, person.id, rehearsal=_rehearsal())
    here = {file.row.decision_id for file in files if file.is_open} & wanted
    chosen = announcing_queries.unpublished(sorted(here), person.id)
    if len(chosen) != len(wanted) and request.method == "POST":
        raise Conflict("told", words=_l("Some of these decisions were told or changed meanwhile. Nobody was told now."))
    day = form.answer_by.data if any(one.outcome == State.ACCEPTED for one in chosen) else None
    found = _issues(call, files, here, day)
    if request.method == "POST" and Form().validate() and chosen and not blocks(found):
        batch = f"decisions:{call.key}:{at:%Y%m%dT%H%M%S}"
        count = actions.announce(chosen, answer_by=day, batch=batch, by=person, url_of=_address, at=at)
        flash(ngettext("%(num)s applicant is being told.", "%(num)s applicants are being told.", count))
        return redirect_after_post(url_for(".of_call", key=key, rehearsal=_kind()))
    page = render_template(
        "decisions/calls/announce.html",
        call=call,
        chosen=chosen,
        counts=Counter((one.outcome, one.application.language) for one in chosen),
        letters=_samples(chosen, day),
        leaving=_how_many_letters(chosen),
        found=found,
        blocked=blocks(found),
        day=day,
        outcomes=OUTCOMES,
        state_names=STATE_NAMES,
        kind=_kind(),
    )
    return page, (422 if request.method == "POST" else 200)


def _table(call: Call, files: Sequence[FileRow], sent: dict[int, Row]) -> str:
    stale = {
        file.row.id
        for file in files
        if file.row.id in sent and sent[file.row.id].is_changed and sent[file.row.id].mark != _mark(file)
    }
    return render_template(
        "decisions/calls/of_call.html",
        call=call,
        files=[file for file in files if file.is_open],
        published=[file for file in files if file.row.published_at],
        sent=sent,
        stale=stale,
        marks={file.row.id: _mark(file) for file in files},
        taken=places.taken(call.id),
        outcomes=OUTCOMES,
        state_names=STATE_NAMES,
        recommendations=list(Recommendation),
        meanwhile=MEANWHILE,
        kind=_kind(),
    )


def _issues(call: Call, files: Sequence[FileRow], chosen: set[int], answer_by: date | None) -> list[DecisionIssue]:
    """The issues of these decisions."""
    to_announce = [file for file in files if file.is_open and file.row.decision_id in chosen]
    around = checking.surroundings(
        call,
        today=_today(),
        answer_by=answer_by,
        undecided=sum(file.is_open and not file.row.decision_id for file in files),
        left_out=sum(bool(file.is_open and file.row.decision_id) for file in files) - len(to_announce),
        rehearsal=_rehearsal(),
        at=clock.now(),
    )
    return issues(checking.drafts_of(to_announce), around)


def _samples(chosen: Sequence[Decision], day: date | None) -> list[tuple[str, letters.Preview]]:
    """One letter per outcome and language, of the first recipient, as it would be sent now."""
    firsts: dict[tuple[str, str], Decision] = {}
    for one in chosen:
        firsts.setdefault((one.outcome, one.application.language), one)
    feedback = published.texts_for(one.application_id for one in firsts.values())
    return [
        (
            outcome,
            letters.preview(
                one,
                f"decision_{outcome}",
                feedback=feedback.get(one.application_id, []),
                url=_address(one),
                words=letters.words_of(one, answer_by=day if outcome == State.ACCEPTED else None),
                at=clock.now(),
            ),
        )
        for (outcome, _language), one in sorted(firsts.items(), key=lambda first: LOCALES.index(first[0][1]))
    ]


def _how_many_letters(chosen: Sequence[Decision]) -> int:
    """Members who write along get the letter too."""
    members = around.members_of_each([one.application_id for one in chosen])
    return sum(
        len(recipients(one.application, f"decision_{one.outcome}", url="", members=members.get(one.application_id, [])))
        for one in chosen
    )


def _address(decision: Decision) -> str:
    return letters.address_of(decision, decision.outcome)


def _mark(file: FileRow) -> str:
    row = file.row
    return mark_of(row.taken_at, row.outcome, row.rank)


def _today() -> date:
    return clock.day_of(clock.now())


def _rehearsal() -> bool:
    return request.args.get("rehearsal") == "1"


def _kind() -> str | None:
    return "1" if _rehearsal() else None
