"""The pages of a developer: the local mailbox, every component in its states."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.core.db.base import db
from app.core.i18n.bilingual import LOCALES
from app.mail.models import OutgoingMail
from tests.builders import an_application
from tests.house import source
from tests.pages import PageClient, assert_budget


@pytest.fixture
def newcomer(another_app: Callable[..., Flask]) -> PageClient:
    """A visitor of a site in development."""
    return PageClient(another_app(ENVIRONMENT="development"))


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_letters_are_listed_and_read_line_by_line(newcomer: PageClient, lang: str) -> None:
    an_application(submitted=True, language=lang)
    letter = db.session.query(OutgoingMail).filter_by(kind="application_received").one()
    db.session.commit()

    listed = newcomer.get_path(f"/{lang}/_mail")
    page = newcomer.get_path(listed.links("tbody a")[0])

    shown = str(page.soup.select_one(".letter").get_text())
    assert [line for line in shown.split("\n") if line] == [line for line in letter.text.split("\n") if line]
    assert page.links(".letter a") == [line for line in letter.text.split("\n") if line.startswith("http")]
    assert_budget(page, 2)


def test_an_empty_mailbox_says_so_and_a_guessed_letter_is_missing(newcomer: PageClient) -> None:
    assert "Nog geen mail" in newcomer.get_path("/nl/_mail").text
    newcomer.get_path("/nl/_mail/12345", status=404)


@pytest.mark.parametrize(
    ("base", "status"),
    [
        ("http://127.0.0.1:8000", 200),
        ("http://localhost:8000", 200),
        ("http://[::1]:8000", 200),
        ("http://192.168.1.7:8000", 404),
        ("http://localhost.example", 404),
        ("https://coopcity.example", 404),
    ],
)
def test_development_pages_answer_only_where_the_base_address_is_loopback(
    another_app: Callable[..., Flask], base: str, status: int
) -> None:
    visitor = PageClient(another_app(ENVIRONMENT="development", BASE_URL=base))

    for path in ("/nl/_mail", "/fr/_mail", "/nl/_ui", "/fr/_ui"):
        visitor.get_path(path, status=status)


LOOKS = ("public", "applicant", "staff")
SAMPLES = ("lost texts",)  # nobody writes in an example
IMPORT = re.compile(r'from "ui/(\w+)\.html" import ([\w, ]+?)(?: with context)? -?%}')


@pytest.mark.parametrize("lang", LOCALES)
@pytest.mark.parametrize("look", LOOKS)
def test_the_page_of_components_shows_each_look(newcomer: PageClient, lang: str, look: str) -> None:
    page = newcomer.get_path(f"/{lang}/_ui?look={look}", skip=SAMPLES)

    assert page.select("nav [aria-current=page]")
    assert (len(page.soup.select("form [aria-invalid=true]")) > 5) == (look != "public")
    assert page.soup.select("button[disabled]")
    assert (page.soup.select_one(".error-summary") is None) == (look == "public")
    assert_budget(page, 2)


def test_an_unknown_look_is_the_public_one(newcomer: PageClient) -> None:
    assert newcomer.get_path("/nl/_ui?look=x", skip=SAMPLES).soup.select_one("header.page-top")


def test_a_button_of_an_example_leads_back(newcomer: PageClient) -> None:
    page = newcomer.get_path("/fr/_ui", skip=SAMPLES)

    assert page.submit("Supprimer définitivement").location == "/fr/_ui"


def test_every_macro_that_a_page_uses_is_shown(newcomer: PageClient) -> None:
    used = {
        (file, name.strip().partition(" ")[0])
        for place in source.templates()
        for file, names in IMPORT.findall(place.read_text())
        for name in names.split(",")
    }
    places = [*(source.TEMPLATES / "layouts").glob("*.html"), *(source.TEMPLATES / "site").rglob("components.html")]
    shown = "\n".join(place.read_text() for place in places)  # a layout shows its own

    files = {place.stem for place in (source.TEMPLATES / "ui").glob("*.html")}
    assert files - {file for file, _name in IMPORT.findall(shown)} == set()
    # Parts of other macros, and the field that nobody sees.
    internal = {("field", name) for name in ("described", "notes", "seen", "honeypot")}
    assert {(file, name) for file, name in used - internal if f"{name}(" not in shown} == set()
    pages = [newcomer.get_path(f"/nl/_ui?look={look}", skip=SAMPLES) for look in LOOKS]
    assert {str(part["id"]) for page in pages for part in page.soup.select("main h2[id]")} >= files
