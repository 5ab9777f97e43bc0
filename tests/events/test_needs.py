"""What people need to take part: free, with consent, seen by who prepares the event, and soon gone."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.core import clock as the_clock
from app.core.audit.audit_trail import AuditEntry
from app.core.db.base import db
from app.core.errors import Conflict
from app.events import actions, queries
from app.events.models import AccessNeeds, Event, Registration
from app.events.rules import Needs, tally
from tests.builders import a_registration_key, an_event
from tests.letters import Mailbox
from tests.pages import Page, PageClient, assert_budget
from tests.people import SignedIn

pytestmark = pytest.mark.usefixtures("app")

SIGN_UP, OWN, CHANGE = "events_public.sign_up", "events_public.registration", "events_public.needs"
WORDS = "Ik lees traag, met een loep."
ASKED = Needs(("wheelchair", "front"), WORDS)
PERSON = {"name": "Zoë", "email": "zoe@example.be"}


def join(event: Event, name: str = "Zoë", needs: Needs = ASKED) -> Registration:
    email = f"{name.lower().replace('ë', 'e')}@example.be"
    made = actions.sign_up(event, name=name, email=email, language="nl", at=the_clock.now(), needs=needs)
    db.session.commit()
    return made


def stored() -> list[tuple[str, str]]:
    db.session.expire_all()
    return [(one.kinds, one.words) for one in db.session.scalars(select(AccessNeeds).order_by(AccessNeeds.id))]


def ticked(page: Page) -> list[str]:
    return [str(tag["value"]) for tag in page.main.select("input[name=needs][checked]")]


def test_without_a_need_nothing_is_kept(client: PageClient) -> None:
    client.get(SIGN_UP, slug=an_event().slug.nl).submit("Schrijf je in", **PERSON).follow()

    assert stored() == []


def test_what_is_asked_is_stored_with_the_moment_of_consent_and_stays_out_of_mails_and_logs(
    client: PageClient, mailbox: Mailbox, clock: Any, caplog: Any
) -> None:
    evening = an_event()

    form = client.get(SIGN_UP, slug=evening.slug.nl)
    form.submit("Schrijf je in", **PERSON, needs=["front", "wheelchair"], need_words=WORDS, needs_agreed="y").follow()

    assert stored() == [("wheelchair front", WORDS)]
    assert db.session.scalars(select(AccessNeeds.agreed_at)).one() == clock()
    letter = mailbox.last("event_confirmed", to="zoe@example.be")
    noted = [f"{one.action} {one.detail}" for one in db.session.scalars(select(AuditEntry))]
    written = " ".join([letter.subject, letter.text, letter.html, caplog.text, *noted])
    for word in ("loep", "rolstoel", "wheelchair", "vooraan", "front"):
        assert word not in written


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_need_without_consent_is_not_kept_and_nothing_typed_is_lost(client: PageClient, lang: str) -> None:
    evening = an_event()
    button = {"nl": "Schrijf je in", "fr": "S’inscrire"}[lang]
    typed: dict[str, Any] = {**PERSON, "needs": ["sign_lsfb"], "need_words": "Een ring"}

    page = client.get(SIGN_UP, slug=evening.slug[lang], lang=lang).submit(
        button, status=422, skip={"typography"}, **typed
    )

    problem = {"nl": "Vink je toestemming aan", "fr": "Cochez votre accord"}[lang]
    assert problem in page.problems[0]
    assert ticked(page) == ["sign_lsfb"]
    assert (page.value("name"), page.value("need_words").strip()) == ("Zoë", "Een ring")
    assert page.main.select("details[open]")
    assert (stored(), queries.taken(evening.id)) == ([], {})
    page.submit(button, needs_agreed="y").follow()
    assert stored() == [("sign_lsfb", "Een ring")]


def test_consent_without_a_need_keeps_nothing(client: PageClient) -> None:
    client.get(SIGN_UP, slug=an_event().slug.nl).submit("Schrijf je in", **PERSON, needs_agreed="y").follow()

    assert stored() == []


def test_the_mailed_link_shows_changes_and_removes_it(client: PageClient) -> None:
    key = a_registration_key(join(an_event()))
    own = client.get(OWN, key=key)
    assert "Toegang zonder trappen" in own.text
    assert WORDS in own.text

    page = own.click("Wijzig of wis dit")
    assert ticked(page) == ["wheelchair", "front"]
    own = page.submit("Bewaar wat ik nodig heb", needs=["plain"], need_words="").follow()
    assert stored() == [("plain", "")]
    assert "Uitleg in eenvoudige taal" in own.text

    own = own.click("Wijzig of wis dit").submit("Wis alles").follow()
    assert stored() == []
    page = own.click("Laat weten wat je nodig hebt").submit("Bewaar wat ik nodig heb", needs=["front"], status=422)
    assert "Vink je toestemming aan" in page.problems[0]
    assert ticked(page) == ["front"]


def test_leaving_all_empty_removes_it_too(client: PageClient) -> None:
    key = a_registration_key(join(an_event()))

    client.get(CHANGE, key=key).submit("Bewaar wat ik nodig heb", needs=[], need_words="", needs_agreed="y").follow()

    assert stored() == []


def test_whoever_only_types_the_address_again_changes_nothing(client: PageClient) -> None:
    evening = an_event()
    join(evening)
    join(evening, needs=Needs(("plain",)))
    assert stored() == [("wheelchair front", WORDS)]

    join(evening, "Twee", needs=Needs())
    join(evening, "Twee", needs=Needs(("plain",)))
    assert stored()[1:] == [("plain", "")]


def test_cancelling_forgets_it_at_once(clock: Any) -> None:
    found = join(an_event())

    actions.cancel(found, at=clock())
    db.session.commit()

    assert stored() == []
    with pytest.raises(Conflict):
        actions.keep_needs(found, ASKED, at=clock())


def test_once_it_has_begun_it_can_only_be_removed(client: PageClient, clock: Any) -> None:
    evening = an_event()
    first, second = join(evening), join(evening, "Twee", needs=Needs())
    clock.set(evening.starts_at)

    page = client.get(CHANGE, key=a_registration_key(first))
    assert page.buttons() == ["Wis alles"]
    client.get(CHANGE, key=a_registration_key(second), status=302)
    with pytest.raises(Conflict):
        actions.keep_needs(first, Needs(("plain",)), at=clock())
    page.submit("Wis alles").follow()
    assert stored() == []


def test_an_erased_address_takes_it_along(clock: Any) -> None:
    join(an_event())

    actions.forget_address("zoe@example.be", at=clock())
    db.session.commit()

    assert stored() == []


def test_a_week_after_the_event_it_is_gone_and_the_registration_stays(clock: Any) -> None:
    soon, later = an_event(in_days=1), an_event(in_days=9)
    join(soon)
    join(later)

    done = actions.forget_needs(before=soon.ends_at - timedelta(seconds=1)), actions.forget_needs(before=soon.ends_at)
    db.session.commit()

    assert done == (0, 1)
    assert len(stored()) == 1
    assert [one.name for one in queries.attendance(soon.id)] == ["Zoë"]


def test_a_guessed_key_opens_nothing(client: PageClient) -> None:
    client.get(CHANGE, key="x" * 32, status=404)
    client.post(CHANGE, key="x" * 32, status=404)


def test_needs_are_counted_in_the_order_of_the_list() -> None:
    assert tally(["front wheelchair", "wheelchair", ""]) == {"wheelchair": 2, "front": 1}


def test_the_team_sees_needs_places_and_the_line(farid: SignedIn) -> None:
    evening = an_event(places=2)
    for name, needs in (
        ("Een", ASKED),
        ("Twee", Needs(("wheelchair",))),
        ("Drie", Needs(("plain",))),
        ("Vier", Needs()),
    ):
        join(evening, name, needs)

    page = farid.get("events_staff.attendance", event_key=evening.key)

    assert "Ingenomen plaatsen: 2 van 2." in page.text
    assert page.select("main p > b") == ["Volzet, 2 mensen op de wachtlijst"]
    assert "rolstoel (2) Een plaats vooraan, om goed te zien of te horen (1)" in page.text
    assert "eenvoudige taal (1)" not in page.text  # still waits
    rows = page.select("tbody tr")
    assert WORDS in rows[0]
    assert "Op de wachtlijst (1)" in rows[2]
    assert "Op de wachtlijst (2)" in rows[3]
    assert_budget(page, 8)

    answer = farid.get("events_staff.attendance_file", event_key=evening.key)
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert table[0][-2:] == ["needs", "need_words"]
    assert [row[-2:] for row in table[1:]] == [["wheelchair front", WORDS], ["wheelchair", ""], ["plain", ""], ["", ""]]


def test_where_nobody_needs_anything_the_list_is_as_before(farid: SignedIn) -> None:
    evening = an_event()
    join(evening, needs=Needs())

    page = farid.get("events_staff.attendance", event_key=evening.key)

    assert "Noden" not in page.select("thead th")
    assert "Ingenomen plaatsen: 1 van 30. Nog 29 plaatsen" in page.text
