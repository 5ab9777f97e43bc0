"""The lists of a call: its selection plan, its criteria, the questions of its check; and its late codes."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import person, staff
from app.core import clock, twins
from app.core.bilingual import LOCALES
from app.core.errors import Conflict, Missing
from app.core.forms import Form, normal_email
from app.core.pairs import rows_of
from app.core.web import Room, see
from app.programmes import actions, queries
from app.programmes.actions import Line
from app.programmes.forms import CriterionForm, EligibilityForm, LateCodeForm, StepForm, hour_of
from app.programmes.models import Call, Criterion

room = Room("programmes_rows", __name__, guard=staff)


@room.page(nl="/team/oproepen/<key>/verloop", fr="/equipe/appels/<key>/calendrier", methods=("GET", "POST"))
def steps(key: str) -> Any:
    found = queries.call_with_everything(key)
    rows = rows_of(
        StepForm, found.steps, lambda one: StepForm.filled(one, on=one.on, reaches=one.reaches), mark="step:"
    )

    def values(form: StepForm) -> dict[str, Any]:
        return {"on": form.on.data, "reaches": form.reaches.data or ""}

    if _kept(found, rows, actions.write_steps, values):
        return see(url_for(".steps", key=key))
    return render_template("programmes/rows/steps.html", **_shown(found, rows)), _status()


@room.page(nl="/team/oproepen/<key>/criteria", fr="/equipe/appels/<key>/criteres", methods=("GET", "POST"))
def criteria(key: str) -> Any:
    found = queries.call_with_everything(key)
    rows = rows_of(CriterionForm, found.criteria, CriterionForm.filled, mark="criterion:")
    count = len(found.criteria)

    def values(form: CriterionForm) -> dict[str, Any]:
        return {"code": form.code.data or f"C{count + 1}"} | form.values

    if _kept(found, rows, actions.write_criteria, values):
        return see(url_for(".criteria", key=key))
    return render_template("programmes/rows/criteria.html", **_shown(found, rows)), _status()


@room.page(nl="/team/oproepen/<key>/check", fr="/equipe/appels/<key>/test", methods=("GET", "POST"))
def eligibility(key: str) -> Any:
    found = queries.call_with_everything(key)
    rows = rows_of(
        EligibilityForm, found.eligibility, lambda one: EligibilityForm.filled(one, kind=one.kind), mark="eligibility:"
    )
    if _kept(found, rows, actions.write_eligibility, lambda form: {"kind": form.kind.data}):
        return see(url_for(".eligibility", key=key))
    return render_template("programmes/rows/eligibility.html", **_shown(found, rows)), _status()


@room.page(nl="/team/oproepen/<key>/laatkomers", fr="/equipe/appels/<key>/retardataires", methods=("GET", "POST"))
def late(key: str) -> Any:
    found, at = queries.call(key), clock.now()
    form = LateCodeForm(language=LOCALES[0], closes_hour="12:00")
    if form.validate_on_submit():
        until = hour_of(form.closes_on, form.closes_hour)
        if until is not None and until <= at:
            form.closes_on.errors = [_("Give a moment that is still to come")]
        elif until is not None:
            email = normal_email(form.email.data or "") or ""
            actions.give_late_code(
                found, email=email, name=form.name.data or "", language=form.language.data, until=until,
                reason=form.reason.data or "", by=person, at=at,
            )  # fmt: skip
            flash(_("The code is on its way to %(email)s.", email=email))
            return see(url_for(".late", key=key))
    answer = render_template(
        "programmes/rows/late.html", call=found, codes=queries.late_codes(found.id), form=form, at=at
    )
    return answer, (422 if form.is_submitted() else 200)


@room.page(
    nl="/team/oproepen/<key>/laatkomers/einde", fr="/equipe/appels/<key>/retardataires/fin", methods=("POST",)
)  # fmt: skip
def end_late(key: str) -> Any:
    found, code = queries.call(key), queries.late_code(request.form.get("code", ""))
    if code is None or code.call_id != found.id:
        raise Missing
    if not Form().validate():
        raise Conflict("form")
    actions.end_late_code(code, by=person, at=clock.now())
    flash(_("The code opens nothing any more."))
    return see(url_for(".late", key=key))


def _kept(
    found: Call, rows: list[tuple[Any, Any]], write: Callable[..., None], values_of: Callable[[Any], Mapping[str, Any]]
) -> bool:
    """Take a list in; rows that were left empty are no rows. False: it was not sent, or something is wrong in it."""
    if request.method != "POST":
        return False
    used = [(thing, form) for thing, form in rows if thing is not None or not form.is_blank]
    fine = [form.remove.data or (form.validate() and _is_fit(found, thing, form)) for thing, form in used]
    if not Form().validate() or not all(fine):
        return False
    lines = [
        Line(thing, form.texts(), values_of(form), form.confirmed(), bool(form.remove.data) or form.is_blank)
        for thing, form in used
    ]
    write(found, lines, by=person, at=clock.now())
    flash(_("The list is kept."))
    return True


def _shown(found: Call, rows: list[tuple[Any, Any]]) -> dict[str, Any]:
    """What the page of a list shows."""
    marks = twins.marks(actions.about(found))
    return {
        "call": found,
        "rows": [(thing, form, form.stale(marks)) for thing, form in rows],
        "problems": [problem for _thing, form in rows for problem in form.problems()],
    }


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _is_fit(found: Call, thing: Any, form: Any) -> bool:
    """What is public already stays whole in both languages."""
    if found.published_at is None:
        return True
    if isinstance(form, CriterionForm):
        before = _criterion_texts(thing) if thing is not None else {}
        has_opened = found.opens_at <= clock.now()
        return bool(form.fit_for_everybody(before)) and (not has_opened or form.keeps_scale(thing))
    before = {name: getattr(thing, name) for name in form.PAIRS} if thing is not None else {}
    return bool(form.fit_for_everybody(before))


def _criterion_texts(one: Criterion) -> dict[str, Any]:
    return {"title": one.title} | {f"score{anchor.score}": anchor.text for anchor in one.anchors}
