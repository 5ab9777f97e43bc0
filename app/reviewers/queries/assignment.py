"""The input of the balanced plan from the database, and the resulting plan."""

from dataclasses import dataclass
from typing import Any

from app.conflicts.queries.facts import FileInSelection, files_in_selection
from app.conflicts.queries.hidden import people_in_conflict
from app.conflicts.queries.status import known_pairs
from app.conflicts.rules.signals import PersonFacts, signals_for
from app.conflicts.rules.status import ConflictSignal
from app.reviewers.models import ReadingPlan, Reviewer
from app.reviewers.queries.load import readings_of
from app.reviewers.queries.people import plan_of, reviewers_of
from app.reviewers.rules.balancing import Able, Given, ToRead
from app.reviewers.rules.plan import TO_READ, cap_of
from app.reviewers.rules.proposal import Proposal, proposal


@dataclass(frozen=True)
class AssignmentProposal:
    """A plan with the applications and reviewers in it.

    `hidden`: for each application the people from whom it is hidden; `signs`: new signals (application, reviewer,
    signal) that will hide more; `silenced`: the (application, reviewer) among them whose finished review will stop
    counting.
    """

    proposal: Proposal
    plan: ReadingPlan
    files: dict[int, FileInSelection]
    reviewers: dict[int, Reviewer]
    hidden: dict[int, set[int]]
    signs: list[tuple[int, int, ConflictSignal]]
    silenced: set[tuple[int, int]]


def person_facts(reviewers: list[Reviewer]) -> list[PersonFacts]:
    """Reviewers as the rules on conflicts need them."""
    return [PersonFacts(one.person_id, one.person.name, one.person.email, one.organisation) for one in reviewers]


def new_signs(reviewers: list[Reviewer], files: list[FileInSelection]) -> list[tuple[int, int, ConflictSignal]]:
    """(application, person, signal) of every new signal."""
    found = signals_for(person_facts(reviewers), [file.facts for file in files])
    known = known_pairs([file.id for file in files])
    return [(file_id, person_id, signal) for file_id, person_id, signal in found if (file_id, person_id) not in known]


def assignment_proposal(call_id: int) -> AssignmentProposal:
    """The current balanced plan of a call; writes nothing."""
    everybody, plan = reviewers_of(call_id), plan_of(call_id)
    reviewers = [one for one in everybody if one.left_at is None]
    files = {file.id: file for file in files_in_selection(call_id)}
    hidden, given = people_in_conflict(list(files)), readings_of(files)
    by_person = {one.person_id: one.id for one in reviewers}
    new = new_signs(reviewers, list(files.values()))
    signals = [(file, by_person[person], signal) for file, person, signal in new]
    barred = {(file, by_person[person]) for file, people in hidden.items() for person in people if person in by_person}
    barred |= {(file, reviewer) for file, reviewer, _sign in signals}
    made = proposal(
        [ToRead(one.id, one.language, one.sectors) for one in files.values() if one.state in TO_READ],
        [Able(one.id, one.speaks, cap_of(one.most_files, plan.most_files), one.knows) for one in reviewers],
        _given(given, files, barred),
        barred,
        plan.readings,
    )
    done = {(row.application_id, row.reviewer_id) for row in given if row.done and row.counts}
    silenced = {(file, reviewer) for file, reviewer, _sign in signals} & done
    return AssignmentProposal(made, plan, files, {one.id: one for one in everybody}, hidden, signals, silenced)


def _given(rows: list[Any], files: dict[int, FileInSelection], barred: set[tuple[int, int]]) -> list[Given]:
    """Existing assignments. Fixed: started, by hand, or of an application past the review stage.

    Of reviewers who left, only finished ones; of those in conflict, only unstarted ones, which must be taken back.
    """
    found = []
    for row in rows:
        too_close = not row.counts or (row.application_id, row.reviewer_id) in barred
        if too_close and row.begun:
            continue
        further_on = files[row.application_id].state not in TO_READ
        kept = row.done if row.left_at else row.begun or row.by_hand or further_on
        found.append(Given(row.application_id, row.reviewer_id, fixed=bool(kept and not too_close)))
    return found
