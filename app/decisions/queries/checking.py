"""What the checks look at before somebody is told."""

from collections.abc import Iterable
from datetime import date

from app.conflicts.queries import kept_away_from
from app.core.i18n import locale
from app.decisions.queries.files import FileRow, criteria_of
from app.decisions.queries.places import held, names_kept_out, ranks_taken
from app.decisions.rules import Draft, Surroundings, free_places
from app.programmes.models import Call


def drafts_of(files: Iterable[FileRow]) -> list[Draft]:
    """What is about to be told about these files; those without a decision are left out."""
    every = [file for file in files if file.row.decision_id]
    away = kept_away_from([file.row.id for file in every])
    return [draft_of(file, away.get(file.row.id, set())) for file in every]


def draft_of(file: FileRow, kept_away: set[int]) -> Draft:
    """One file as the checks look at it."""
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
        in_conflict=bool(writers & kept_away),
    )


def surroundings(
    call: Call,
    *,
    today: date,
    answer_by: date | None,
    undecided: int = 0,
    held_back: int = 0,
    rehearsal: bool = False,
    but: int = 0,
) -> Surroundings:
    """What a batch of this call is looked at with. `but`: a decision that was told and is going to change."""
    return Surroundings(
        people=names_kept_out(call.id),
        criteria={row.id: row.title[locale()] for row in criteria_of(call.id)},
        today=today,
        answer_by=answer_by,
        undecided=undecided,
        held_back=held_back,
        places_left=None if rehearsal else free_places(call.places, held(call.id)),
        taken_ranks=ranks_taken(call.id, rehearsal=rehearsal, but=but),
    )
