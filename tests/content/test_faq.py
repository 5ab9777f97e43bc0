"""The frequent questions: on their page, in the search, as structured data, and under the hands of an editor."""

import json

import pytest
from flask import Flask

from app.content import queries
from app.content.rules import every_question, questions
from app.core.i18n.bilingual import LOCALES
from tests.builders import a_page, both
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn

FAQ = "content_public.faq"
DUTCH = "## Geld\n\n### Wat kost het? {#kost}\n\nNiets, zie [Contact](page:contact).\n\n### Voor wie?\n\nVoor **jou**."
FRENCH = "## Argent\n\n### Combien ça coûte ? {#cout}\n\nRien.\n\n### Pour qui ?\n\nPour vous."


@pytest.fixture
def page(app: Flask) -> None:
    a_page("faq", title=both("Vragen", "Questions"), lead=both("Over geld.", "Sur l’argent."), body=both(DUTCH, FRENCH))


def test_a_text_is_read_as_groups_of_questions() -> None:
    assert [(heading, [one.anchor for one in group]) for heading, group in questions(DUTCH)] == [
        ("Geld", ["kost", "voor-wie"])
    ]
    assert every_question(FRENCH)[0].title == "Combien ça coûte ?"
    assert every_question(FRENCH)[1].answer == "Pour vous."
    assert every_question("Nog geen vragen.") == []


@pytest.mark.usefixtures("page")
def test_each_question_opens_without_a_script_and_has_an_anchor(client: PageClient) -> None:
    dutch, french = client.get(FAQ), client.get(FAQ, lang="fr")

    assert (dutch.path, french.path) == ("/nl/veelgestelde-vragen", "/fr/questions-frequentes")
    assert dutch.select("details > summary") == ["Wat kost het?", "Voor wie?"]
    assert [tag["id"] for tag in french.soup.select("details > div")] == ["cout", "pour-qui"]
    assert dutch.links("details a") == ["/nl/contact"]
    assert_budget(dutch, 2)


@pytest.mark.usefixtures("page")
def test_machines_read_the_questions_too(client: PageClient) -> None:
    read = json.loads(str(client.get(FAQ).soup.select("script[type='application/ld+json']")[0].string))["@graph"][0]

    assert read["@type"] == "FAQPage"
    assert [(one["name"], one["acceptedAnswer"]["text"]) for one in read["mainEntity"]] == [
        ("Wat kost het?", "Niets, zie Contact."),
        ("Voor wie?", "Voor jou."),
    ]


def test_a_question_is_found_and_leads_to_its_place(client: PageClient, content: None) -> None:
    for lang, typed, address in (
        ("nl", "diploma", "/nl/veelgestelde-vragen#diploma"),
        ("fr", "diplôme", "/fr/questions-frequentes#diplome"),
    ):
        assert address in client.get_path(f"/{lang}/{'zoeken' if lang == 'nl' else 'recherche'}?q={typed}").links(
            ".hits a"
        )


def test_the_footer_programmes_and_contact_lead_there(client: PageClient, content: None) -> None:
    for endpoint in ("programmes_public.programmes", "contact_public.contact"):
        assert "/nl/veelgestelde-vragen" in client.get(endpoint).links("main a")
    assert "/fr/questions-frequentes" in client.get("content_public.news", lang="fr").links("footer a")


def test_the_starting_questions_stand_in_both_languages(content: None) -> None:
    page = queries.page("faq")
    asked = {code: every_question(page.body[code]) for code in LOCALES}  # type: ignore[union-attr]

    assert len(asked["nl"]) == len(asked["fr"]) >= 10
    for found in asked.values():
        assert len({one.anchor for one in found}) == len(found)
        assert all(one.answer for one in found)


@pytest.mark.usefixtures("page")
def test_an_editor_adds_a_question_in_both_languages_and_the_search_follows(farid: SignedIn) -> None:
    editor = farid.get("content_staff.page", key="faq")
    more = {"body_nl": f"{DUTCH}\n\n### En de zebra? {{#zebra}}\n\nOok.", "body_fr": FRENCH}

    wrong = editor.submit("Bewaar en publiceer", status=422, **more)
    assert "3" in wrong.problems[0]
    assert "zebra" in wrong.value("body_nl")

    editor.submit("Bewaar en publiceer", **more | {"body_fr": f"{FRENCH}\n\n### Et le zèbre ? {{#zebre}}\n\nAussi."})
    assert farid.get_path("/fr/recherche?q=zèbre").links(".hits a")[0] == "/fr/questions-frequentes#zebre"

    farid.get("content_staff.page", key="faq").submit("Bewaar en publiceer", body_nl=DUTCH, body_fr=FRENCH)
    assert farid.get_path("/fr/recherche?q=zèbre").links(".hits a") == []
