"""Create and change calls: texts, dates, plan, criteria and eligibility check."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.accounts.models import Person
from app.accounts.rules import new_token
from app.core import clock
from app.core.audit import audit_trail
from app.core.belgium.holidays import is_working_day, working_day_from
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.programmes.actions.texts import put_texts
from app.programmes.models import Anchor, Call, CallStep, Criterion, EligibilityQuestion, Programme
from app.programmes.queries import public
from app.programmes.rules.calls import closed_early_from, closing_step
from app.questionnaires.queries import newest_of_same_form

A_YEAR = timedelta(weeks=52)  # 52 weeks: the same weekday, so that a deadline does not end up on a Sunday
OPENS_AFTER, STAYS_OPEN = timedelta(days=30), timedelta(days=42)
NO_TEXT = Bilingual("", "")


@dataclass(frozen=True)
class Line:
    """One submitted row of a list: its thing, texts and other values, or that it is deleted."""

    thing: Any
    texts: Mapping[str, Bilingual]
    values: Mapping[str, Any]
    confirmed: Collection[str]
    gone: bool


def make_call(programme: Programme, version_id: int, *, by: Person, at: datetime) -> Call:
    """Create a call that only the team sees."""
    opens_on = working_day_from(clock.day_of(at) + OPENS_AFTER)
    opens_at = clock.brussels(opens_on, 9)
    year = opens_at.year
    while any(f"{programme.title.nl} {year}" == one.title.nl for one in programme.calls):
        year += 1
    call = Call(
        key=new_token()[:12].lower().replace("_", "x").replace("-", "y"),
        programme=programme,
        title=Bilingual(f"{programme.title.nl} {year}", f"{programme.title.fr} {year}"),
        opens_at=opens_at,
        closes_at=clock.brussels(working_day_from(opens_on + STAYS_OPEN), 12),
        places=12,
        fee=NO_TEXT,
        questionnaire_version_id=version_id,
    )
    db.session.add(call)
    db.session.flush()
    audit_trail.record("call.made", by=by.ref, about=f"call:{call.id}", at=at, programme=programme.key)
    return call


def copy_call(old: Call, *, by: Person, at: datetime) -> Call:
    """Copy a call to its next edition: a year later, on the same weekdays, with the newest form version."""
    made = make_call(old.programme, newest_of_same_form(old.questionnaire_version_id), by=by, at=at)
    made.fee, made.places, made.grace_minutes = old.fee, old.places, old.grace_minutes
    made.title = Bilingual.of({code: _next_edition(old, code) for code in LOCALES})
    made.opens_at = _a_year_later(old.opens_at)
    made.closes_at = _a_year_later(old.closes_at) if old.closes_at else None
    made.steps = [
        CallStep(
            position=one.position, on=_day_a_year_later(one.on), reaches=one.reaches, title=one.title, text=one.text
        )
        for one in old.steps
    ]
    made.criteria = [
        Criterion(
            position=one.position,
            code=one.code,
            weight=one.weight,
            title=one.title,
            lowest=one.lowest,
            highest=one.highest,
            reason_under=one.reason_under,
            anchors=[Anchor(score=anchor.score, text=anchor.text) for anchor in one.anchors],
        )
        for one in old.criteria
    ]
    made.eligibility = [
        EligibilityQuestion(
            position=one.position, kind=one.kind, name=one.name, text=one.text, hint=one.hint, advice=one.advice
        )
        for one in old.eligibility
    ]
    db.session.flush()
    return made


def write_call(
    call: Call,
    texts: Mapping[str, Bilingual],
    *,
    places: int,
    grace_minutes: int,
    confirmed: Collection[str],
    by: Person,
    at: datetime,
) -> None:
    """Change the texts and figures of a call."""
    put_texts(call, texts, about=about(call), confirmed=confirmed, at=at)
    call.places, call.grace_minutes = places, grace_minutes
    db.session.flush()
    audit_trail.record("call.changed", by=by.ref, about=about(call), at=at)


def write_steps(call: Call, lines: Iterable[Line], *, by: Person, at: datetime) -> None:
    """Replace the rows of the selection plan, sorted by day. The person who keeps it has looked at its days."""
    _write(call, lines, CallStep, "step", by=by, at=at)
    _put_in_order(call)
    call.plan_was_for = None
    db.session.flush()


def write_eligibility(call: Call, lines: Iterable[Line], *, by: Person, at: datetime) -> None:
    """Replace the questions of the eligibility check."""
    _write(call, lines, EligibilityQuestion, "eligibility", by=by, at=at)


def publish_call(call: Call, *, by: Person, at: datetime) -> None:
    """Publish a call; it opens and closes by its dates. The caller has checked the publish gate."""
    lock(call)
    if call.published_at is None:
        call.published_at = at
        db.session.flush()
        search_index.put(public.search_documents())
        audit_trail.record("call.published", by=by.ref, about=about(call), at=at)


def take_back(call: Call, *, by: Person, at: datetime) -> None:
    """Unpublish a call. Raises Conflict once it has opened, because people may be writing."""
    lock(call)
    if call.opens_at <= at:
        raise Conflict("open")
    call.published_at = None
    db.session.flush()
    audit_trail.record("call.taken_back", by=by.ref, about=about(call), at=at)


def reschedule(call: Call, *, opens_at: datetime, closes_at: datetime | None, by: Person, at: datetime) -> None:
    """Change the dates of a call, also in subscribed calendars. Without a deadline it becomes a rolling call.

    Raises Conflict when it would close before it opens.
    """
    lock(call)
    if closes_at is not None and closes_at <= opens_at:
        raise Conflict("dates")
    if (call.opens_at, call.closes_at) == (opens_at, closes_at):
        return
    if call.published_at is not None:
        _follow_deadline(call, closes_at, at=at)
    call.opens_at, call.closes_at = opens_at, closes_at
    db.session.flush()
    audit_trail.record(
        "call.rescheduled",
        by=by.ref,
        about=about(call),
        at=at,
        opens_at=opens_at.isoformat(),
        closes_at=closes_at.isoformat() if closes_at else None,
    )


def _follow_deadline(call: Call, closes_at: datetime | None, *, at: datetime) -> None:
    """The line of the plan that tells the closing moves with it; the later ones wait for somebody to look at them."""
    before = call.closes_at
    if before == closes_at:
        return
    closing = closing_step(call.steps, before)
    if closing is not None and closes_at is not None:
        closing.on = clock.day_of(closes_at)
        _put_in_order(call)
    call.closed_early_from = closed_early_from(before, closes_at, at, known=call.closed_early_from)
    written_for = call.plan_was_for or before
    call.plan_was_for = written_for if call.steps and written_for != closes_at else None


def _put_in_order(call: Call) -> None:
    for position, step in enumerate(sorted(call.steps, key=lambda one: (one.on, one.id)), 1):
        step.position = position


def about(call: Call) -> str:
    """The reference of a call in the audit trail and the publish gate."""
    return f"call:{call.id}"


def _write(call: Call, lines: Iterable[Line], kind: type[Any], name: str, *, by: Person, at: datetime) -> None:
    for line in lines:
        write_line(call, line, kind, name, at)
    finish_list(call, by, at)


def write_line(call: Call, line: Line, kind: type[Any], name: str, at: datetime) -> Any:
    """Create or change the row of this line; None for a deleted one."""
    if line.gone:
        if line.thing is not None:
            stale_translations.forget_places(about(call), f"{name}:{line.thing.id}:")
            db.session.delete(line.thing)
        return None
    thing = line.thing
    if thing is None:
        thing = kind(call_id=call.id, **line.texts, **({"position": 1000} | dict(line.values)))
        db.session.add(thing)
    for field, value in line.values.items():
        setattr(thing, field, value)
    db.session.flush()
    mark = f"{name}:{thing.id}:"
    put_texts(thing, line.texts, about=about(call), place=mark + "{name}", confirmed=line.confirmed, at=at)
    return thing


def finish_list(call: Call, by: Person, at: datetime) -> None:
    """Finish storing a list of lines."""
    db.session.flush()
    db.session.refresh(call, ["steps", "criteria", "eligibility"])
    audit_trail.record("call.changed", by=by.ref, about=about(call), at=at)


def _next_edition(old: Call, language: str) -> str:
    """The name with the year of the next edition: “Seeds 2026” → “Seeds 2027”."""
    years = {clock.day_of(at).year for at in (old.opens_at, old.closes_at) if at}

    def later(found: re.Match[str]) -> str:
        return str(int(found[0]) + 1) if int(found[0]) in years else found[0]

    return re.sub(r"\b20[0-9]{2}\b", later, old.title[language])


def _a_year_later(at: datetime) -> datetime:
    """52 weeks later at the same time in Brussels."""
    local = clock.in_brussels(at)
    return clock.brussels(_day_a_year_later(local.date()), local.hour, local.minute)


def _day_a_year_later(day: date) -> date:
    """52 weeks later; a working day stays one."""
    later = day + A_YEAR
    return working_day_from(later) if is_working_day(day) else later
