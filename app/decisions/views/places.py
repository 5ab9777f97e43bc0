"""Actions of the team after publication: promote, extend, take back, correct."""

from datetime import date
from hashlib import sha256
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.applications.models import Application
from app.applications.rules.states import STATE_NAMES, State
from app.conflicts.access import file_for
from app.conflicts.queries.hidden import people_in_conflict
from app.core import clock
from app.core.errors import Conflict
from app.core.http.forms import Form, length_problem
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale
from app.core.issues import blocks
from app.core.text.cleaning import clean
from app.decisions.actions import announcing as actions
from app.decisions.actions import letters, places
from app.decisions.forms import LONGEST_FEEDBACK, CorrectionForm, DayForm, TakeBackForm
from app.decisions.models import Decision, PendingCorrection
from app.decisions.queries import announcing as announcing_queries
from app.decisions.queries import checking, files
from app.decisions.queries import places as places_queries
from app.decisions.queries.published import CriterionFeedback
from app.decisions.rules.checks import DecisionIssue, Draft, issues
from app.decisions.rules.outcomes import SHORTEST_REASON, is_late, last_day_to_answer, may_correct

bp = AppBlueprint("decisions_places", __name__, guard=staff)


@bp.page(nl="/team/beslissingen/<key>/doorschuiven", fr="/equipe/decisions/<key>/promouvoir", methods=("GET", "POST"))
def promote(key: str) -> Any:
    decision = _published_decision(key, State.RESERVE)
    application, at = decision.application, clock.now()
    form = _day_form(at_first=last_day_to_answer(clock.day_of(at)))
    address = letters.address_of(decision, State.ACCEPTED)
    if _is_fit(form, clock.day_of(at)):
        places.promote(decision, answer_by=form.answer_by.data, by=person, url=address, at=at)
        flash(_("%(title)s moved up and is being told.", title=application.title))
        return redirect_after_post(_list(application))
    words = letters.words_of(decision, answer_by=form.answer_by.data or last_day_to_answer(clock.day_of(at)))
    letter = letters.preview(decision, "decision_promoted", words=words, url=address, at=at)
    return render_template(
        "decisions/places/promote.html", application=application, decision=decision, form=form, letter=letter
    ), _status(form)


@bp.page(nl="/team/beslissingen/<key>/termijn", fr="/equipe/decisions/<key>/delai", methods=("GET", "POST"))
def extend(key: str) -> Any:
    decision = _published_decision(key, State.ACCEPTED)
    application, at = decision.application, clock.now()
    form = _day_form(at_first=last_day_to_answer(clock.day_of(at)))
    address = letters.address_of(decision, State.ACCEPTED)
    if _is_fit(form, clock.day_of(at)):
        places.extend(decision, form.answer_by.data, by=person, url=address, at=at)
        flash(_("The new day is kept, and the applicant is being told."))
        return redirect_after_post(_list(application))
    words = letters.words_of(decision, answer_by=form.answer_by.data)
    letter = letters.preview(decision, "place_extended", words=words, url=address, at=at)
    return render_template(
        "decisions/places/extend.html", application=application, decision=decision, form=form, letter=letter
    ), _status(form)


@bp.page(nl="/team/beslissingen/<key>/terugnemen", fr="/equipe/decisions/<key>/reprendre", methods=("GET", "POST"))
def take_back(key: str) -> Any:
    decision, form, at = _published_decision(key, State.ACCEPTED), TakeBackForm(), clock.now()
    application, today = decision.application, clock.day_of(at)
    if not is_late(application.state, decision.answer_by, today):
        raise Conflict(application.state)
    if form.validate_on_submit():
        address = letters.address_of(decision, State.DECLINED_BY_TEAM)
        places.take_back(decision, form.words.data or "", by=person, url=address, today=today, at=at)
        flash(_("The place is free again, and the applicant is being told."))
        return redirect_after_post(_list(application))
    return render_template(
        "decisions/places/take_back.html", application=application, decision=decision, form=form
    ), _status(form)


