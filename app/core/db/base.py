"""The base class of tables, names of constraints, column types, and row locks."""

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
    """Names every constraint, because SQLite's batch migrations cannot drop unnamed ones."""

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
    """An aware instant, stored in UTC on both databases (SQLite drops the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime, which is ambiguous."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Restore the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def updated_at_column() -> Mapped[datetime]:
    """A column with the last change of its row, set automatically.

    Calendars and feed readers rely on it to replace older copies.
    """
    return mapped_column(UTCDateTime, default=lambda: clock.now(), onupdate=lambda: clock.now())  # noqa: PLW0108 - looked up at each call: tests stop the clock


def wait_in_queue(queue: int) -> None:
    """Wait in arrival order for this named queue; it is held until the commit.

    Call it before locking any row, or it can deadlock with a transaction that waits for that row. On SQLite all writers
    queue already (see `write_queue`).
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": queue})


def lock(*rows: Base) -> None:
    """Lock these rows of one table until the commit and refresh them, so that the action decides on current values.

    Call it before reading their state, and for several rows at once: they are locked in id order. Rows that refer to
    them may still be inserted. Raises Conflict for a deleted row. Decision 34 gives the order of tables.
    """
    if not rows:
        return
    db.session.flush()
    kind = rows[0].__class__  # for a proxy such as `guards.person`, the row behind it
    number = inspect(kind).get_property_by_column(inspect(kind).primary_key[0]).class_attribute
    ids = {getattr(row, number.key) for row in rows}
    if lock_where(kind, number.in_(ids)) not in (None, len(ids)):
        raise Conflict("gone")


def lock_where(kind: type[Base], *conditions: ColumnElement[bool]) -> int | None:
    """Lock and refresh the rows under these conditions in id order; return how many.

    None on SQLite, where a writer is alone from its first statement.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        return None
    wanted = select(kind).where(*conditions).order_by(*inspect(kind).primary_key)
    locked = wanted.with_for_update(of=kind, key_share=True).execution_options(populate_existing=True)
    return len(db.session.scalars(locked).unique().all())


def change_any(statement: Any) -> int:
    """Execute an UPDATE or DELETE only when a row matches; return the number of rows. Takes no write lock otherwise."""
    condition = statement.whereclause
    if db.session.scalar(select(literal(1)).select_from(statement.table).where(condition).limit(1)) is None:
        return 0
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))
