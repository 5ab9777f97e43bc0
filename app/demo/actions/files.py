"""Fabricate calls with applicants, applications, reviewers, scores and decisions.

Rows are inserted in bulk, not through actions: a hundred thousand applications must not take an hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, inspect, select

from app.accounts.models import Person
from app.applications.models import Application, Move, SectionSave, Submission
from app.applications.rules.reference import reference
from app.applications.rules.states import OUTCOMES, State
from app.core import clock
from app.core.db.base import Model, db
from app.core.errors import NotFound
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.decisions.models import Decision
from app.demo.rules.files import Path, a_file, a_score
from app.programmes.actions.judging import freeze_judging
from app.programmes.models import Anchor, Call, Criterion, Programme
from app.questionnaires.queries import definition_of, version
from app.questionnaires.rules.definition import Definition
from app.questionnaires.rules.samples import samples
from app.review.models import CriterionScore, Review
from app.reviewers.models import Assignment, Reviewer

OF_ONE_CALL = 500
READERS, READINGS, PLACES = 40, 3, 12
BETWEEN_CALLS = timedelta(days=45)
STEP = timedelta(days=7)
REASON = Bilingual(
    "Een heldere nood en een ploeg die past bij het programma.",
    "Un besoin clair et une équipe qui convient au programme.",
)


@dataclass(frozen=True)
class Ground:
    """What the applications of one call refer to."""

    call: Call
    definition: Definition
    answers: dict[str, dict[str, Any]]
    reviewers: list[int]
    severities: list[float]
    is_rehearsal: bool
    first_number: int


def fabricate_applications(count: int, *, seed: int, real: bool, at: datetime) -> Iterator[int]:
    """Fabricate this many applications in calls of five hundred; yields the size of each batch. Earlier ones stay."""
    pattern = db.session.scalar(select(Call).order_by(Call.id).limit(1))
    if count and pattern is None:
        raise NotFound
    for number, begin in enumerate(range(0, count, OF_ONE_CALL)):
        size = min(OF_ONE_CALL, count - begin)
        key = f"demo-{seed}-{number}"
        if pattern and db.session.scalar(select(Call.id).where(Call.key == key)) is None:
            ground = _ground(pattern, key, number, seed=seed, real=real, at=at)
            paths = [a_file(one, seed, over=number > 0) for one in range(begin, begin + size)]
            _write(ground, paths, begin, seed)
        yield size


def _ground(pattern: Call, key: str, number: int, *, seed: int, real: bool, at: datetime) -> Ground:
    """A closed call that only the team sees, with criteria and reviewers."""
    programmes = list(db.session.scalars(select(Programme.id).order_by(Programme.position)))
    closes_at = at - timedelta(days=10) - BETWEEN_CALLS * number
    call = Call(
        key=key,
        programme_id=programmes[number % len(programmes)],
        fee=pattern.fee,
        places=PLACES,
        criteria=[],
        title=Bilingual(f"Oefenoproep {number + 1}", f"Appel fictif {number + 1}"),
        opens_at=closes_at - BETWEEN_CALLS,
        closes_at=closes_at,
        questionnaire_version_id=pattern.questionnaire_version_id,
    )
    for one in pattern.criteria:
        anchors = [Anchor(score=anchor.score, text=anchor.text) for anchor in one.anchors]
        call.criteria.append(
            Criterion(
                position=one.position,
                code=one.code,
                weight=one.weight,
                lowest=one.lowest,
                highest=one.highest,
                reason_under=one.reason_under,
                title=one.title,
                anchors=anchors,
            )
        )
    db.session.add(call)
    db.session.flush()
    chance = Random(f"{seed} readers")  # noqa: S311 - nothing to guess
    definition = definition_of(version(call.questionnaire_version_id))
    return Ground(
        call=call,
        definition=definition,
        answers={code: {one.key: samples(one, code) for one in definition.sections} for code in LOCALES},
        reviewers=_reviewers(call, seed, at),
        severities=[chance.gauss(0, 0.5) for _number in range(READERS)],
        is_rehearsal=not real,
        first_number=100_000 + seed % 1000 * 1_000_000,  # far above those of real applications
    )


def _reviewers(call: Call, seed: int, at: datetime) -> list[int]:
    names = [a_file(number, -seed - 1, over=True).name for number in range(READERS)]
    emails = [f"demo-reader-{seed}-{number}@coopcity.invalid" for number in range(READERS)]
    known = dict(db.session.execute(select(Person.email, Person.id).where(Person.email.in_(emails))).all())
    for email, name in zip(emails, names, strict=True):
        if email not in known:
            known[email] = _put(Person, [{"email": email, "name": name, "language": LOCALES[0], "created_at": at}])[0]
    return _put(
        Reviewer,
        [
            {
                "call_id": call.id,
                "person_id": known[email],
                "languages": " ".join(LOCALES),
                "organisation": "",
                "expertise": "",
                "invited_at": call.closes_at,
                "declared_at": call.closes_at,
            }
            for email in emails
        ],
    )


def _write(ground: Ground, paths: list[Path], begin: int, seed: int) -> None:
    call, chance = ground.call, Random(f"{seed} scores {begin}")  # noqa: S311 - nothing to guess
    people = _put(Person, [_person(path, call.opens_at) for path in paths])
    files = _put(
        Application,
        [
            _file(ground, path, owner, begin + place)
            for place, (path, owner) in enumerate(zip(paths, people, strict=True))
        ],
    )
    pairs = list(zip(files, people, paths, strict=True))
    sections = [section.key for section in ground.definition.sections]
    _put(SectionSave, [_save(ground, *pair, section) for pair in pairs for section in sections])
    _put(Submission, [_submission(ground, number, owner, sections) for number, owner, _path in pairs])
    _put(Move, [move for number, owner, path in pairs for move in _moves(ground, number, owner, path)])
    _put(search_index.TeamEntry, [_words(ground, begin + place, *pair) for place, pair in enumerate(pairs)])
    _put(Decision, [row for number, _owner, path in pairs for row in _decision(ground, number, path, chance)])
    _put_readings(ground, pairs, chance)


def _put(model: type[Model], rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their keys in the same order."""
    if not rows:
        return []
    key = inspect(model).primary_key[0]
    made = db.session.execute(insert(model).returning(key, sort_by_parameter_order=True), rows)
    return list(made.scalars())


