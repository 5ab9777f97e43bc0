"""The database: engine set-up, base class, column types, and the only commit."""

import contextlib
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, g, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ColumnElement, DateTime, Dialect, Engine, MetaData, event, inspect, literal, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.core import clock, private, turns
from app.core.errors import Conflict

Row = TypeVar("Row")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
THREADS = 32  # of each web process; a slow client holds none of them (see `gateway`)
POSTGRESQL_CONNECTIONS = 80  # for all web processes; PostgreSQL ships with room for 100
BUSY_MILLISECONDS = 5000
LINE_MILLISECONDS = 50  # how long the line about a page may wait on PostgreSQL for what another line holds
POOL_SECONDS = 5.0  # then a request that finds no connection is answered 503
HAND_INS = 7_207_137  # an arbitrary number: PostgreSQL's name for the queue of hand-ins
WRITES = frozenset({"INSERT", "UPDATE", "DELETE"})
SYNCHRONOUS = "FULL"  # what was acknowledged is on the disk, also when the power fails


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


_brisk: ContextVar[bool] = ContextVar("brisk", default=False)
_looking: ContextVar[bool] = ContextVar("looking", default=False)

db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True, compare_type=True)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Moment(TypeDecorator[datetime]):
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


def revised() -> Mapped[datetime]:
    """A column that says when its row last changed: by itself, so that no deed can forget it.

    Calendars and feed readers believe it: what they hold is replaced when this is later.
    """
    return mapped_column(Moment, default=lambda: clock.now(), onupdate=lambda: clock.now())  # noqa: PLW0108 - looked up at each call: tests stop the clock


def init_app(app: Flask) -> None:
    """Connect the application to its database and make each request one transaction."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
        "pool_size": _connections(app),
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
        "hide_parameters": True,  # an error names the statement and never what people typed
    }
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["ROOT"] / "migrations"))
    with app.app_context():
        _prepare(db.engine)
    app.after_request(end_transaction)


def end_transaction(answer: Response) -> Response:
    """Commit a good answer to a writing request, roll back everything else."""
    if not db.session.registry.has():
        return answer
    writes = request.method not in SAFE_METHODS
    if writes and (answer.status_code < 400 or (g.pop("keep", False) and answer.status_code < 500)):
        db.session.commit()
    else:
        db.session.rollback()
    return answer


def commit() -> None:
    """End a unit of work outside a request: the command line, the worker, one letter."""
    db.session.commit()


@contextlib.contextmanager
def unit_of_work() -> Any:
    """Commit what the block did, or nothing of it."""
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def get_or_create(find: Callable[[], Row | None], make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row that `find` finds, or the one that `make` makes; and whether it is new.

    Of two transactions that make the same row at one moment the second waits for the first, then finds its row: the
    savepoint keeps the refusal of the unique constraint from ending the transaction.
    """
    found = find()
    if found is not None:
        return found, False
    try:
        with db.session.begin_nested():
            made = make()
            db.session.add(made)
    except IntegrityError:
        found = find()
        if found is None:
            raise
        return found, False
    return made, True


@contextlib.contextmanager
def no_twin(refusal: Exception) -> Iterator[None]:
    """Store what the block changes, or raise `refusal` where another transaction took a name of it meanwhile."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        if not is_duplicate(error):
            raise
        raise refusal from error


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
    stands in docs/decisions/0032.
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


def is_duplicate(error: IntegrityError) -> bool:
    """Did a unique constraint refuse, rather than a foreign key or a missing value?"""
    state = getattr(error.orig, "sqlstate", None)
    return state == "23505" if state else "UNIQUE constraint failed" in str(error.orig)


@contextlib.contextmanager
def brisk() -> Iterator[Connection]:
    """A small unit of work on a connection of its own, not waited for until it is on the disk.

    It outlives a killed process, but perhaps not a power cut: for what may then be done again.
    """
    before = _brisk.set(True)
    try:
        with db.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
            yield connection
    finally:
        _brisk.reset(before)


@contextlib.contextmanager
def write_after_reading() -> Iterator[Connection]:
    """End what this request has read, and write a line on its own connection, without waiting for a writer.

    The session knows nothing of it and is rolled back as always: what a GET has in it is not stored. Raises
    OperationalError where somebody else is writing (SQLite), or holds what this line needs (PostgreSQL).
    """
    connection = db.session.connection()
    driver: Any = connection.connection.driver_connection
    on_sqlite = connection.dialect.name == "sqlite"
    driver.rollback()
    try:
        if on_sqlite:
            driver.execute("PRAGMA busy_timeout=0")
            driver.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {LINE_MILLISECONDS}")
        yield connection
        driver.commit()
    except BaseException:
        driver.rollback()
        raise
    finally:
        if on_sqlite:
            driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


class WouldWrite(Exception):
    """What only looked wants to write."""


@contextlib.contextmanager
def only_looking() -> Iterator[None]:
    """Read outside a request, beside whoever holds SQLite's write lock. Raises WouldWrite where the block writes."""
    before = _looking.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _looking.reset(before)


