"""The letters about a decision: what stands in them, and writing them into the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.applications.rules.states import State
from app.core.i18n.addresses import mailed_address
from app.decisions.models import Decision
from app.decisions.queries.published import CriterionFeedback
from app.interviews.queries.files import planned_for
from app.mail.actions import composing, writing
from app.mail.rules.parts import Part


@dataclass(frozen=True)
class Words:
    """What a letter says of a decision, also before it is one: the templates read this."""

    outcome: str
    rank: int | None
    reason: str
    answer_by: date | None


@dataclass(frozen=True)
class Preview:
    """A letter as it would leave now."""

    to_name: str
    language: str
    subject: str
    parts: list[Part]


def words_of(decision: Decision, *, answer_by: date | None = None) -> Words:
    """What the letters say of this decision. `answer_by`: the day that is about to be given to whoever gets a place."""
    return Words(decision.outcome, decision.rank, decision.reason, answer_by or decision.answer_by)


def write(
    decision: Decision,
    kind: str,
    *,
    at: datetime,
    once: str = "",
    batch: str = "",
    feedback: Sequence[CriterionFeedback] = (),
    **values: Any,
) -> None:
    """One letter to whoever applied, in the language of the file.

    `once`: what tells it from an earlier one of its kind, where there can be several.
    """
    application = decision.application
    writing.queue(
        kind,
        to_name=application.person.name,
        to_email=application.person.email,
        language=application.language,
        key=f"{kind}:{decision.id}{once and ':'}{once}",
        about=application.ref,
        at=at,
        batch=batch,
        application=application,
        decision=words_of(decision),
        feedback=feedback,
        **values,
    )


def preview(
    decision: Decision,
    kind: str,
    *,
    at: datetime,
    words: Words | None = None,
    feedback: Sequence[CriterionFeedback] = (),
    **values: Any,
) -> Preview:
    """The same letter, shown and not written. `words`: what would be said of the decision, where that differs.

    Where the letter declines a file, it says that the interview still to come is cancelled (`ended`).
    """
    application = decision.application
    outcome = State.DECLINED if kind == "reserve_closed" else (words or words_of(decision)).outcome
    ended = planned_for(application.id, at) if outcome == State.DECLINED else None
    composed = composing.compose(
        kind,
        name=application.person.name,
        language=application.language,
        application=application,
        decision=words or words_of(decision),
        feedback=feedback,
        ended=ended,
        **values,
    )
    return Preview(application.person.name, application.language, composed.subject, composed.parts)


def address_of(decision: Decision, outcome: str) -> str:
    """Where the letter leads: to the answer that we wait for, or to the reasons."""
    endpoint = "decisions_applicant.place" if outcome == State.ACCEPTED else "applications_applicant.status"
    return mailed_address(endpoint, lang=decision.application.language, key=decision.application.key)
