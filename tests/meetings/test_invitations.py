"""Members hear of a jury meeting by mail, and their calendar follows it: invited, moved, cancelled, seat lost."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.accounts.rules import Role as PersonRole
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.errors import Conflict
from app.meetings import actions, queries
from app.meetings.models import Meeting
from app.meetings.rules import Role
from app.people import actions as people
from tests.builders import a_call, an_application, both
from tests.conftest import Clock
from tests.interviews.scene import entries
from tests.letters import Mailbox
from tests.pages import Page, assert_budget
from tests.people import CHLOE, DAAN, ELS, GRETA, SignedIn, known
from tests.selection import a_reviewer

CALENDAR = "meetings_member.calendar"
KINDS = ("meeting_invited", "meeting_moved", "meeting_cancelled", "meeting_seat_lost")


def planned(clock: Clock, *members: SignedIn, place: str = "Flagey") -> Meeting:
    """Els plans a meeting in a week and invites these people; a file is on the agenda."""
    call, els = a_call(), known(ELS)
    for reviewer in (CHLOE, DAAN):
        a_reviewer(call, known(reviewer))
    found = actions.plan(
        call, clock() + timedelta(days=7), place=both(place, place), quorum=1, minutes_each=10, by=els, at=clock()
    )
    for one in members:
        actions.add_member(found, one.person, Role.MEMBER, by=els, at=clock())
    file = an_application(call=call, state=State.JURY)
    file.title = "Wasserij De Kuip"
    actions.put_on(found, [file])
    db.session.commit()
    return found


def entry(page: Page) -> Any:
    """The only entry of a calendar file."""
    (found,) = entries(page)
    return found


def heard(mailbox: Mailbox) -> list[tuple[str, str]]:
    """The letters about meetings, oldest first."""
    return [(one.kind, one.to_email) for one in mailbox.letters if one.kind in KINDS]


def replan(els: SignedIn, key: str, **fields: str) -> None:
    els.get("meetings_staff.prepare", key=key).submit(form="[formaction$=gegevens]", **fields).follow()


def test_each_member_is_invited_once(els: SignedIn, chloe: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    found = planned(clock)
    page = els.get("meetings_staff.prepare", key=found.key)

    again = page.submit(
        "Een plaats of een rol toekennen",
        person=str(chloe.person_id),
        role="member",
    ).follow()
    again.submit(
        "Een plaats of een rol toekennen",
        person=str(chloe.person_id),
        role="chair",
    ).follow()

    assert heard(mailbox) == [("meeting_invited", CHLOE.email)]


@pytest.mark.parametrize(
    ("lang", "subject", "words"),
    [
        ("nl", "Uitnodiging: juryvergadering op", "De vergadering toevoegen aan mijn agenda:"),
        ("fr", "Invitation : réunion du jury le", "Ajouter la réunion à mon agenda :"),
    ],
)
def test_the_invitation_leads_to_meeting_and_calendar_and_names_no_file(
    chloe: SignedIn, clock: Clock, mailbox: Mailbox, lang: str, subject: str, words: str
) -> None:
    chloe.person.language = lang

    found = planned(clock, chloe)

    letter = mailbox.last("meeting_invited", to=CHLOE.email)
    assert letter.language == lang
    assert subject in letter.subject.replace("\xa0", " ")
    assert words in letter.text.replace("\xa0", " ")
    assert "Flagey" in letter.text
    assert chloe.address(CALENDAR, key=found.key, lang=lang) in letter.text
    assert chloe.address("meetings_reviewer.follow", key=found.key, lang=lang) in letter.text
    assert "Wasserij" not in letter.text + letter.subject


@pytest.mark.parametrize(("lang", "place"), [("nl", "Gemeentehuis"), ("fr", "Maison communale")])
def test_letter_and_calendar_name_the_place_in_the_language_of_the_member(
    els: SignedIn, chloe: SignedIn, clock: Clock, mailbox: Mailbox, lang: str, place: str
) -> None:
    chloe.person.language = lang
    found = planned(clock, chloe)

    replan(els, found.key, place_nl="Gemeentehuis", place_fr="Maison communale")

    assert f": {place}\n" in mailbox.last("meeting_moved", to=CHLOE.email).text.replace("\xa0", " ")
    assert entry(chloe.get(CALENDAR, key=found.key, lang=lang))["LOCATION"] == place


@pytest.mark.parametrize(("lang", "words"), [("nl", "Juryvergadering, "), ("fr", "Réunion du jury, ")])
def test_the_calendar_file_holds_the_meeting(chloe: SignedIn, clock: Clock, lang: str, words: str) -> None:
    found = planned(clock, chloe)

    page = chloe.get(CALENDAR, key=found.key, lang=lang)

    event = entry(page)
    call = queries.call_of(found)
    assert event["SUMMARY"] == f"Coopcity: {words}{call.title[lang]}"
    assert (event.start, event["LOCATION"], "STATUS" in event) == (found.starts_at, "Flagey", False)
    assert event["URL"].endswith(chloe.address("meetings_reviewer.follow", key=found.key, lang=lang))
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=1), -timedelta(hours=1)]
    assert_budget(page, 6)


def test_a_second_save_without_a_change_sends_nothing(
    els: SignedIn, chloe: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    found = planned(clock, chloe)
    key, before = found.key, entry(chloe.get(CALENDAR, key=found.key))
    clock.forward(minutes=5)

    replan(els, key)
    replan(els, key, quorum="2")

    assert heard(mailbox) == [("meeting_invited", CHLOE.email)]
    assert entry(chloe.get(CALENDAR, key=key))["SEQUENCE"] == before["SEQUENCE"]


@pytest.mark.parametrize(
    "fields", [{"on": "2027-06-01"}, {"hour": "09:15"}, {"place_nl": "Gemeentehuis", "place_fr": "Maison communale"}]
)
def test_a_move_is_told_and_raises_the_sequence(
    els: SignedIn, chloe: SignedIn, clock: Clock, mailbox: Mailbox, fields: dict[str, str]
) -> None:
    found = planned(clock, chloe)
    key, before = found.key, entry(chloe.get(CALENDAR, key=found.key))
    clock.forward(minutes=5)

    replan(els, key, **fields)
    replan(els, key, **fields)

    assert heard(mailbox) == [("meeting_invited", CHLOE.email), ("meeting_moved", CHLOE.email)]
    assert ("Auparavant" in mailbox.last("meeting_moved").text) == ("place_nl" not in fields)
    now = entry(chloe.get(CALENDAR, key=key))
    assert (now["UID"], now["SEQUENCE"]) == (before["UID"], before["SEQUENCE"] + 300)
    assert (now.start, now["LOCATION"]) != (before.start, before["LOCATION"])


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_meeting_is_cancelled_after_a_question(
    els: SignedIn, chloe: SignedIn, clock: Clock, mailbox: Mailbox, lang: str
) -> None:
    chloe.person.language = lang
    found = planned(clock, chloe)
    key, before = found.key, entry(chloe.get(CALENDAR, key=found.key))
    clock.forward(minutes=5)
    asked = els.get("meetings_staff.prepare", key=key, lang=lang).click(
        {"nl": "De vergadering annuleren", "fr": "Annuler la réunion"}[lang]
    )
    assert CHLOE.name in asked.text
    assert heard(mailbox) == [("meeting_invited", CHLOE.email)]

    listed = asked.submit({"nl": "Deze vergadering annuleren", "fr": "Annuler cette réunion"}[lang]).follow()

    assert {"nl": "geannuleerd", "fr": "annulée"}[lang] in listed.text
    assert heard(mailbox)[1:] == [("meeting_cancelled", CHLOE.email)]
    letter = mailbox.last("meeting_cancelled")
    assert {"nl": "Geannuleerd: juryvergadering", "fr": "Annulé : réunion du jury"}[lang] in letter.subject.replace(
        "\xa0", " "
    )
    off = entry(chloe.get(CALENDAR, key=key, lang=lang))
    assert (str(off["STATUS"]), off["UID"]) == ("CANCELLED", before["UID"])
    assert (off["SEQUENCE"], off.walk("VALARM")) == (before["SEQUENCE"] + 300, [])
    assert audit_trail.history(f"meeting:{found.id}")[0].action == "meeting.cancelled"
    for endpoint in ("prepare", "live", "cancel"):
        page = els.get(f"meetings_staff.{endpoint}", key=key, lang=lang)
        assert {"nl": "Deze vergadering is geannuleerd", "fr": "Cette réunion a été annulée"}[lang] in page.text
    chloe.get("meetings_reviewer.follow", key=key, lang=lang)
    assert key not in chloe.get("review_reviewer.files", lang=lang).html
    els.post("meetings_staff.cancel", {}, status=409, key=key)
    assert len(heard(mailbox)) == 2


def test_a_meeting_that_decided_something_is_not_cancelled(
    els: SignedIn, chloe: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    found = planned(clock, chloe)
    queries.items(found.id)[0].outcome = State.RESERVE
    db.session.commit()

    page = els.get("meetings_staff.cancel", key=found.key)
    els.post("meetings_staff.cancel", {}, status=409, key=found.key)

    assert "Deze vergadering annuleren" not in page.buttons()
    assert heard(mailbox) == [("meeting_invited", CHLOE.email)]
    with pytest.raises(Conflict):
        actions.cancel(found, by=els.person, at=clock())


def test_whoever_loses_the_seat_hears_it_and_may_be_invited_again(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    found = planned(clock, chloe, daan)
    key, before = found.key, entry(daan.get(CALENDAR, key=found.key))
    clock.forward(minutes=5)
    els.post("meetings_staff.members", {"unseat": str(daan.person_id)}, key=key)
    els.post("meetings_staff.members", {"unseat": str(daan.person_id)}, key=key)

    off = entry(daan.get(CALENDAR, key=key))

    assert heard(mailbox)[2:] == [("meeting_seat_lost", DAAN.email)]
    assert (str(off["STATUS"]), off["UID"], off["SEQUENCE"]) == ("CANCELLED", before["UID"], before["SEQUENCE"] + 300)
    assert "STATUS" not in entry(chloe.get(CALENDAR, key=key))
    clock.forward(minutes=5)
    els.post("meetings_staff.members", {"person": str(daan.person_id), "role": "member"}, key=key)
    again = entry(daan.get(CALENDAR, key=key))
    assert ("STATUS" in again, again["SEQUENCE"]) == (False, before["SEQUENCE"] + 600)
    assert heard(mailbox)[3:] == [("meeting_invited", DAAN.email)]


def test_a_colleague_without_the_role_of_juror_is_led_to_the_page_of_the_team(
    greta: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    found = planned(clock, greta)

    letter = mailbox.last("meeting_invited", to=GRETA.email)

    assert greta.address("meetings_staff.live", key=found.key) in letter.text
    event = entry(greta.get(CALENDAR, key=found.key))
    assert event["URL"].endswith(greta.address("meetings_staff.live", key=found.key))
    assert greta.address(CALENDAR, key=found.key) in greta.get("meetings_staff.prepare", key=found.key).html


def test_nobody_else_gets_the_calendar_file(
    app: Flask, chloe: SignedIn, daan: SignedIn, amina: SignedIn, clock: Clock
) -> None:
    found = planned(clock, chloe)

    daan.get(CALENDAR, status=404, key=found.key)
    amina.get(CALENDAR, status=404, key=found.key)


def test_a_meeting_that_is_over_sends_no_letters(chloe: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    call, els = a_call(), known(ELS)
    over = clock() - timedelta(days=1)
    found = actions.plan(call, over, place=both("", ""), quorum=1, minutes_each=10, by=els, at=clock())
    actions.add_member(found, chloe.person, Role.MEMBER, by=els, at=clock())
    actions.replan(found, over - timedelta(days=1), place=both("", ""), quorum=1, minutes_each=10, by=els, at=clock())
    db.session.commit()

    assert heard(mailbox) == []


def test_the_heir_of_a_seat_is_invited(greta: SignedIn, els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    accounts.grant(els.person, PersonRole.REVIEWER, by="tests", at=clock())
    planned(clock)

    people.suspend(els.person, heir=greta.person, by="tests", at=clock())
    db.session.commit()

    assert heard(mailbox) == [("meeting_invited", GRETA.email)]
