"""A public form that gets the address of somebody who works here never makes a way into their work.

Each form is sent with that address. Every link of every letter that follows is opened in a browser of its own.
"""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import SignIn
from app.accounts.rules import hashed
from app.core.db.base import db
from app.core.http.web import AppBlueprint
from app.mail.jobs import delivery
from tests.builders import a_call, a_page, a_programme, an_application, an_event, both
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import CHLOE, ELS, FARID, GRETA, Part, SignedIn, known, signed_in

STAFF_PAGES = {
    CHLOE: "review_reviewer.files",
    FARID: "content_staff.pages",
    ELS: "casework_staff.applications",
    GRETA: "people_staff.people",
}
OPENS = "accounts_public.open_link"
Send = Callable[[Flask, str], PageClient]


def start(app: Flask, email: str) -> PageClient:
    a_call(a_programme("seeds", slug=both("seeds")))
    client = PageClient(app)
    client.get("applications_public.start", slug="seeds").submit(name="Iemand anders", email=email)
    return client


def link_for_another_device(app: Flask, email: str) -> PageClient:
    """Whoever started with this address, and proved nothing, asks for a link."""
    client = start(app, email)
    client.get("applications_applicant.my_files")
    [key] = set(re.findall(r"/mijn-dossier/([\w-]{20,})", client.get("applications_applicant.my_files").html))
    client.post("applications_applicant.send_link", key=key)
    return client


def sign_in(app: Flask, email: str) -> PageClient:
    client = PageClient(app)
    client.get("accounts_public.sign_in", next=client.address("dashboard_staff.desk")).submit(email=email)
    return client


def team_sign_in(app: Flask, email: str) -> PageClient:
    client = PageClient(app)
    client.get("accounts_public.team_sign_in").submit(email=email)
    return client


def contact(app: Flask, email: str) -> PageClient:
    client = PageClient(app)
    a_page("contact")
    client.get("contact_public.contact").submit(name="Iemand anders", email=email, text="Een vraag over jullie aanbod.")
    return client


def event(app: Flask, email: str) -> PageClient:
    client = PageClient(app)
    client.get("events_public.sign_up", slug=an_event().slug["nl"]).submit(name="Iemand anders", email=email)
    return client


def subscription(app: Flask, email: str) -> PageClient:
    client = PageClient(app)
    client.get("subscriptions_public.subscribe").submit(email=email)
    return client


def invitation(app: Flask, email: str) -> PageClient:
    """An applicant invites the address to work on a draft."""
    client = PageClient(app)
    file = an_application()
    owner = SignedIn(app, file.person)
    page = owner.get("applications_together.team", lang=file.language, key=file.key)
    page.submit(form="form:has([name=email])", name="Iemand anders", email=email)
    return client


FORMS: dict[str, Send] = {
    "accounts_public.sign_in": sign_in,
    "accounts_public.team_sign_in": team_sign_in,
    "applications_applicant.send_link": link_for_another_device,
    "applications_public.start": start,
    "applications_together.team": invitation,
    "contact_public.contact": contact,
    "events_public.sign_up": event,
    "subscriptions_public.subscribe": subscription,
}
MAIL_NOTHING_TO_THE_SENDER = {
    "accounts_public.open_link": "opens a link",
    "accounts_public.sign_out": "ends a session",
    "contact_public.copy": "sends a copy, by the key of a letter",
    "contact_public.write": "leads to the form",
    "events_public.needs": "writes down what somebody needs, by the key of a letter",
    "events_public.registration": "gives a place back, by the key of a letter",
    "subscriptions_public.confirm": "confirms, by the key of a letter",
    "subscriptions_public.manage": "changes a subscription, by the key of a letter",
    "subscriptions_public.stop": "ends a subscription, by the key of a letter",
}
# These pages sign nobody in; an invitation of somebody who works here leads to signing in.
MAIL_NO_LINK_TO_SIGN_IN = {
    "applications_together.team",
    "contact_public.contact",
    "events_public.sign_up",
    "subscriptions_public.subscribe",
}


def test_every_public_form_is_tried(app: Flask) -> None:
    public = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and isinstance(room := app.blueprints.get(rule.endpoint.partition(".")[0]), AppBlueprint)
        and room.guard.__name__ == "everyone"
    }

    assert public - FORMS.keys() == MAIL_NOTHING_TO_THE_SENDER.keys()


@pytest.mark.parametrize("part", STAFF_PAGES, ids=lambda part: part.role)
@pytest.mark.parametrize("form", FORMS)
def test_no_link_that_a_public_form_mails_opens_the_work_of_its_reader(
    app: Flask, mailbox: Mailbox, form: str, part: Part
) -> None:
    working = signed_in(app, part)
    before = (working.person.name, working.person.language)
    sender = FORMS[form](app, part.email)

    links = [
        link
        for letter in mailbox.letters
        if letter.to_email == part.email
        for link in re.findall(r"https?://[^\s<>\"]+", delivery.as_sent(letter))
    ]

    sign_in_links = [one for one in links if sender.endpoint_of(one) == OPENS]
    assert bool(sign_in_links) == (form not in MAIL_NO_LINK_TO_SIGN_IN)
    for link in links:
        stranger = PageClient(app)
        followed(stranger, link)
        shut(stranger)
    shut(sender)
    working.get(STAFF_PAGES[part])  # their own sign-in goes on
    assert (known(part).name, known(part).language) == before


def followed(client: PageClient, link: str) -> None:
    """Open the link, and press the button of a link that signs in."""
    page = client.open("GET", link, status=None)
    if client.endpoint_of(link) == OPENS:
        client.post_path(link, status=403 if page.status == 403 else 303)


def shut(client: PageClient) -> None:
    """No page of the team opens, to look or to write, and the sign-in of this browser carries no role."""
    for endpoint in STAFF_PAGES.values():
        assert client.send("GET", client.address(endpoint)).status in (302, 403)
    token = {"csrf_token": client.csrf_token()}
    assert client.send("POST", client.address("outbox_staff.act", letter_id=1), data=token).status in (401, 403)
    assert [sorted(one.roles) for one in carried(client)] in ([], [[]])


def carried(client: PageClient) -> list[SignIn]:
    """The sign-in of this browser."""
    token = client.session().get("sign_in")
    db.session.rollback()
    return list(db.session.scalars(select(SignIn).where(SignIn.token_hash == hashed(token)))) if token else []


@pytest.mark.parametrize("form", ["accounts_public.sign_in", "applications_public.start"])
def test_whoever_becomes_a_colleague_gains_nothing_by_an_older_public_link(
    app: Flask, mailbox: Mailbox, form: str
) -> None:
    """The link was mailed to an applicant, who then joined the team."""
    applicant = known(Part("Zoë Janssens", "zoe@example.be", "nl"))
    sender = FORMS[form](app, applicant.email)
    link = next(
        one
        for letter in mailbox.letters
        for one in re.findall(r"https?://[^\s<>\"]+", delivery.as_sent(letter))
        if sender.endpoint_of(one) == OPENS
    )
    known(Part("Zoë Janssens", "zoe@example.be", "nl", ELS.role))
    db.session.commit()

    client = PageClient(app)
    client.open("POST", link, status=None, data={"csrf_token": client.csrf_token()})

    shut(client)
