"""What the spreading of files over readers starts from, read from the database, and the plan it comes to."""

from dataclasses import dataclass
from typing import Any

from app.conflicts.queries.facts import FileInSelection, files_in_selection
from app.conflicts.queries.hidden import kept_away_from
from app.conflicts.queries.standing import known_pairs
from app.conflicts.rules.signs import Stranger, signs_for
from app.conflicts.rules.standing import Sign
from app.readers.models import Reader, ReadingPlan
from app.readers.queries.load import readings_of
from app.readers.queries.people import plan_of, readers_of
from app.readers.rules.balancing import Able, Given, ToRead
from app.readers.rules.plan import TO_READ, cap_of
from app.readers.rules.proposal import Proposal, proposal


@dataclass(frozen=True)
class Spreading:
    """A plan with the files and readers that it names.

    `hidden`: for each file the people from whom it is hidden; `signs`: (file, reader, sign) of what nobody knows of
    yet, and will be hidden too; `silenced`: the (file, reader) among them whose finished reading then counts no more.
    """

    proposal: Proposal
    plan: ReadingPlan
    files: dict[int, FileInSelection]
    readers: dict[int, Reader]
    hidden: dict[int, set[int]]
    signs: list[tuple[int, int, Sign]]
    silenced: set[tuple[int, int]]


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
    hidden, given = kept_away_from(list(files)), readings_of(files)
    by_person = {one.person_id: one.id for one in readers}
    new = new_signs(readers, list(files.values()))
    signs = [(file, by_person[person], sign) for file, person, sign in new]
    barred = {(file, by_person[person]) for file, people in hidden.items() for person in people if person in by_person}
    barred |= {(file, reader) for file, reader, _sign in signs}
    made = proposal(
        [ToRead(one.id, one.language, one.sectors) for one in files.values() if one.state in TO_READ],
        [Able(one.id, one.speaks, cap_of(one.most_files, plan.most_files), one.knows) for one in readers],
        _given(given, files, barred),
        barred,
        plan.readings,
    )
    done = {(row.application_id, row.reader_id) for row in given if row.done and row.counts}
    silenced = {(file, reader) for file, reader, _sign in signs} & done
    return Spreading(made, plan, files, {one.id: one for one in everybody}, hidden, signs, silenced)


def _given(rows: list[Any], files: dict[int, FileInSelection], barred: set[tuple[int, int]]) -> list[Given]:
    """What is given already. Begun or by hand: fixed; so is all that is further on than reading.

    Of whoever left, only what they did; of whoever is too close, only what must be taken away: not what they began.
    """
    found = []
    for row in rows:
        too_close = not row.counts or (row.application_id, row.reader_id) in barred
        if too_close and row.begun:
            continue
        further_on = files[row.application_id].state not in TO_READ
        kept = row.done if row.left_at else row.begun or row.by_hand or further_on
        found.append(Given(row.application_id, row.reader_id, fixed=bool(kept and not too_close)))
    return found
