"""Who has a file for a call is asked whether to go on with it; nobody else learns that it exists."""

from typing import Any

import pytest
from flask import Flask

from app.applications.models import Application
from app.core.db.base import db
from app.programmes.models import Call
from tests.builders import a_call, a_programme, an_application
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import SignedIn


@pytest.fixture
def call(app: Flask) -> Call:
    """An open call."""
    return a_call()


def how_many() -> int:
    return db.session.query(Application).count()


@pytest.mark.parametrize(
    ("lang", "words", "again"),
    [
        ("nl", "Je hebt al een kandidatuur voor deze oproep", "Een andere kandidatuur beginnen"),
        ("fr", "Vous avez déjà une candidature pour cet appel", "Commencer une autre candidature"),
    ],
)
def test_who_has_a_file_is_asked_and_may_go_both_ways(
    amina: SignedIn, call: Call, lang: str, words: str, again: str
) -> None:
    file = an_application(call=call, person=amina.person)
    slug = call.programme.slug[lang]

    page = amina.get("applications_public.start", lang=lang, slug=slug)

    assert page.h1 == words
    assert amina.address("applications_applicant.status", lang=lang, key=file.key) in page.links()
    form = page.submit(again, status=200)
    assert form.h1 != words
    form.submit("Begin" if lang == "nl" else "Commencer", name="Amina", email=amina.person.email, language=lang)
    assert how_many() == 2


def test_who_sends_the_form_twice_is_asked_with_everything_typed_kept(amina: SignedIn, call: Call) -> None:
    page = amina.get("applications_public.start", slug=call.programme.slug["nl"])
    typed: dict[str, Any] = {"name": "Amina H.", "email": amina.person.email, "language": "fr"}
    page.submit("Begin", **typed)

    asked = page.submit("Begin", **typed, status=409)

    assert asked.h1 == "Je hebt al een kandidatuur voor deze oproep"
    assert how_many() == 1
    asked.submit("Een andere kandidatuur beginnen")
    newest = db.session.query(Application).order_by(Application.id.desc()).first()
    assert newest is not None
    assert (how_many(), newest.language) == (2, "fr")


def test_a_stranger_learns_nothing_and_the_owner_gets_a_mail(
    client: PageClient, amina: SignedIn, call: Call, mailbox: Mailbox
) -> None:
    an_application(call=call, person=amina.person)
    start = client.get("applications_public.start", slug=call.programme.slug["nl"])

    known = start.submit("Begin", name="X", email=amina.person.email, language="nl")

    assert mailbox.last("application_started_again").to_email == amina.person.email
    other = start.submit("Begin", name="X", email="nobody@example.be", language="nl")
    assert mailbox.last("application_started").to_email == "nobody@example.be"
    assert known.status == other.status == 303
    assert known.location.rpartition("/")[0].count("/") == other.location.rpartition("/")[0].count("/")
    link = client.get_path(mailbox.link("application_started_again")).submit().follow()
    assert len(link.links("main li h2 a")) == 2


def test_a_withdrawn_file_and_a_file_of_another_call_ask_nothing(amina: SignedIn, call: Call) -> None:
    file = an_application(call=call, person=amina.person)
    an_application(call=a_call(a_programme("blossom")), person=amina.person)
    file.state = "withdrawn"

    page = amina.get("applications_public.start", slug=call.programme.slug["nl"])

    assert "Begin" in page.buttons()
