"""What the contact page shows, and the copy that a visitor asks for."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.contact.models import Message
from app.content import queries as content
from app.core.db.base import db
from tests.builders import a_page, both
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import ELS, SignedIn, known

CONTACT = "contact_public.contact"
TYPED = {"name": "Zoë Janssens", "email": "zoe@example.be", "text": "Goeiedag,\n\nik heb een vraag."}
SEND = "Verstuur het bericht"


@pytest.fixture(autouse=True)
def contact_page(app: Flask) -> None:
    """The page that carries the form."""
    a_page("contact")


def part(name: str, nl: str, fr: str) -> None:
    a_page(f"contact_{name}", title=both(f"{name} nl", f"{name} fr"), lead=both(nl, fr), body=both(""))


def test_what_the_team_did_not_fill_in_does_not_show(client: PageClient) -> None:
    part("phone", "", "")
    part("hours", "maandag tot vrijdag\n9 tot 12 uur", "du lundi au vendredi\nde 9 à 12 h")

    page, in_french = client.get(CONTACT), client.get(CONTACT, lang="fr")

    assert page.select(".practical h2") == ["hours nl"]
    assert in_french.select(".practical p") == ["du lundi au vendredi de 9 à 12 h"]


def test_a_phone_number_can_be_called_and_an_address_is_on_a_map(client: PageClient) -> None:
    part("phone", "02 123 45 67", "02 123 45 67")
    part("address", "Coenraetsstraat 72, 1060 Sint-Gillis", "Rue Coenraets 72, 1060 Saint-Gilles")

    page = client.get(CONTACT, lang="fr")

    assert page.links(".practical a") == [
        "tel:021234567",
        "https://www.openstreetmap.org/search?query=Rue%20Coenraets%2072%2C%201060%20Saint-Gilles",
    ]
    assert "Anderlecht, Forest et Ixelles" in str(page.soup.select(".town-map")[0]["aria-label"])
    assert "Elsene" in client.get(CONTACT).select(".town-map")[0]
    told = json.loads(page.soup.select("script[type='application/ld+json']")[0].string)["@graph"]
    assert told[0]["address"]["streetAddress"] == "Rue Coenraets 72"


def test_an_address_elsewhere_has_no_map_of_saint_gilles(client: PageClient) -> None:
    part("address", "Wetstraat 1, 1000 Brussel", "Rue de la Loi 1, 1000 Bruxelles")

    page = client.get(CONTACT)

    assert page.select(".town-map") == []
    assert len(page.links(".practical a")) == 1


def test_the_team_fills_in_the_hours(farid: SignedIn, client: PageClient) -> None:
    part("hours", "", "")

    editor = farid.get("content_staff.page", key="contact_hours")
    editor.submit(
        "Bewaar en publiceer", title_nl="Uren", title_fr="Heures", lead_nl="9 tot 12 uur", lead_fr="de 9 à 12 h"
    )

    assert "contactpagina" in editor.text
    assert editor.links(".desk-head .actions a") == ["/nl/contact", "/fr/contact"]
    assert content.page("contact_hours").lead == both("9 tot 12 uur", "de 9 à 12 h")  # type: ignore[union-attr]
    assert "9 tot 12 uur" in client.get(CONTACT).select(".practical p")


def test_the_contact_page_has_a_budget(client: PageClient) -> None:
    part("hours", "9 tot 12 uur", "de 9 à 12 h")

    assert_budget(client.get(CONTACT), 2)


def test_what_is_typed_goes_along_to_the_other_language(client: PageClient) -> None:
    page = client.get(CONTACT)

    in_french = page.submit("Continuer en français, avec ce que j’ai écrit", status=200, **TYPED, copy="y")

    assert (in_french.lang, in_french.value("name")) == ("fr", TYPED["name"])
    assert in_french.value("text").replace("\r", "").strip() == TYPED["text"]
    assert in_french.soup.select("#copy[checked]")
    assert in_french.problems == []
    assert db.session.scalar(select(Message)) is None


def test_a_copy_goes_out_only_after_the_mailed_link_is_confirmed(client: PageClient, mailbox: Mailbox) -> None:
    known(ELS)

    receipt = client.get(CONTACT).submit(SEND, **TYPED, copy="y").follow()
    offer = mailbox.last("message_copy_link", to=TYPED["email"])
    page = client.get_path(mailbox.link_of(offer))

    assert "zeven dagen" in receipt.text
    assert TYPED["email"] in receipt.text
    assert not {"Zoë", "vraag"} & set(offer.text.replace(".", " ").split())  # nothing that was typed
    assert sorted(mailbox.kinds) == ["message_copy_link", "message_received"]

    done = page.submit("De kopie naar mij sturen").follow()
    page.submit("De kopie naar mij sturen")

    assert done.h1 == "Je kopie is onderweg"
    assert mailbox.kinds.count("message_copy") == 1
    assert "> ik heb een vraag." in mailbox.last("message_copy", to=TYPED["email"]).text
    assert db.session.scalar(select(Message.copied_at)) is not None


def test_a_copy_in_french(client: PageClient, mailbox: Mailbox) -> None:
    client.get(CONTACT, lang="fr").submit("Envoyer le message", **TYPED, copy="y")

    page = client.get_path(mailbox.link("message_copy_link"))
    page.submit("M’envoyer la copie")

    assert (page.lang, page.h1) == ("fr", "La copie de votre message")
    assert "Vous nous avez écrit" in mailbox.last("message_copy").text


def test_without_the_box_nothing_goes_to_the_typed_address(client: PageClient, mailbox: Mailbox) -> None:
    receipt = client.get(CONTACT).submit(SEND, **TYPED).follow()

    assert mailbox.letters == []
    assert "kopie" not in receipt.text


def test_the_link_of_a_copy_ends_and_a_wrong_one_tells_nothing(
    client: PageClient, mailbox: Mailbox, clock: Any
) -> None:
    client.get(CONTACT).submit(SEND, **TYPED, copy="y")
    link = mailbox.link("message_copy_link")
    page = client.get_path(link)
    clock.forward(days=8)

    late = client.get_path(link, status=410)
    page.submit("De kopie naar mij sturen", status=410)

    assert late.text == client.get("contact_public.copy", key="x" * 43, status=410).text
    assert mailbox.kinds == ["message_copy_link"]


def test_nobody_fills_a_mailbox_with_links(client: PageClient, mailbox: Mailbox) -> None:
    for number in range(5):
        receipt = client.get(CONTACT).submit(SEND, **TYPED | {"text": f"Vraag {number}"}, copy="y").follow()

    assert mailbox.kinds == ["message_copy_link"] * 3
    assert "Je krijgt geen kopie" in receipt.text
    assert "wel aangekomen" in receipt.text