@bp.page(nl="/team/beslissingen/<key>/rechtzetten", fr="/equipe/decisions/<key>/corriger", methods=("GET", "POST"))
@keeps_unsent
def correct(key: str) -> Any:
    """Change a published decision. The first POST shows the letter, the second one sends it."""
    application, at = file_for(key, person), clock.now()
    decision = announcing_queries.decision_of(application.id)
    if decision is None or not may_correct(application.state, decision.published_at is not None):
        raise Conflict(application.state)
    form, texts = _correction_form(decision, today=clock.day_of(at)), _texts(application)
    found: list[DecisionIssue] = []
    letter, print_now = None, ""
    before = application.state, decision.reason
    too_long = _too_long(application, texts)
    if form.validate_on_submit() and form.fits(*before, None) and not too_long:
        correction = _correction(form, texts)
        found = _issues(decision, correction, clock.day_of(at))
        print_now = _print(correction)
        address = letters.address_of(decision, correction.words.outcome)
        if not blocks(found) and form.read.data == print_now and actions.deviates(decision, correction.words):
            actions.propose_correction(decision, correction, by=person, at=at)
            flash(_("The correction is kept. It is sent once a second colleague confirms it."))
            return redirect_after_post(url_for(".correct", key=key))
        if not blocks(found) and form.read.data == print_now:
            actions.correct(decision, correction, by=person, url=address, at=at)
            flash(_("The decision is corrected, and the applicant is being told."))
            return redirect_after_post(url_for("decisions_calls.of_call", key=application.call.key))
        letter = _corrected_letter(decision, correction, address)
    pending = announcing_queries.pending_correction(application.id)
    form.read.data = print_now
    return render_template(
        "decisions/places/correct.html",
        application=application,
        decision=decision,
        form=form,
        found=found,
        shortest=SHORTEST_REASON,
        letter=letter,
        blocked=blocks(found),
        texts=texts,
        criteria=files.criteria_of(application.call_id),
        too_long=too_long,
        state_names=STATE_NAMES,
        pending=_pending(decision, pending),
        deviates=letter is not None and actions.deviates(decision, _correction(form, texts).words),
    ), _status(form)


@bp.page(
    nl="/team/beslissingen/<key>/rechtzetten/tweede", fr="/equipe/decisions/<key>/corriger/deuxieme", methods=("POST",)
)
def second(key: str) -> Any:
    """Confirm or withdraw, as the second colleague, a correction that differs from the minutes."""
    application, at = file_for(key, person), clock.now()
    decision, pending = (
        announcing_queries.decision_of(application.id),
        announcing_queries.pending_correction(application.id),
    )
    if decision is None or pending is None or not Form().validate():
        raise Conflict("nothing to confirm")
    if request.form.get("do") == "withdraw":
        actions.withdraw_correction(pending, application, by=person, at=at)
        flash(_("The correction is withdrawn. Nothing was sent."))
        return redirect_after_post(url_for(".correct", key=key))
    if blocks(_issues(decision, actions.correction_of(pending), clock.day_of(at))):
        raise Conflict("spots")
    address, mark = letters.address_of(decision, pending.outcome), request.form.get("mark", "")
    actions.confirm_correction(decision, pending, mark=mark, by=person, url=address, at=at)
    flash(_("The decision is corrected, and the applicant is being told."))
    return redirect_after_post(url_for("decisions_calls.of_call", key=application.call.key))


def _pending(decision: Decision, pending: PendingCorrection | None) -> dict[str, Any] | None:
    """The waiting correction: author, letter and issues."""
    if pending is None:
        return None
    correction = actions.correction_of(pending)
    return {
        "by": names([pending.by_id]).get(pending.by_id, "–") if pending.by_id else "–",
        "may_confirm": pending.by_id not in (None, person.id),
        "at": pending.at,
        "mark": pending.at.isoformat(),
        "letter": _corrected_letter(decision, correction, letters.address_of(decision, pending.outcome)),
        "found": _issues(decision, correction, clock.day_of(clock.now())),
    }


