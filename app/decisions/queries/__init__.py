"""Decisions taken and told, the files of a call, its places, and what an applicant hears."""

from app.decisions.queries.agreed import agreed_on, deviation_of, takes_until
from app.decisions.queries.checking import drafts_of, surroundings
from app.decisions.queries.files import (
    FileRow,
    Reading,
    Readings,
    advice_on,
    advices_on,
    applications_of,
    criteria_of,
    feedback_of,
    files_of,
    readings_of,
)
from app.decisions.queries.places import (
    Places,
    Waiting,
    first_on_the_list,
    held,
    places_of,
    ranks_taken,
    reserves_waiting,
)
from app.decisions.queries.telling import (
    calls_to_decide,
    decision_of,
    decisions_of,
    how_many_untold,
    pending_correction,
    to_remind,
    untold,
)
from app.decisions.queries.told import Said, Told, texts_for, told

__all__ = [
    "FileRow",
    "Places",
    "Reading",
    "Readings",
    "Said",
    "Told",
    "Waiting",
    "advice_on",
    "advices_on",
    "agreed_on",
    "applications_of",
    "calls_to_decide",
    "criteria_of",
    "decision_of",
    "decisions_of",
    "deviation_of",
    "drafts_of",
    "feedback_of",
    "files_of",
    "first_on_the_list",
    "held",
    "how_many_untold",
    "pending_correction",
    "places_of",
    "ranks_taken",
    "readings_of",
    "reserves_waiting",
    "surroundings",
    "takes_until",
    "texts_for",
    "to_remind",
    "told",
    "untold",
]
