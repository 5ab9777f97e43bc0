"""What a file tells about its people and its sector, read from what was handed in, in three statements."""

import pytest
from flask import Flask

from app.applications.actions import writing
from app.applications.models import Member
from app.applications.rules.states import State
from app.applications.rules.team import Role
from app.conflicts.queries import facts
from app.conflicts.queries.facts import files_in_selection
from app.core.db.base import db
from app.questionnaires.rules.definition import Definition
from tests.builders import a_call, a_person, a_version, added, an_application, the_form
from tests.conftest import Clock
from tests.pages import PageClient

TEAM = [{"name": "Zora Mertens", "role": "Kapper bij Febecoop", "experience": "Tien jaar.", "days": "2"}]


def test_people_numbers_and_sectors(app: Flask, clock: Clock) -> None:
    owner = a_person("Jan Claes", email="jan@huis.example")
    answers = {
        "team": TEAM,
        "sector": "food",
        "other_sectors": ["care"],
        "enterprise_number": "0123.456.749",
        "legal_form": "cv",
        "contact_first_name": "Piet",
        "contact_last_name": "Baas",
    }
    call = a_call(version=a_version(the_form()))
    file = an_application(call=call, person=owner, answers=answers, state=State.ELIGIBLE)
    asked, waiting = (
        added(Member(application_id=file.id, person=person, role=Role.WRITER, invited_at=clock()))
        for person in (a_person("Mia", email="mia@huis.example"), a_person("Nele", email="nele@huis.example"))
    )
    asked.accepted_at = clock()

    (found,) = files_in_selection(call.id)

    assert found.sectors[0] == "food"
    assert {"Jan Claes", "Mia", "Piet Baas", "Zora Mertens", "Kapper bij Febecoop"} <= set(found.facts.names)
    assert {"jan@huis.example", "mia@huis.example"} <= set(found.facts.emails)
    assert found.facts.numbers == {"0123456749"}
    assert {owner.id, asked.person_id} == set(found.facts.people)
    assert waiting.person_id not in found.facts.people


def test_what_was_written_after_handing_in_does_not_count_yet(app: Flask, clock: Clock) -> None:
    call, person = a_call(), a_person()
    file = an_application(call=call, person=person, submitted=True, answers={"a_sector": "food"})
    section = Definition.read(file.version.definition).section("figures")
    saved = writing.save_section(
        file,
        "figures",
        {one.key: None for one in section.questions} | {"a_sector": "care"},
        revision=1,
        by=person,
        at=clock(),
    )
    file.state = State.ELIGIBLE
    db.session.flush()

    (found,) = files_in_selection(call.id)

    assert saved is not None
    assert found.sectors == ("food",)


def test_three_statements_whatever_the_number(app: Flask) -> None:
    call, asked = a_call(), []
    for _round in range(2):
        an_application(call=call, state=State.ELIGIBLE)
        number = call.id
        with PageClient(app).counted() as statements:
            files_in_selection(number)
        asked.append(len(statements))

    assert asked == [3, 3]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE])
def test_only_what_is_in_selection(app: Flask, state: State) -> None:
    file = an_application(state=state)

    assert facts.files_in_selection(file.call_id) == []
