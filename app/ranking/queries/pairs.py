"""Two files of a call and what their readers gave and wrote."""

from sqlalchemy import select

from app.accounts.models import Person
from app.applications.models import Application
from app.core.db.base import db
from app.core.errors import Missing
from app.programmes.models import Criterion
from app.ranking.queries.counting import files_for
from app.ranking.rules.pairs import Opinion
from app.readers.models import Assignment, Reader
from app.readers.queries.load import in_force
from app.review.models import Mark, Review


def pair_of(call_id: int, keys: tuple[str, str], person_id: int) -> list[Application]:
    """The two files at these keys, as far as they stand in the ranking of this call; raises Missing."""
    wanted = select(Application).where(Application.call_id == call_id, Application.key.in_(keys), files_for(person_id))
    found = {file.key: file for file in db.session.scalars(wanted)}
    if not set(keys) <= found.keys():
        raise Missing
    return [found[key] for key in keys]


def opinions_of(files: list[int]) -> list[Opinion]:
    """Every mark of a finished reading that counts, by file, criterion and name of the reader."""
    rows = db.session.execute(
        select(
            Assignment.application_id,
            Reader.id,
            Person.name,
            Review.submission_number,
            Mark.criterion_id,
            Mark.score,
            Mark.reason,
            Mark.cannot_judge,
        )
        .select_from(Mark)
        .join(Review, Review.id == Mark.review_id)
        .join(Assignment, Assignment.id == Review.assignment_id)
        .join(Reader, Reader.id == Assignment.reader_id)
        .join(Person, Person.id == Reader.person_id)
        .join(Criterion, Criterion.id == Mark.criterion_id)
        .where(Assignment.application_id.in_(files), Assignment.done_at.is_not(None), in_force())
        .order_by(Assignment.application_id, Criterion.position, Criterion.id, Person.name, Reader.id)
    )
    return [Opinion(*row[:5], None if row.cannot_judge else row.score, row.reason) for row in rows]
