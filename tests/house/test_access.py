"""Who may open what: every address of the house, by every kind of person; a new guard fails here until it is placed."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.applications.actions import writing as applications_writing
from app.applications.models import Application
from app.applications.queries.files import last_submission
from app.applications.rules.states import State
from app.contact import actions as contact
from app.core.db.base import db
from app.core.files.check import Accepted
from app.core.http.limits import limiter
from app.core.http.web import AppBlueprint
from app.events import actions as events
from app.intake.models import Rehearsal
from app.mail.actions import writing as mail_writing
from app.mail.models import OutgoingMail
from app.meetings import actions as meetings
from app.meetings.models import Meeting
from app.meetings.rules import Role as SeatRole
from tests.builders import a_call, a_registration_key, an_application, an_event, both
from tests.pages import PageClient
from tests.panels import a_slot, an_interview
from tests.people import AMINA, BRUNO, CHLOE, ELS, FARID, GRETA, known, signed_in
from tests.selection import a_conflict, a_reviewer, an_assignment

ZOE = {"name": "Zoë", "email": "zoe@example.be", "language": "nl"}

PARTS = {"owner": AMINA, "other": BRUNO, "juror": CHLOE, "editor": FARID, "manager": ELS, "admin": GRETA}
# Amina again, on a device where she only typed her address: nothing is proved yet.
EVERYBODY = ("visitor", "unconfirmed", *PARTS)
# Guard → who enters. Everybody else is shown the door (302, or 401 for a form), or refused (403) when signed in.
GUARDS: dict[str, tuple[str, ...]] = {
    "everyone": EVERYBODY,
    "applicants": ("unconfirmed", *PARTS),
    "confirmed_people": PARTS,
    "staff": ("manager", "admin"),
    "reviewers": ("juror",),
    "administrators": ("admin",),
    "editors": ("editor", "manager", "admin"),
}
# One person's own file: for everybody else it does not exist, whatever their role.
OWN = (
    "applications_applicant.",
    "applications_writer.",
    "applications_together.",
    "applications_removing.",
    "decisions_applicant.",
    "interviews_applicant.",
    "documents_applicant.",
)
# Doors whose pages are about one call.
OF_A_CALL = (
    "applications_staff",
    *("programmes_staff", "programmes_rows", "programmes_preview", "intake_staff"),
    *("reviewers_staff", "reviewers_assigning", "conflicts_staff", "reviewers_reviewer"),
)
INTERVIEWS_OF_A_CALL = tuple(f"interviews_staff.{name}" for name in ("interviews", "invite", "new_slots", "plan"))
SEATED = ("juror", "manager")  # in the meeting; who else confirmed their address finds nothing
OF_ALL_OWN_FILES = "applications_applicant.my_files"
ON_A_DRAFT = ("tasks", "check", "section", "attachment", "autosave", "remove_file")
# What an address answers whoever asks, where that is not a page.
SPECIAL = {
    "meetings_member.minutes": 404,  # not agreed yet
    "applications_together.remove_member": 404,  # nobody works on it beside its owner
    "accounts_public.link_sent": 302,  # nothing was sent
    "contact_public.received": 302,  # nothing was sent
    "contact_public.copy": 410,  # there is no such link
    "contact_public.write": 308,  # an old address
    "decisions_applicant.place": 302,  # nothing was decided
    "decisions_places.promote": 409,  # nothing was told
    "decisions_places.extend": 409,
    "decisions_places.take_back": 409,
    "decisions_places.correct": 409,
    "events_public.signed_up": 302,  # nobody signed up
    "applications_applicant.begun_before": 302,  # its owner began it
    "applications_invited.invitation": 404,  # nobody was invited
    "documents_applicant.draft": 302,  # it was handed in and not changed since
    "accounts_public.open_link": 410,  # there is no such link
    "subscriptions_public.asked": 302,  # nothing was asked
    "subscriptions_public.confirm": 410,  # there is no such link
    "subscriptions_public.manage": 410,
    "subscriptions_public.stop": 410,
    "api_public.root": 302,
    "site_public.root": 302,
    "site_public.favicon": 204,
}


@pytest.fixture
def people(app: Flask, content: None) -> dict[str, PageClient]:
    """A browser for each."""
    clients: dict[str, PageClient] = {name: signed_in(app, part) for name, part in PARTS.items()}
    return {"visitor": PageClient(app), "unconfirmed": signed_in(app, AMINA, confirmed=False), **clients}


@pytest.fixture
def values(content: None) -> dict[str, str]:
    """What fills in the addresses: Amina's draft with a file, the one that she handed in, and the starting content."""
    call, amina = a_call(), known(AMINA)
    draft = an_application(person=amina, call=call)
    sent = an_application(person=amina, call=call, state=State.JURY)
    one, other = Accepted(b"%PDF-1.7\n%%EOF", "pdf"), Accepted(b"%PDF-1.4\n%%EOF", "pdf")
    file = applications_writing.attach(draft, "a_files", "plan.pdf", one, by=amina, at=draft.saved_at)
    copy = applications_writing.attach(draft, "a_files", "2.pdf", other, by=amina, at=draft.saved_at)
    copy.application_id = sent.id
    last_submission(sent.id).attachments = [copy.id]  # type: ignore[union-attr]
    an_assignment(sent, known(CHLOE))
    evening, jury = an_event(), a_meeting_of(sent)
    place = events.sign_up(evening, **ZOE, at=draft.saved_at)
    contact.receive("m" * 32, **ZOE, text="Dag", at=draft.saved_at)
    letter = a_letter_on_hold(sent, draft.saved_at)
    reviewer, conflict = a_reviewer(call, known(CHLOE)), a_conflict(draft, known(CHLOE))
    a_slot(call, an_interview(sent))
    db.session.add(Rehearsal(key="p" * 22, call_id=call.id, at=draft.saved_at, report={"lines": []}))
    db.session.commit()
    return {
        "message": "m" * 32,
        "call": call.key,
        "draft": draft.key,
        "sent": sent.key,
        "draft_file": file.key,
        "sent_file": copy.key,
        "event": evening.key,
        "registration": a_registration_key(place),
        "registration_number": str(place.id),
        "jury": jury.key,
        "letter": str(letter.id),
        "person": str(known(ELS).id),
        "reader": str(reviewer.id),
        "conflict": str(conflict.id),
        "slot": a_slot(call, hour=15).key,
    }


