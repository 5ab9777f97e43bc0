"""Slots of a call for the team: several at once, one moved with everybody told, removed, and the rule of the call."""

from datetime import timedelta

import pytest

from app.applications.rules.states import State
from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.interviews.actions import choosing
from app.interviews.queries import files, slots
from tests.builders import a_call
from tests.conftest import Clock
from tests.interviews.scene import invited, met
from tests.letters import Mailbox
from tests.panels import a_slot
from tests.people import CHLOE, DAAN, ELS, SignedIn, known
from tests.selection import a_conflict, a_reviewer

ALL, ONE = "interviews_staff.interviews", "interviews_staff.interview"
SLOT = "form:has([name=place_nl])"


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_several_slots_are_made_at_once_and_mistakes_keep_what_was_typed(els: SignedIn, lang: str) -> None:
    call = a_call()
    page = els.get("interviews_staff.new_slots", key=call.key, lang=lang)
    chosen = str(els.person_id)

    refused = page.submit(first="2027-02-30", length="3", place_nl="Zaal 1", place_fr="", people=[], status=422)

    assert len(refused.problems) == 4
    assert (refused.value("length"), refused.value("place_nl")) == ("3", "Zaal 1")
    fixed = {"first": "2027-03-26", "last": "2027-03-29", "begins": "9:00", "ends": "10:00", "length": "30"}
    made = refused.submit(**fixed, pause="0", place_fr="Salle 1", people=[chosen]).follow()
    hours = [the_clock.in_brussels(one.slot.starts_at) for one in slots.slots_of(call.id, els.person_id)]
    assert [f"{hour:%d %H:%M}" for hour in hours] == ["26 09:00", "26 09:30", "29 09:00", "29 09:30"]
    assert made.select(".key-figures dd")[3] == "4"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"first": ""}, "first"),
        ({"first": "2027-01-31"}, "first"),
        ({"last": "2027-03-01"}, "last"),
        ({"last": "2029-03-01"}, "last"),
        ({"begins": "25:00"}, "begins"),
        ({"ends": "09:10"}, "ends"),
        ({"first": "2027-03-28", "begins": "02:30"}, "begins"),
        ({"length": "x"}, "length"),
        ({"pause": "-1"}, "pause"),
        ({"link": "praten.example"}, "link"),
        ({"place_nl": "", "place_fr": ""}, "link"),
        ({"place_fr": ""}, "place_fr"),
        ({"language": "de"}, "language"),
        ({"people": ["0"]}, "people"),
        ({"people": ["x"]}, "people"),
    ],
)
def test_no_slot_is_made_of_nonsense(els: SignedIn, sent: dict[str, object], field: str) -> None:
    call = a_call()
    good = {
        "first": "2027-03-02",
        "last": "",
        "begins": "09:00",
        "ends": "12:00",
        "length": "30",
        "pause": "10",
        "place_nl": "Zaal 1",
        "place_fr": "Salle 1",
        "link": "",
        "language": "",
        "people": [str(els.person_id)],
    }

    page = els.post("interviews_staff.new_slots", good | sent, key=call.key, status=422)

    assert any(link.startswith(f"#{field}") for link in page.links("[role=alert] a"))
    assert slots.slots_of(call.id, els.person_id) == []


@pytest.mark.parametrize(("lang", "optional"), [("nl", "(mag leeg blijven)"), ("fr", "(facultatif)")])
def test_where_people_meet_is_not_called_optional(els: SignedIn, lang: str, optional: str) -> None:
    page = els.get("interviews_staff.new_slots", key=a_call().key, lang=lang)

    labels = {name: page.select(f"label[for={name}]")[0] for name in ("last", "place_nl", "place_fr", "link")}

    assert [name for name, words in labels.items() if optional in words] == ["last"]


def test_the_same_slots_twice_name_who_sits_there_already(els: SignedIn) -> None:
    call = a_call()
    page = els.get("interviews_staff.new_slots", key=call.key)
    good = {"first": "2027-03-02", "place_nl": "Zaal 1", "place_fr": "Salle 1", "people": [str(els.person_id)]}
    page.submit(**good)

    again = page.submit(**good, status=422)

    busy = "Els Peeters heeft dan al een ander gesprek: 2\u00a0maart, 9.00\u00a0uur"
    assert again.problems == [f"‘Leden van het gesprekspanel’: {busy}"]
    assert len(slots.slots_of(call.id, els.person_id)) == 5


