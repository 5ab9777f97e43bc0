"""Where each role begins, what its menu shows, and where an error page leads."""

import pytest
from flask import Flask

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import EDITORS, STAFF, Purpose, Role
from app.core.db.base import db
from tests.builders import a_person
from tests.conftest import Clock
from tests.pages import Page, PageClient
from tests.people import SignedIn

pytestmark = pytest.mark.one_database("where a menu leads")

COMBINATIONS = [
    ((), "applications_applicant.my_files"),
    ((Role.EDITOR,), "content_staff.pages"),
    ((Role.REVIEWER,), "review_reviewer.files"),
    ((Role.EDITOR, Role.REVIEWER), "review_reviewer.files"),
    ((Role.MANAGER,), "dashboard_staff.desk"),
    ((Role.MANAGER, Role.REVIEWER), "dashboard_staff.desk"),
    ((Role.ADMIN, Role.EDITOR), "dashboard_staff.desk"),
]


def somebody(*roles: Role, clock: Clock, language: str = "nl") -> Person:
    """Somebody with these roles."""
    person = a_person(language=language)
    for role in roles:
        accounts.grant(person, role, by="tests", at=clock())
    return person


def come_in(client: PageClient, person: Person, next_path: str, clock: Clock) -> Page:
    """Use a mailed link that was asked for at this address."""
    token = accounts.make_link(person, purpose=Purpose.PRINTED, next_path=next_path, at=clock())
    db.session.commit()
    return client.get("accounts_public.open_link", token=token).submit().follow()


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize(("roles", "first"), COMBINATIONS)
@pytest.mark.parametrize("target", ["", "staff"])
def test_each_role_begins_at_its_own_page(
    client: PageClient, clock: Clock, lang: str, roles: tuple[Role, ...], first: str, target: str
) -> None:
    person = somebody(*roles, clock=clock, language=lang)
    asked = client.address("casework_staff.applications", lang=lang) if target else ""

    page = come_in(client, person, asked, clock)

    is_staff = bool(STAFF & set(roles))
    assert page.path == (asked if asked and is_staff else client.address(first, lang=lang))


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize(("roles", "first"), COMBINATIONS[1:])
def test_every_link_of_the_menu_opens(app: Flask, clock: Clock, lang: str, roles: tuple[Role, ...], first: str) -> None:
    browser = SignedIn(app, somebody(*roles, clock=clock, language=lang))
    page = browser.get(first, lang=lang)

    links = page.links("header.staff-bar a.logo, header.staff-bar nav a")

    assert len(links) > 1
    for address in links:
        browser.get_path(address)
    shown = {browser.endpoint_of(address) for address in links}
    assert ("content_staff.pages" in shown) is bool(EDITORS & set(roles))
    assert ("review_reviewer.files" in shown) is (Role.REVIEWER in roles)


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize(
    ("roles", "first", "code"),
    [(*one, 404) for one in COMBINATIONS] + [(*one, 403) for one in COMBINATIONS if not STAFF & set(one[0])],
)
def test_an_error_page_leads_to_the_first_page(
    app: Flask, clock: Clock, lang: str, roles: tuple[Role, ...], first: str, code: int
) -> None:
    browser = SignedIn(app, somebody(*roles, clock=clock, language=lang))
    address = browser.address("casework_staff.applications", lang=lang) if code == 403 else f"/{lang}/xyzzy"

    page = browser.get_path(address, status=code)

    assert browser.address(first, lang=lang) in page.links("main a")


def test_a_visitor_is_led_to_the_door(client: PageClient) -> None:
    page = client.get_path("/nl/xyzzy", status=404)

    assert client.address("accounts_public.sign_in") in page.links("main a")
