"""Load a file for somebody who reads it: whatever is not theirs to read does not exist."""

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
    """A reader before one file, and what they may see and do."""

    row: ReviewAccessRow

    @property
    def application(self) -> Application:
        """The file that they read."""
        return self.row.application

    @property
    def review(self) -> Review | None:
        """What they wrote so far."""
        return self.row.review

    @property
    def is_done(self) -> bool:
        """Have they finished their review?"""
        return self.row.assignment.done_at is not None

    @property
    def may_write(self) -> bool:
        """A finished review is opened again first; once the jury has decided nothing changes any more."""
        return not self.is_done and not self.row.decided

    @cached_property
    def is_blind(self) -> bool:
        """Must they not know whose file it is?"""
        return not sees_identities(self.row.blind, done=self.is_done, state=self.application.state)

    def redactor(self, *files: File) -> Redactor | None:
        """What hides the names of everybody who works on the file; None when they may be seen."""
        if not self.is_blind:
            return None
        owner = self.application.person
        people = [(owner.name, owner.email), *self.row.beside]
        answered = [name for file in files for name in identifying(file.definition, file.answers)]
        return Redactor([word for pair in people for word in pair] + answered)


def assigned_file(key: str, person: Person, *, finishing: bool = False) -> ReviewAccess:
    """The file at this key for a reader to whom it was given. Raises Missing for everybody else.

    Whoever is going to write waits here until another save of the same review is through; who finishes also locks the
    call, so that the criteria read after this are the ones that the review is complete for.
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
