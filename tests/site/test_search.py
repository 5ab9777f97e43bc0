"""The site's own search, and what an address where nothing is suggests."""

import pytest

from tests.builders import an_enterprise, an_event, both
from tests.pages import PageClient, assert_budget

SEARCH = "site_public.search"


def test_search_finds_every_kind_of_thing_in_its_language(client: PageClient, content: None) -> None:
    kinds = set()
    for typed in ("seeds", "casa legal", "infosessie", "jobs", "privacy", "coopcity"):
        page = client.get(SEARCH, q=typed)
        kinds |= set(page.select(".hits p:first-child"))
        assert page.links(".hits a"), typed
        for address in page.links(".hits a")[:3]:
            client.get_path(address)

    assert {"Programma", "Onderneming", "Agenda", "Nieuws", "Cijfer", "Pagina"} <= kinds


def test_search_marks_the_words_and_says_how_many(client: PageClient) -> None:
    an_enterprise("Casa", story=both("Juristen die <b>luisteren</b>.", "Des juristes."))
    an_enterprise("Atelier")

    page = client.get(SEARCH, q="jurist")

    assert page.select("h2")[0] == "1 resultaat"
    assert page.select(".hits mark") == ["Juristen"]
    assert "<b>luisteren</b>" in page.text
    assert page.value("q") == "jurist"


def test_search_is_walked_page_by_page(client: PageClient) -> None:
    for number in range(45):
        an_event(both(f"Avond {number}", f"Soirée {number}"))

    page, seen = client.get(SEARCH, q="avond"), list[str]()
    while True:
        seen += page.select(".hits h3")
        further = page.links(".pager a[rel=next]")
        if not further:
            break
        page = client.get_path(further[0])

    assert sorted(seen) == sorted(f"Avond {number}" for number in range(45))
    assert "41 tot 45 van 45" in page.text
    assert_budget(page, 3)


@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%00x", "q=zzzz&start=-1", "q=a&start=99999999999", "q=%ED%A0%80", "q=" + "x" * 3000, "q=%27%22*%29"],
)
def test_search_answers_whatever_is_asked(client: PageClient, query: str) -> None:
    status = 400 if "%00" in query else 200

    assert client.get_path(f"/nl/zoeken?{query}", status=status, skip={"typography"}).status == status


def test_an_empty_search_helps_on(client: PageClient) -> None:
    page = client.get(SEARCH, q="zzzz", lang="fr")

    assert page.select("h2")[0] == "Aucun résultat"
    assert {"/fr/programmes", "/fr/entreprises", "/fr/contact"} <= set(page.links("main a"))
    assert page.soup.select_one('meta[name="robots"]')["content"] == "noindex"  # type: ignore[index]
    assert "Que cherchez-vous" in client.get(SEARCH, lang="fr").text


def test_an_address_where_nothing_is_suggests_what_was_meant(client: PageClient) -> None:
    an_enterprise("Casa Legal", slug="casa-legal")

    page = client.get_path("/fr/entreprises/casa-legale-asbl", status=404)
    assert page.value("q") == "casa legale asbl"
    assert page.links(".hits a") == []

    page = client.get_path("/fr/societes/casa-legal.html", status=404)
    assert page.links(".hits a") == []
    page = client.get_path("/fr/societes/casa-legal", status=404)
    assert page.links(".hits a") == ["/fr/entreprises/casa-legal"]


def test_a_typing_error_is_said_and_the_field_keeps_what_was_typed(client: PageClient) -> None:
    an_enterprise("Casa", story=both("Alles over voeding.", "Tout sur l’alimentation."))

    page = client.get(SEARCH, q="alimentaton", lang="fr")

    assert (
        "Aucun résultat pour «\u00a0alimentaton\u00a0». Voici les résultats pour «\u00a0alimentation\u00a0»."
        in page.text
    )
    assert {word.lower() for word in page.select(".hits mark")} == {"alimentation"}
    assert page.value("q") == "alimentaton"
    assert_budget(page, 5)


def test_an_example_of_an_idea_is_found_and_leads_to_its_place(client: PageClient, content: None) -> None:
    page = client.get(SEARCH, q="repair café")

    assert page.links(".hits a")[0] == "/nl/welk-programma#idea-repair"
    assert page.select(".hits p:first-child")[0] == "Idee"


def test_what_a_form_asks_and_a_jury_looks_at_leads_to_the_programme(client: PageClient, content: None) -> None:
    for typed, lang in (("democratisch bestuur", "nl"), ("gouvernance démocratique", "fr")):
        page = client.get(SEARCH, q=typed, lang=lang)

        assert any(link.startswith(f"/{lang}/programm") for link in page.links(".hits a"))


def test_titles_are_proposed_while_words_are_typed(client: PageClient) -> None:
    an_enterprise("Casa Legal")
    an_enterprise("Casablanca")

    answer = client.browser.get("/nl/zoeken/suggesties?q=casa")

    assert sorted(answer.get_json()) == ["Casa Legal", "Casablanca"]
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert client.browser.get("/fr/recherche/suggestions?q=").get_json() == []
