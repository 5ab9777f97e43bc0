"""Actions of a reviewer: save a draft, finish, reopen, comment."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Person
from app.applications.models import Application
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.programmes.actions import judging
from app.programmes.models import Criterion
from app.review.access import ReviewAccess
from app.review.models import Comment, CriterionScore, Review
from app.review.queries import reviews
from app.review.rules.scoring import BLANK, Written


class Stale(Conflict):
    """The review was saved elsewhere meanwhile; `newest` is that text. Nothing was overwritten."""

    def __init__(self, newest: Written, revision: int, saved_at: datetime) -> None:
        super().__init__("stale")
        self.newest, self.revision, self.saved_at = newest, revision, saved_at


def save(
    access: ReviewAccess,
    criteria: list[Criterion],
    written: Written,
    *,
    revision: int,
    tab_id: str = "",
    pressed: bool = True,
    read: int,
    by: Person,
    at: datetime,
) -> Review:
    """Save a draft, complete or not.

    `revision`: the one the page showed; `tab_id`: the browser tab; `pressed`: a button was used, not autosave, which
    may arrive late; `read`: the number of the submission that was read. Raises Stale when another tab saved something
    else since, Conflict when the review may not be changed.
    """
    if not access.may_write:
        raise Conflict("finished", words=_closed(access))
    review = access.review or _begun(access, read, by=by, at=at)
    stored = reviews.written_in(review, criteria)
    if stored == written and review.revision:
        return review
    own = pressed and tab_id and review.tab_id == tab_id
    if review.revision != revision and not own:
        raise Stale(stored, review.revision, review.saved_at)
    _put_scores(review, written)
    review.recommendation, review.comment = written.recommendation, written.comment
    review.revision, review.tab_id, review.saved_at = review.revision + 1, tab_id, at
    db.session.flush()
    return review


def finish(access: ReviewAccess, review: Review, *, read: int, by: Person, at: datetime) -> None:
    """Finish a review; the caller has checked that it is complete. `read`: the number of the submission that was read.

    The first one of a call freezes its criteria, scales and form.
    """
    if not access.may_write:
        raise Conflict("finished", words=_closed(access))
    judging.freeze_judging(access.application.call_id, at=at)
    review.assignment.done_at, review.submission_number = at, read
    db.session.flush()
    _record("finished", access, by, at)


def reopen(access: ReviewAccess, *, by: Person, at: datetime) -> None:
    """Reopen a finished review: it does not count until it is finished again.

    Raises Conflict once the jury has decided, and when it is not finished.
    """
    if not access.is_done or access.review is None or access.row.decided:
        raise Conflict("decided", words=_closed(access))
    access.row.assignment.done_at = None
    access.review.revision, access.review.tab_id = access.review.revision + 1, ""  # makes pages opened before stale
    db.session.flush()
    _record("reopened", access, by, at)


def confirm(access: ReviewAccess, *, read: int, by: Person, at: datetime) -> None:
    """Confirm that a finished review applies to this newer submission."""
    if not access.is_done or access.review is None or access.row.decided:
        raise Conflict("decided", words=_closed(access))
    access.review.submission_number = read
    db.session.flush()
    _record("confirmed", access, by, at)


def add_comment(application: Application, words: str, *, by: Person, at: datetime) -> None:
    """Add a comment for reviewers and team."""
    db.session.add(Comment(application_id=application.id, at=at, by_id=by.id, text=words))
    db.session.flush()
    audit_trail.record("remark.written", by=by.ref, about=application.ref, at=at)


def _begun(access: ReviewAccess, read: int, *, by: Person, at: datetime) -> Review:
    access.row.assignment.begun_at = at
    review = Review(
        assignment=access.row.assignment, submission_number=read, revision=0, saved_at=at, criterion_scores=[]
    )
    db.session.add(review)
    db.session.flush()
    _record("begun", access, by, at)
    return review


def _put_scores(review: Review, written: Written) -> None:
    """Store a score for each criterion with content; delete emptied ones."""
    known = {mark.criterion_id: mark for mark in review.criterion_scores}
    for criterion_id, opinion in written.opinions.items():
        mark = known.get(criterion_id)
        if opinion == BLANK:
            if mark is not None:
                review.criterion_scores.remove(mark)
                db.session.delete(mark)
            continue
        if mark is None:
            mark = CriterionScore(criterion_id=criterion_id)
            review.criterion_scores.append(mark)
        mark.score, mark.cannot_judge, mark.reason = opinion.score, opinion.cannot_judge, opinion.reason


def _record(action: str, access: ReviewAccess, by: Person, at: datetime) -> None:
    audit_trail.record(f"review.{action}", by=by.ref, about=access.application.ref, at=at)


def _closed(access: ReviewAccess) -> Any:
    """Why a review cannot be changed, for the reviewer."""
    if access.row.decided:
        return _l("The jury has decided on this file: reviews stay as they are.")
    if access.is_done:
        return _l("Your review is finished: it stays as it is until you open it again.")
    return _l("Your review is not finished yet.")