def look_first(work: Callable[[], int]) -> int:
    """Run a job; on SQLite in a transaction that cannot write, and again in one that can where it wants to.

    A job that finds nothing to do has then taken no write lock. On PostgreSQL a transaction that wrote nothing has
    cost nothing.
    """
    if db.engine.dialect.name == "sqlite":
        try:
            with only_looking():
                return work()
        except WouldWrite:
            pass
    return work()


def change_any(statement: Any) -> int:
    """Carry out an UPDATE or DELETE if there is a row for it; how many rows. Nothing is written where there is none."""
    condition = statement.whereclause
    if db.session.scalar(select(literal(1)).select_from(statement.table).where(condition).limit(1)) is None:
        return 0
    done = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(getattr(done, "rowcount", 0))


def reading() -> bool:
    """True when this unit of work cannot write: SQLite then takes a snapshot instead of the write lock."""
    if _looking.get():
        return True
    return has_request_context() and (request.method in SAFE_METHODS or bool(g.get("reads_first")))


def read_first() -> None:
    """Let this request read before it writes: it does something slow in between, outside of every transaction."""
    g.reads_first = True


def end_reading() -> None:
    """Give the snapshot back; what is read from now on belongs to the transaction that writes."""
    g.reads_first = False
    db.session.rollback()


@contextlib.contextmanager
def only_reading() -> Iterator[None]:
    """Read for the page of a refused POST, beside whoever holds the write lock; what the request wrote is given up."""
    db.session.rollback()
    g.reads_first = True
    try:
        yield
    finally:
        end_reading()


def _connections(app: Flask) -> int:
    """One for each thread of a web process: who reads never waits for one that is held by somebody waiting to write.

    They are opened when they are needed and kept. All processes together stay below PostgreSQL's usual limit.
    """
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        return THREADS
    return max(min(THREADS, POSTGRESQL_CONNECTIONS // app.config["SETTINGS"].workers), 2)


def _prepare(engine: Engine) -> None:
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "do_connect", _before_connect)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "before_cursor_execute", _refuse_to_write)
    for end in ("checkin", "invalidate"):
        event.listen(engine, end, _on_end)


def _before_connect(_dialect: Dialect, _record: object, arguments: Any, _options: Any) -> None:
    """Make the file of a new database ourselves: SQLite lets others read it, and `-wal` and `-shm` take after it."""
    place = Path(arguments[0])
    if place.name != ":memory:" and not place.exists() and place.parent.is_dir():
        private.make_file(place)


def _on_connect(connection: Any, _record: object) -> None:
    """Set up one SQLite connection.

    `isolation_level = None` takes the driver's own BEGIN away: it lost 276 of 360 updates
    where six threads read and then wrote.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        f"synchronous={SYNCHRONOUS}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    """A snapshot for readers; for anybody who may write the write lock at once, in turn (see `turns`).

    Who waited in the queue waits that much less for the lock itself: together they never wait longer than this.
    """
    if reading():
        connection.exec_driver_sql("BEGIN")
        return
    begun = time.monotonic()
    if "turn" not in connection.info:
        turn = turns.take(f"{connection.engine.url.database}-turn", BUSY_MILLISECONDS / 1000)
        if turn is not None:
            connection.info["turn"] = turn
    waited = int((time.monotonic() - begun) * 1000)
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA synchronous={'NORMAL' if _brisk.get() else SYNCHRONOUS}")
    driver.execute(f"PRAGMA busy_timeout={max(BUSY_MILLISECONDS - waited, 0)}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:  # whoever gets this connection next may wait as long as anybody
        driver.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _refuse_to_write(_connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    if _looking.get() and statement.lstrip()[:6].upper() in WRITES:
        raise WouldWrite


def _on_end(_connection: Any, record: Any, *_reason: object) -> None:
    """The transaction is over and its connection given back: the next writer's turn."""
    turn = record.info.pop("turn", None)
    if turn is not None:
        turns.give_back(turn)
