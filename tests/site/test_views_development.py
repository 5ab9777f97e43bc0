"""The local mailbox of a newcomer."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.core.db.base import db
from app.mail.models import OutgoingMail
from tests.builders import an_application
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

    for path in ("/nl/_mail", "/fr/_mail"):
        visitor.get_path(path, status=status)
