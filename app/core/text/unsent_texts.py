"""Text that was typed on a page and not sent: one row per person and page, until it is sent or too old."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, UTCDateTime, change_any, db
from app.core.db.unique import insert_or

Fields = dict[str, Any]  # by field name: {"shown": the mark of what it showed, "values": what was typed}


class UnsentText(Model):
    """The unsent text of one person on one page. `fields`: see `Fields`."""

    __tablename__ = "unsent_text"
    __table_args__ = (UniqueConstraint("person_id", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    page: Mapped[str] = mapped_column(Text)
    fields: Mapped[Fields] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


def unsent_text(person_id: int, page: str) -> UnsentText | None:
    """The unsent text of this person on this page."""
    return db.session.scalar(select(UnsentText).where(UnsentText.person_id == person_id, UnsentText.page == page))


def keep_unsent(person_id: int, page: str, fields: Fields, *, at: datetime) -> None:
    """Store the unsent text, replacing an earlier one."""
    made = insert_or(UnsentText)
    changed = {"fields": made.excluded.fields, "kept_at": made.excluded.kept_at}
    row = {"person_id": person_id, "page": page, "fields": fields, "kept_at": at}
    db.session.execute(made.on_conflict_do_update(index_elements=["person_id", "page"], set_=changed), row)


def forget_page(person_id: int, page: str) -> int:
    """Delete the unsent text of this person on this page."""
    return change_any(delete(UnsentText).where(UnsentText.person_id == person_id, UnsentText.page == page))


def forget_unsent(*, before: datetime) -> int:
    """Delete unsent text older than this moment; return how many pages."""
    return change_any(delete(UnsentText).where(UnsentText.kept_at <= before))
