"""Signing up: places, the waiting list, the letters, the page of one's own."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.core.errors import Conflict
from app.events import actions, jobs, queries
from app.events.models import Event, Registration
from app.events.rules import RegistrationStatus
from tests.builders import a_registration_key, an_event, both
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget

pytestmark = pytest.mark.usefixtures("app")

SIGN_UP, AGENDA, OWN = "events_public.sign_up", "events_public.agenda", "events_public.registration"


def join(event: Event, name: str = "Zoë", *, language: str = "nl") -> Registration:
    email = f"{name.lower()}@example.be"
    return actions.sign_up(event, name=name, email=email, language=language, at=the_clock.now())


def states(event: Event) -> dict[str, str]:
    found = db.session.scalars(select(Registration).where(Registration.event_id == event.id))
    return {one.name: one.state for one in found}


def test_somebody_signs_up_sees_the_place_and_gives_it_back(client: PageClient, mailbox: Mailbox) -> None:
    evening = an_event(both("Infosessie", "Séance d’info"), places=1)
    page = client.get("events_public.event", slug=evening.slug.fr, lang="fr")
    assert "Encore 1 place" in page.text

    form = page.click("S’inscrire")
    page = form.submit("S’inscrire", name="Zoë Janssens", email="Zoe@Example.be").follow()

    assert "zoe@example.be" in page.text
    letter = mailbox.last("event_confirmed", to="zoe@example.be")
    assert (letter.language, letter.subject) == ("fr", "Séance d’info\u00a0: vous avez une place")
    own = PageClient(client.app).get_path(mailbox.link("event_confirmed"))
    assert "Zoë Janssens, au plaisir de vous accueillir." in own.text
    assert "noindex" in own.html

    own = own.submit("Annuler mon inscription").follow()
    assert "Votre inscription est annulée." in own.text
    assert mailbox.kinds == ["event_confirmed", "event_cancelled"]
    assert "Encore 1 place" in client.get("events_public.event", slug=evening.slug.fr, lang="fr").text


def test_the_waiting_list_moves_up_in_its_order(client: PageClient, mailbox: Mailbox, clock: Any) -> None:
    evening = an_event(places=1)
    first, second, third = (join(evening, name) for name in ("Een", "Twee", "Drie") if clock.forward(seconds=1))
    assert states(evening) == {"Een": "confirmed", "Twee": "waiting", "Drie": "waiting"}
    assert "Volzet, 2 mensen op de wachtlijst" in client.get("events_public.event", slug=evening.slug.nl).text
    assert "plaats 2 van de wachtlijst" in client.get(OWN, key=a_registration_key(third)).text

    actions.cancel(first, at=clock())
    db.session.commit()

    assert states(evening) == {"Een": "cancelled", "Twee": "confirmed", "Drie": "waiting"}
    assert mailbox.last("event_moved_up").to_email == second.email
    assert [entry.action for entry in audit_trail.history(f"event:{evening.id}")] == [
        "event.moved_up",
        "event.cancelled",
        "event.signed_up",
        "event.signed_up",
        "event.signed_up",
    ]


def test_an_editor_who_makes_room_lets_people_in() -> None:
    evening = an_event(places=1)
    for name in ("Een", "Twee", "Drie"):
        join(evening, name)
    evening.places = 2
    db.session.commit()

    assert [jobs.fill_free_places(), jobs.fill_free_places()] == [1, 0]
    assert sorted(states(evening).values()) == ["confirmed", "confirmed", "waiting"]


def test_twice_is_once_and_tells_a_stranger_nothing(client: PageClient, mailbox: Mailbox) -> None:
    evening = an_event(places=5)
    typed = {"name": "Zoë", "email": "zoe@example.be"}
    first = client.get(SIGN_UP, slug=evening.slug.nl).submit("Schrijf je in", **typed).follow()

    second = PageClient(client.app).get(SIGN_UP, slug=evening.slug.nl).submit("Schrijf je in", **typed).follow()
    PageClient(client.app).get(SIGN_UP, slug=evening.slug.nl).submit("Schrijf je in", **typed)

    assert second.main.get_text() == first.main.get_text()
    assert mailbox.kinds == ["event_confirmed", "event_confirmed"]  # the second on demand, no third on the same day
    assert states(evening) == {"Zoë": "confirmed"}


def test_whoever_cancelled_may_come_back_at_the_end_of_the_line(clock: Any) -> None:
    evening = an_event(places=1)
    first = join(evening, "Een")
    actions.cancel(first, at=clock())
    actions.cancel(first, at=clock())
    clock.forward(minutes=1)
    join(evening, "Twee")

    clock.forward(minutes=1)
    again = join(evening, "Een")

    assert again.id == first.id
    assert states(evening) == {"Een": "waiting", "Twee": "confirmed"}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({"name": "", "email": "zoe@example.be"}, "Vul je naam in"),
        ({"name": "Zoë", "email": "geen adres"}, "Vul een e-mailadres met een @ in"),
        ({"name": "x" * 5000, "email": "zoe@example.be"}, "Maak deze tekst korter"),
        ({"name": "<b>'\"", "email": "a@b cc: x@example.be"}, "Vul één e-mailadres in"),
    ],
)
def test_mistakes_are_named_and_nothing_is_lost(client: PageClient, typed: dict[str, str], problem: str) -> None:
    evening = an_event()

    page = client.get(SIGN_UP, slug=evening.slug.nl).submit("Schrijf je in", status=422, skip={"typography"}, **typed)

    assert problem in page.problems[0]
    assert (page.value("name"), page.value("email")) == (typed["name"], typed["email"])
    assert states(evening) == {}


def test_a_machine_that_fills_in_everything_is_not_counted(client: PageClient) -> None:
    evening = an_event()
    typed = {"name": "Bot", "email": "bot@example.be", "website": "https://example.be"}

    client.get(SIGN_UP, slug=evening.slug.nl).submit("Schrijf je in", status=422, skip={"forms"}, **typed)

    assert states(evening) == {}


def test_nobody_signs_up_or_cancels_once_it_has_begun(client: PageClient, clock: Any) -> None:
    evening = an_event(places=1)
    first = join(evening, "Een")
    join(evening, "Twee")
    form = client.get(SIGN_UP, slug=evening.slug.nl)
    clock.set(evening.starts_at)

    page = form.submit("Zet mij op de wachtlijst", name="Laat", email="laat@example.be", status=422, skip={"forms"})
    assert page.h1 == "Je kunt je niet meer inschrijven"
    assert client.get(OWN, key=a_registration_key(first)).select("main button") == []
    client.post(OWN, key=a_registration_key(first), status=409)
    with pytest.raises(Conflict):
        join(evening, "Drie")
    assert states(evening) == {"Een": "confirmed", "Twee": "waiting"}
    assert actions.move_up(evening, at=clock()) == 0


def test_a_foreign_or_guessed_key_is_nothing(client: PageClient) -> None:
    client.get(OWN, key="x" * 32, status=404)
    client.post(OWN, key="x" * 32, status=404)
    client.get("events_public.signed_up", slug=an_event().slug.nl, status=302)


def test_everybody_with_a_place_is_reminded_once_the_day_before(mailbox: Mailbox, clock: Any) -> None:
    evening = an_event(both("Infosessie", "Séance"), places=2, in_days=7)
    join(evening, "Een", language="fr")
    actions.cancel(join(evening, "Twee"), at=clock())
    join(evening, "Drie")
    join(evening, "Vier")
    db.session.commit()
    assert jobs.remind() == 0

    clock.set(evening.starts_at - timedelta(hours=23))
    drie = queries.registration_of(evening.id, "drie@example.be")
    assert drie is not None
    actions.cancel(drie, at=clock())  # Vier moves up now, and needs no reminder on top
    db.session.commit()

    assert [jobs.remind(), jobs.remind()] == [1, 0]
    reminders = [letter for letter in mailbox.letters if letter.kind == "event_reminder"]
    assert [(letter.to_email, letter.subject) for letter in reminders] == [("een@example.be", "Demain\u00a0: Séance")]


def test_names_are_forgotten_six_months_later_and_the_count_stays(client: PageClient, clock: Any) -> None:
    evening = an_event(in_days=1)
    keys = [a_registration_key(join(evening, name)) for name in ("Een", "Twee")]
    clock.set(evening.ends_at)
    actions.mark_who_came(evening, {queries.attendance(evening.id)[0].id}, by="system", at=clock())
    db.session.commit()
    assert actions.forget(before=evening.ends_at - timedelta(seconds=1)) == 0

    done = [actions.forget(before=clock()), actions.forget(before=clock())]
    db.session.commit()

    assert done == [2, 0]
    assert queries.attendance(evening.id) == []
    assert queries.turnouts(clock(), 5)[0].came == 1
    client.get(OWN, key=keys[0], status=404)


def test_the_last_place_is_given_once(app: Flask) -> None:
    """Eight people press the button at the same moment."""
    event_id, failures = an_event(places=3).id, list[BaseException]()
    db.session.commit()

    def one(number: int) -> None:
        with app.app_context():
            try:
                with unit_of_work():
                    join(db.session.get_one(Event, event_id), f"Nr{number}")
            except BaseException as failure:  # noqa: BLE001 - shown below
                failures.append(failure)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    db.session.rollback()
    assert queries.taken(event_id) == {RegistrationStatus.CONFIRMED: 3, RegistrationStatus.WAITING: 5}


def test_the_agenda_shows_the_language_that_is_asked_for(client: PageClient) -> None:
    an_event(both("Nederlands", "Néerlandais"), language="nl")
    an_event(both("Frans", "Français"), language="fr", in_days=8)
    an_event(both("Samen", "Ensemble"), language="both", in_days=9)

    page = client.get(AGENDA, language="nl")

    assert page.select(".agenda h3") == ["Nederlands", "Samen"]
    assert page.select(".agenda nav a") == ["Alle talen", "In het Nederlands (2)", "In het Frans (2)"]
    assert len(client.get(AGENDA, language="xx").select(".agenda h3")) == 3
    assert client.get_path(page.links('.langs a[hreflang="fr"]')[0]).select(".agenda h3") == ["Néerlandais", "Ensemble"]


def walk(client: PageClient, selector: str, begin: str) -> list[str]:
    page, seen = client.get(AGENDA), list[str]()
    while True:
        assert_budget(page, 4)
        seen += [title for title in page.select(".agenda h3") if title.startswith(begin)]
        further = page.links(f"main {selector}")
        if not further:
            return seen
        page = client.get_path(further[0])


def test_a_long_agenda_is_walked_without_gap(client: PageClient) -> None:
    for number in range(65):
        an_event(both(f"Komt {number}", f"Vient {number}"), in_days=1 + number // 2)
    for number in range(25):
        an_event(both(f"Was {number}", f"Passé {number}"), in_days=-2 - number // 2)

    assert sorted(walk(client, 'a[rel="next"]', "Komt")) == sorted(f"Komt {number}" for number in range(65))
    assert sorted(walk(client, 'a[href*="before="]', "Was")) == sorted(f"Was {number}" for number in range(25))


def test_practice_data_is_marked_wherever_it_shows(client: PageClient) -> None:
    evening = an_event(is_rehearsal=True)

    assert "Données d’exercice" in client.get(AGENDA, lang="fr").text
    assert "Oefengegevens" in client.get("events_public.event", slug=evening.slug.nl).text
