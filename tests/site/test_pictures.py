"""The picture of each public page, and how a page names it."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app.core.clock import brussels
from app.core.db.base import db
from app.core.drawings.poster import Poster
from app.core.files import file_cache
from app.site.views import pictures
from tests.builders import a_page, a_programme, an_article, an_enterprise, an_event, an_indicator, both
from tests.pages import Page, PageClient, assert_budget
from tests.people import SignedIn


@pytest.fixture
def posters(monkeypatch: pytest.MonkeyPatch, app: Flask, tmp_path: Path) -> list[Poster]:
    """What was drawn, in order; nothing is kept from other tests."""
    seen: list[Poster] = []
    draw = pictures.drawn

    def note(poster: Poster, font: Path) -> bytes:
        seen.append(poster)
        return draw(poster, font)

    monkeypatch.setattr(pictures, "drawn", note)
    monkeypatch.setattr(file_cache, "FOLDER", str(tmp_path))
    return seen


def social(page: Page) -> dict[str, str]:
    tags = page.soup.select('meta[property^="og:"], meta[name^="twitter:"]')
    return {str(tag.get("property") or tag.get("name")): str(tag["content"]) for tag in tags}


def test_a_page_names_its_picture(client: PageClient, posters: list[Poster]) -> None:
    a_programme()

    answered = social(client.get("programmes_public.programme", slug="seeds-fr", lang="fr"))
    page = client.get_path(answered["og:image"])
    made = Image.open(BytesIO(page.data))

    assert answered["og:image"] == f"{client.base_url}/fr/image/programmes/seeds-fr.png"
    assert page.headers["Content-Type"] == "image/png"
    assert (answered["og:image:width"], answered["og:image:height"]) == tuple(map(str, made.size))
    assert answered["og:image:alt"] == answered["og:title"]
    assert answered["twitter:card"] == "summary_large_image"


def test_what_is_written_on_each(client: PageClient, posters: list[Poster]) -> None:
    a_page("home", title=both("Samen", "Ensemble"))
    a_programme("seeds")
    an_enterprise("Casa Legal", slug="casa-legal")
    an_event(
        both("Avond", "Soirée"),
        slug=both("avond", "soiree"),
        starts_at=brussels(date(2027, 2, 8), 18, 30),
        ends_at=brussels(date(2027, 2, 8), 20),
    )
    an_article(title=both("Groei", "Croissance"), slug=both("groei", "croissance"), published_on=date(2021, 2, 24))
    an_indicator("public", value=3000).values[0].at_least = True

    for path in (
        "/nl/beeld/coopcity.png",
        "/fr/image/programmes/seeds-fr.png",
        "/nl/beeld/ondernemingen/casa-legal.png",
        "/nl/beeld/agenda/avond.png",
        "/fr/image/actualites/croissance.png",
        "/fr/image/impact/public-fr.png",
    ):
        client.get_path(path)

    assert [(poster.names, poster.title, poster.note) for poster in posters] == [
        (("Begeleidingscentrum", "Centre d’accompagnement"), "Samen", ""),
        (("Programmes", "Programma’s"), "Seeds", "De l’idée à l’entreprise"),
        (("Ondernemingen", "Entreprises"), "Casa Legal", "Recht voor iedereen."),
        (("Agenda",), "Avond", "maandag 8\u00a0februari 2027, 18.30\u00a0uur"),
        (("Actualités", "Nieuws"), "Croissance", "24\u00a0février 2021"),
        (("Impact",), "Projets accompagnés", "3\u202f000+, 2016–2020"),
    ]


def test_an_enterprise_stands_first_in_its_street(client: PageClient, posters: list[Poster]) -> None:
    for number in range(3):
        an_enterprise(f"Huis {number}", featured=True, jobs=1)
    an_enterprise("Casa Legal", slug="casa-legal", jobs=9, sector="care")

    client.get_path("/nl/beeld/ondernemingen/casa-legal.png")

    assert posters[0].houses[0].floors == 3
    assert len(posters[0].houses) == 4


def test_a_picture_is_drawn_once_and_anew_when_its_words_change(client: PageClient, posters: list[Poster]) -> None:
    programme = a_programme()
    path = "/nl/beeld/programmas/seeds-nl.png"

    first, again = client.get_path(path), client.get_path(path)
    assert (len(posters), again.data) == (1, first.data)

    programme.title = both("Zaden", "Graines")
    db.session.commit()
    changed = client.get_path(path)

    assert (len(posters), posters[-1].title) == (2, "Zaden")
    assert changed.data != first.data


def test_the_same_words_in_another_process_are_the_same_picture(client: PageClient, posters: list[Poster]) -> None:
    an_enterprise()
    client.get_path("/nl/beeld/coopcity.png")

    kept_names = [place.name for place in Path(file_cache.FOLDER).iterdir()]

    assert len(kept_names) == 1
    assert "frozenset" not in posters[0].key


@pytest.mark.parametrize(
    "path",
    [
        "/nl/beeld/bestaat-niet.png",
        "/nl/beeld/programmas/bestaat-niet.png",
        "/nl/beeld/programmas.png",
        "/nl/beeld/programmas/seeds-fr.png",
        "/nl/beeld/team.png",
        "/nl/beeld/../../etc/passwd.png",
        "/nl/beeld//.png",
        "/fr/beeld/coopcity.png",
    ],
)
def test_there_is_no_picture_of_what_is_not_there(client: PageClient, path: str) -> None:
    a_programme()

    assert client.send("GET", path).status in (308, 404)


def test_pictures_may_be_kept_and_shown_elsewhere(client: PageClient, amina: SignedIn, posters: list[Poster]) -> None:
    for visitor in (client, amina):
        headers = visitor.send("GET", "/nl/beeld/coopcity.png").headers
        assert headers["Cache-Control"] == "public, max-age=86400"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in headers
    again = {"If-None-Match": client.send("GET", "/nl/beeld/coopcity.png").headers["ETag"]}
    assert client.send("GET", "/nl/beeld/coopcity.png", headers=again).status == 304


def test_a_picture_takes_few_statements(client: PageClient, posters: list[Poster]) -> None:
    for count in (1, 3):
        for number in range(count):
            an_enterprise(slug=f"huis-{count}-{number}")
        assert_budget(client.get_path(f"/nl/beeld/ondernemingen/huis-{count}-0.png"), 2)


def test_pages_that_are_nobody_s_business_name_no_picture(client: PageClient, amina: Any) -> None:
    for visitor, path in ((client, "/nl/aanmelden"), (amina, "/nl/mijn-dossier")):
        assert social(visitor.get_path(path)) == {}
