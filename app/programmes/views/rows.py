"""The lists of a call: selection plan, criteria, eligibility questions, late codes."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock
from app.core.errors import Conflict, NotFound
from app.core.http.bilingual_forms import rows_of
from app.core.http.edit_forms import begin_edit
from app.core.http.forms import Form, normal_email
from app.core.http.unsent_fields import keeps_unsent
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.language import locale
from app.core.text.cleaning import sent_number
from app.programmes.actions import calls, judging
from app.programmes.actions import late as late_actions
from app.programmes.actions.calls import Line
from app.programmes.forms.dates import hour_of
from app.programmes.forms.late import LateCodeForm
from app.programmes.forms.rows import CriterionForm, EligibilityForm, ReasonForm, StepForm
from app.programmes.models import Call, Criterion
from app.programmes.queries import team
from app.programmes.rules.gate import FULL_WEIGHT
from app.programmes.rules.rubric import new_codes, repeated

Rows = list[tuple[Any, Any]]  # (stored thing, or None for a new row; its form)

bp = AppBlueprint("programmes_rows", __name__, guard=staff)


@bp.page(nl="/team/oproepen/<key>/verloop", fr="/equipe/appels/<key>/calendrier", methods=("GET", "POST"))
def steps(key: str) -> Any:
    found = _edited(key)
    rows = rows_of(
        StepForm, found.steps, lambda one: StepForm.filled(one, on=one.on, reaches=one.reaches), mark="step:"
    )

    def values(form: StepForm) -> dict[str, Any]:
        return {"on": form.on.data, "reaches": form.reaches.data or ""}

    lines = _lines(found, rows, values)
    if lines is not None:
        calls.write_steps(found, lines, by=person, at=clock.now())
        flash(_("The list is kept."))
        return redirect_after_post(url_for(".steps", key=key))
    return render_template("programmes/rows/steps.html", **_shown(found, rows)), _status()


@bp.page(nl="/team/oproepen/<key>/criteria", fr="/equipe/appels/<key>/criteres", methods=("GET", "POST"))
def criteria(key: str) -> Any:
    found = _edited(key)
    if found.judging_frozen_at is not None:
        return _frozen(found)
    rows = rows_of(CriterionForm, found.criteria, CriterionForm.filled, mark="criterion:")
    why, spare = ReasonForm(), _spare_codes(rows)
    lines = _lines(found, rows, lambda form: {"code": form.code.data or spare[form]} | form.values)
    if lines is not None and _repeats_a_code(rows):
        lines = None
    problems = [] if lines is None else _public_issues(found, rows, lines, why)
    if lines is not None and not problems:
        judging.write_criteria(found, lines, reason=why.reason, by=person, at=clock.now())
        flash(_("The list is kept."))
        return redirect_after_post(url_for(".criteria", key=key))
    shown = _shown(found, rows)
    shown["problems"] += problems
    page = render_template("programmes/rows/criteria.html", why=why, total=_total(rows), **shown)
    return page, _status()


def _frozen(call: Call) -> Any:
    page = render_template("programmes/rows/frozen.html", call=call)
    return page, (200 if request.method != "POST" else 409)


@bp.page(nl="/team/oproepen/<key>/check", fr="/equipe/appels/<key>/test", methods=("GET", "POST"))
def eligibility(key: str) -> Any:
    found = _edited(key)
    rows = rows_of(
        EligibilityForm, found.eligibility, lambda one: EligibilityForm.filled(one, kind=one.kind), mark="eligibility:"
    )
    lines = _lines(found, rows, lambda form: {"kind": form.kind.data})
    if lines is not None:
        calls.write_eligibility(found, lines, by=person, at=clock.now())
        flash(_("The list is kept."))
        return redirect_after_post(url_for(".eligibility", key=key))
    return render_template("programmes/rows/eligibility.html", **_shown(found, rows)), _status()


@bp.page(nl="/team/oproepen/<key>/laatkomers", fr="/equipe/appels/<key>/retardataires", methods=("GET", "POST"))
@keeps_unsent
def late(key: str) -> Any:
    found, at = team.call(key), clock.now()
    form = LateCodeForm(language=LOCALES[0], closes_hour="12:00")
    if form.is_submitted():
        fine, until = form.validate(), hour_of(form.closes_on, form.closes_hour)
        if until is not None and until <= at:
            form.closes_on.errors = [_("Give a moment that is still to come")]
        elif fine and until is not None:
            email = normal_email(form.email.data or "") or ""
            _made, code = late_actions.create_late_code(
                found,
                email=email,
                name=form.name.data or "",
                language=form.language.data,
                until=until,
                reason=form.reason.data or "",
                by=person,
                at=at,
            )
            flash(_("The code %(code)s is on its way to %(email)s. You see it only now.", code=code, email=email))
            return redirect_after_post(url_for(".late", key=key))
    answer = render_template("programmes/rows/late.html", call=found, codes=team.late_codes(found.id), form=form, at=at)
    return answer, (422 if form.is_submitted() else 200)


@bp.page(nl="/team/oproepen/<key>/laatkomers/einde", fr="/equipe/appels/<key>/retardataires/fin", methods=("POST",))
def end_late(key: str) -> Any:
    found, number = team.call(key), sent_number(request.form.get("code", ""))
    code = team.late_code_of(found.id, number) if number else None
    if code is None:
        raise NotFound
    if not Form().validate():
        raise Conflict("form")
    late_actions.end_late_code(code, by=person, at=clock.now())
    flash(_("The code opens nothing any more."))
    return redirect_after_post(url_for(".late", key=key))


def _edited(key: str) -> Call:
    found = team.call_with_everything(key)
    begin_edit(found, about=calls.about(found))
    return found


def _lines(found: Call, rows: Rows, values_of: Callable[[Any], Mapping[str, Any]]) -> list[Line] | None:
    """The submitted list without empty new rows.

    None: nothing was sent, or there are errors, which the forms show.
    """
    if request.method != "POST":
        return None
    used = [(thing, form) for thing, form in rows if thing is not None or not form.is_blank]
    fine = [
        (form.may_remove() if form.remove.data else form.validate() and _is_fit(found, thing, form))
        for thing, form in used
    ]
    if not Form().validate() or not all(fine):
        return None
    return [
        Line(thing, form.texts(), values_of(form), form.confirmed(), bool(form.remove.data) or form.is_blank)
        for thing, form in used
    ]


def _spare_codes(rows: Rows) -> dict[Any, str]:
    """A code for each submitted criterion without one."""
    without = [form for _thing, form in rows if not form.code.data]
    taken = [form.code.data for _thing, form in rows if form.code.data]
    return dict(zip(without, new_codes(taken, len(without)), strict=True))


def _total(rows: Rows) -> int:
    """The sum of the submitted weights."""
    return sum(form.weight.data or 0 for form in _staying(rows))


def _staying(rows: Rows) -> list[CriterionForm]:
    """The criteria that remain after this save."""
    return [form for _thing, form in rows if not form.is_blank and not form.remove.data]


def _repeats_a_code(rows: Rows) -> bool:
    """True, with errors, when two criteria have the same code."""
    staying = [form for form in _staying(rows) if form.code.data]
    twice = repeated(form.code.data for form in staying)
    same = [form for form in staying if form.code.data.casefold() in twice]
    for form in same:
        form.refuse_code()
    return bool(same)


def _public_issues(found: Call, rows: Rows, lines: list[Line], why: ReasonForm) -> list[tuple[str, str]]:
    """Issues of the criteria of a public call as a whole: weights of 100 in total, and a reason for the change."""
    if found.published_at is None:
        return []
    wrong, total = [], _total(rows)
    if total != FULL_WEIGHT:
        first = (_staying(rows) or [rows[0][1]])[0]
        wrong.append((str(first.weight.id), _("The weights are %(total)s together, not 100", total=total)))
    if any(judging.is_change(line) for line in lines) and not why.is_given():
        wrong += why.problems()
    return wrong


def _shown(found: Call, rows: Rows) -> dict[str, Any]:
    """The template variables of a list page."""
    marks = stale_translations.marks(calls.about(found))
    return {
        "call": found,
        "rows": [(thing, form, form.stale(marks)) for thing, form in rows],
        "problems": [problem for place, (_thing, form) in enumerate(rows, 1) for problem in _problems_of(form, place)],
    }


def _problems_of(form: Any, place: int) -> list[tuple[str, str]]:
    """The errors of one row, prefixed with its name, because labels repeat on the page."""
    row = form.name_in(locale()) or _("Line %(number)s", number=place)
    return [(id, f"{row} – {sentence}") for id, sentence in form.problems()]


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _is_fit(found: Call, thing: Any, form: Any) -> bool:
    """True when published texts stay complete in both languages."""
    if found.published_at is None:
        return True
    if isinstance(form, CriterionForm):
        before = _criterion_texts(thing) if thing is not None else {}
        has_opened = found.opens_at <= clock.now()
        return bool(form.fit_for_everybody(before)) and (not has_opened or form.keeps_scale(thing))
    before = {name: getattr(thing, name) for name in form.BILINGUAL_FIELDS} if thing is not None else {}
    return bool(form.fit_for_everybody(before))


def _criterion_texts(one: Criterion) -> dict[str, Any]:
    return {"title": one.title} | {f"score{anchor.score}": anchor.text for anchor in one.anchors}
