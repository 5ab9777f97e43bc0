"""Empty an application: delete what people wrote, keep what is counted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from app.applications.models import (
    Application,
    ApplicationMessage,
    Attachment,
    FormMove,
    Member,
    Move,
    SectionSave,
    Submission,
    UnsavedText,
)
from app.casework.models import Note, TaggedApplication
from app.conflicts.models import ConflictOfInterest
from app.consents.models import Consent
from app.core.db.base import db
from app.core.search.search_index import remove_from_team_index
from app.decisions.models import Advice, Decision, Feedback, PendingCorrection
from app.interviews.models import CalledOff, Interview
from app.meetings.models import Item
from app.review.models import Comment, CriterionScore, Review
from app.reviewers.models import Assignment

OF_A_FILE = (
    SectionSave,
    Submission,
    UnsavedText,
    Attachment,
    ApplicationMessage,
    Member,
    FormMove,
    Note,
    TaggedApplication,
    ConflictOfInterest,
    Comment,
    Advice,
    Feedback,
    PendingCorrection,
    Consent,
)


def empty(applications_: Iterable[Application], *, at: datetime) -> None:
    """Delete what people wrote; call, language, municipality, state and dates stay for statistics."""
    ids = [one.id for one in applications_]
    for model in OF_A_FILE:
        carry_out(delete(model).where(model.application_id.in_(ids)))
    carry_out(update(Move).where(Move.application_id.in_(ids)).values(message=""))
    carry_out(update(Decision).where(Decision.application_id.in_(ids)).values(reason="", deviation=""))
    carry_out(update(Interview).where(Interview.application_id.in_(ids)).values(notes=""))
    interviews = select(Interview.id).where(Interview.application_id.in_(ids))
    carry_out(update(CalledOff).where(CalledOff.interview_id.in_(interviews)).values(reason=""))
    carry_out(update(Item).where(Item.application_id.in_(ids)).values(reason=""))
    reviews = select(Review.id).join(Review.assignment).where(Assignment.application_id.in_(ids))
    carry_out(update(CriterionScore).where(CriterionScore.review_id.in_(reviews)).values(reason=""))
    carry_out(update(Review).where(Review.id.in_(reviews)).values(comment=""))
    remove_from_team_index(ids)
    for one in applications_:
        one.title, one.declarations, one.emptied_at = "", {}, at
    db.session.flush()


def delete_files(applications_: Iterable[Application]) -> None:
    ids = [one.id for one in applications_]
    remove_from_team_index(ids)
    carry_out(delete(Application).where(Application.id.in_(ids)))


def carry_out(statement: Any) -> int:
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))
