"""Checks before an announcement: every issue is listed, with a link to where it is fixed."""

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.applications.rules.states import State
from app.core.belgium.holidays import is_working_day
from app.core.issues import Issue
from app.decisions.rules.outcomes import SHORTEST_REASON, gaps
from app.decisions.rules.words import contradicts, is_in_another_language, named


class At(enum.StrEnum):
    """Where an issue is fixed."""

    DECISION = "decision"
    FEEDBACK = "feedback"
    CALL = "call"
    DAY = "day"


class Deviation(enum.StrEnum):
    """How a decision relates to the agreed minutes."""

    NONE = "none"
    UNEXPLAINED = "unexplained"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"


STOPPING = frozenset({Deviation.UNEXPLAINED, Deviation.UNCONFIRMED})


@dataclass(frozen=True)
class Draft:
    """What is about to be announced about one application.

    `feedback`: the texts by criterion; `wanted`: the criteria with reviewers' reasons; `own`: the applicant's name and
    the project title; `in_conflict`: a decider or author has a conflict. `deviation`: how the decision relates to the
    minutes, which say `agreed`.
    """

    key: str
    reference: str
    title: str
    language: str
    outcome: str
    rank: int | None
    reason: str
    feedback: Mapping[int, str] = field(default_factory=dict)
    wanted: frozenset[int] = frozenset()
    own: str = ""
    in_conflict: bool = False
    deviation: Deviation = Deviation.NONE
    agreed: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What the checks need to know about the batch.

    `undecided`, `left_out`: applications before the jury without a decision, and decided ones that are not announced
    now; `places_left`: free places; `taken_ranks`: ranks already on the reserve list; `open_until`: until when the call
    takes applications, in words.
    """

    people: tuple[str, ...]
    criteria: Mapping[int, str]
    today: date
    answer_by: date | None = None
    undecided: int = 0
    left_out: int = 0
    places_left: int | None = None
    open_until: str = ""
    taken_ranks: frozenset[int] = frozenset()


@dataclass(frozen=True)
class DecisionIssue(Issue):
    """Something to fix. A warning does not block; `draft` is empty when the issue is about the batch."""

    at: At
    draft: Draft | None = None


def issues(drafts: Iterable[Draft], around: Surroundings) -> list[DecisionIssue]:
    """Every issue of a batch, blocking ones first."""
    every = list(drafts)
    found = [*_of_the_batch(every, around), *_of_ranks(every, around.taken_ranks)]
    for draft in every:
        for check in (_of_the_decision, _of_the_minutes, _of_contradictions, _of_feedback, _of_names, _of_language):
            found += check(draft, around)
    return sorted(found, key=lambda issue: issue.warning)


def _of_the_batch(every: list[Draft], around: Surroundings) -> Iterator[DecisionIssue]:
    if around.open_until:
        words = _(
            "The call still takes applications, grace and late codes included, until %(moment)s",
            moment=around.open_until,
        )
        yield DecisionIssue(At.CALL, sentence=words)
    if around.undecided:
        words = ngettext(
            "%(num)s file before the jury has no decision: nobody is left out",
            "%(num)s files before the jury have no decision: nobody is left out",
            around.undecided,
        )
        yield DecisionIssue(At.CALL, sentence=words)
    if around.left_out:
        words = ngettext(
            "%(num)s file is decided and will not be told now",
            "%(num)s files are decided and will not be told now",
            around.left_out,
        )
        yield DecisionIssue(At.CALL, sentence=words, warning=True)
    yield from _of_places(every, around)
    if any(draft.outcome == State.ACCEPTED for draft in every):
        yield from _of_the_day(around)


def _of_places(every: list[Draft], around: Surroundings) -> Iterator[DecisionIssue]:
    """More selected than places; or places that stay free beside a reserve list, whose letter denies it."""
    if around.places_left is None:
        return
    outcomes = Counter(draft.outcome for draft in every)
    free = around.places_left - outcomes[State.ACCEPTED]
    if free < 0:
        count = outcomes[State.ACCEPTED]
        words = _("%(count)s selected, but %(places)s places left", count=count, places=around.places_left)
        yield DecisionIssue(At.CALL, sentence=words, warning=True)
    elif free and outcomes[State.RESERVE]:
        words = ngettext(
            "%(num)s place stays free, while the letter of the reserve list says that there were too few",
            "%(num)s places stay free, while the letter of the reserve list says that there were too few",
            free,
        )
        yield DecisionIssue(At.CALL, sentence=words, warning=True)


def _of_the_day(around: Surroundings) -> Iterator[DecisionIssue]:
    if around.answer_by is None:
        yield DecisionIssue(At.DAY, sentence=_("Give the last day on which a place can be confirmed"))
    elif around.answer_by <= around.today:
        yield DecisionIssue(At.DAY, sentence=_("Choose a day that is still to come"))
    elif not is_working_day(around.answer_by):
        yield DecisionIssue(At.DAY, sentence=_("Choose a working day: no weekend and no public holiday"))


def _of_ranks(every: list[Draft], taken: frozenset[int]) -> Iterator[DecisionIssue]:
    given = Counter(draft.rank for draft in every if draft.outcome == State.RESERVE and draft.rank)
    for draft in every:
        if draft.outcome == State.RESERVE and draft.rank and (given[draft.rank] > 1 or draft.rank in taken):
            words = _("Place %(rank)s on the reserve list is given twice", rank=draft.rank)
            yield DecisionIssue(At.DECISION, sentence=words, draft=draft)


def _of_the_decision(draft: Draft, _around: Surroundings) -> Iterator[DecisionIssue]:
    missing = gaps(draft.outcome, draft.reason, draft.rank)
    if "reason" in missing:
        words = _("The reasons are missing, or shorter than %(count)s characters", count=SHORTEST_REASON)
        yield DecisionIssue(At.DECISION, sentence=words, draft=draft)
    if "rank" in missing:
        yield DecisionIssue(At.DECISION, sentence=_("The place on the reserve list is missing"), draft=draft)
    if draft.in_conflict:
        yield DecisionIssue(
            At.DECISION, sentence=_("A person who decided or wrote here has a conflict of interest"), draft=draft
        )


def _of_the_minutes(draft: Draft, _around: Surroundings) -> Iterator[DecisionIssue]:
    match draft.deviation:
        case Deviation.UNEXPLAINED:
            words = _("The agreed minutes say “%(outcome)s”: write why this decision differs", outcome=draft.agreed)
            yield DecisionIssue(At.DECISION, sentence=words, draft=draft)
        case Deviation.UNCONFIRMED:
            words = _(
                "Differs from the agreed minutes (“%(outcome)s”): a second colleague has to confirm it",
                outcome=draft.agreed,
            )
            yield DecisionIssue(At.DECISION, sentence=words, draft=draft)
        case Deviation.CONFIRMED:
            words = _(
                "Differs from the agreed minutes (“%(outcome)s”), confirmed by a second colleague", outcome=draft.agreed
            )
            yield DecisionIssue(At.DECISION, sentence=words, draft=draft, warning=True)


def _of_contradictions(draft: Draft, _around: Surroundings) -> Iterator[DecisionIssue]:
    found = contradicts(draft.reason, draft.outcome)
    if found:
        yield DecisionIssue(
            At.DECISION, sentence=_("The reasons belong to another decision: “%(words)s”", words=found), draft=draft
        )


def _of_feedback(draft: Draft, around: Surroundings) -> Iterator[DecisionIssue]:
    for criterion in around.criteria:
        if criterion in draft.wanted and not draft.feedback.get(criterion, "").strip():
            words = _(
                "No feedback on “%(criterion)s”, although readers gave reasons", criterion=around.criteria[criterion]
            )
            yield DecisionIssue(At.FEEDBACK, sentence=words, draft=draft)


def _of_names(draft: Draft, around: Surroundings) -> Iterator[DecisionIssue]:
    def words(text: str, _title: str) -> str:
        found = named(text, around.people, own=draft.own)
        return _("The text names %(people)s", people=", ".join(found)) if found else ""

    yield from _of_texts(draft, around, words)


def _of_language(draft: Draft, around: Surroundings) -> Iterator[DecisionIssue]:
    def words(text: str, title: str) -> str:
        strange = is_in_another_language(text, draft.language)
        return _("%(text)s: this does not look like the language of the file", text=title) if strange else ""

    yield from _of_texts(draft, around, words, warning=True)


def _of_texts(
    draft: Draft, around: Surroundings, words: Callable[[str, str], str], *, warning: bool = False
) -> Iterator[DecisionIssue]:
    """The issues of the reasons and of each feedback text, as `words` finds them."""
    problem = words(draft.reason, _("Reasons"))
    if problem:
        yield DecisionIssue(At.DECISION, sentence=problem, draft=draft, warning=warning)
    for criterion, text in draft.feedback.items():
        problem = words(text, around.criteria.get(criterion, ""))
        if problem:
            yield DecisionIssue(At.FEEDBACK, sentence=problem, draft=draft, warning=warning)
