"""Answers to the optional questions of a call, as counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.applications.models import MonitoringCount
from app.applications.rules.monitoring import released, released_total
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.programmes.models import Call
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.queries import definition_of
from app.questionnaires.rules.definition import Question


@dataclass(frozen=True)
class CountedQuestion:
    """One question with its released counts, in the order of its choices; None where hidden."""

    label: Bilingual
    answers: list[tuple[Bilingual, int | None]]
    total: int | None


def counted_questions(call: Call) -> list[CountedQuestion]:
    """Every optional question of the call's forms with its counts."""
    counts: dict[str, dict[str, int]] = {}
    for row in db.session.scalars(select(MonitoringCount).where(MonitoringCount.call_id == call.id)):
        counts.setdefault(row.question, {})[row.answer] = row.count
    return [_counted(question, counts.get(question.key, {})) for question in _questions(call)]


def _counted(question: Question, given: Mapping[str, int]) -> CountedQuestion:
    counts = {choice.code: given.get(choice.code, 0) for choice in question.choices}
    shown = released(counts)
    answers = [(choice.label, shown[choice.code]) for choice in question.choices]
    return CountedQuestion(question.label, answers, released_total(counts))


def _questions(call: Call) -> list[Question]:
    """From the newest form version that asked them."""
    form = db.session.get_one(QuestionnaireVersion, call.questionnaire_version_id).questionnaire_id
    versions = select(QuestionnaireVersion).where(
        QuestionnaireVersion.questionnaire_id == form, QuestionnaireVersion.id <= call.questionnaire_version_id
    )
    found: dict[str, Question] = {}
    for version in db.session.scalars(versions.order_by(QuestionnaireVersion.number.desc())):
        for question in definition_of(version).monitoring:
            if question.choices:
                found.setdefault(question.key, question)
    return list(found.values())
