"""The table of rehearsals."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime
from app.programmes.models import Call


class Rehearsal(Model):
    """One rehearsal of a call. Everything in it was rolled back; only the report stays."""

    __tablename__ = "rehearsal"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)

    call: Mapped[Call] = relationship(lazy="joined")
