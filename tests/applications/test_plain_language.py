"""The form in plain language: chosen by a button, remembered, and never a change of what is asked or stored."""

import pytest
from flask import Flask

from app.accounts.models import Person
from app.applications.models import Application
from app.applications.queries.files import open_file
from app.core.db.base import db
from tests.builders import a_call, a_version, an_application, the_form
from tests.pages import Page
from tests.people import AMINA, SignedIn, signed_in

QUESTION = next(one for section in the_form()["section"] for one in section["question"] if one["key"] == "need")
SHOW = {"nl": "Toon eenvoudige taal en voorbeelden", "fr": "Afficher en langage simple, avec des exemples"}


@pytest.fixture
def draft(amina: SignedIn) -> Application:
    """Amina's draft with the real form."""
    return an_application(call=a_call(version=a_version(the_form())), person=amina.person)


def section(who: SignedIn, file: Application, lang: str) -> Page:
    return who.get("applications_writer.section", lang=lang, key=file.key, part="purpose")


def helped(page: Page) -> list[str]:
    """What is read with the field of the question: its describing texts, in order."""
    area = page.soup.select_one("textarea[name=need]")
    ids = area["aria-describedby"].split()  # type: ignore[index, union-attr]
    return [page.soup.find(id=one).get_text(" ", strip=True) for one in ids if not one.endswith("-c")]  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_button_shows_the_simple_text_and_the_example_and_back(
    amina: SignedIn, draft: Application, lang: str
) -> None:
    page = section(amina, draft, lang)
    assert helped(page) == [QUESTION["help"][lang]]

    plain = page.submit("do=plain").follow()
    said = {"nl": "Voorbeeld: ", "fr": "Exemple\u00a0: "}[lang] + QUESTION["example"][lang]
    assert helped(plain) == [QUESTION["simple"][lang], said]
    assert plain.soup.select_one("label[for=need]").get_text().strip() == QUESTION["label"][lang]  # type: ignore[union-attr]

    assert helped(plain.submit("do=usual").follow()) == [QUESTION["help"][lang]]


def test_what_is_typed_is_saved_and_the_fields_stay_the_same(amina: SignedIn, draft: Application) -> None:
    page = section(amina, draft, "nl")
    names = [tag.get("name") for tag in page.soup.select("form[data-autosave] [name]") if tag.get("name") != "do"]

    plain = page.submit("do=plain", need="Half afgewer").follow()

    assert plain.value("need") == "Half afgewer"
    assert open_file(draft).answers["need"] == "Half afgewer"
    assert [
        tag.get("name") for tag in plain.soup.select("form[data-autosave] [name]") if tag.get("name") != "do"
    ] == names


def test_an_answer_that_is_wrong_is_saved_without_scolding(amina: SignedIn, draft: Application) -> None:
    plain = section(amina, draft, "nl").submit("do=plain", need="").follow()

    assert plain.problems == []
    assert QUESTION["simple"]["nl"] in plain.text


def test_the_choice_holds_on_every_page_and_on_every_device(amina: SignedIn, draft: Application) -> None:
    tasks = amina.get("applications_applicant.tasks", key=draft.key)
    tasks.submit(SHOW["nl"]).follow()

    assert QUESTION["simple"]["nl"] in section(amina, draft, "nl").text
    assert db.session.get_one(Person, draft.person_id, populate_existing=True).plain_language
    elsewhere = SignedIn(amina.app, amina.person)
    assert QUESTION["simple"]["fr"] in section(elsewhere, draft, "fr").text


def test_the_optional_questions_are_simple_too(amina: SignedIn, draft: Application) -> None:
    amina.get("applications_applicant.tasks", key=draft.key).submit(SHOW["nl"])

    page = amina.get("applications_applicant.check", key=draft.key)

    assert "Hoe oud ben je? Je mag deze vraag overslaan." in page.text


def test_a_form_without_plain_texts_offers_no_switch(amina: SignedIn) -> None:
    form = the_form()
    for one in (*form["monitoring"], *(asked for part in form["section"] for asked in part["question"])):
        for each in (one, *one.get("field", [])):
            each.pop("simple"), each.pop("example")
    file = an_application(call=a_call(version=a_version(form)), person=amina.person)

    assert "do=plain" not in str(section(amina, file, "nl").soup)
    assert section(amina, file, "nl").soup.select("[value=plain]") == []
    assert amina.get("applications_applicant.tasks", key=file.key).soup.select("[value=plain]") == []


def test_an_unknown_choice_is_refused(amina: SignedIn, draft: Application) -> None:
    amina.post("applications_applicant.choose_words", {"do": "loud"}, key=draft.key, status=409)


def test_somebody_who_typed_an_address_chooses_for_this_device_only(app: Flask) -> None:
    visitor = signed_in(app, AMINA, confirmed=False)
    file = an_application(call=a_call(version=a_version(the_form())), person=visitor.person)
    file.started_in_id = visitor.sign_in_id
    db.session.commit()

    section(visitor, file, "nl").submit("do=plain").follow()

    assert QUESTION["simple"]["nl"] in section(visitor, file, "nl").text
    assert not db.session.get_one(Person, file.person_id, populate_existing=True).plain_language
