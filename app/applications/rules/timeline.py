"""The dated way of an application: what happened, where it is now, what the call still plans; each step once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.applications.rules.states import BESIDE, SETTLED, WAY, State, lies_ahead
from app.programmes.rules.calls import StepState

# States that last: the planned step that ends them is the same step for the applicant.
LASTING = frozenset({State.IN_REVIEW, State.JURY})


@dataclass(frozen=True)
class Line:
    """One line. `reached`: the state reached at this moment; `step`: the planned step, also of a lasting state."""

    at: datetime | date
    state: StepState
    reached: str = ""
    step: Any = None
    has_closed: bool = False


def timeline(
    current: State,
    moves: Sequence[Any],
    planned: Sequence[Any],
    *,
    received_at: datetime | None,
    closed_early_at: datetime | None = None,
    today: date,
) -> list[Line]:
    """Changes of state that still hold, then the planned steps of the days to come.

    `received_at`: the first submission, shown where no move tells it; `closed_early_at`: when the call closed early.
    """
    ahead = [step for step in planned if step.on > today and lies_ahead(step.reaches, current)]
    here = _step_of_state(current, ahead)
    kept = [move for move in moves if not _is_undone(move.to_state, current)]
    lines = [Line(move.at, StepState.DONE, reached=move.to_state) for move in kept]
    if received_at and not moves:
        lines.append(Line(received_at, StepState.DONE, reached=State.SUBMITTED))
    elif lines and current not in SETTLED:
        lines[-1] = Line(kept[-1].at, StepState.NOW, reached=kept[-1].to_state, step=here)
    if closed_early_at:
        lines.append(Line(closed_early_at, StepState.DONE, has_closed=True))
    lines.sort(key=lambda line: line.at)
    return lines + [Line(step.on, StepState.NEXT, step=step) for step in ahead if step is not here]


def _station(state: State) -> int | None:
    station = BESIDE.get(state, state)
    return WAY.index(station) if station in WAY else None


def _is_undone(reached: str, current: State) -> bool:
    """True for a state further on than the present one: the team took that step back."""
    there, now = _station(State(reached)), _station(current)
    return there is not None and now is not None and there > now


def _step_of_state(current: State, ahead: Sequence[Any]) -> Any:
    """The planned step that the application is passing."""
    if current not in LASTING:
        return None
    following = WAY[WAY.index(current) + 1]
    return next((step for step in ahead if step.reaches == following), None)
