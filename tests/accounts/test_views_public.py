"""The door: the same answer for everybody, a button before a link is spent, nobody sent elsewhere."""

import re
import time
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask

from app.accounts import actions
from app.accounts.rules import Purpose
from app.accounts.views.public import own_path
from app.core import clock as the_clock
from app.core.db.base import db
from tests.builders import a_person
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import ELS, SignedIn, known


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_sign_in_page_asks_for_an_address(client: PageClient, lang: str) -> None:
    page = client.get("accounts_public.sign_in", lang=lang)

    assert_budget(page, 0)


def test_known_and_unknown_addresses_get_the_same_answer(client: PageClient, app: Flask, mailbox: Mailbox) -> None:
    a_person(email="zoe@example.be")
    form = client.get("accounts_public.sign_in")

    known_answer = form.submit(email=" Zoe@Example.be ").follow()
    unknown_answer = form.submit(email="nobody@example.be").follow()

    assert known_answer.h1 == unknown_answer.h1
    assert [letter.to_email for letter in mailbox.letters] == ["zoe@example.be"]


def test_a_wrong_address_is_kept_and_explained(client: PageClient) -> None:
    page = client.get("accounts_public.sign_in", lang="fr").submit(email="zoe.example.be", status=422)

    assert page.soup.find("input", attrs={"name": "email"})["value"] == "zoe.example.be"  # type: ignore[index]
    assert page.soup.select_one(".error-summary a")["href"] == "#email"  # type: ignore[index]


def test_looking_at_a_link_spends_nothing(client: PageClient, app: Flask, clock: Clock) -> None:
    token = actions.make_link(a_person(), next_path="", at=clock())

    client.get("accounts_public.open_link", token=token)
    page = client.get("accounts_public.open_link", token=token)

    assert page.submit().status == 303


def test_a_used_link_says_so_and_signs_nobody_in(client: PageClient, app: Flask, clock: Clock) -> None:
    token = actions.make_link(a_person(), next_path="", at=clock())
    client.get("accounts_public.open_link", token=token).submit()

    other = PageClient(app)

    other.get("accounts_public.open_link", status=410, token=token)
    other.post("accounts_public.open_link", status=409, token=token)
    assert "sign_in" not in other.session()


def test_a_guessed_link_is_refused(client: PageClient) -> None:
    client.get("accounts_public.open_link", status=410, token="x" * 43)


def test_a_link_leads_where_it_was_asked(client: PageClient, app: Flask, mailbox: Mailbox) -> None:
    a_person(email="zoe@example.be")
    client.get("accounts_public.sign_in", next="/nl/mijn-dossier").submit(email="zoe@example.be")

    answer = client.get_path(mailbox.link("sign_in_link")).submit()

    assert answer.headers["Location"] == "/nl/mijn-dossier"


def test_staff_come_in_at_their_desk(client: PageClient, app: Flask, clock: Clock) -> None:
    token = actions.make_link(known(ELS), purpose=Purpose.PRINTED, next_path="", at=clock())

    desk = client.get("accounts_public.open_link", token=token).submit().follow()

    assert desk.endpoint == "dashboard_staff.desk"


def test_signing_out_closes_the_door_itself(bruno: SignedIn) -> None:
    cookie = bruno.session()["sign_in"]

    bruno.post("accounts_public.sign_out")
    bruno.put_in_session(sign_in=cookie)

    bruno.get("applications_applicant.my_files", status=302)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/nl/mijn-dossier?a=1", "/nl/mijn-dossier?a=1"),
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("javascript:alert(1)", ""),
        ("/nl/\r\nSet-Cookie: a=b", ""),
        (None, ""),
    ],
)
def test_nobody_is_sent_to_another_site(address: str | None, kept: str) -> None:
    assert own_path(address) == kept


def test_many_tries_are_slowed_down(client: PageClient) -> None:
    form = client.get("accounts_public.sign_in")
    for _time in range(20):
        form.submit(email="nobody@example.be")

    refused = form.submit(email="nobody@example.be", status=429)

    assert int(refused.headers["Retry-After"]) > 0


def test_a_person_is_not_flooded_with_links(client: PageClient, app: Flask, mailbox: Mailbox) -> None:
    a_person(email="zoe@example.be")
    db.session.commit()
    form = client.get("accounts_public.sign_in")

    for _time in range(8):
        form.submit(email="zoe@example.be")

    assert mailbox.kinds == ["sign_in_link"] * 5


def test_signing_out_deletes_what_the_pages_kept_on_this_device(amina: SignedIn) -> None:
    assert amina.post("accounts_public.sign_out").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_signing_in_as_somebody_else_deletes_it_too_and_signing_in_again_does_not(
    amina: SignedIn, bruno: SignedIn
) -> None:
    links = [actions.make_link(one.person, next_path="", at=the_clock.now()) for one in (amina, bruno)]

    again, other = [amina.post("accounts_public.open_link", token=token) for token in links]

    assert "Clear-Site-Data" not in again.headers
    assert other.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(("lang", "words"), [("nl", "Deze link werkt niet"), ("fr", "Ce lien ne fonctionne pas")])
def test_a_link_that_never_was_is_not_called_used(client: PageClient, lang: str, words: str) -> None:
    page = client.get("accounts_public.open_link", status=410, lang=lang, token="abcdef")

    assert page.soup.h1.get_text() == words


def test_a_sign_in_of_thirty_days_outlasts_the_browser_and_that_of_the_team_does_not(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    applicant, colleague = PageClient(app), PageClient(app)
    own = actions.make_link(a_person(), next_path="", at=clock())
    team = actions.make_link(known(ELS), purpose=Purpose.PRINTED, next_path="", at=clock())
    mine = applicant.get("accounts_public.open_link", token=own).submit()
    theirs = colleague.get("accounts_public.open_link", token=team).submit()
    begun = time.time()

    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: begun + 30 * 24 * 3600 - 60)
    clock.forward(days=29, hours=23, minutes=59)

    applicant.get("applications_applicant.my_files")
    lasts = parsedate_to_datetime(re.search(r"Expires=([^;]+)", mine.headers["Set-Cookie"])[1])  # type: ignore[index]
    assert lasts.timestamp() - begun > 30 * 24 * 3600
    assert "Expires" not in theirs.headers["Set-Cookie"]
