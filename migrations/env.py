"""Alembic's way to our database, with the guard that keeps SQLite from losing rows.

SQLite cannot alter most of a table: Alembic copies it, drops the old one and renames the copy. With foreign keys on,
the drop deletes every row that points at the table by ON DELETE CASCADE, silently. So foreign keys are off while
migrating, and every reference is checked before the new schema is committed.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.core.db.base import UTCDateTime, db


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """A migration names plain column types only: it must still run when our own types have changed."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """Each database's own index for words (search_fts…, team_fts…) is made by a migration and stands in no model."""
    return not (name or "").startswith(("search_fts", "team_fts"))


def run(connection: Connection) -> None:
    """Run the migrations on this connection, in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=False,
        render_item=render_item,
        include_name=is_ours,
        transactional_ddl=True,  # ours begins by itself, so SQLite too can take a whole migration back
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()
        refuse_dangling_references(connection)


def refuse_dangling_references(connection: Connection) -> None:
    """Raise, so that nothing is committed, when a row points at nothing."""
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        raise RuntimeError(f"a migration left rows that point at nothing: {dangling[:5]}")


def main() -> None:
    """Migrate the database of the current application."""
    engine = current_app.extensions["migrate"].db.engine
    if engine.dialect.name != "sqlite":
        with engine.connect() as connection:
            run(connection)
        return
    with engine.connect() as connection:
        # The switch is ignored inside a transaction, so it comes before the first BEGIN.
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            run(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


main()