def a_letter_on_hold(about: Application, at: datetime) -> OutgoingMail:
    """A letter of the batch `b` that waits until the team sends it."""
    letter = mail_writing.queue(
        "place_given_up",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        key="a",
        about=about.ref,
        batch="b",
        on_hold=True,
        at=at,
        application=about,
    )
    assert letter is not None
    return letter


def a_meeting_of(file: Application) -> Meeting:
    """A meeting about one file, in which the juror sits."""
    call, at = file.call, file.saved_at
    found = meetings.plan(call, at, place=both("", ""), quorum=1, minutes_each=10, by=known(ELS), at=at)
    meetings.add_member(found, known(CHLOE), SeatRole.MEMBER, by=known(ELS), at=at)
    meetings.put_on(found, [file])
    return found


def about(rule: Rule, blueprint: str, values: dict[str, str]) -> dict[str, Any]:
    """What a page is about, where its key is not that of a file."""
    given: dict[str, Any] = {}
    if blueprint.startswith("events_") and "key" in rule.arguments:
        given["key"] = values["registration"]
    if rule.endpoint == "events_staff.cancel":
        given["number"] = values["registration_number"]
    if blueprint in OF_A_CALL and rule.endpoint != "conflicts_staff.own":
        of_programme = rule.endpoint.endswith((".programme", "publish_programme", "new_call"))
        given["key"] = "seeds" if of_programme else values["call"]
    if blueprint == "reviewers_assigning":
        given["file_key"] = values["sent"]
    if blueprint in ("ranking_staff", "decisions_calls", "decisions_reserve"):
        given["key"] = values["call"]
    if blueprint.startswith("form_builder_"):
        given |= {"key": "application", "place": "contact_email", "part": "team"}
    if blueprint.startswith("meetings_"):
        given |= {"key": values["call" if rule.endpoint.endswith(".meetings") else "jury"], "item_id": 1}
    if rule.endpoint in INTERVIEWS_OF_A_CALL:
        given["key"] = values["call"]
    if blueprint == "content_staff":
        given["key"] = "about"
    return given


LISTS = {
    "content_public": "/nl/nieuws",
    "programmes_public": "/nl/programmas",
    "programmes_check": "/nl/programmas",
    "applications_public": "/nl/programmas",
    "enterprises_public": "/nl/ondernemingen",
    "events_public": "/nl/agenda",
    "impact_public": "/nl/impact",
}


