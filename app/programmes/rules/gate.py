"""The publish gate: issues of a call or programme, with where to fix each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core import clock
from app.core.belgium.holidays import is_working_day
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.formats import day as day_in_words
from app.core.i18n.language import language_name
from app.core.issues import Issue
from app.programmes.rules.rubric import scale

PROGRAMME_TEXTS = {
    "title": _l("Name"),
    "slug": _l("Address on the site"),
    "tagline": _l("In one line"),
    "question": _l("What a visitor thinks"),
    "lead": _l("Introduction"),
    "body": _l("Text (Markdown)"),
    "stage": _l("Stage"),
    "duration": _l("Duration"),
    "commitment": _l("Your time"),
    "places": _l("Places"),
    "price": _l("Price"),
    "languages": _l("Working language"),
    "selection": _l("Selection"),
    "to_send": _l("What to send"),
    "example_note": _l("Note that these are examples"),
}
FULL_WEIGHT = 100
OFFICE_HOURS = range(9, 18)


@dataclass(frozen=True)
class PublishIssue(Issue):
    """Something to fix. `page` and `anchor` say where; a warning does not block."""

    page: str
    anchor: str


@dataclass(frozen=True)
class Place:
    """One text of a call or programme: where it is edited, its label, whether it may be empty."""

    page: str
    name: str
    label: str
    text: Bilingual
    optional: bool = False


def text_issues(places: Sequence[Place], stale: Mapping[str, str]) -> list[PublishIssue]:
    """Texts without one language, and stale translations."""
    found = []
    for place in places:
        missing = place.text.missing()
        if place.optional and len(missing) == len(LOCALES):
            continue
        found += [
            PublishIssue(
                place.page,
                f"{place.name}_{code}",
                sentence=_("%(text)s has no text in %(language)s", text=place.label, language=language_name(code)),
            )
            for code in missing
        ]
        if not missing and place.name in stale:
            code = stale[place.name]
            words = _(
                "%(text)s: look at the %(language)s text, the other one was changed",
                text=place.label,
                language=language_name(code),
            )
            found.append(PublishIssue(place.page, f"{place.name}_{code}", sentence=words))
    return found


def date_issues(opens_at: datetime, closes_at: datetime | None, at: datetime) -> list[PublishIssue]:
    """A call that closes before it opens or in the past; times outside office hours."""
    if closes_at is None:
        return []
    found = []
    if closes_at <= opens_at:
        found.append(PublishIssue("dates", "closes_on", sentence=_("The call closes before it opens")))
    elif closes_at <= at:
        found.append(PublishIssue("dates", "closes_on", sentence=_("The deadline is over already")))
    local = clock.in_brussels(closes_at)
    if closes_at > at and (not is_working_day(local.date()) or local.hour not in OFFICE_HOURS):
        words = _("The call closes when nobody is at the desk to help")
        found.append(PublishIssue("dates", "closes_on", sentence=words, warning=True))
    return found


def overlap_issues(title: str) -> list[PublishIssue]:
    """Another public call of the programme that is open at the same time; an empty title means none."""
    if not title:
        return []
    words = _(
        "The site shows one call of a programme at a time, the one that closes first. Open too: %(title)s", title=title
    )
    return [PublishIssue("dates", "opens_on", sentence=words, warning=True)]


def step_issues(
    steps: Sequence[Any], closes_at: datetime | None, *, was_for: datetime | None = None
) -> list[PublishIssue]:
    """A plan without steps, for another deadline (`was_for`), with days off, or with decisions before the deadline."""
    if not steps:
        return [PublishIssue("steps", "", sentence=_("The selection plan has no line yet"))]
    found = _days_off(steps)
    if was_for is not None:
        words = _(
            "The deadline moved. Look at the selection plan: it was written for a call that closes on %(day)s",
            day=day_in_words(was_for),
        )
        found.insert(0, PublishIssue("steps", "", sentence=words, warning=True))
    if closes_at is None:
        return found
    last: date = clock.day_of(closes_at)
    early = [step for step in steps if step.reaches not in ("", "submitted") and step.on < last]
    return found + [
        PublishIssue(
            "steps",
            f"step:{step.id}:on",
            sentence=_("A line of the selection plan comes before the deadline: %(day)s", day=day_in_words(step.on)),
        )
        for step in early
    ]


def _days_off(steps: Sequence[Any]) -> list[PublishIssue]:
    """Lines on which nobody works: a warning, because a meeting on a Saturday may be meant."""
    return [
        PublishIssue(
            "steps",
            f"step:{step.id}:on",
            sentence=_(
                "A line of the selection plan falls on a weekend or a public holiday: %(day)s",
                day=day_in_words(step.on),
            ),
            warning=True,
        )
        for step in steps
        if not is_working_day(step.on)
    ]


def criteria_issues(criteria: Sequence[Any]) -> list[PublishIssue]:
    """Weights that do not add up to 100, and criteria without a description for each score."""
    if not criteria:
        return [PublishIssue("criteria", "", sentence=_("The call has no criterion yet"))]
    found = []
    total = sum(criterion.weight for criterion in criteria)
    if total != FULL_WEIGHT:
        found.append(
            PublishIssue("criteria", "", sentence=_("The weights are %(total)s together, not 100", total=total))
        )
    for criterion in criteria:
        lacking = len(set(scale(criterion.lowest, criterion.highest)) - {anchor.score for anchor in criterion.anchors})
        if lacking:
            words = ngettext(
                "%(code)s: say what one score means",
                "%(code)s: say what %(num)s scores mean",
                lacking,
                code=criterion.code,
            )
            found.append(PublishIssue("criteria", "", sentence=words))
    return found
