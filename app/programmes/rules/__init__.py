"""When a call is open, whom a programme fits, what may go public, and who may come late."""

from app.programmes.rules.calls import (
    TAKES_APPLICATIONS,
    CallState,
    StepState,
    accepts_submission,
    call_state,
    current_call,
    days_left,
    is_open,
    step_states,
    urgency,
)
from app.programmes.rules.eligibility import KINDS, NO, STAGE, YES, YES_NO, Verdict, offered, stage_of, verdicts
from app.programmes.rules.fitting import Elsewhere, Situation, Stage, elsewhere, fitting
from app.programmes.rules.gate import SCORES, Place, Spot, criteria_spots, date_spots, step_spots, text_spots
from app.programmes.rules.late import as_written, late_code_opens, new_code

__all__ = [
    "KINDS",
    "NO",
    "SCORES",
    "STAGE",
    "TAKES_APPLICATIONS",
    "YES",
    "YES_NO",
    "CallState",
    "Elsewhere",
    "Place",
    "Situation",
    "Spot",
    "Stage",
    "StepState",
    "Verdict",
    "accepts_submission",
    "as_written",
    "call_state",
    "criteria_spots",
    "current_call",
    "date_spots",
    "days_left",
    "elsewhere",
    "fitting",
    "is_open",
    "late_code_opens",
    "new_code",
    "offered",
    "stage_of",
    "step_spots",
    "step_states",
    "text_spots",
    "urgency",
    "verdicts",
]
