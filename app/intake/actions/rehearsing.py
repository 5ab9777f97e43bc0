"""Rehearse a whole call with fabricated applicants in both languages, from start to last letter.

Uses the real actions inside a savepoint that is rolled back: nobody gets a letter, no number is used, only the report
stays.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.applications.actions import common as common_actions
from app.applications.actions import handing_in
from app.applications.actions import writing as writing_actions
from app.applications.models import Application
from app.applications.queries import files
from app.applications.rules.states import State
from app.casework import actions as casework
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES
from app.core.i18n.language import speaking
from app.decisions.actions import announcing, deciding, places
from app.decisions.models import Decision
from app.decisions.rules.outcomes import last_day_to_answer
from app.intake.models import Rehearsal
from app.mail.models import OutgoingMail
from app.programmes.models import Call
from app.programmes.queries import sheets
from app.questionnaires.queries import definition_of, version
from app.questionnaires.rules.reach import unanswerable
from app.questionnaires.rules.samples import samples

ROLLING_LASTS = timedelta(days=30)
LEFT_OPEN = re.compile(r"\{\{|\{%|%\(\w+\)s|\bNone\b")
OUTCOMES = {"nl": State.ACCEPTED, "fr": State.RESERVE}
REASON = {
    "nl": "Een sterke ploeg met een helder plan en een haalbaar budget.",
    "fr": "Une équipe solide, un plan clair et un budget réaliste.",
}


class Report:
    """Lines in every language, each passed or failed."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def add(self, fine: bool, sentence: Any, why: str = "") -> None:
        """Add a line; the lazy sentence is rendered in each language."""
        said = {}
        for language in LOCALES:
            with speaking(language):
                said[language] = f"{sentence} – {why}" if why else str(sentence)
        self.lines.append({"fine": fine, **said})

    @contextmanager
    def step(self, sentence: Any) -> Iterator[None]:
        """Run a step; records a line, and the reason when it fails."""
        try:
            with db.session.begin_nested():
                yield
        except Exception as reason:  # noqa: BLE001 - whatever goes wrong on the day is what the report is for
            self.add(False, sentence, f"{type(reason).__name__}: {reason}"[:200])
        else:
            self.add(True, sentence)


def play(call: Call, *, by: Person, at: datetime) -> Rehearsal:
    """Rehearse the call from opening to answers, and store the report."""
    report, played = Report(), db.session.begin_nested()
    try:
        _play(call, report, by=by, at=at)
    finally:
        played.rollback()
        db.session.expire_all()
    made = Rehearsal(key=secrets.token_urlsafe(16), call_id=call.id, at=at, by_id=by.id, report={"lines": report.lines})
    db.session.add(made)
    db.session.flush()
    issues = sum(not line["fine"] for line in report.lines)
    audit_trail.record("call.played", by=by.ref, about=f"call:{call.id}", at=at, faults=issues)
    return made


def _play(call: Call, report: Report, *, by: Person, at: datetime) -> None:
    for issue in sheets.gate_of(call, stale_translations.marks(f"call:{call.id}"), at):
        if not issue.warning:
            report.lines.append({"fine": False, **dict.fromkeys(LOCALES, issue.sentence)})
    _criteria(call, report)
    for unanswered in unanswerable(definition_of(version(call.questionnaire_version_id))):
        report.lines.append({"fine": False, **dict.fromkeys(LOCALES, unanswered.sentence)})
    closes_at = call.closes_at or max(call.opens_at, at) + ROLLING_LASTS
    made = {language: _apply(call, language, report, closes_at) for language in LOCALES}
    if call.closes_at:
        _too_late(call, report, closes_at)
    handed_in = {language: one for language, one in made.items() if one is not None and one.reference}
    _decide(handed_in, report, by=by, at=closes_at + timedelta(days=30))
    _letters(handed_in, report)


def _criteria(call: Call, report: Report) -> None:
    fed = {question.criterion for question in definition_of(version(call.questionnaire_version_id)).questions}
    for criterion in call.criteria:
        if criterion.code not in fed:
            report.add(False, _l("No question feeds criterion %(code)s", code=criterion.code))


