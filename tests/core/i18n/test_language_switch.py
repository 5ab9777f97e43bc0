"""Every form can be shown in the other language with what was typed, without a script and without doing anything."""

from typing import Any

import pytest
from sqlalchemy import func, select

from app.applications.models import Application
from app.applications.queries import files
from app.contact.models import Message
from app.core.db.base import db
from app.events.models import Registration
from app.mail.models import OutgoingMail
from tests.builders import a_call, a_page, an_application, an_event, both
from tests.pages import PageClient
from tests.people import SignedIn

TYPED = {"name": "Zoë", "email": "zoe@exemple"}  # not right: nothing may be said about that yet


def nothing_was_done() -> None:
    db.session.rollback()
    for model in (Message, Registration, Application, OutgoingMail):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


@pytest.mark.parametrize("place", ["contact", "event", "start", "sign in"])
def test_a_form_keeps_what_was_typed_and_does_nothing(client: PageClient, place: str) -> None:
    endpoint, values, typed = {
        "contact": ("contact_public.contact", {}, TYPED | {"text": "Een lang\nverhaal"}),
        "event": ("events_public.sign_up", {"slug": an_event(slug=both("avond", "soiree")).slug.nl}, TYPED),
        "start": ("applications_public.start", {"slug": a_call().programme.slug.nl}, TYPED | {"language": "fr"}),
        "sign in": ("accounts_public.sign_in", {"next": "/nl/mijn-dossier"}, {"email": "zoe@exemple"}),
    }[place]
    a_page("contact")
    page = client.get(endpoint, **values)

    other = page.submit("do=switch", status=200, **typed)

    assert other.lang == "fr"
    assert {name: str(other.value(name)).replace("\r", "").strip() for name in typed} == typed
    assert other.problems == []
    nothing_was_done()
    assert other.submit("do=switch", status=200).lang == "nl"


def test_the_questions_of_the_finder_and_of_the_check_keep_their_answers(client: PageClient, content: None) -> None:
    finder = client.get("programmes_public.finder")
    check = client.get("programmes_check.conditions", slug="seeds")

    for page in (finder, check):
        name = next(str(one["name"]) for one in page.soup.select("main input[type=radio]"))
        chosen = str(page.soup.select_one(f"main input[name={name}]")["value"])
        other = page.submit("do=switch", form="main form", status=200, **{name: chosen})
        assert other.lang == "fr"
        assert other.value(name) == chosen
        assert page.submit("do=switch", form="main form", status=200).problems == []


def test_a_section_is_saved_before_it_is_shown_in_the_other_language(amina: SignedIn) -> None:
    draft = an_application(call=a_call(), person=amina.person)
    page = amina.get("applications_writer.section", key=draft.key, part="words")

    other = page.submit("do=switch", a_long_text="Halverwege", a_email="geen adres").follow()

    assert other.lang == "fr"
    assert other.value("a_long_text") == "Halverwege"
    stored: dict[str, Any] = files.open_file(draft).answers
    assert (stored["a_long_text"], stored["a_email"]) == ("Halverwege", "geen adres")
