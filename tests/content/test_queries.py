"""Pages with their editors, news in its order, partners and funding."""

from datetime import date

import pytest

from app.content import queries
from tests.builders import a_funding_round, a_page, a_partner, a_person, an_article, an_enterprise, both

pytestmark = pytest.mark.usefixtures("app")


def test_page_is_found_by_its_key() -> None:
    contact = a_page("contact")

    assert queries.page("contact") is contact
    assert queries.page("elders") is None


def test_pages_keep_the_order_in_which_they_were_made() -> None:
    for key in ("home", "contact", "about"):
        a_page(key)

    assert list(queries.pages()) == ["home", "contact", "about"]
    assert list(queries.pages(["about", "home"])) == ["home", "about"]


def test_editor_is_named_where_there_was_one() -> None:
    zoe = a_person("Zoë Janssens")
    a_page("contact", updated_by_id=zoe.id)
    a_page("about")

    assert [(page.key, name) for page, name in queries.pages_and_editors()] == [
        ("contact", "Zoë Janssens"),
        ("about", ""),
    ]
    assert queries.page_and_editor("contact")[1] == "Zoë Janssens"  # type: ignore[index]
    assert queries.page_and_editor("elders") is None


def test_news_is_newest_first() -> None:
    for day in (1, 3, 2):
        an_article(key=f"n{day}", published_on=date(2027, 1, day))

    assert [article.key for article in queries.articles()] == ["n3", "n2", "n1"]
    assert [article.key for article in queries.articles(1)] == ["n3"]


def test_article_is_found_by_its_slug_in_the_language_of_the_page() -> None:
    news = an_article(slug=both("nieuws", "actualite"))

    assert queries.article("nl", "nieuws") is news
    assert queries.article("fr", "nieuws") is None


def test_partners_and_rounds_keep_their_order() -> None:
    first, second = a_partner("SAW-B"), a_partner("Febecoop")
    first.position, second.position = 2, 1
    a_funding_round(from_year=2022, to_year=2026)
    a_funding_round(from_year=2016, to_year=2021)

    assert [partner.name for partner in queries.partners()] == ["Febecoop", "SAW-B"]
    assert [found.from_year for found in queries.funding_rounds()] == [2016, 2022]


def test_houses_of_an_article_are_those_of_the_enterprises_it_links_to() -> None:
    casa, bees = an_enterprise(slug="casa-legal"), an_enterprise(slug="bees-coop")
    slugs = ("bees-coop", "casa-legal", "gone", "bees-coop")
    links = ", ".join(f"[Name](enterprise:{slug})" for slug in slugs)
    linking, silent = an_article(body=both(links)), an_article()

    assert queries.houses_named([linking, silent]) == {linking.key: [bees.house, casa.house], silent.key: []}