def _published_decision(key: str, state: State) -> Decision:
    """The published decision of an application in this state. Raises Conflict otherwise."""
    application = file_for(key, person)
    decision = announcing_queries.decision_of(application.id)
    if decision is None or decision.published_at is None or application.state != state:
        raise Conflict(application.state)
    return decision


def _day_form(*, at_first: date) -> DayForm:
    return DayForm(data={"answer_by": at_first})


def _is_fit(form: DayForm, today: date) -> bool:
    return form.is_submitted() and form.validate() and not form.wrong_day(today)


def _status(form: Form) -> int:
    return 422 if form.is_submitted() else 200


def _list(application: Application) -> str:
    return url_for("decisions_reserve.reserve", key=application.call.key)


def _correction_form(decision: Decision, *, today: date) -> CorrectionForm:
    planned = places_queries.planned_day(decision.application.call_id)
    now = {
        "outcome": decision.application.state,
        "rank": decision.rank,
        "reason": decision.reason,
        "answer_by": decision.answer_by or last_day_to_answer(today, planned),
    }
    return CorrectionForm(data=now)


def _texts(application: Application) -> dict[int, str]:
    """The feedback texts: as sent, or as stored."""
    present = {one: text.text for one, text in files.feedback_of(application.id).items()}
    every = {one.id: present.get(one.id, "") for one in files.criteria_of(application.call_id)}
    return {one: clean(request.form.get(f"feedback-{one}", text)) for one, text in every.items()}


def _too_long(application: Application, texts: dict[int, str]) -> list[tuple[str, str]]:
    """(id of the control, message) for each feedback text over its limit."""
    return [
        (f"feedback-{one.id}", length_problem(one.title[locale()], texts[one.id], LONGEST_FEEDBACK))
        for one in files.criteria_of(application.call_id)
        if len(texts[one.id]) > LONGEST_FEEDBACK
    ]


def _correction(form: CorrectionForm, texts: dict[int, str]) -> actions.Correction:
    words = letters.Words(form.outcome.data, form.rank.data, form.reason.data or "", form.answer_by.data)
    return actions.Correction(words, texts, form.why.data or "")


def _issues(decision: Decision, correction: actions.Correction, today: date) -> list[DecisionIssue]:
    """The issues of the decision as it would be after the correction."""
    application, words = decision.application, correction.words
    draft = Draft(
        key=application.key,
        reference=application.reference or "",
        title=application.title,
        language=application.language,
        outcome=words.outcome,
        rank=words.rank,
        reason=f"{words.reason}\n{correction.why}",
        feedback={one: text for one, text in correction.feedback.items() if text},
        wanted=files.readings_of(application.id).reasoned,
        own=f"{application.person.name} {application.title}",
        in_conflict=person.id in people_in_conflict([application.id]).get(application.id, set()),
    )
    around = checking.surroundings(
        application.call, today=today, answer_by=words.answer_by, rehearsal=application.is_rehearsal, but=decision.id
    )
    return issues([draft], around)


def _corrected_letter(decision: Decision, correction: actions.Correction, address: str) -> letters.Preview:
    titles = {one.id: one.title for one in files.criteria_of(decision.application.call_id)}
    feedback = [CriterionFeedback(titles[one], text) for one, text in correction.feedback.items() if text]
    return letters.preview(
        decision,
        "decision_corrected",
        feedback=feedback,
        words=correction.words,
        why=correction.why,
        url=address,
        at=clock.now(),
    )


def _print(correction: actions.Correction) -> str:
    """A fingerprint of the letter: only the letter that was read is sent."""
    return sha256(repr((correction.words, sorted(correction.feedback.items()), correction.why)).encode()).hexdigest()
