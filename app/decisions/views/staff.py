"""Decisions for the team: calls with open decisions, and one application with everything about it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.guards import person, staff
from app.accounts.queries import names
from app.applications.models import Application
from app.applications.rules.states import STATE_NAMES, State
from app.conflicts.access import file_for
from app.core import clock
from app.core.errors import Conflict
from app.core.http.edit_forms import begin_edit
from app.core.http.forms import Form
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.text.cleaning import sent_number
from app.core.text.merging import fingerprint, merged
from app.decisions.actions import deciding, letters
from app.decisions.forms import MEANWHILE, AdviceForm, DecisionForm, TextForm
from app.decisions.models import Decision, Feedback
from app.decisions.queries import agreed as agreed_queries
from app.decisions.queries import announcing, places, published
from app.decisions.queries import files as files_queries
from app.decisions.queries.files import Reading
from app.decisions.rules.outcomes import SHORTEST_REASON, Agreed, last_day_to_answer
from app.decisions.rules.words import leans_elsewhere, seems
from app.review.rules.scoring import Recommendation

ADVICE = _l("The team recommends")

bp = AppBlueprint("decisions_staff", __name__, guard=staff)


def advices(files: list[int]) -> dict[int, str]:
    """The team's recommendations as labels; a column of the ranking."""
    return {file: str(STATE_NAMES[outcome]) for file, outcome in files_queries.advices_on(files).items()}


@bp.page(nl="/team/beslissingen", fr="/equipe/decisions")
def decisions() -> Any:
    return render_template("decisions/staff/decisions.html", calls=announcing.calls_to_decide(person.id))


@bp.page(nl="/team/beslissingen/<key>", fr="/equipe/decisions/<key>", methods=("GET", "POST"))
@keeps_unsent
def decide(key: str) -> Any:
    application = file_for(key, person)
    taken = announcing.decision_of(application.id)
    if taken and taken.published_at and request.method != "POST":
        return redirect(url_for("decisions_places.correct", key=key), 302)
    _must_be_private(application, taken)
    form, mark = DecisionForm(obj=taken), deciding.present_mark(application)
    agreed = agreed_queries.agreed_on([application.id]).get(application.id)
    before = (taken.outcome, taken.reason) if taken else ("", "")
    if not form.is_submitted():
        form.mark.data = mark
    elif form.validate() and form.mark.data == mark and form.fits(*before, agreed):
        deciding.record_decision(
            application,
            State(form.outcome.data),
            reason=form.reason.data or "",
            rank=form.rank.data,
            why=form.deviation.data or "",
            by=person,
            at=clock.now(),
        )
        flash(_("The decision is kept. Nobody has been told yet."))
        return redirect_after_post(
            url_for("decisions_calls.of_call", key=application.call.key, rehearsal=_kind(application))
        )
    overtaken = form.is_submitted() and form.mark.data != mark
    form.mark.data = mark
    status = 409 if overtaken else 422
    return _decide(application, taken, form, _advice_form(application), agreed, overtaken=overtaken), (
        status if form.is_submitted() else 200
    )


@bp.page(nl="/team/beslissingen/<key>/open-laten", fr="/equipe/decisions/<key>/laisser-ouverte", methods=("POST",))
def leave_open(key: str) -> Any:
    """Delete an unpublished decision."""
    application = file_for(key, person)
    if not Form().validate() or request.form.get("mark", "") != deciding.present_mark(application):
        raise Conflict("meanwhile")
    deciding.leave_open(application, by=person, at=clock.now())
    flash(_("The file is not decided yet. Reasons that were written stand among its notes."))
    return redirect_after_post(
        url_for("decisions_calls.of_call", key=application.call.key, rehearsal=_kind(application))
    )