def _person(path: Path, at: datetime) -> dict[str, Any]:
    return {"email": path.email, "name": path.name, "language": path.language, "created_at": at}


def _file(ground: Ground, path: Path, owner: int, number: int) -> dict[str, Any]:
    call = ground.call
    at = _handed_in_at(call, number)
    return {
        "key": f"{call.key}-{number}",
        "reference": _reference(ground, number),
        "call_id": call.id,
        "person_id": owner,
        "questionnaire_version_id": call.questionnaire_version_id,
        "language": path.language,
        "state": path.state,
        "title": path.title,
        "municipality": path.municipality,
        "started_at": call.opens_at,
        "saved_at": at,
        "submitted_at": at,
        "handed_in_at": at,
        "declarations": {},
        "is_rehearsal": ground.is_rehearsal,
        "decided_at": _decided_at(ground) if set(OUTCOMES).intersection(path.way) else None,
    }


def _save(ground: Ground, number: int, owner: int, path: Path, section: str) -> dict[str, Any]:
    answers = ground.answers[path.language][section]
    if "project_name" in answers:
        answers = answers | {"project_name": path.title}
    return {
        "application_id": number,
        "section": section,
        "revision": 1,
        "tab_id": "",
        "answers": answers,
        "questionnaire_version_id": ground.call.questionnaire_version_id,
        "saved_at": ground.call.opens_at,
        "saved_by_id": owner,
    }


