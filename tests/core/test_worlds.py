"""Rows that many tests begin with: made once, copied from then on."""

from flask import Flask
from sqlalchemy import func, select

from app.content.models import Page
from app.core.db.base import db
from app.programmes.models import Call
from tests import databases
from tests.builders import a_page


def counts() -> dict[str, int]:
    """How many rows each table holds."""
    with db.engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in db.metadata.sorted_tables
        }


def test_a_copied_world_is_the_one_that_was_made(app: Flask) -> None:
    made = []

    def make() -> None:
        a_page("over-ons")
        made.append(1)

    databases.bring("one page", make)
    first = counts()
    databases.empty()
    assert set(counts().values()) == {0}
    databases.bring("one page", make)

    assert counts() == first
    assert made == [1]
    assert db.session.scalars(select(Page.key)).all() == ["over-ons"]


def test_the_next_row_has_an_id_of_its_own(app: Flask) -> None:
    for _time in range(2):
        databases.bring("one page again", lambda: a_page("over-ons"))
        kept = db.session.scalars(select(Page.id)).one()
        assert a_page("contact").id > kept
        databases.empty()


def test_the_starting_content_is_there_however_often(app: Flask, content: None) -> None:
    assert db.session.scalar(select(func.count()).select_from(Call)) > 2


test_the_starting_content_is_there_again = test_the_starting_content_is_there_however_often
