"""A colleague who words letters cannot come to see, or lead away, the link that signs somebody else in."""

import pytest
from flask import Flask

from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.mail.actions import composing, writing
from app.mail.models import OutgoingMail, Wording
from app.mail.rules.kinds import KINDS
from tests.builders import an_application
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.outboxes import a_file
from tests.pages import PageClient
from tests.people import GRETA, SignedIn, known

PAGE, LIST = "outbox_wording.wording", "outbox_staff.letters"
WITH_KEY = [kind for kind, known_kind in KINDS.items() if known_kind.has_secret_link]


def ask_link(client: PageClient, email: str) -> None:
    client.get("accounts_public.sign_in").submit("Stuur me de link", email=email)


def store_old_words(kind: str, subject: str, body: str, clock: Clock) -> None:
    """Words as a release could store them that had no rule yet."""
    db.session.add(Wording(kind=kind, subject=Bilingual(subject, subject), body=Bilingual(body, body), at=clock()))
    db.session.commit()


def test_letters_that_sign_somebody_in_are_known() -> None:
    assert set(WITH_KEY) == {
        "sign_in_link",
        "team_sign_in_link",
        "application_started",
        "application_started_again",
        "application_assisted",
        "application_invitation",
        "reader_invited",
    }


@pytest.mark.parametrize("kind", WITH_KEY)
def test_of_a_letter_with_a_key_only_the_greeting_is_taken(els: SignedIn, kind: str) -> None:
    words = {
        "seen": "",
        "subject_nl": "{url}",
        "subject_fr": "{url}",
        "body_nl": "Dag {name}",
        "body_fr": "Bonjour {name}",
    }

    els.post(PAGE, words, kind=kind)

    db.session.rollback()
    own = db.session.get_one(Wording, kind)
    assert (own.subject, own.body) == (Bilingual("", ""), Bilingual("Dag {name}", "Bonjour {name}"))


@pytest.mark.parametrize("greeting", ["Hier: {url}", "Dag {name}, evil.example", "https://evil.example", "{url}"])
def test_a_greeting_holds_no_address(els: SignedIn, greeting: str) -> None:
    els.post(PAGE, {"body_nl": greeting, "body_fr": "Bonjour {name}"}, kind="sign_in_link", status=422)

    db.session.rollback()
    assert db.session.get(Wording, "sign_in_link") is None


def test_the_greeting_is_that_of_the_team_and_the_link_ours(
    els: SignedIn, client: PageClient, bruno: SignedIn, mailbox: Mailbox
) -> None:
    els.get(PAGE, kind="sign_in_link").submit(
        "Deze tekst bewaren", body_nl="Hallo {name}!", body_fr="Salut {name}\u202f!"
    )

    ask_link(client, bruno.person.email)

    letter = mailbox.last("sign_in_link")
    assert letter.text.startswith("Hallo Bruno Claes!\n\n")
    assert "/nl/aanmelden/" in letter.text
    assert letter.subject == "Je link naar Coopcity"


def test_stored_old_words_neither_show_the_link_nor_lead_away(
    els: SignedIn, client: PageClient, clock: Clock, mailbox: Mailbox
) -> None:
    email = known(GRETA).email
    store_old_words("sign_in_link", "Link {url}", "Kom binnen:\nhttps://evil.example/?k={url}\n\n{url}", clock)

    ask_link(client, email)

    letter = mailbox.last("sign_in_link")
    assert letter.subject == "Je link naar Coopcity"
    assert "evil.example" not in letter.text + letter.html
    assert "/nl/aanmelden/" not in els.get(LIST).soup.select_one("tbody").get_text()  # type: ignore[union-attr]
    assert "niet gebruikt" in els.get(PAGE, kind="sign_in_link").text
    els.post("outbox_wording.test", {"once": "a"}, kind="sign_in_link", status=409)


def test_stored_old_words_of_any_kind_are_judged_again(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    application = a_file("De Spoel")
    store_old_words("place_given_up", "Jammer", "Meld je aan op //evil.example", clock)

    writing.queue(
        "place_given_up",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        key="a",
        about=application.ref,
        at=clock(),
        application=application,
    )
    db.session.commit()

    assert "evil.example" not in mailbox.last().text


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_nl": "Zie https://evil.example"},
        {"subject_nl": "Open {url}"},
        {"body_nl": "Klik: {url}"},
        {"body_nl": "Open:\n{url}\n\nOf www.evil.example"},
        {"body_fr": "[ici](http://evil.example)\n\nOuvrir :\n{url}"},
    ],
)
def test_no_kind_takes_an_address_elsewhere(els: SignedIn, wrong: dict[str, str]) -> None:
    fine = {
        "seen": "",
        "subject_nl": "Je plaats",
        "subject_fr": "Votre place",
        "body_nl": "Open:\n{url}",
        "body_fr": "Ouvrir\u00a0:\n{url}",
    }
    els.post(PAGE, fine | wrong, kind="place_confirmed", status=422)

    db.session.rollback()
    assert db.session.get(Wording, "place_confirmed") is None
    els.post(PAGE, fine, kind="place_confirmed")


def test_one_letter_is_not_led_elsewhere_by_hand(els: SignedIn, clock: Clock) -> None:
    application = an_application(submitted=True)
    letter = writing.queue(
        "place_given_up",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        key="b",
        about=application.ref,
        at=clock(),
        on_hold=True,
        application=application,
    )
    db.session.commit()
    assert letter is not None
    page = els.get("outbox_staff.edit", letter_id=letter.id)

    refused = page.submit("Deze tekst bewaren", status=422, body="Kom naar https://evil.example")
    page.submit("Deze tekst bewaren", status=422, subject="evil.example")

    assert "evil.example" in refused.problems[0]
    db.session.rollback()
    assert "evil" not in db.session.get_one(OutgoingMail, letter.id).text


def test_a_letter_with_a_key_is_not_edited_by_hand(
    els: SignedIn, client: PageClient, bruno: SignedIn, mailbox: Mailbox
) -> None:
    ask_link(client, bruno.person.email)

    els.get("outbox_staff.edit", letter_id=mailbox.last().id, status=409)


def test_no_subject_is_stored_with_a_key(app: Flask, clock: Clock, mailbox: Mailbox) -> None:
    url = f"{app.config['BASE_URL']}/fr/connexion/{'k' * 43}"

    writing.write_down(
        "sign_in_link",
        composing.Words.read(f"Voici {url}", "Bonjour"),
        to_name="Z",
        to_email="z@example.be",
        language="fr",
        key="x",
        about="person:1",
        at=clock(),
    )
    db.session.commit()

    assert mailbox.last().subject == f"Voici {app.config['BASE_URL']}/fr/connexion/…"