def _apply(call: Call, language: str, report: Report, closes_at: datetime) -> Application | None:
    """Start just after opening, try to submit nothing, write everything, submit a minute before the end."""
    opened, last = call.opens_at + timedelta(minutes=1), closes_at - timedelta(minutes=1)
    name = LANGUAGE_NAMES[language]
    made: list[Application] = []
    with report.step(_l("Start and write in %(language)s", language=name)):
        person = accounts.get_or_create_person(
            f"rehearsal-{language}@coopcity.invalid", name="Test", language=language, at=opened
        )
        application = writing_actions.start(call.id, by=person, sign_in=None, language=language, at=opened)
        made.append(application)
        if not common_actions.can_edit(application, at=opened):
            raise Conflict("closed")
        empty = files.open_file(application)
        for section in empty.definition.sections:
            given = samples(section, language)
            writing_actions.save_section(application, section.key, given, revision=0, by=person, at=opened)
    if not made:
        return None
    application = made[0]
    for section, gaps in files.open_file(application).missing():
        for gap in gaps:
            if not _wants_files(application, gap.question):
                report.add(
                    False,
                    _l("%(part)s: a good answer is refused: %(why)s", part=section.title[language], why=gap.message),
                )
    with report.step(_l("Hand in a minute before the end, in %(language)s", language=name)):
        ticked = {one.key: one.version for one in definition_of(application.version).declarations if one.required}
        handing_in.submit(application, ticked, by=application.person, url="https://rehearsal.invalid/", at=last)
    return application


def _wants_files(application: Application, question: str) -> bool:
    """Only attachments are missing, which a person has to upload: no problem of the form."""
    return definition_of(application.version).question(question).kind == "files"


def _too_late(call: Call, report: Report, closes_at: datetime) -> None:
    """Submitting after the grace period is refused, within it is accepted."""
    grace = timedelta(minutes=call.grace_minutes)
    opened = call.opens_at + timedelta(minutes=1)
    person = accounts.get_or_create_person(
        "rehearsal-late@coopcity.invalid", name="Test", language=LOCALES[0], at=opened
    )
    late = writing_actions.start(call.id, by=person, sign_in=None, language=LOCALES[0], at=opened)
    writing = definition_of(late.version).sections[0].key
    writing_actions.save_section(late, writing, {}, revision=0, by=person, at=closes_at - timedelta(seconds=1))
    if grace:
        fine = common_actions.can_edit(late, at=closes_at + grace - timedelta(seconds=1))
        report.add(
            fine,
            _l(
                "People who were writing at the end may still hand in for %(minutes)s minutes",
                minutes=call.grace_minutes,
            ),
        )
    fine = not common_actions.can_edit(late, at=closes_at + grace + timedelta(seconds=1))
    report.add(fine, _l("After that nobody can hand in any more"))


def _decide(handed_in: dict[str, Application], report: Report, *, by: Person, at: datetime) -> None:
    with report.step(_l("Read, bring before the jury, decide and tell")):
        taken: list[Decision] = []
        for language, application in handed_in.items():
            for step in (State.ELIGIBLE, State.IN_REVIEW, State.JURY):
                casework.move(application, step, message="", until=None, by=by, url="https://rehearsal.invalid/", at=at)
            rank = 1 if OUTCOMES[language] is State.RESERVE else None
            taken.append(
                deciding.record_decision(
                    application, OUTCOMES[language], reason=REASON[language], rank=rank, by=by, at=at
                )
            )
        day = last_day_to_answer(clock.day_of(at))
        announcing.announce(taken, answer_by=day, by=by, url_of=lambda _one: "https://rehearsal.invalid/", at=at)
    with report.step(_l("Confirm the place")):
        for one in taken:
            if one.outcome == State.ACCEPTED:
                owner, url = one.application.person, "https://rehearsal.invalid/"
                places.answer(one, State.CONFIRMED, reason="", by=owner, url=url, today=clock.day_of(at), at=at)


def _letters(handed_in: dict[str, Application], report: Report) -> None:
    """Each applicant got every letter in their language, without gaps."""
    for language, application in handed_in.items():
        written = list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.about == application.ref)))
        wrong = [one.kind for one in written if one.language != language or LEFT_OPEN.search(one.subject + one.text)]
        fine = len(written) > 1 and not wrong
        report.add(
            fine,
            _l(
                "%(count)s letters in %(language)s, without gaps", count=len(written), language=LANGUAGE_NAMES[language]
            ),
        )
