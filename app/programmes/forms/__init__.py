"""What visitors and the team send about programmes and calls."""

from app.programmes.forms.check import check_answers
from app.programmes.forms.dates import DatesForm, hour_of
from app.programmes.forms.finder import QUESTIONS, STAGES, answers, situation
from app.programmes.forms.late import LateCodeForm
from app.programmes.forms.rows import CriterionForm, EligibilityForm, ReasonForm, StepForm
from app.programmes.forms.team import CallForm, ProgrammeForm

__all__ = [
    "QUESTIONS",
    "STAGES",
    "CallForm",
    "CriterionForm",
    "DatesForm",
    "EligibilityForm",
    "LateCodeForm",
    "ProgrammeForm",
    "ReasonForm",
    "StepForm",
    "answers",
    "check_answers",
    "hour_of",
    "situation",
]
