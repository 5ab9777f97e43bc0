"""The data that the checks before an announcement need."""

from collections.abc import Iterable
from datetime import date, datetime

from app.applications.rules.states import STATE_NAMES, State
from app.conflicts.queries.hidden import people_in_conflict
from app.core.i18n.formats import moment
from app.core.i18n.language import locale
from app.decisions.queries.agreed import agreed_on, deviation_of, takes_until
from app.decisions.queries.files import FileRow, criteria_of
from app.decisions.queries.places import names_to_leave_out, ranks_taken, taken
from app.decisions.rules.checks import Draft, Surroundings
from app.decisions.rules.outcomes import Agreed, free_places, is_taking
from app.programmes.models import Call


def drafts_of(files: Iterable[FileRow]) -> list[Draft]:
    """What is about to be announced about these applications; those without a decision are left out."""
    every = [file for file in files if file.row.decision_id]
    ids = [file.row.id for file in every]
    away, agreed = people_in_conflict(ids), agreed_on(ids)
    return [draft_of(file, away.get(file.row.id, set()), agreed.get(file.row.id)) for file in every]


def draft_of(file: FileRow, in_conflict: set[int], agreed: Agreed | None = None) -> Draft:
    """One application as the checks see it."""
    row = file.row
    writers = {row.taken_by_id, *(by for _text, by in file.feedback.values())}
    return Draft(
        key=row.key,
        reference=row.reference,
        title=row.title,
        language=row.language,
        outcome=row.outcome,
        rank=row.rank,
        reason=row.reason,
        feedback={criterion: text for criterion, (text, _by) in file.feedback.items()},
        wanted=file.readings.reasoned,
        own=f"{row.person_name} {row.title}",
        in_conflict=bool(writers & in_conflict),
        deviation=deviation_of(row, agreed),
        agreed=str(STATE_NAMES[State(agreed.outcome)]) if agreed else "",
    )


def surroundings(
    call: Call,
    *,
    today: date,
    answer_by: date | None,
    undecided: int = 0,
    left_out: int = 0,
    rehearsal: bool = False,
    but: int = 0,
    at: datetime | None = None,
) -> Surroundings:
    """The data about the call that the checks need. `but`: a published decision that is about to change.

    `at`: the moment of the announcement; without it the checks do not ask whether the call is still open.
    """
    until = takes_until(call) if at and not rehearsal else None
    return Surroundings(
        people=names_to_leave_out(call.id),
        criteria={row.id: row.title[locale()] for row in criteria_of(call.id)},
        today=today,
        answer_by=answer_by,
        undecided=undecided,
        left_out=left_out,
        places_left=None if rehearsal else free_places(call.places, taken(call.id)),
        open_until=moment(until) if at and until and is_taking(until, at) else "",
        taken_ranks=ranks_taken(call.id, rehearsal=rehearsal, but=but),
    )