def path_of(client: PageClient, rule: Rule, values: dict[str, str]) -> str:
    """An address of this page that leads to something."""
    blueprint, _, view = rule.endpoint.partition(".")
    which = "draft" if rule.endpoint.startswith(OWN) and view in ON_A_DRAFT else "sent"
    given = {
        "key": values[which],
        "file_key": values[f"{which}_file"],
        "member": 0,
        "part": "figures" if view == "remove_file" else "words",
        "token": "x" * 43,
        "view_id": 1,
        "slot_key": values["slot"],
        "ending": "csv",
        "play_key": "p" * 22,
        "number": values["conflict" if blueprint == "conflicts_staff" else "reader"],
        "page": "coopcity",
        "collection": "calls",
        "name": "calls",
        "event_key": values["event"],
    }
    given |= {"api_public": {"key": "seeds"}, "contact_staff": {"key": values["message"]}}.get(blueprint, {})
    given |= {"person_id": values["person"], "letter_id": values["letter"], "kind": "sign_in_link"} | (
        {"name": "b"} if blueprint == "outbox_batches" else {}
    )
    given |= about(rule, blueprint, values)
    if rule.endpoint == "documents_staff.scores":
        return client.address(rule.endpoint, ending="csv", call=values["call"])
    if "slug" in rule.arguments:
        listed = LISTS[blueprint]
        found = [link for link in client.send("GET", listed).links("main a[href]") if link.startswith(f"{listed}/")]
        given["slug"] = found[0].removeprefix(f"{listed}/").partition("#")[0]
    return client.address(rule.endpoint, **{name: given[name] for name in rule.arguments - {"lang"}})


def expected(endpoint: str, guard: str, person: str, *, form: bool) -> set[int]:
    """What this person must be answered; a form that somebody may send is not sent here."""
    if person not in GUARDS[guard]:
        asked_to_sign_in = person == "visitor" or (person == "unconfirmed" and guard != "applicants")
        return ({401} if form else {302}) if asked_to_sign_in else {403}
    if endpoint.startswith(OWN) and endpoint != OF_ALL_OWN_FILES and person != "owner":
        return {404}
    if endpoint == "meetings_member.calendar" and person not in SEATED:
        return {404}
    return set() if form else {SPECIAL.get(endpoint, 200)}


def rules(app: Flask, method: str) -> list[tuple[Rule, str]]:
    """Every Dutch or plain address that takes this method, and its guard."""
    found = []
    for rule in app.url_map.iter_rules():
        room = app.blueprints.get(rule.endpoint.partition(".")[0])
        assert isinstance(room, AppBlueprint), f"{rule.endpoint} has no door"
        assert room.guard.__name__ in GUARDS, f"say in GUARDS whom “{room.guard.__name__}” lets in"
        if method in (rule.methods or ()) and (rule.defaults or {}).get("lang", "nl") == "nl":
            found.append((rule, room.guard.__name__))
    return found


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_page_opens_for_the_right_people_only(
    app: Flask, people: dict[str, PageClient], values: dict[str, str], method: str
) -> None:
    wrong, asked = [], 0
    for rule, guard in rules(app, method):
        path = path_of(people["visitor"], rule, values)
        for person, client in people.items():
            wanted = expected(rule.endpoint, guard, person, form=method == "POST")
            if not wanted:
                continue
            asked += 1
            limiter.reset()  # one machine asks for all of them
            sent = {"data": {"csrf_token": client.csrf_token()}} if method == "POST" else {}
            status = client.send(method, path, **sent).status
            if status not in wanted:
                wrong.append(f"{method} {path}, {person}: {status}, not {wanted}")

    assert asked > 50
    assert wrong == []


def test_a_file_of_another_application_is_not_given_out(app: Flask, values: dict[str, str]) -> None:
    """The right file under the wrong application: the owner of both reads 404 too."""
    amina = signed_in(app, AMINA)

    amina.get("applications_applicant.attachment", key=values["draft"], file_key=values["draft_file"])
    amina.get("applications_applicant.attachment", key=values["sent"], file_key=values["draft_file"], status=404)


def test_a_draft_is_nobodys_business_but_its_writers(app: Flask, values: dict[str, str]) -> None:
    greta = signed_in(app, GRETA)

    assert values["draft"] not in greta.get("casework_staff.applications").html
    greta.get("casework_staff.application", key=values["sent"])
    greta.get("casework_staff.application", key=values["draft"], status=404)
    greta.get("casework_staff.attachment", key=values["draft"], file_key=values["draft_file"], status=404)
