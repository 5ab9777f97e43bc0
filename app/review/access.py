"""Load an application for its reviewer; raises NotFound for what they may not read."""

from dataclasses import dataclass
from functools import cached_property

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.queries.files import File
from app.core.db.transactions import reading
from app.core.errors import NotFound
from app.review.models import Review
from app.review.queries import reading as reading_queries
from app.review.queries.reading import ReviewAccessRow
from app.reviewers.rules.redaction import Redactor, identifying, sees_identities


@dataclass(frozen=True)
class ReviewAccess:
    """One reviewer and one application, with what they may see and do."""

    row: ReviewAccessRow

    @property
    def application(self) -> Application:
        return self.row.application

    @property
    def review(self) -> Review | None:
        return self.row.review

    @property
    def is_done(self) -> bool:
        """True when their review is finished."""
        return self.row.assignment.done_at is not None

    @property
    def may_write(self) -> bool:
        """True while the review is open and the jury has not decided; a finished review has to be reopened first."""
        return not self.is_done and not self.row.decided

    @cached_property
    def is_blind(self) -> bool:
        """True under blind review."""
        return not sees_identities(self.row.blind, done=self.is_done, state=self.application.state)

    def redactor(self, *files: File) -> Redactor | None:
        """Hides the names of everybody who works on the application; None when they may be seen."""
        if not self.is_blind:
            return None
        owner = self.application.person
        people = [(owner.name, owner.email), *self.row.beside]
        answered = [name for file in files for name in identifying(file.definition, file.answers)]
        return Redactor([word for pair in people for word in pair] + answered)


def assigned_file(key: str, person: Person, *, finishing: bool = False) -> ReviewAccess:
    """The application with this key for a reviewer it is assigned to. Raises NotFound otherwise.

    A caller that will write waits for concurrent saves of the same review; finishing also locks the call, so that the
    criteria read afterwards are those the review is complete for.
    """
    if not reading():
        reading_queries.lock_application(key)
        if finishing:
            reading_queries.lock_call(key)
        reading_queries.lock_assignment(key, person.id)
    row = reading_queries.review_access_row(key, person.id)
    if row is None:
        raise NotFound
    return ReviewAccess(row)
