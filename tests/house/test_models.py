"""Tables point by name, and every name is there."""

from sqlalchemy.orm import configure_mappers

from app.core.db.base import db
from tests.house import source


def test_every_foreign_key_finds_its_table() -> None:
    configure_mappers()

    assert [str(key.column) for table in db.metadata.sorted_tables for key in table.foreign_keys]


def test_every_foreign_key_is_written_as_a_name() -> None:
    wrong = [
        f"{source.name(place)}:{call.lineno}"
        for place in source.python("app")
        for call in source.calls(source.tree(place), "ForeignKey")
        if not isinstance(getattr(call.args[0], "value", None), str)
    ]

    assert wrong == []


def test_every_foreign_key_to_people_says_what_erasure_does() -> None:
    """Deleting a person is a right: each key to a person cascades, or empties itself, or is listed here."""
    stays = {"application.person_id"}  # an application leaves first
    silent = {
        f"{table.name}.{key.parent.name}"
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "person" and key.ondelete not in ("CASCADE", "SET NULL")
    }

    assert silent == stays


def test_every_text_in_two_languages_has_both_columns() -> None:
    columns = {(table.name, column.name) for table in db.metadata.sorted_tables for column in table.columns}
    pairs = {"_nl": "_fr", "_fr": "_nl"}
    alone = [
        f"{table}.{name}"
        for table, name in columns
        if name[-3:] in pairs and (table, name[:-3] + pairs[name[-3:]]) not in columns
    ]

    assert alone == []
