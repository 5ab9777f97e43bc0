"""What people typed on a page and did not send: one row for each person and page, until it is sent or too old."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime, change_any, db
from app.core.db.unique import insert_or

Fields = dict[str, Any]  # by the name of a field: {"shown": the mark of what it showed, "values": what was typed}


class UnsentText(Model):
    """What one person typed on one page and did not send. `fields`: see `Fields`."""

    __tablename__ = "unsent_text"
    __table_args__ = (UniqueConstraint("person_id", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(Text)
    fields: Mapped[Fields] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def unsent_text(person_id: int, page: str) -> UnsentText | None:
    """What this person typed on this page."""
    return db.session.scalar(select(UnsentText).where(UnsentText.person_id == person_id, UnsentText.page == page))


def keep_unsent(person_id: int, page: str, fields: Fields, *, at: datetime) -> None:
    """Keep this instead of what waited for the page before."""
    made = insert_or(UnsentText)
    changed = {"fields": made.excluded.fields, "kept_at": made.excluded.kept_at}
    row = {"person_id": person_id, "page": page, "fields": fields, "kept_at": at}
    db.session.execute(made.on_conflict_do_update(index_elements=["person_id", "page"], set_=changed), row)


def forget_page(person_id: int, page: str) -> int:
    """Delete what this person typed on this page."""
    return change_any(delete(UnsentText).where(UnsentText.person_id == person_id, UnsentText.page == page))


def forget_unsent(*, before: datetime) -> int:
    """Delete what was typed by then; returns how many pages."""
    return change_any(delete(UnsentText).where(UnsentText.kept_at <= before))