def _submission(ground: Ground, number: int, owner: int, sections: list[str]) -> dict[str, Any]:
    return {
        "application_id": number,
        "number": 1,
        "at": ground.call.closes_at,
        "by_id": owner,
        "attachments": [],
        "questionnaire_version_id": ground.call.questionnaire_version_id,
        "sections": dict.fromkeys(sections, 1),
        "declarations": {},
        "in_grace": False,
    }


def _moves(ground: Ground, number: int, owner: int, path: Path) -> Iterator[dict[str, Any]]:
    before, at = State.DRAFT, ground.call.closes_at or ground.call.opens_at
    for step in (State.SUBMITTED, *path.way):
        yield {
            "application_id": number,
            "at": at,
            "from_state": before,
            "to_state": step,
            "by_id": owner,
            "message": "",
            "questions": [],
            "reasons": ["stage"] if step is State.INELIGIBLE else [],
        }
        before, at = step, at + STEP


def _words(ground: Ground, place: int, number: int, _owner: int, path: Path) -> dict[str, Any]:
    words = f"{_reference(ground, place)} {path.title} {path.name} {path.email}"
    return {"application_id": number, "stems": search_index.stems_of(words, path.language)}


def _decision(ground: Ground, number: int, path: Path, chance: Random) -> Iterator[dict[str, Any]]:
    outcome = next((state for state in path.way if state in OUTCOMES), None)
    if outcome:
        at = _decided_at(ground)
        yield {
            "application_id": number,
            "outcome": outcome,
            "reason": REASON[path.language],
            "taken_at": at,
            "published_at": at,
            "rank": chance.randint(1, 9) if outcome is State.RESERVE else None,
            "answer_by": clock.day_of(at + 2 * STEP) if outcome is State.ACCEPTED else None,
        }


def _decided_at(ground: Ground) -> datetime:
    return (ground.call.closes_at or ground.call.opens_at) + 4 * STEP


def _put_readings(ground: Ground, pairs: list[tuple[int, int, Path]], chance: Random) -> None:
    at = ground.call.closes_at
    read = [
        (number, path, (place * READINGS + one) % READERS)
        for place, (number, _owner, path) in enumerate(pairs)
        for one in range(READINGS)
        if path.is_read
    ]
    always: dict[str, Any] = {"at": at, "by_hand": False, "why": []}
    is_done = [len(path.way) > 2 or chance.random() < 0.6 for _number, path, _reader in read]
    assigned = _put(
        Assignment,
        [
            {
                "application_id": number,
                "reviewer_id": ground.reviewers[reviewer],
                "begun_at": at if done else None,
                "done_at": at if done else None,
                **always,
            }
            for (number, _path, reviewer), done in zip(read, is_done, strict=True)
        ],
    )
    done = [(number, one) for number, one, done in zip(assigned, read, is_done, strict=True) if done]
    reviews = _put(
        Review,
        [{"assignment_id": number, "submission_number": 1, "revision": 1, "saved_at": at} for number, _rest in done],
    )
    if done and at is not None:
        freeze_judging(ground.call.id, at=at)
    marks = []
    for review, (_number, (_file_id, path, reviewer)) in zip(reviews, done, strict=True):
        for criterion in ground.call.criteria:
            score = a_score(chance, path.quality, ground.severities[reviewer], criterion.lowest, criterion.highest)
            reason = REASON[path.language] if score and score < 3 else ""
            marks.append(
                {
                    "review_id": review,
                    "criterion_id": criterion.id,
                    "score": score,
                    "cannot_judge": score is None,
                    "reason": reason,
                }
            )
    _put(CriterionScore, marks)


def _handed_in_at(call: Call, number: int) -> datetime:
    """Spread over the last days of the call, most at the end."""
    return (call.closes_at or call.opens_at) - timedelta(minutes=(number * 37) % 14_000 + 1)


def _reference(ground: Ground, number: int) -> str:
    year = clock.day_of(ground.call.opens_at).year
    return reference(ground.call.programme.code, year, ground.first_number + number)
