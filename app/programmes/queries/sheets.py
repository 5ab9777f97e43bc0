"""The publish gate of calls and programmes."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _

from app.core.i18n.language import locale
from app.programmes.models import Call, Programme
from app.programmes.queries import team
from app.programmes.rules.gate import (
    PROGRAMME_TEXTS,
    Place,
    PublishIssue,
    criteria_issues,
    date_issues,
    overlap_issues,
    step_issues,
    text_issues,
)

OPTIONAL = {"example_note"}


def gate_of(call: Call, stale: Mapping[str, str], at: datetime) -> list[PublishIssue]:
    """The issues that keep this call from being published, place by place."""
    rolling = call.closes_at is None
    found = text_issues(_places_of_call(call), stale) + date_issues(call.opens_at, call.closes_at, at)
    other = team.open_beside(call, at)
    found += overlap_issues(other.title[locale()] if other else "")
    if not rolling or call.steps:
        found += step_issues(call.steps, call.closes_at, was_for=call.plan_was_for)
    if not rolling or call.criteria:
        found += criteria_issues(call.criteria)
    if call.programme.published_at is None:
        found.append(PublishIssue("programme", "", sentence=_("The programme itself is not public yet")))
    return found


def gate_of_programme(programme: Programme, stale: Mapping[str, str]) -> list[PublishIssue]:
    """The issues that keep this programme from being published."""
    places = [
        Place("programme", name, str(label), getattr(programme, name), name in OPTIONAL)
        for name, label in PROGRAMME_TEXTS.items()
    ]
    return text_issues(places, stale)


def _places_of_call(call: Call) -> list[Place]:
    places = [Place("call", "title", _("Name"), call.title), Place("call", "fee", _("What it costs"), call.fee)]
    for step in call.steps:
        label, name = step.title.nl or step.title.fr, f"step:{step.id}:"
        places += [
            Place("steps", f"{name}title", label, step.title),
            Place("steps", f"{name}text", label, step.text, optional=True),
        ]
    for criterion in call.criteria:
        name = f"criterion:{criterion.id}:"
        places.append(Place("criteria", f"{name}title", criterion.code, criterion.title))
        for anchor in criterion.anchors:
            label = f"{criterion.code}, {anchor.score}"
            places.append(Place("criteria", f"{name}score{anchor.score}", label, anchor.text))
    for question in call.eligibility:
        label, name = question.name.nl or question.name.fr, f"eligibility:{question.id}:"
        places += [
            Place("eligibility", f"{name}{part}", label, getattr(question, part), optional=part == "hint")
            for part in ("name", "text", "hint", "advice")
        ]
    return places
