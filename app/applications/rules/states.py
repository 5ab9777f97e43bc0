"""The states of an application and the transition table (domain facts, section 2.4)."""

import enum

from flask_babel import lazy_gettext as _l

from app.core.drawings.construction import Stage


class State(enum.StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    INELIGIBLE = "ineligible"
    ELIGIBLE = "eligible"
    IN_REVIEW = "in_review"
    INTERVIEW = "interview"
    JURY = "jury"
    ACCEPTED = "accepted"
    RESERVE = "reserve"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    DECLINED_BY_TEAM = "declined_by_team"
    WITHDRAWN = "withdrawn"


STATE_NAMES = {
    State.DRAFT: _l("Draft"),
    State.SUBMITTED: _l("Submitted"),
    State.INCOMPLETE: _l("To be completed"),
    State.INELIGIBLE: _l("Not admissible"),
    State.ELIGIBLE: _l("Admissible"),
    State.IN_REVIEW: _l("Being reviewed"),
    State.INTERVIEW: _l("Invited for an interview"),
    State.JURY: _l("Before the jury"),
    State.ACCEPTED: _l("Selected"),
    State.RESERVE: _l("On the reserve list"),
    State.DECLINED: _l("Not selected"),
    State.CONFIRMED: _l("Place confirmed"),
    State.DECLINED_BY_TEAM: _l("Place refused"),
    State.WITHDRAWN: _l("Withdrawn"),
}

# What a state means for the applicant, in one sentence.
SENTENCES = {
    State.DRAFT: _l("You have not handed in yet."),
    State.SUBMITTED: _l("We check whether your file is complete and meets the conditions."),
    State.INCOMPLETE: _l("We need something more before we can go on."),
    State.INELIGIBLE: _l("Your file does not meet the conditions of this call."),
    State.ELIGIBLE: _l("Your file meets the conditions. Readers will read it soon."),
    State.IN_REVIEW: _l("Readers are reading your file, each on their own."),
    State.INTERVIEW: _l("We would like to meet you. You find the appointment below or in your mail."),
    State.JURY: _l("The jury is looking at your file. You will hear the decision with its reasons."),
    State.ACCEPTED: _l("Congratulations. Below you read until when you confirm your place."),
    State.RESERVE: _l("We write as soon as a place falls free."),
    State.DECLINED: _l("You may apply again in a later call."),
    State.CONFIRMED: _l("We look forward to it, and write to you about the next steps."),
    State.DECLINED_BY_TEAM: _l("You gave up the place, or did not confirm it in time."),
    State.WITHDRAWN: _l("You took your application back. Nobody reads it any more."),
}

LANGUAGES = {"nl": _l("Dutch"), "fr": _l("French")}

# From each state to the states that may follow. Outcomes (accepted, reserve, declined) are reached only by publishing
# or correcting a decision; withdrawal stays possible until then.
MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.SUBMITTED, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({State.INCOMPLETE, State.INELIGIBLE, State.ELIGIBLE, State.WITHDRAWN}),
    State.INCOMPLETE: frozenset({State.SUBMITTED, State.INELIGIBLE, State.ELIGIBLE, State.WITHDRAWN}),
    State.INELIGIBLE: frozenset({State.SUBMITTED, State.ELIGIBLE}),
    State.ELIGIBLE: frozenset({State.INELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY, State.WITHDRAWN}),
    State.IN_REVIEW: frozenset({State.ELIGIBLE, State.INTERVIEW, State.JURY, State.WITHDRAWN}),
    State.INTERVIEW: frozenset({State.IN_REVIEW, State.JURY, State.WITHDRAWN}),
    State.JURY: frozenset({State.IN_REVIEW, State.ACCEPTED, State.RESERVE, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.CONFIRMED, State.DECLINED_BY_TEAM, State.RESERVE, State.DECLINED}),
    State.RESERVE: frozenset({State.ACCEPTED, State.DECLINED, State.DECLINED_BY_TEAM}),
    State.DECLINED: frozenset({State.ACCEPTED, State.RESERVE}),
    State.CONFIRMED: frozenset({State.DECLINED_BY_TEAM}),
    State.DECLINED_BY_TEAM: frozenset(),
    State.WITHDRAWN: frozenset(),
}

OUTCOMES = frozenset({State.ACCEPTED, State.RESERVE, State.DECLINED})
EDITABLE = frozenset({State.DRAFT, State.SUBMITTED, State.INCOMPLETE})
TO_HAND_IN = frozenset({State.DRAFT, State.SUBMITTED})  # until the deadline of the team
OPEN_STATES = frozenset(
    {State.SUBMITTED, State.INCOMPLETE, State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY}
)
SETTLED = frozenset(State) - OPEN_STATES - {State.DRAFT}

# The usual course; other states count as one of its stations.
WAY = [
    State.DRAFT,
    State.SUBMITTED,
    State.ELIGIBLE,
    State.IN_REVIEW,
    State.INTERVIEW,
    State.JURY,
    State.ACCEPTED,
    State.CONFIRMED,
]
BESIDE = {State.INCOMPLETE: State.SUBMITTED, State.RESERVE: State.ACCEPTED}


def lies_ahead(reaches: str, current: State) -> bool:
    """True when the planned step that reaches `target` is still ahead of an application in this state."""
    station = BESIDE.get(State(current), State(current))
    return station in WAY and (not reaches or WAY.index(station) < WAY.index(State(reaches)))


def may_move(current: State, to: State) -> bool:
    """True when the table allows this step."""
    return to in MOVES[State(current)]


def possible_moves(current: State) -> list[State]:
    """The steps that staff may take by hand, in the order of the states.

    Outcomes come from decisions; withdrawing is up to the applicant.
    """
    by_hand = MOVES[State(current)] - OUTCOMES - {State.WITHDRAWN}
    return [state for state in State if state in by_hand]


# The states in which nothing will be built: their pages show no drawing.
WITHOUT_DRAWING = frozenset({State.DRAFT, State.INELIGIBLE, State.DECLINED, State.DECLINED_BY_TEAM, State.WITHDRAWN})


def stage_of(state: State) -> Stage | None:
    """How far the drawn house of an application is; None where none is shown."""
    if state in WITHOUT_DRAWING:
        return None
    return Stage.GROUND_FLOOR if state == State.CONFIRMED else Stage.PLOT