@bp.page(nl="/team/beslissingen/<key>/afwijking", fr="/equipe/decisions/<key>/ecart", methods=("POST",))
def confirm(key: str) -> Any:
    """Confirm, as the second colleague, that a decision may differ from the agreed minutes."""
    application = file_for(key, person)
    if not Form().validate():
        raise Conflict("form")
    deciding.confirm_deviation(application, mark=request.form.get("mark", ""), by=person, at=clock.now())
    flash(_("You confirmed that this decision differs from the minutes. It can be told now."))
    return redirect_after_post(url_for(".decide", key=key))


@bp.page(nl="/team/beslissingen/<key>/advies", fr="/equipe/decisions/<key>/avis", methods=("POST",))
def advise(key: str) -> Any:
    """Record the team's recommendation."""
    application = file_for(key, person)
    begin_edit(application, about=application.ref)
    taken, form = announcing.decision_of(application.id), _advice_form(application)
    _must_be_private(application, taken)
    if not form.validate():
        decision = DecisionForm(obj=taken)  # as it was typed, with the mark of the decision that its page showed
        return _decide(
            application, taken, decision, form, agreed_queries.agreed_on([application.id]).get(application.id)
        ), 422
    deciding.advise(application, State(form.advice.data), form.words.data or "", by=person, at=clock.now())
    flash(_("The recommendation is kept, apart from the decision."))
    return redirect_after_post(url_for(".decide", key=key))


@bp.page(nl="/team/beslissingen/<key>/feedback", fr="/equipe/decisions/<key>/retour", methods=("GET", "POST"))
def feedback(key: str) -> Any:
    application = file_for(key, person)
    taken = announcing.decision_of(application.id)
    _must_be_private(application, taken)
    begin_edit(application, about=application.ref)
    readings, written = files_queries.readings_of(application.id), files_queries.feedback_of(application.id)
    criteria = files_queries.criteria_of(application.call_id)
    forms = {one.id: _text_form(one.id, written.get(one.id)) for one in criteria}
    status, overtaken = 200, set[int]()
    if request.method == "POST":
        chosen = sent_number(request.form.get("take", "").partition(":")[0])
        if chosen not in forms and "all" not in request.form:
            raise Conflict("criterion")
        status, overtaken = _keep_texts(application, forms, readings.every, written)
        if status == 303 and "all" in request.form:
            flash(_("The readers’ texts stand at the right now. Read them as the applicant will."))
            return redirect_after_post(url_for(".feedback", key=key))
        if status == 303:
            flash(_("The text is kept."))
            return redirect_after_post(url_for(".feedback", key=key, _anchor=f"criterion-{chosen}"))
    return render_template(
        "decisions/staff/feedback.html",
        application=application,
        criteria=criteria,
        readings=readings,
        forms=forms,
        written=written,
        people=names(one.by_id for one in written.values() if one.by_id),
        overtaken=overtaken,
        meanwhile=MEANWHILE,
        language_of=seems,
    ), status


@bp.page(nl="/team/beslissingen/<key>/mail", fr="/equipe/decisions/<key>/e-mail")
def letter(key: str) -> Any:
    application = file_for(key, person)
    taken = announcing.decision_of(application.id)
    _must_be_private(application, taken)
    shown = None
    if taken:
        proposed = last_day_to_answer(clock.day_of(clock.now()), places.planned_day(application.call_id))
        day = proposed if taken.outcome == State.ACCEPTED else None
        shown = letters.preview(
            taken,
            f"decision_{taken.outcome}",
            feedback=published.texts_for([application.id]).get(application.id, []),
            words=letters.words_of(taken, answer_by=day),
            url=letters.address_of(taken, taken.outcome),
            at=clock.now(),
        )
    return render_template("decisions/staff/letter.html", application=application, letter=shown)


