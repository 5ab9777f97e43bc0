"""Two windows on one staff page: nothing is overwritten, and what does not collide is put together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.core.db.base import db
from app.core.http.web import AppBlueprint
from app.mail.actions import writing
from app.meetings import actions as meetings
from app.programmes.models import CallStep, EligibilityQuestion
from tests.at_once import at_once
from tests.builders import a_call, a_criterion, a_page, a_programme, a_step, a_version, added, an_application, both
from tests.conftest import Clock
from tests.forms import filled
from tests.page import Page
from tests.panels import an_interview
from tests.people import DAAN, SignedIn, known
from tests.selection import a_reviewer


@dataclass
class Scene:
    """A page that edits something. `one`: (field, another value) of the first window; `other`: of the second window.

    `clash`: a third value of the field `one`. `save`: the endpoint of the form, where it is not the page itself.
    """

    one: tuple[str, str]
    clash: str
    make: Callable[[SignedIn, Clock], dict[str, Any]]
    other: tuple[str, str] | None = None
    fixed: dict[str, Any] = field(default_factory=dict)
    save: str = ""


def the_call(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    return {"key": a_call().key}


def a_listed_call(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    call = a_call(published_at=None)
    a_step(call)
    a_criterion(call, weight=100)
    added(
        EligibilityQuestion(
            call_id=call.id,
            position=1,
            kind="yes_no",
            name=both("Plaats", "Lieu"),
            text=both("Waar?", "Où ?"),
            advice=both("Kijk verder", "Voyez ailleurs"),
            hint=both("", ""),
        )
    )
    return {"key": call.key}


def a_content_page(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    return {"key": a_page("contact", title=both("Contact", "Nous écrire")).key}


def the_programme(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    return {"key": a_programme(published_at=None).key}


def a_form(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    return {"key": a_version().questionnaire.key}


def a_question(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    version = a_version()
    return {"key": version.questionnaire.key, "place": version.definition["section"][0]["question"][0]["key"]}


def a_section(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    version = a_version()
    return {"key": version.questionnaire.key, "part": version.definition["section"][0]["key"]}


def an_interviewed(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    file = an_application(call=a_call(), state=State.INTERVIEW)
    an_interview(file)
    return {"key": file.key}


def the_meeting(els: SignedIn, _clock: Clock) -> dict[str, Any]:
    call = a_call()
    at = call.opens_at
    return {
        "key": meetings.plan(
            call, at, place=both("Sint-Gillis", "Sint-Gillis"), quorum=2, minutes_each=10, by=els.person, at=at
        ).key
    }


def a_letter_on_hold(_els: SignedIn, clock: Clock) -> dict[str, Any]:
    file = an_application(call=a_call(), state=State.JURY)
    made = writing.queue(
        "place_given_up",
        to_name="Zoë Janssens",
        to_email="zoe@example.be",
        language="nl",
        key="a",
        about=file.ref,
        at=clock(),
        application=file,
        on_hold=True,
    )
    assert made is not None
    return {"letter_id": made.id}


def one_reviewer(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    call = a_call()
    return {"key": call.key, "number": str(a_reviewer(call, known(DAAN)).id)}


def before_the_jury(_els: SignedIn, _clock: Clock) -> dict[str, Any]:
    return {"key": an_application(call=a_call(), state=State.JURY).key}


SCENES = {
    "content_staff.page": Scene(
        ("title_nl", "Titel van Els"), "Titel van Greta", a_content_page, ("lead_fr", "Bref, de Greta")
    ),
    "programmes_staff.call": Scene(("fee_nl", "100 euro"), "200 euro", a_listed_call, ("opens_hour", "07:45")),
    "programmes_staff.programme": Scene(
        ("price_nl", "100 euro"), "200 euro", the_programme, ("lead_fr", "Autre texte")
    ),
    "programmes_rows.steps": Scene(
        ("step:1:title_nl", "Van Els"), "Van Greta", a_listed_call, ("step:1:text_fr", "De Greta")
    ),
    "programmes_rows.criteria": Scene(
        ("criterion:1:title_nl", "Van Els"), "Van Greta", a_listed_call, ("criterion:1:title_fr", "De Greta")
    ),
    "programmes_rows.eligibility": Scene(
        ("eligibility:1:name_nl", "Van Els"), "Van Greta", a_listed_call, ("eligibility:1:text_fr", "De Greta")
    ),
    "intake_staff.reschedule": Scene(
        ("closes_hour", "10:15"), "11:15", the_call, ("opens_hour", "07:45"), save="intake_staff.running"
    ),
    "form_builder_editor.frame": Scene(("lead_nl", "Van Els"), "Van Greta", a_form, ("title_fr", "De Greta")),
    "form_builder_editor.section": Scene(("lead_nl", "Van Els"), "Van Greta", a_section, ("title_fr", "De Greta")),
    "form_builder_editor.question": Scene(("label_nl", "Van Els"), "Van Greta", a_question, ("help_fr", "De Greta")),
    "interviews_staff.interview": Scene(("notes", "Van Els"), "Van Greta", an_interviewed),
    "interviews_staff.until": Scene(
        ("choose_by", "2027-02-20"), "2027-02-23", an_interviewed, save="interviews_staff.interview"
    ),
    "interviews_staff.plan": Scene(("notice_hours", "30"), "40", the_call),
    "meetings_staff.replan": Scene(
        ("place_nl", "Elsene"), "Vorst", the_meeting, ("quorum", "3"), save="meetings_staff.prepare"
    ),
    "outbox_staff.edit": Scene(("subject", "Van Els"), "Van Greta", a_letter_on_hold, ("body", "Dag Zoë, van Greta")),
    "outbox_wording.wording": Scene(
        ("subject_nl", "Van Els {reference}"),
        "Van Greta {reference}",
        lambda _els, _clock: {"kind": "application_withdrawn"},
        ("subject_fr", "De Greta {reference}"),
    ),
    "reviewers_staff.plan": Scene(("readings", "4"), "5", the_call, ("band", "7")),
    "reviewers_staff.reviewer": Scene(("organisation", "Van Els"), "Van Greta", one_reviewer, ("most_files", "9")),
    "decisions_staff.advise": Scene(
        ("words", "Van Els"), "Van Greta", before_the_jury, fixed={"advice": "accepted"}, save="decisions_staff.decide"
    ),
}
CASES = [pytest.param(name, lang, id=f"{name}-{lang}") for name in SCENES for lang in ("nl", "fr")]

BUTTON = "a button: it stores no text, and its action refuses a state that changed"
DRAFT = "a button of the builder: its revision must be that of the draft"
ADDS = "adds a row"
MARKED = "carries a mark of the decision or the texts that the page showed, and compares them itself"
SENT = "asks, then writes to people or undoes; the action refuses a state that changed"

# Staff forms that replace no stored text of a colleague, and why. A new form comes into SCENES or is named here.
EXEMPT: dict[str, str] = {
    **dict.fromkeys(
        [
            "form_builder_staff.add",
            "form_builder_staff.duplicate",
            "form_builder_staff.move",
            "form_builder_staff.remove",
            "form_builder_versions.publish",
            "form_builder_versions.resume",
        ],
        DRAFT,
    ),
    **dict.fromkeys(
        [
            "form_builder_staff.forms",
            "casework_staff.applications",
            "casework_staff.message",
            "casework_staff.note",
            "casework_staff.comment",
            "casework_staff.tags",
            "casework_together.tag",
            "casework_together.untag",
            "casework_together.write",
            "conflicts_staff.conflicts",
            "conflicts_staff.own",
            "intake_staff.on_behalf",
            "interviews_staff.invite",
            "interviews_staff.new_slots",
            "meetings_staff.meetings",
            "people_staff.add",
            "programmes_rows.late",
            "programmes_staff.copy",
            "programmes_staff.new_call",
            "programmes_staff.new_programme",
            "reviewers_staff.invite",
            "reviewers_staff.take_over",
        ],
        ADDS,
    ),
    **dict.fromkeys(
        [
            "casework_staff.drop_view",
            "casework_staff.move",
            "casework_together.step",
            "conflicts_staff.judge",
            "conflicts_staff.resolve",
            "contact_staff.message",
            "decisions_staff.confirm",
            "decisions_staff.leave_open",
            "intake_staff.choose_form",
            "intake_staff.compare_form",
            "intake_staff.play",
            "intake_staff.try_out",
            "interviews_staff.move",
            "interviews_staff.remove_slot",
            "meetings_staff.agenda",
            "meetings_staff.members",
            "outbox_batches.release",
            "outbox_staff.act",
            "outbox_wording.back",
            "outbox_wording.test",
            "people_staff.suspend",
            "programmes_rows.end_late",
            "programmes_staff.publish",
            "programmes_staff.publish_programme",
            "reviewers_assigning.give",
            "reviewers_assigning.assign_balanced",
            "reviewers_staff.do",
        ],
        BUTTON,
    ),
    **dict.fromkeys(
        [
            "decisions_calls.of_call",
            "decisions_staff.decide",
            "decisions_staff.feedback",
            "meetings_staff.agree",
            "meetings_staff.attend",
            "meetings_staff.close",
            "meetings_staff.decide",
            "meetings_staff.item",
            "meetings_staff.keep",
        ],
        MARKED,
    ),
    **dict.fromkeys(
        [
            "decisions_calls.announce",
            "decisions_places.correct",
            "decisions_places.extend",
            "decisions_places.promote",
            "decisions_places.second",
            "decisions_places.take_back",
            "decisions_reserve.close",
            "events_staff.cancel",
            "interviews_staff.free",
            "interviews_staff.remind",
            "meetings_staff.cancel",
            "reviewers_assigning.notify",
            "reviewers_staff.remind",
            "subscriptions_staff.subscribers",
        ],
        SENT,
    ),
    "events_staff.attendance": "boxes to tick, merged one by one: tests/events/test_views_staff.py",
    "interviews_staff.slot": "an applicant may have chosen it: any change asks to look again (test_views_slots.py)",
    "people_staff.one_person": "compared too; its boxes are tested in test_two_changes_of_roles_are_put_together",
    "reviewers_assigning.file": "boxes to tick, merged one by one: tests/reviewers/test_views_assigning.py",
}
STAFF = {"staff", "editors", "administrators"}


def test_every_staff_form_is_compared_or_named(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    rooms = {rule.endpoint: app.blueprints.get(rule.endpoint.partition(".")[0]) for rule in rules}
    forms = {name for name, room in rooms.items() if isinstance(room, AppBlueprint) and room.guard.__name__ in STAFF}

    assert forms == SCENES.keys() | EXEMPT.keys()
    assert not SCENES.keys() & EXEMPT.keys()


@pytest.mark.parametrize("name", SCENES)
def test_every_field_carries_the_mark_of_what_it_shows(els: SignedIn, greta: SignedIn, clock: Clock, name: str) -> None:
    scene = SCENES[name]
    given = scene.make(els, clock)
    db.session.commit()

    form = opened(greta, name, given, "nl").form_for(None, form_of(scene))

    group = form.select_one(f"[role=group]:has([name='{scene.one[0]}'])") if form.select("[formaction]") else None
    controls = {str(one["name"]) for one in (group or form).select("input[name], select[name], textarea[name]")}
    marked = {one.removeprefix("seen:") for one in controls if one.startswith("seen:")}
    helpers = {"csrf_token", "revision", "seen", "once", "version", "heir"}
    typed = {
        one
        for one in controls
        if not one.startswith(("seen:", "shown:", "unsent:")) and not one.endswith(("_same", ":remove"))
    }
    assert typed - marked <= helpers


def form_of(scene: Scene) -> str:
    return f"form:has([name='{scene.one[0]}'])"


def sender(page: Page, name: str, given: dict[str, Any]) -> str:
    """What sends the scene: its form, or the button of its action on a page that is one form."""
    button = f'[formaction="{page.client.address(name, lang=page.lang, **given)}"]'
    return button if page.soup.select_one(button) else form_of(SCENES[name])


def opened(who: SignedIn, name: str, given: dict[str, Any], lang: str) -> Page:
    return who.get(SCENES[name].save or name, lang=lang, **given)


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_what_two_windows_changed_apart_is_put_together(
    els: SignedIn, greta: SignedIn, clock: Clock, name: str, lang: str
) -> None:
    scene = SCENES[name]
    given = scene.make(els, clock)
    db.session.commit()
    mine, hers = opened(els, name, given, lang), opened(greta, name, given, lang)
    field_name, value = scene.one
    other, other_value = scene.other or (field_name, value)

    mine.submit(form=sender(mine, name, given), **{field_name: value}, **scene.fixed)
    hers.submit(form=sender(hers, name, given), **{other: other_value}, **scene.fixed)

    stored = opened(els, name, given, lang)
    assert (stored.value(field_name), stored.value(other)) == (value, other_value)


@pytest.mark.parametrize("choice", ["mine", "theirs"])
@pytest.mark.parametrize(("name", "lang"), CASES)
def test_what_two_windows_both_changed_waits_for_a_choice(
    els: SignedIn, greta: SignedIn, clock: Clock, name: str, lang: str, choice: str
) -> None:
    scene = SCENES[name]
    given = scene.make(els, clock)
    db.session.commit()
    mine, hers = opened(els, name, given, lang), opened(greta, name, given, lang)
    field_name, value = scene.one
    mine.submit(form=sender(mine, name, given), **{field_name: value}, **scene.fixed)

    refused = hers.submit(form=sender(hers, name, given), status=422, **{field_name: scene.clash}, **scene.fixed)

    assert opened(els, name, given, lang).value(field_name) == value
    assert refused.value(field_name) == scene.clash
    shown = refused.soup.select_one("fieldset.choose")
    assert shown is not None
    assert value in shown.get_text()
    refused.submit(form=sender(refused, name, given), status=422)  # nothing chosen
    refused.submit(form=sender(refused, name, given), **{f"choose:{field_name}": choice})
    assert opened(els, name, given, lang).value(field_name) == (scene.clash if choice == "mine" else value)


def test_two_changes_of_roles_are_put_together(greta: SignedIn, daan: SignedIn) -> None:
    where: dict[str, Any] = {"person_id": daan.person_id}
    first, second = (greta.get("people_staff.one_person", **where) for _window in range(2))

    first.submit("Rollen wijzigen", roles=["reviewer", "editor"])
    refused = second.submit("Rollen wijzigen", roles=["reviewer", "manager"], status=422)

    assert "choose:roles" in {str(one["name"]) for one in refused.soup.select("input[type=radio]")}
    assert {role.value for role in known(DAAN).roles} == {"reviewer", "editor"}
    refused.submit("Rollen wijzigen", **{"choose:roles": "theirs"})
    assert {role.value for role in known(DAAN).roles} == {"reviewer", "editor"}


def test_a_row_that_was_removed_meanwhile_comes_back_only_as_a_new_line(els: SignedIn, greta: SignedIn) -> None:
    call = a_call(published_at=None)
    step = a_step(call)
    given = {"key": call.key}
    db.session.commit()
    row = f"step:{step.id}:"
    mine, untouched, hers = (who.get("programmes_rows.steps", **given) for who in (els, els, greta))
    hers.submit(**{f"{row}remove": "y"})

    untouched.submit()
    refused = mine.submit(status=422, **{f"{row}title_nl": "Van Els"})

    assert els.get("programmes_rows.steps", **given).value("step:new0:title_nl") == ""
    assert "Van Els" in [str(one.get("value")) for one in refused.soup.select("input[name$=title_nl]")]
    refused.submit()
    db.session.rollback()
    assert [one.title.nl for one in db.session.query(CallStep)] == ["Van Els"]


def test_a_row_that_was_changed_meanwhile_is_not_removed_unseen(els: SignedIn, greta: SignedIn) -> None:
    call = a_call(published_at=None)
    step = a_step(call)
    given = {"key": call.key}
    db.session.commit()
    mine, hers = els.get("programmes_rows.steps", **given), greta.get("programmes_rows.steps", **given)
    hers.submit(**{f"step:{step.id}:title_nl": "Van Greta"})

    refused = mine.submit(status=422, **{f"step:{step.id}:remove": "y"})

    assert refused.value(f"step:{step.id}:title_nl") == "Van Greta"
    refused.submit()
    db.session.rollback()
    assert db.session.query(CallStep).count() == 0


def test_the_page_that_asks_names_who_changed_it_last(els: SignedIn, farid: SignedIn, clock: Clock) -> None:
    given = a_content_page(els, clock)
    db.session.commit()
    mine, his = els.get("content_staff.page", **given), farid.get("content_staff.page", **given)
    his.submit("Bewaar en publiceer", title_nl="Van Farid")

    refused = mine.submit("Bewaar en publiceer", title_nl="Van Els", status=422)

    asked = refused.soup.select_one("fieldset.choose")
    assert asked is not None
    assert "Farid Benali" in asked.get_text()
    assert [one.get_text() for one in asked.select("ins, del")] == ["Farid", "Els"]


def test_of_two_who_save_one_text_at_one_moment_the_second_is_asked(
    els: SignedIn, greta: SignedIn, clock: Clock
) -> None:
    given = a_content_page(els, clock)
    db.session.commit()
    windows = [who.get("content_staff.page", **given) for who in (els, greta)]

    def save(window: Page, title: str) -> int:
        sent = filled(window.form_for("Bewaar en publiceer", None), "Bewaar en publiceer", {"title_nl": title})
        return window.client.send("POST", window.path, data=sent.fields).status

    found = at_once(lambda: save(windows[0], "Van Els"), lambda: save(windows[1], "Van Greta"))

    assert sorted(found) == [303, 422]
