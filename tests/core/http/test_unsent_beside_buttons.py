"""A page with one text and further buttons: what is typed stands again after each of them. Without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.applications.actions import team as team_actions
from app.applications.queries import around
from app.applications.rules.states import State
from app.applications.rules.team import Role
from app.casework import actions as casework
from app.core.db.base import db
from app.core.text.unsent_texts import UnsentText
from app.programmes.actions import late as late_codes
from tests.builders import a_call, a_person, a_programme, a_version, an_application
from tests.conftest import Clock
from tests.page import Page
from tests.panels import a_slot, an_interview
from tests.people import AMINA, BRUNO, ELS, known, signed_in

pytestmark = pytest.mark.one_database("what a page shows")
Made = dict[str, Any]  # what the address of the page needs


@dataclass(frozen=True)
class Scene:
    """A page; the action of its other button, by the end of its endpoint; what is typed for the first action."""

    page: str
    other: str
    make: Callable[[Clock], Made]
    typed: dict[str, Any]
    who: Any = ELS


def a_status(_clock: Clock) -> Made:
    return {"key": an_application(call=a_call(), submitted=True, person=known(AMINA)).key}


def a_team(clock: Clock) -> Made:
    file, mate = an_application(call=a_call(), person=known(AMINA)), a_person("Noa Peeters")
    team_actions.invite(file, mate.email, name=mate.name, role=Role.READER, by=file.person, at=clock())
    return {"key": file.key}


def a_list(_clock: Clock) -> Made:
    casework.keep_view("Oude weergave", "language=nl", shared=False, by=known(ELS))
    return {"state": "submitted"}


def a_group(_clock: Clock) -> Made:
    return {"key": a_version().questionnaire.key, "place": "team"}


def a_running_call(_clock: Clock) -> Made:
    return {"key": a_call().key}


def an_invitation(_clock: Clock) -> Made:
    call = a_call()
    an_interview(an_application(call=call, state=State.INTERVIEW))
    an_application(call=call, state=State.IN_REVIEW)
    a_slot(call)
    return {"key": call.key}


def a_free_slot(_clock: Clock) -> Made:
    return {"slot_key": a_slot(a_call()).key}


def a_late_code(clock: Clock) -> Made:
    call, at = a_call(), clock()
    given = {"email": "ali@example.be", "name": "Ali", "language": "fr", "reason": "Ziek."}
    late_codes.create_late_code(call, **given, until=at + timedelta(days=40), by=known(ELS), at=at)
    return {"key": call.key}


def a_call_to_publish(clock: Clock) -> Made:
    return {"key": a_call(opens_at=clock() + timedelta(days=2)).key}


def a_programme_to_publish(_clock: Clock) -> Made:
    return {"key": a_programme(published_at=None).key}


DATES = {"closes_on": "2027-06-30", "closes_hour": "16.30"}
LABELS = {"label_nl": "Wie werkt mee?", "help_fr": "Écrivez les noms."}
SCENES = {
    "status": Scene(
        "applications_applicant.status",
        "accounts_public.sign_out",
        a_status,
        {"reply": "Wanneer horen we iets?\nGroeten."},
        AMINA,
    ),
    "team": Scene(
        "applications_together.team",
        "applications_together.take_back",
        a_team,
        {"name": "Bruno Claes", "email": "bruno@example"},
        AMINA,
    ),
    "list": Scene(
        "casework_staff.applications", "casework_staff.drop_view", a_list, {"name": "Nieuw binnen", "is_shared": "y"}
    ),
    "question, duplicate": Scene("form_builder_editor.question", "form_builder_staff.duplicate", a_group, LABELS),
    "question, field": Scene("form_builder_editor.question", "form_builder_staff.add", a_group, LABELS),
    "running, compare": Scene("intake_staff.running", "intake_staff.compare_form", a_running_call, DATES),
    "running, try": Scene("intake_staff.running", "intake_staff.try_out", a_running_call, DATES),
    "interviews": Scene(
        "interviews_staff.interviews",
        "interviews_staff.remind",
        an_invitation,
        {"choose_by": "2027-05-20", "message_nl": "Breng cijfers mee.", "message_fr": "Prenez vos chiffres."},
    ),
    "late": Scene(
        "programmes_rows.late",
        "programmes_rows.end_late",
        a_late_code,
        {"name": "Zoë", "email": "zoe@", "closes_on": "2027-06-30", "reason": "In het ziekenhuis."},
    ),
    "call, copy": Scene(
        "programmes_staff.call", "programmes_staff.copy", a_call_to_publish, {"title_nl": "Zaden", "places": "14"}
    ),
    "call, hide": Scene(
        "programmes_staff.call", "programmes_staff.publish", a_call_to_publish, {"title_nl": "Zaden", "places": "14"}
    ),
    "programme": Scene(
        "programmes_staff.programme",
        "programmes_staff.publish_programme",
        a_programme_to_publish,
        {"title_nl": "Zaden"},
    ),
}


def sent_by(page: Page, action: str) -> str:
    """The button of this action."""
    for button in page.soup.select('form:has([name="unsent:page"]) button[formaction]'):
        if page.client.endpoint_of(str(button["formaction"]), "POST") == action:
            return f'[formaction="{button["formaction"]}"]'
    raise AssertionError(f"no button for {action}")


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("name", SCENES)
def test_what_is_typed_stands_again_after_another_button(app: Flask, clock: Clock, name: str, lang: str) -> None:
    scene, who = SCENES[name], signed_in(app, SCENES[name].who)
    made = scene.make(clock)
    if name == "team":
        mate = around.members_of(around.files_of_person(who.person_id, None, helped=False)[0].id)[0]
        who.get("applications_together.remove_member", **made, member=mate.person_id).submit("Deze persoon verwijderen")
    page = who.get(scene.page, lang=lang, **made)

    page.submit(form=sent_by(page, scene.other), **scene.typed)

    again = signed_in(app, scene.who).get(scene.page, lang=lang, **made)
    assert {field: again.value(field) for field in scene.typed} == scene.typed
    assert again.select(".note[role=status]")


def test_the_name_of_a_view_stands_again_on_the_list_with_the_same_filter(app: Flask, clock: Clock) -> None:
    who, made = signed_in(app, ELS), a_list(clock)
    page = who.get("casework_staff.applications", **made)

    after = page.submit(form=sent_by(page, "casework_staff.drop_view"), name="Nieuw binnen").follow()

    assert after.value("name") == "Nieuw binnen"
    assert after.select("details[open] [name=name]")


def test_the_enter_key_sends_the_text_where_one_action_has_all_of_it(app: Flask, clock: Clock) -> None:
    who, made = signed_in(app, ELS), a_call_to_publish(clock)

    who.get("programmes_staff.call", **made).submit(places="14")

    assert who.get("programmes_staff.call", **made).value("places") == "14"
    assert db.session.query(UnsentText).all() == []


def test_a_text_that_went_to_the_other_language_and_was_sent_waits_no_more(app: Flask, clock: Clock) -> None:
    who = signed_in(app, AMINA)
    typed: dict[str, Any] = {"name": "Bruno Claes", "email": BRUNO.email}
    page = who.get("applications_together.team", **a_team(clock))

    in_french = page.submit("do=switch", status=200, **typed)
    assert {field: in_french.value(field) for field in typed} == typed
    after = in_french.submit().follow()

    assert after.value("email") == ""
    assert db.session.query(UnsentText).all() == []


def test_what_was_typed_for_a_slot_goes_with_the_slot(app: Flask, clock: Clock) -> None:
    who = signed_in(app, ELS)
    page = who.get("interviews_staff.slot", **a_free_slot(clock))

    page.submit(form=sent_by(page, "interviews_staff.remove_slot"), place_nl="Zolder")

    assert db.session.query(UnsentText).all() == []