def _decide(
    application: Application,
    taken: Decision | None,
    form: DecisionForm,
    advice: AdviceForm,
    agreed: Agreed | None,
    *,
    overtaken: bool = False,
) -> str:
    involved = [taken.taken_by_id, taken.deviated_by_id, taken.confirmed_by_id] if taken else []
    return render_template(
        "decisions/staff/decide.html",
        application=application,
        taken=taken,
        agreed=agreed,
        deviation=agreed_queries.deviation_of(taken, agreed) if taken else None,
        may_confirm=bool(taken and taken.deviation and taken.deviated_by_id != person.id),
        form=form,
        shortest=SHORTEST_REASON,
        advice_form=advice,
        readings=files_queries.readings_of(application.id),
        criteria=files_queries.criteria_of(application.call_id),
        overtaken=overtaken,
        meanwhile=MEANWHILE,
        people=names(one for one in involved if one),
        state_names=STATE_NAMES,
        recommendations=list(Recommendation),
    )


def _advice_form(application: Application) -> AdviceForm:
    advice = files_queries.advice_on(application.id)
    return AdviceForm(data={"advice": advice.outcome, "words": advice.comment} if advice else {})


def _text_form(criterion_id: int, written: Feedback | None) -> TextForm:
    """The form for one feedback text; its mark detects a concurrent change."""
    text = written.text if written else ""
    prefix, now = f"c{criterion_id}-", {"text": text, "mark": fingerprint(text)}
    if f"{prefix}text" in request.form:
        return TextForm(prefix=prefix, data=now)
    return TextForm(formdata=None, prefix=prefix, data=now)


def _keep_texts(
    application: Application, forms: dict[int, TextForm], readings: tuple[Reading, ...], written: dict[int, Feedback]
) -> tuple[int, set[int]]:
    """Store all feedback texts of the page, including texts taken over from reviewers.

    Returns the status of the answer and the criteria that a colleague changed meanwhile; in that case nothing is
    stored.
    """
    if not Form().validate():
        return 422, set()
    stored = {one: written[one].text if one in written else "" for one in forms}
    kept = {
        one: merged(form.text.data or "", seen=form.mark.data or "", stored=stored[one]) for one, form in forms.items()
    }
    overtaken = {one for one, text in kept.items() if text is None}
    for one in overtaken:
        forms[one].mark.data = fingerprint(stored[one])
    if overtaken:
        return 409, overtaken
    texts = {one: _with_taken(application, one, text or "", readings) for one, text in kept.items()}
    for one, text in texts.items():
        if text != kept[one]:
            forms[one].text.data = text
    checked = [form.validate() for form in forms.values()]
    if not all(checked):
        return 422, set()
    for one, text in texts.items():
        if text != stored[one]:
            deciding.write_feedback(application, one, text, by=person, at=clock.now())
    return 303, set()


def _with_taken(application: Application, criterion: int, text: str, readings: tuple[Reading, ...]) -> str:
    """The text with the reviewers' texts that the pressed button appends.

    The button for all criteria fills in empty texts only, and leaves out texts in another language.
    """
    reasons = _reasons(readings, criterion)
    number, _colon, which = request.form.get("take", "").partition(":")
    if "all" in request.form:
        ours = [reason for _mark, reason in reasons if not leans_elsewhere(reason, application.language)]
        return text or "\n\n".join(ours)
    taken = [reason for mark, reason in reasons if number == str(criterion) and which in ("all", str(mark))]
    return "\n\n".join(part for part in [text, *taken] if part)


def _reasons(readings: tuple[Reading, ...], criterion: int) -> list[tuple[int, str]]:
    return [one.reasons[criterion] for one in readings if criterion in one.reasons]


def _kind(application: Application) -> str | None:
    return "1" if application.is_rehearsal else None


def _must_be_private(application: Application, taken: Decision | None) -> None:
    if taken and taken.published_at:
        raise Conflict(
            "told",
            words=_l("The applicant knows the decision: its texts are closed. You can still correct the decision."),
        )
    if application.state != State.JURY:
        raise Conflict(
            application.state, words=_l("This file is not before the jury: nothing can be decided on it now.")
        )
