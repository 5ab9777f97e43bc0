"""What the spreading of files over readers starts from, read from the database, and the plan it comes to."""

from dataclasses import dataclass

from app.conflicts.queries import FileInSelection, files_in_selection, kept_away_from, known_pairs
from app.conflicts.rules import Sign, Stranger, signs_for
from app.readers.models import Reader, ReadingPlan
from app.readers.queries.load import readings_of
from app.readers.queries.people import plan_of, readers_of
from app.readers.rules import TO_READ, Able, Given, Proposal, ToRead, cap_of, proposal


@dataclass(frozen=True)
class Spreading:
    """A plan with the files and readers that it names. `hidden`: for each file the people from whom it is hidden."""

    proposal: Proposal
    plan: ReadingPlan
    files: dict[int, FileInSelection]
    readers: dict[int, Reader]
    hidden: dict[int, set[int]]


def strangers(readers: list[Reader]) -> list[Stranger]:
    """Readers as the rules on conflicts look at them."""
    return [Stranger(one.person_id, one.person.name, one.person.email, one.organisation) for one in readers]


def new_signs(readers: list[Reader], files: list[FileInSelection]) -> list[tuple[int, int, Sign]]:
    """(file, person, sign) of every conflict that nobody knows of yet."""
    found = signs_for(strangers(readers), [file.facts for file in files])
    known = known_pairs([file.id for file in files])
    return [(file_id, person_id, sign) for file_id, person_id, sign in found if (file_id, person_id) not in known]


def spreading(call_id: int) -> Spreading:
    """The balanced plan of a call as things stand; nothing is written."""
    everybody, plan = readers_of(call_id), plan_of(call_id)
    readers = [one for one in everybody if one.left_at is None]
    files = {file.id: file for file in files_in_selection(call_id)}
    hidden = kept_away_from(list(files))
    barred = _barred(readers, list(files.values()), hidden)
    made = proposal(
        [ToRead(one.id, one.language, one.sectors) for one in files.values() if one.state in TO_READ],
        [Able(one.id, one.speaks, cap_of(one.most_files, plan.most_files), one.knows) for one in readers],
        _given(files),
        barred,
        plan.readings,
    )
    return Spreading(made, plan, files, {one.id: one for one in everybody}, hidden)


def _barred(readers: list[Reader], files: list[FileInSelection], hidden: dict[int, set[int]]) -> set[tuple[int, int]]:
    """(file, reader) of everybody who is or may be too close."""
    close = {(file, person) for file, people in hidden.items() for person in people}
    close |= {(file, person) for file, person, _sign in new_signs(readers, files)}
    return {(file.id, one.id) for file in files for one in readers if (file.id, one.person_id) in close}


def _given(files: dict[int, FileInSelection]) -> list[Given]:
    """What is given already. Begun or by hand: fixed; so is all that is further on than reading.

    Of whoever left, only what they did; of whoever is too close, only what must be taken away.
    """
    found = []
    for row in readings_of(files):
        if not row.counts and row.done:
            continue
        further_on = files[row.application_id].state not in TO_READ
        kept = row.done if row.left_at else row.begun or row.by_hand or further_on
        found.append(Given(row.application_id, row.reader_id, fixed=bool(kept and row.counts)))
    return found
