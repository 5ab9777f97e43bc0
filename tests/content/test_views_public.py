"""News, about, contact and the legal pages, as visitors read them."""

from datetime import date
from typing import Any

import pytest

from app.content.rules import PLACES
from app.content.views.public import PICTURED
from app.core.drawings.facade import facade
from tests.builders import a_funding_round, a_page, a_partner, an_article, an_enterprise, both
from tests.pages import PageClient, assert_budget

WRITTEN = ["about", "contact", "privacy", "accessibility"]


@pytest.mark.parametrize("key", WRITTEN)
def test_page_shows_what_editors_wrote_in_the_readers_language(client: PageClient, key: str) -> None:
    a_page(
        key,
        title=both(f"Titel {key}", f"Titre {key}"),
        lead=both(f"Waarover {key} gaat.", f"De quoi parle {key}."),
        body=both("## Eerst\n\nMet **nadruk**.", "## D’abord\n\nAvec **force**."),
    )

    dutch, french = client.get(PLACES[key]), client.get(PLACES[key], lang="fr")

    assert (dutch.h1, french.h1) == (f"Titel {key}", f"Titre {key}")
    assert dutch.title == f"Titel {key} — Coopcity"
    assert f"Waarover {key} gaat." in dutch.text
    assert "Eerst" in dutch.select("h2")
    assert french.select("strong") == ["force"]
    assert dutch.soup.select_one('meta[name="description"]')["content"] == f"Waarover {key} gaat."  # type: ignore[index]


@pytest.mark.parametrize("key", [*WRITTEN, "news"])
def test_page_that_nobody_wrote_is_a_404(client: PageClient, key: str) -> None:
    client.get(PLACES[key], status=404)


def test_no_markup_of_an_editor_reaches_the_page(client: PageClient) -> None:
    evil = "## <b>Kop</b>\n\n<script>alert(1)</script> [klik](javascript:alert(1)) ![x](https://example.be/x.png)"
    a_page("contact", body=both(evil), title=both("<i>Contact</i>"))

    page = client.get("contact_public.contact")

    assert page.h1 == "<i>Contact</i>"
    assert page.main.select("script:not([src]), img, b") == []
    assert not [link for link in page.links() if "javascript" in link]


def test_named_links_lead_to_pages_of_the_readers_language(client: PageClient) -> None:
    an_enterprise(slug="casa-legal")
    links = "[Casa](enterprise:casa-legal), [cijfers](page:impact), [nieuws](page:news), [niets](page:bestaat-niet)"
    a_page("contact", body=both(links))

    assert client.get("contact_public.contact").links(".prose a") == [
        "/nl/ondernemingen/casa-legal",
        "/nl/impact",
        "/nl/nieuws",
    ]
    page = client.get("contact_public.contact", lang="fr")
    assert page.links(".prose a") == ["/fr/entreprises/casa-legal", "/fr/impact", "/fr/actualites"]
    assert "niets" in page.text


def test_about_shows_partners_with_their_roles_and_who_pays(client: PageClient) -> None:
    a_page("about")
    a_partner("SAW-B", role=both("Federatie", "Fédération"))
    a_funding_round(source=both("EFRO", "Feder"))
    a_funding_round(from_year=2022, to_year=2026, source=both("Gewest", "Région"), detail=both("Zie.", "Voir."))

    page = client.get("content_public.about", lang="fr")

    assert page.select(".partners li") == ["SAW-B Fédération Depuis 2016."]
    assert page.select(".funding li") == ["2016–2021 Feder", "2022–2026 Région"]
    assert page.select(".years li") == [str(year) for year in range(2016, 2027)]


@pytest.mark.parametrize(("year", "current"), [(2021, ["2016–2021 EFRO"]), (2026, ["2022–2026 Gewest"]), (2027, [])])
def test_about_marks_the_agreement_of_this_year(client: PageClient, clock: Any, year: int, current: list[str]) -> None:
    a_page("about")
    a_funding_round()
    a_funding_round(from_year=2022, to_year=2026, source=both("Gewest", "Région"))

    clock.set(clock().replace(year=year))

    assert client.get("content_public.about").select(".funding .current") == current


def test_about_reads_calmly_without_partners_and_money(client: PageClient) -> None:
    a_page("about", body=both("", ""))

    assert client.get("content_public.about").h1 == "Over ons"


def test_news_lists_every_article_newest_first(client: PageClient) -> None:
    a_page("news", title=both("Nieuws", "Actualités"))
    assert "Er is nog geen nieuws" in client.get("content_public.news").text

    an_article(title=both("Oud", "Ancien"), published_on=date(2026, 1, 1))
    an_article(title=both("Jong", "Récent"), slug=both("jong", "recent"), published_on=date(2027, 1, 1))

    page = client.get("content_public.news", lang="fr")
    assert page.select(".news h3") == ["Récent", "Ancien"]
    assert page.links(".news h3 a")[0] == "/fr/actualites/recent"


