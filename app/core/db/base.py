"""The base class of every table, its names of constraints, and the column types."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, DateTime, Dialect, MetaData, inspect, literal, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.core import clock
from app.core.errors import Conflict


class Base(DeclarativeBase):
    """Every constraint has a name, or SQLite's batch migrations could not drop it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)


if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, kept in UTC on both databases (SQLite itself forgets the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive instant: nobody knows what it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give every instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def updated_at_column() -> Mapped[datetime]:
    """A column that says when its row last changed: by itself, so that no deed can forget it.

    Calendars and feed readers believe it: what they hold is replaced when this is later.
    """
    return mapped_column(UTCDateTime, default=lambda: clock.now(), onupdate=lambda: clock.now())  # noqa: PLW0108 - looked up at each call: tests stop the clock


def wait_in_queue(queue: int) -> None:
    """Wait in order of arrival for the others in this queue; it stays ours until the commit.

    To be called before the first row is locked: who holds a row may not wait here for somebody who waits for that row.
    On SQLite all writers are in one queue already (see `turns`).
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": queue})


def lock(*rows: Base) -> None:
    """Lock these rows of one table until the commit and read them anew: what an action judges now stays true.

    To be called before the first look at their state, for several rows at once: they are locked in the order of their
    ids. Rows that point at them may still be added. Raises Conflict for a row that is gone. The order of the tables
    stands in docs/decisions/0034.
    """
    if not rows:
        return
    db.session.flush()
    kind = rows[0].__class__  # of a proxy such as `guards.person` that of the row behind it
    number = inspect(kind).get_property_by_column(inspect(kind).primary_key[0]).class_attribute
    ids = {getattr(row, number.key) for row in rows}
    if lock_where(kind, number.in_(ids)) not in (None, len(ids)):
        raise Conflict("gone")


def lock_where(kind: type[Base], *conditions: ColumnElement[bool]) -> int | None:
    """Lock the rows of a table under these conditions in the order of their ids, and read them anew; how many.

    None on SQLite, where whoever may write is alone from the first statement on.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return None
    wanted = select(kind).where(*conditions).order_by(*inspect(kind).primary_key)
    locked = wanted.with_for_update(of=kind, key_share=True).execution_options(populate_existing=True)
    return len(db.session.scalars(locked).unique().all())


def change_any(statement: Any) -> int:
    """Carry out an UPDATE or DELETE if there is a row for it; how many rows. Nothing is written where there is none."""
    condition = statement.whereclause
    if db.session.scalar(select(literal(1)).select_from(statement.table).where(condition).limit(1)) is None:
        return 0
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))