def test_a_moment_that_somebody_has_is_moved_with_everybody_told(els: SignedIn, mailbox: Mailbox) -> None:
    file, interview, slot = met(people=(known(CHLOE),))
    a_reviewer(file.call, known(CHLOE))
    page = els.get("interviews_staff.slot", slot_key=slot.key)
    assert file.title in page.main.get_text()

    refused = page.submit(form=SLOT, begins="17:00", ends="16:00", place_nl="Zolder", status=422)
    assert (refused.value("ends"), refused.value("place_nl")) == ("16:00", "Zolder")
    moved = refused.submit(form=SLOT, ends="17:30", place_fr="Grenier", reason="De zaal is bezet.").follow()

    assert "Zolder" in moved.select("section:has(#slots) tbody tr")[0]
    db.session.expire_all()
    assert the_clock.in_brussels(slot.starts_at).hour == 17
    assert slot.interview_id == interview.id
    assert mailbox.kinds[-2:] == ["interview_moved", "table_changed"]
    assert "De zaal is bezet." in mailbox.last("interview_moved").text
    els.post("interviews_staff.remove_slot", slot_key=slot.key, status=409)


def test_a_moment_moves_only_where_whoever_comes_can_be_met(els: SignedIn, mailbox: Mailbox) -> None:
    file, _interview, slot = met(people=(known(ELS),))
    for part in (CHLOE, DAAN):
        a_reviewer(file.call, known(part))
    a_conflict(file, known(CHLOE))
    busy = a_slot(a_call(), hour=9, people=(known(DAAN),))
    day, form = f"{the_clock.day_of(busy.starts_at)}", SLOT
    page = els.get("interviews_staff.slot", slot_key=slot.key)

    language = page.submit(form=form, language="fr", status=422)
    close = page.submit(form=form, people=[str(known(CHLOE).id)], status=422)
    hours = {"day": day, "begins": "09:00", "ends": "09:30"}
    there = page.submit(form=form, **hours, people=[str(known(DAAN).id)], status=422)

    assert language.problems == ["De kandidaat diende het dossier in een andere taal in: kies een taal die past"]
    conflict = "Iemand die je aanvinkte, heeft een belangenconflict met het dossier van dit moment"
    assert close.problems == [f"‘Leden van het gesprekspanel’: {conflict}"]
    assert there.problems == [
        "‘Leden van het gesprekspanel’: Daan Willems heeft dan al een ander gesprek: 11\u00a0februari, 9.00\u00a0uur"
    ]
    assert mailbox.kinds.count("interview_moved") == 0


def test_a_slot_that_was_chosen_meanwhile_is_looked_at_again(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file, interview = invited()
    slot = a_slot(file.call, people=(known(ELS),))
    page = els.get("interviews_staff.slot", slot_key=slot.key)
    clock.forward(minutes=1)
    choosing.choose(interview, file, slot.key, url_of=lambda _file: "http://x.example", by=file.person, at=clock())

    again = page.submit("Bewaar het moment", begins="15:00", ends="15:30", status=422)

    assert again.problems == ["‘Dag’: Dit moment is intussen gewijzigd: kijk hierboven hoe het nu is en bewaar opnieuw"]
    assert (again.value("begins"), file.title in again.main.get_text()) == ("15:00", True)
    why = again.submit("Bewaar het moment", status=422)
    assert why.problems == ["‘Reden, voor de kandidaat’: Schrijf waarom, voor de mail aan de kandidaat"]
    why.submit("Bewaar het moment", reason="Els komt later.")
    assert mailbox.kinds[-1] == "interview_moved"


def test_a_free_slot_is_removed_once(els: SignedIn) -> None:
    key = a_slot(a_call(), people=(known(ELS),)).key
    page = els.get("interviews_staff.slot", slot_key=key)

    page.submit("Verwijder dit moment").follow()

    assert slots.slot_by_key(key) is None
    page.submit("Verwijder dit moment", status=404)
    els.get("interviews_staff.slot", slot_key=key, status=404)


def test_what_is_over_or_further_is_not_moved(els: SignedIn, clock: Clock) -> None:
    call = a_call()
    _one, _two, over = met(call, starts_at=clock() - timedelta(hours=1))
    further, _four, slot = met(call)
    further.state = State.JURY

    for one in (over, slot):
        els.get("interviews_staff.slot", slot_key=one.key, status=409)
    page = els.get(ALL, key=call.key)

    assert page.links("a[href*='/momenten/']") == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_team_says_until_when_applicants_change(els: SignedIn, lang: str) -> None:
    call = a_call()
    before = els.get(ALL, key=call.key, lang=lang)
    assert {"nl": "tot 24 uur voor het gesprek", "fr": "jusqu’à 24 heures avant l’entretien"}[lang] in before.text
    rule = els.get("interviews_staff.plan", key=call.key, lang=lang)

    for typed in ("", "0", "337", "x", "1.5"):
        refused = rule.submit(notice_hours=typed, status=422)
        assert (len(refused.problems), refused.value("notice_hours")) == (1, typed)
    kept = refused.submit(notice_hours="48").follow()

    assert "48" in kept.text
    assert files.plan_of(call.id).notice_hours == 48
    assert audit_trail.history(f"call:{call.id}")[0].action == "call.interviews_planned"
