"""A visitor writes, the team is told, answers and says so; later nobody knows any more."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contact import actions, queries
from app.contact.models import Message
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.text.markdown import quoted
from tests.builders import a_page
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import ELS, GRETA, SignedIn, known

CONTACT, INBOX, ONE = "contact_public.contact", "contact_staff.messages", "contact_staff.message"
TYPED = {"name": "Zoë Janssens", "email": "zoe@example.be", "text": "Goeiedag,\n\nik heb een vraag."}


def a_message(number: int = 0) -> Message:
    return actions.receive(
        f"key-{number:020}", name="Zoë", email="zoe@example.be", language="fr", text="Bonjour", at=the_clock.now()
    )


@pytest.fixture(autouse=True)
def contact_page(app: Flask) -> None:
    """The page that carries the form."""
    a_page("contact")


def how_many() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Message)) or 0


def test_reading_the_contact_page_leaves_no_cookie(client: PageClient) -> None:
    page = client.get(CONTACT)

    assert "Set-Cookie" not in page.headers
    assert page.headers["ETag"] == client.get(CONTACT).headers["ETag"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elders.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
        ({}, 303),
    ],
)
def test_a_form_of_another_site_is_refused(client: PageClient, headers: dict[str, str], status: int) -> None:
    page = client.open("POST", client.address(CONTACT), status=status, data=TYPED, headers=headers)

    assert "Set-Cookie" not in page.headers or status == 303
    assert how_many() == (status == 303)


def test_the_old_address_leads_to_the_form_and_a_form_still_open_arrives(client: PageClient) -> None:
    old = client.get("contact_public.write", lang="fr", status=308)
    sent = client.open("POST", client.address("contact_public.write"), status=308, data=TYPED)

    assert old.location == "/fr/contact#bericht"
    assert client.get_path("/fr/contact").select("h2#bericht") == ["Nous écrire"]
    assert sent.location.startswith("/nl/contact")


def test_a_message_arrives_at_every_colleague_in_their_language(client: PageClient, mailbox: Mailbox) -> None:
    known(ELS)
    known(GRETA).language = "fr"
    db.session.commit()

    page = client.get(CONTACT).submit("Verstuur het bericht", **TYPED).follow()

    assert page.h1 == "We hebben je bericht goed ontvangen"
    assert [(letter.to_email, letter.language) for letter in mailbox.letters] == [
        (ELS.email, "nl"),
        (GRETA.email, "fr"),
    ]
    assert "> ik heb een vraag." in mailbox.last(to=ELS.email).text
    assert mailbox.last(to=GRETA.email).text.count("/fr/equipe/messages/") == 1


def test_nobody_in_the_team_means_no_letter_and_no_loss(client: PageClient, mailbox: Mailbox) -> None:
    client.get(CONTACT).submit("Verstuur het bericht", **TYPED)

    assert (mailbox.letters, how_many()) == ([], 1)


def test_the_same_page_sent_twice_is_one_message(client: PageClient) -> None:
    form = client.get(CONTACT)

    form.submit("Verstuur het bericht", **TYPED)
    form.submit("Verstuur het bericht", **TYPED)
    form.submit("Verstuur het bericht", **TYPED | {"text": "Nog een vraag."})

    assert how_many() == 2


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"name": ""}, "Vul je naam in"),
        ({"email": "zoe"}, "Vul een e-mailadres met een @ in"),
        ({"text": " "}, "Schrijf je bericht"),
        ({"text": "é" * 5001}, "Maak deze tekst korter"),
    ],
)
def test_mistakes_are_named_and_nothing_is_lost(client: PageClient, changed: dict[str, str], problem: str) -> None:
    typed = TYPED | changed

    page = client.get(CONTACT).submit("Verstuur het bericht", status=422, **typed)

    assert problem in page.problems[0]
    label = page.select(f"label[for={page.links('.error-summary a')[0][1:]}]")[0]
    assert label.casefold().removeprefix("je ") in page.problems[0].casefold()
    assert page.select(".error") == [f"Fout: {page.problems[0]}"]
    assert page.value("name") == typed["name"]
    assert page.value("text").replace("\r", "").strip() == typed["text"].strip()
    assert how_many() == 0


def test_a_machine_is_not_heard(client: PageClient) -> None:
    page = client.get(CONTACT)

    page.submit("Verstuur het bericht", status=422, skip={"forms"}, website="https://example.be", **TYPED)

    assert how_many() == 0


def test_words_of_strangers_make_no_button_in_a_letter() -> None:
    assert quoted("Klik hier\nhttps://example.be\n\n- een\n= plaat") == (
        "> Klik hier\n> https://example.be\n> - een\n> = plaat"
    )


def test_the_inbox_shows_what_waits_first_and_a_message_is_handled_and_put_back(els: SignedIn, clock: Any) -> None:
    a_message(1)
    clock.forward(hours=1)
    second = a_message(2)
    assert els.get("dashboard_staff.desk").select(".todo b") == ["2"]

    page = els.get(ONE, key=second.key).submit("Afgehandeld").follow()
    assert "Els Peeters" in page.text
    assert [row.split()[-1] for row in els.get(INBOX).select("tbody tr")] == ["Wacht", "Afgehandeld"]
    assert els.get("dashboard_staff.desk").select(".todo b") == ["1"]

    els.get(ONE, key=second.key).submit("Terugzetten bij de berichten die wachten")
    assert queries.how_many_wait() == 2
    els.get(ONE, key="nergens", status=404)


def test_the_inbox_takes_the_same_statements_for_one_and_for_many(els: SignedIn) -> None:
    for number in range(30):
        a_message(number)
        if number in (0, 2, 29):
            assert_budget(els.get(INBOX), 6)


def test_what_was_handled_is_forgotten_and_what_waits_is_not(els: SignedIn, clock: Any) -> None:
    actions.handle(a_message(1), by=els.person, at=clock())
    a_message(2)
    db.session.commit()
    clock.forward(days=184)

    done = [actions.forget(before=clock()), actions.forget(before=clock())]
    db.session.commit()

    assert done == [1, 0]
    assert how_many() == 1
