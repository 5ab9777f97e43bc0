"""Who holds roles comes in by a link of ten minutes in one browser; no other form makes a sign-in with roles."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actions
from app.accounts.models import LinkRequest, SignIn
from app.accounts.rules import TERMS, Level, Purpose, Role, roles_at
from app.core.db.base import db
from tests.builders import a_call, a_person, a_programme, an_application, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import CHLOE, ELS, SignedIn, known

TEAM, PUBLIC = "accounts_public.team_sign_in", "accounts_public.sign_in"


def ask(client: PageClient, endpoint: str, email: str) -> None:
    client.get(endpoint).submit("Stuur me de link", email=email).follow()


def open_link(client: PageClient, address: str) -> None:
    client.get_path(address).submit()


def test_a_team_link_works_in_the_browser_that_asked_for_it(app: Flask, mailbox: Mailbox) -> None:
    client, email = PageClient(app), known(ELS).email
    ask(client, TEAM, email)
    link = mailbox.link("team_sign_in_link")

    stranger = PageClient(app)
    stranger.get_path(link, status=403)
    stranger.post_path(link, status=403)
    open_link(client, link)

    client.get("dashboard_staff.desk")
    assert "sign_in" not in stranger.session()


def test_a_stolen_link_is_not_spent_by_a_thief_with_another_nonce(app: Flask, mailbox: Mailbox) -> None:
    client, thief, email = PageClient(app), PageClient(app), known(ELS).email
    ask(client, TEAM, email)
    ask(thief, TEAM, "thief@example.be")

    thief.post_path(mailbox.link("team_sign_in_link"), status=403)

    open_link(client, mailbox.link("team_sign_in_link"))


def test_a_team_link_lasts_ten_minutes(app: Flask, mailbox: Mailbox, clock: Clock) -> None:
    client, email = PageClient(app), known(ELS).email
    ask(client, TEAM, email)
    link = mailbox.link("team_sign_in_link")

    clock.forward(minutes=10)

    client.get_path(link, status=410)
    assert client.post_path(link, status=409)


def test_a_link_of_the_public_page_carries_no_role(app: Flask, mailbox: Mailbox) -> None:
    client, email = PageClient(app), known(ELS).email
    ask(client, PUBLIC, email)

    open_link(client, mailbox.link("sign_in_link"))

    client.get("applications_applicant.my_files")
    page = client.get("dashboard_staff.desk", status=302)
    assert client.endpoint_of(page.location) == TEAM
    client.post("outbox_staff.act", letter_id=1, status=401)


def test_starting_an_application_with_a_colleagues_address_gives_no_staff_link(app: Flask, mailbox: Mailbox) -> None:
    a_call(a_programme("seeds", slug=both("seeds")))
    email = known(ELS).email
    attacker, thief = PageClient(app), PageClient(app)
    attacker.get("applications_public.start", slug="seeds").submit(name="Els", email=email)

    open_link(thief, mailbox.link("application_started", to=email))

    thief.get("dashboard_staff.desk", status=302)


def test_whom_a_colleague_helps_is_not_opened_by_a_public_link(app: Flask, mailbox: Mailbox) -> None:
    els = known(ELS)
    file = an_application()
    file.assisted_by_id = els.id
    db.session.commit()
    client = PageClient(app)
    ask(client, PUBLIC, els.email)

    open_link(client, mailbox.link("sign_in_link"))

    client.get("applications_applicant.tasks", key=file.key, status=404)
    assert file.key not in client.get("applications_applicant.my_files").html


def test_the_invitation_of_a_reviewer_carries_no_other_role(app: Flask, clock: Clock) -> None:
    els = known(ELS)
    actions.grant(els, Role.REVIEWER, by="tests", at=clock())
    token = actions.make_link(els, purpose=Purpose.REVIEWER, next_path="", at=clock())

    _token, opened, _path = actions.use_link(token, at=clock())

    assert opened.roles == {Role.REVIEWER}


def test_who_holds_no_role_gets_no_team_link(app: Flask, client: PageClient, mailbox: Mailbox) -> None:
    ask(client, TEAM, a_person().email)

    assert mailbox.letters == []


def test_purposes_do_not_use_up_each_others_room(app: Flask, client: PageClient, mailbox: Mailbox) -> None:
    email = known(ELS).email
    for _time in range(7):
        ask(client, PUBLIC, email)
    ask(client, TEAM, email)

    assert mailbox.kinds == ["sign_in_link"] * 5 + ["team_sign_in_link"]


def test_every_change_of_role_ends_open_sign_ins_and_links(app: Flask, els: SignedIn, clock: Clock) -> None:
    person = els.person
    token = actions.make_link(person, purpose=Purpose.PRINTED, next_path="", at=clock())
    actions.grant(person, Role.EDITOR, by="tests", at=clock())
    db.session.commit()

    els.get("dashboard_staff.desk", status=302)
    PageClient(app).get("accounts_public.open_link", token=token, status=410)


def test_known_and_unknown_addresses_cost_the_same(app: Flask, client: PageClient) -> None:
    """The page looks nothing up: the worker does, later."""
    known(ELS), known(CHLOE)
    form = client.get(TEAM)

    costs = [form.submit(email=email).statements for email in (ELS.email, CHLOE.email, "nobody@example.be")]

    assert len({tuple(one) for one in costs}) == 1
    assert len(db.session.scalars(select(LinkRequest)).all()) == 3


@pytest.mark.parametrize("purpose", Purpose)
def test_only_links_of_one_browser_or_printed_ones_carry_all_roles(purpose: Purpose) -> None:
    full = TERMS[purpose].level is Level.FULL

    assert full == (purpose in (Purpose.TEAM, Purpose.PRINTED))
    assert roles_at(TERMS[purpose].level, frozenset({Role.ADMIN})) == (frozenset({Role.ADMIN}) if full else frozenset())


def test_confirming_an_address_ends_what_was_not_confirmed(app: Flask, clock: Clock) -> None:
    person = a_person()
    _token, hijacked = actions.start_session(person, confirmed=False, level=Level.PERSON, at=clock())
    _other, elsewhere = actions.start_session(person, confirmed=True, at=clock())

    actions.use_link(actions.make_link(person, next_path="", at=clock()), at=clock())

    ended = {one.id: one.ended_at for one in db.session.scalars(select(SignIn))}
    assert (ended[hijacked.id], ended[elsewhere.id]) == (clock(), None)