def test_article_names_its_source_day_and_twin(client: PageClient) -> None:
    an_article(
        slug=both("gewest", "region"),
        title=both("Het Gewest betaalt", "La Région paie"),
        body=both("Lang verhaal.", "Longue histoire."),
        quote=both("Wij steunen.", "Nous soutenons."),
        quote_by=both("De minister", "La ministre"),
        source_name=both("Persbericht", "Communiqué"),
        published_on=date(2021, 2, 3),
    )

    page = client.get("content_public.article", slug="gewest")

    assert page.h1 == "Het Gewest betaalt"
    assert page.soup.select_one("time")["datetime"] == "2021-02-03"  # type: ignore[index]
    assert "https://example.be/nieuws" in page.links(".facts a")
    assert "Wij steunen." in page.select("blockquote p")
    assert "/fr/actualites/region" in page.links(".second a")
    assert "1 minuut" in page.text


def test_article_without_a_source_or_quote_promises_none(client: PageClient) -> None:
    an_article(slug=both("kort", "bref"), source_name=both(""), source_url="")

    page = client.get("content_public.article", slug="kort")

    assert page.select("blockquote") == []
    assert "Bron" not in page.select(".facts dt")


def test_unknown_article_and_the_other_languages_slug_are_404(client: PageClient) -> None:
    an_article(slug=both("gewest", "region"))

    assert client.get("content_public.article", slug="gewest").status == 200
    client.get("content_public.article", slug="region", status=404)
    client.get("content_public.article", slug="bestaat-niet", status=404)


def test_demo_note_stands_at_the_foot_of_every_page_until_it_is_gone(client: PageClient) -> None:
    a_page("contact")
    assert "voorbeeldsite" not in client.get("contact_public.contact").text

    a_page("demo_note", lead=both("Dit is een voorbeeldsite.", "Ceci est un exemple."))

    assert "Dit is een voorbeeldsite." in client.get("contact_public.contact").text
    assert "Ceci est un exemple." in client.get("contact_public.contact", lang="fr").text


def test_error_page_asks_the_database_for_suggestions_only(client: PageClient) -> None:
    a_page("demo_note", lead=both("Dit is een voorbeeldsite.", "Ceci est un exemple."))

    page = client.get_path("/nl/bestaat-niet", status=404)

    assert "voorbeeldsite" not in page.text
    assert_budget(page, 1)


def test_pages_take_the_same_statements_for_one_and_for_many_rows(client: PageClient) -> None:
    for key in (*WRITTEN, "news", "demo_note"):
        a_page(key)
    for count in (1, 3, 30):
        for _number in range(count):
            news = an_article()
            a_partner()
            a_funding_round()
        assert_budget(client.get("content_public.about"), 4)
        assert_budget(client.get("content_public.news"), 3)
        assert_budget(client.get("content_public.article", slug=news.slug.nl), 2)
        assert_budget(client.get("content_public.privacy"), 2)


def test_each_piece_of_news_has_a_picture_with_the_houses_that_it_names(client: PageClient) -> None:
    a_page("news")
    casa = an_enterprise(slug="casa-legal")
    an_article(body=both("[Casa](enterprise:casa-legal) bestaat.", "[Casa](enterprise:casa-legal) existe."))
    an_article()

    page = client.get("content_public.news")

    assert len(page.main.select(".news-picture > svg")) == 2
    assert page.html.count(facade(casa.house)) == 1
    assert_budget(page, 4)


def test_the_partners_lead_to_their_sites_and_say_what_they_do(client: PageClient) -> None:
    a_page("about")
    a_partner("Febecoop", website="https://febecoop.be", detail=both("Helpt coöperaties.", "Aide les coopératives."))
    a_partner("Solvay")

    page = client.get("content_public.about")

    assert page.links(".partners h3 a") == ["https://febecoop.be"]
    assert "Helpt coöperaties." in page.text
    assert "Aide les coopératives." in client.get("content_public.about", lang="fr").text


def test_only_the_newest_pieces_of_news_have_a_picture(client: PageClient) -> None:
    a_page("news")
    for _number in range(PICTURED + 2):
        an_article()

    page = client.get("content_public.news")

    assert len(page.main.select(".news > li")) == PICTURED + 2
    assert len(page.main.select(".news-picture")) == PICTURED


def test_a_page_to_read_has_no_band(client: PageClient) -> None:
    kinds = {"about": "plaster", "terms": "words", "news": "paper"}
    for key in kinds:
        a_page(key)

    heads = {key: client.get(PLACES[key]).main.select_one(".page-head") for key in kinds}

    assert {key: head["class"][1] for key, head in heads.items() if head} == kinds
