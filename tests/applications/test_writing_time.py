"""How long others wrote: counted while they save, told from ten files on."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.applications.actions import writing
from app.applications.models import Application, SectionSave
from app.applications.queries.writing_time import minutes_of_form
from app.applications.rules.writing_time import FEWEST, PAUSE, minutes_by_part, worked_seconds
from app.core import clock
from app.core.db.base import db
from tests.builders import a_call, an_application
from tests.pages import PageClient

NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("gap", "counted"),
    [
        (timedelta(seconds=4), 4),
        (PAUSE, 900),
        (PAUSE + timedelta(seconds=1), 0),
        (timedelta(days=3), 0),
        (timedelta(seconds=-5), 0),
    ],
)
def test_a_gap_counts_unless_it_is_a_pause(gap: timedelta, counted: int) -> None:
    assert worked_seconds(60, NOON, NOON + gap) == 60 + counted


def test_the_first_save_tells_nothing() -> None:
    assert worked_seconds(0, None, NOON) == 0


def test_the_median_is_told_from_ten_files_on() -> None:
    nine = [("team", 60 * minutes) for minutes in range(1, FEWEST)]

    assert minutes_by_part(nine) == {}
    assert minutes_by_part([*nine, ("team", 0)]) == {}, "a part that was saved once says nothing"
    assert minutes_by_part([*nine, ("team", 100_000), ("idea", 60)]) == {"team": 6}


def test_saves_add_up_without_the_pauses(app: Flask) -> None:
    draft, at = an_application(), clock.now()
    newest = 1
    for minutes, text in ((2, "a"), (5, "b"), (90, "c"), (91, "d")):
        moment = at + timedelta(minutes=minutes)
        newest = writing.save_section(
            draft, "words", {"project_name": text}, revision=newest, by=draft.person, at=moment
        )

    saved = select(SectionSave.worked_seconds).where(SectionSave.section == "words").order_by(SectionSave.revision)
    assert list(db.session.scalars(saved)) == [0, 120, 300, 300, 360]


def test_the_page_tells_it_for_files_that_were_handed_in(client: PageClient) -> None:
    call = a_call()
    for _number in range(FEWEST):
        an_application(call=call, submitted=True)
    db.session.execute(update(SectionSave).where(SectionSave.section == "words").values(worked_seconds=1500))
    db.session.commit()

    page = client.get("programmes_public.before", slug=call.programme.slug.nl)
    assert page.text.count("Anderen deden ongeveer 25 minuten over dit deel.") == 1
    assert minutes_of_form(call.questionnaire_version_id) == {"words": 25}

    one = db.session.scalars(select(Application).limit(1)).one()
    one.is_rehearsal = True
    db.session.commit()
    assert minutes_of_form(call.questionnaire_version_id) == {}
