"""Programmes and calls: as visitors see them, and as the team works on them."""

from app.programmes.queries.public import (
    CallRow,
    CriterionRow,
    ProgrammeRow,
    StepRow,
    changes_of,
    eligibility,
    findable,
    form_of,
    previewed,
    programme,
    programmes,
    timeline_and_rubric,
)
from app.programmes.queries.sheets import gate_of, gate_of_programme
from app.programmes.queries.team import (
    call,
    call_with_everything,
    late_code,
    late_code_of,
    late_codes,
    programme_by_key,
    programmes_and_calls,
    taken,
    versions,
)

__all__ = [
    "CallRow",
    "CriterionRow",
    "ProgrammeRow",
    "StepRow",
    "call",
    "call_with_everything",
    "changes_of",
    "eligibility",
    "findable",
    "form_of",
    "gate_of",
    "gate_of_programme",
    "late_code",
    "late_code_of",
    "late_codes",
    "previewed",
    "programme",
    "programme_by_key",
    "programmes",
    "programmes_and_calls",
    "taken",
    "timeline_and_rubric",
    "versions",
]
