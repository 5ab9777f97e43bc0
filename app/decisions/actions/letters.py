"""Letters about a decision: their content, and queueing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.applications.actions.common import recipients
from app.applications.models import Member
from app.applications.rules.states import State
from app.core.i18n.addresses import mailed_address
from app.core.i18n.bilingual import LOCALES
from app.decisions.models import Decision
from app.decisions.queries.published import CriterionFeedback
from app.interviews.queries.files import planned_for
from app.mail.actions import composing, writing
from app.mail.rules.parts import Part


@dataclass(frozen=True)
class Words:
    """What a letter says about a decision; the templates read this."""

    outcome: str
    rank: int | None
    reason: str
    answer_by: date | None


@dataclass(frozen=True)
class Preview:
    """A letter as it would be sent now."""

    to_name: str
    language: str
    subject: str
    parts: list[Part]

    @property
    def other_language(self) -> str:
        """The language that the application is not in."""
        return next(code for code in LOCALES if code != self.language)

    @property
    def offer(self) -> str:
        """The last line, which is in the other language."""
        return composing.other_language_line(self.language)


def words_of(decision: Decision, *, answer_by: date | None = None) -> Words:
    """The content of the letters about this decision. `answer_by`: the day that a selected applicant is about to
    get.
    """
    return Words(decision.outcome, decision.rank, decision.reason, answer_by or decision.answer_by)


def write(
    decision: Decision,
    kind: str,
    *,
    at: datetime,
    once: str = "",
    url: str,
    batch: str = "",
    feedback: Sequence[CriterionFeedback] = (),
    members: Sequence[Member] | None = None,
    **values: Any,
) -> None:
    """Queue the letter to everybody who writes the application, to each in their own language.

    `once`: distinguishes it from an earlier letter of the same kind; `url`: the owner's link; `members`: those of the
    application where the caller has them.
    """
    application = decision.application
    for one in recipients(application, kind, url=url, members=members):
        writing.queue(
            kind,
            to_name=one.person.name,
            to_email=one.person.email,
            language=one.language,
            key=f"{kind}:{decision.id}{once and ':'}{once}{one.suffix}",
            about=application.ref,
            at=at,
            batch=batch,
            application=application,
            decision=words_of(decision),
            feedback=feedback,
            url=one.url,
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
    """Render the letter without queueing it. `words`: other content for the decision.

    A letter that declines also says that a planned interview is cancelled (`ended`).
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
    """The link in the letter: to the answer page, or to the reasons."""
    endpoint = "decisions_applicant.place" if outcome == State.ACCEPTED else "applications_applicant.status"
    return mailed_address(endpoint, lang=decision.application.language, key=decision.application.key)
