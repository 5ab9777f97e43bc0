"""The home page, and the addresses without a language."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.core import clock
from app.core.db.base import db
from app.mail.models import OutgoingMail
from app.site import queries
from tests.builders import (
    a_call,
    a_page,
    a_partner,
    a_programme,
    a_version,
    an_article,
    an_enterprise,
    an_event,
    an_indicator,
    both,
)
from tests.pages import Page, PageClient, assert_budget

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("fr-BE,fr;q=0.9,nl;q=0.5", "/fr/"),
        ("nl", "/nl/"),
        ("de,en;q=0.8", "/nl/"),
        ("", "/nl/"),
        ("en,fr;q=0.1", "/fr/"),
    ],
)
def test_root_leads_to_the_language_of_the_browser(client: PageClient, wish: str, place: str) -> None:
    answer = client.get_path("/", status=302, headers={"Accept-Language": wish})

    assert answer.location == place
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer.headers["Vary"].split(",")}


def test_root_leads_to_the_remembered_language_first(client: PageClient) -> None:
    client.put_in_session(language="fr")

    assert client.get_path("/", status=302, headers={"Accept-Language": "nl"}).location == "/fr/"


def test_healthz_asks_nothing_of_the_database(client: PageClient) -> None:
    answer = client.get_path("/healthz")

    assert answer.html == "ok\n"
    assert_budget(answer, 0)


def ready(client: PageClient, status: int) -> Any:
    return client.get_path("/readyz", status=status).json


def test_readyz_is_ready_when_everything_answers(client: PageClient) -> None:
    assert ready(client, 200) == {"status": "ready", "failing": []}


def test_readyz_names_the_database_that_does_not_answer(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "database_answers", lambda: False)

    assert ready(client, 503) == {"status": "not ready", "failing": ["database"]}


def test_readyz_names_the_folder_of_files_that_is_gone(client: PageClient, app: Any) -> None:
    store = app.extensions["files"]
    away = Path(f"{store.root}-away")
    store.root.rename(away)
    try:
        assert ready(client, 503)["failing"] == ["files"]
    finally:
        away.rename(store.root)


def test_readyz_names_the_mail_when_a_letter_stays_due(client: PageClient) -> None:
    due = clock.now() - timedelta(minutes=14)
    letter = OutgoingMail(
        key="x",
        kind="x",
        about="x",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        subject="x",
        text="x",
        html="x",
        state="queued",
        created_at=due,
        due_at=due,
    )
    db.session.add(letter)
    assert ready(client, 200)["failing"] == []

    letter.due_at = clock.now() - timedelta(minutes=16)

    assert ready(client, 503)["failing"] == ["mail"]


def test_robots_are_kept_out_of_private_rooms_and_shown_the_site_map(client: PageClient) -> None:
    lines = client.get_path("/robots.txt").html.splitlines()

    assert lines[0] == "User-agent: *"
    assert {
        "Disallow: /nl/team",
        "Disallow: /fr/equipe",
        "Disallow: /nl/mijn-dossier",
        "Disallow: /fr/mon-dossier",
    } <= set(lines)
    assert not {"Disallow: /nl/programmas", "Disallow: /nl/", "Disallow: /"} & set(lines)
    assert lines[-1] == f"Sitemap: {client.base_url}/sitemap.xml"


def test_security_txt_names_a_contact_and_a_day(client: PageClient) -> None:
    fields = dict(line.split(": ", 1) for line in client.get_path("/.well-known/security.txt").html.splitlines())

    assert fields["Contact"] == f"{client.base_url}/fr/contact"
    assert fields["Expires"] == "2027-07-31T00:00:00Z"
    assert fields["Canonical"] == f"{client.base_url}/.well-known/security.txt"


def test_favicon_is_nothing_and_no_error(client: PageClient) -> None:
    assert client.get_path("/favicon.ico", status=204).data == b""


def addresses(page: Page) -> dict[str, dict[str, str]]:
    """Address -> its twins, as the site map tells them."""
    return {
        str(entry.findtext(f"{SITEMAP}loc")): {
            link.attrib["hreflang"]: link.attrib["href"] for link in entry.findall(f"{XHTML}link")
        }
        for entry in ET.fromstring(page.data)
    }


def test_sitemap_names_every_page_in_both_languages(client: PageClient) -> None:
    a_programme("seeds")
    an_enterprise(slug="casa-legal")

    found = addresses(client.get_path("/sitemap.xml"))

    home, seeds = client.base_url + "/nl/", client.base_url + "/fr/programmes/seeds-fr"
    seeds_nl = client.base_url + "/nl/programmas/seeds-nl"
    assert found[home] == {"nl": home, "fr": client.base_url + "/fr/", "x-default": home}
    assert found[seeds] == {"nl": seeds_nl, "fr": seeds, "x-default": seeds_nl}
    assert client.base_url + "/nl/ondernemingen/casa-legal" in found
    assert all(address in found for twins in found.values() for address in twins.values())


def test_sitemap_holds_public_pages_only_and_all_of_them_answer(client: PageClient, content: None) -> None:
    found = addresses(client.get_path("/sitemap.xml"))

    assert not [
        address for address in found if any(word in address for word in ("/team", "/equipe", "dossier", "aanmelden"))
    ]
    for address in found:
        page = client.get_path(address)
        assert page.soup.select_one('link[rel="canonical"]')["href"] == address  # type: ignore[index]
        assert not page.soup.select('meta[name="robots"]')


def test_sitemap_dates_a_page_only_where_every_change_is_known(client: PageClient) -> None:
    evening, article = an_event(), an_article()
    a_page("privacy")
    a_page("about")
    a_programme()

    page = client.get_path("/sitemap.xml")
    dates = {entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod") for entry in ET.fromstring(page.data)}

    assert_budget(page, 1)
    assert {address.removeprefix(client.base_url): day for address, day in dates.items() if address and day} == {
        f"/nl/agenda/{evening.slug.nl}": "2027-02-01T10:00:00Z",
        f"/fr/agenda/{evening.slug.fr}": "2027-02-01T10:00:00Z",
        f"/nl/nieuws/{article.slug.nl}": "2027-02-01T10:00:00Z",
        f"/fr/actualites/{article.slug.fr}": "2027-02-01T10:00:00Z",
        "/nl/privacy": "2027-02-01T10:00:00Z",
        "/fr/confidentialite": "2027-02-01T10:00:00Z",
    }


def a_full_house(count: int) -> None:
    """So many of everything that the home page shows."""
    version = a_version()
    for number in range(count):
        a_call(a_programme(f"programme-{count}-{number}"), version=version)
        an_enterprise(f"Huis {number}", featured=number < 2)
        an_event()
        a_partner()
        an_indicator(value=number)


def test_home_without_any_content_reads_calmly(client: PageClient) -> None:
    page = client.get("site_public.home")

    assert page.h1 == "Coopcity"
    assert "geen oproep open" in page.text


def test_home_takes_the_same_four_statements_for_one_and_for_many_rows(client: PageClient) -> None:
    for count in (1, 3, 30):
        a_full_house(count)
        for lang in ("nl", "fr"):
            assert_budget(client.get("site_public.home", lang=lang), 4)


def test_home_says_what_editors_wrote(client: PageClient) -> None:
    a_page("home", title=both("Ondernemen doe je hier", "Ici, on entreprend"), lead=both("Samen.", "Ensemble."))
    a_page("demo_note", lead=both("Dit is een demo.", "Ceci est une démo."))

    page = client.get("site_public.home", lang="fr")

    assert page.h1 == "Ici, on entreprend"
    assert "Ensemble." in page.text
    assert "Ceci est une démo." in page.text


def test_home_shows_calls_with_their_state_and_the_open_one_first(client: PageClient) -> None:
    a_programme("inspire")
    a_call(a_programme("seeds"))

    rows = [row.get_text(" ", strip=True) for row in client.get("site_public.home").main.select(".calls > li")]

    assert "Oproep open Tot zondag 21\u00a0februari 2027 om 11.00\u00a0uur, Brusselse tijd Nog 20 dagen" in rows[0]
    assert "Geen oproep gepland" in rows[1]


def test_home_shows_figures_of_one_stretch_of_years(client: PageClient) -> None:
    an_indicator("projects", value=136, name=both("projecten begeleid", "projets accompagnés"))
    an_indicator("running", value=26)
    public = an_indicator("public", value=3000, name=both("deelnemers", "personnes présentes"))
    public.values[0].at_least = True
    an_indicator("later", value=310).values[0].to_year = 2025

    figures = client.get("site_public.home").main.select(".figures > div")

    assert [figure.get_text() for figure in figures] == [
        "projecten begeleid, waarvan 26 nog in begeleiding in februari 2021136",
        "deelnemersmeer dan 3.000+",
    ]


def test_home_shows_featured_enterprises_and_partners(client: PageClient) -> None:
    an_enterprise("Gewoon huis")
    an_enterprise("Casa Legal", featured=True)
    an_enterprise("CoopIteasy", featured=True)
    a_partner("Febecoop")

    page = client.get("site_public.home")

    assert [link.get_text() for link in page.main.select(".pairs h3 a")] == ["Casa Legal", "CoopIteasy"]
    assert [item.get_text() for item in page.main.select(".arcade li")] == ["Febecoop"]
    assert len(page.main.select(".hero-street svg a")) >= 3
