"""Alembic environment, with a guard that keeps SQLite from losing rows.

SQLite cannot alter most of a table: Alembic copies it, drops the old one and renames the copy. With foreign keys on,
the drop silently deletes every row that refers to the table with ON DELETE CASCADE. So foreign keys are off during a
migration, and every reference is checked before the commit.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from app.core.db.base import UTCDateTime, db


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Migrations use plain column types, so that they still run when our own types have changed."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UTCDateTime) else False


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """The full-text indexes (search_fts…, team_fts…) are created by migrations and belong to no model."""
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
    """Raise, so that nothing is committed, when a reference points at a missing row."""
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
        # The pragma is ignored inside a transaction, so it comes before the first BEGIN.
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            run(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


main()
