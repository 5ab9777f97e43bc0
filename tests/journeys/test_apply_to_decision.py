"""The whole chain over plain HTTP: from the home page to the decision in somebody's mailbox, in each language."""

import io
from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from app.questionnaires.queries import latest_version
from app.questionnaires.rules.definition import Definition
from tests.answers import as_fields, good_answers
from tests.letters import Mailbox
from tests.pages import Page, PageClient
from tests.people import SignedIn

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WORDS = {
    "nl": {"name": "Bruno Claes", "email": "bruno@voorbeeld.be", "other": "fr"},
    "fr": {"name": "Amina Haddad", "email": "amina@exemple.be", "other": "nl"},
}


def start(client: PageClient, lang: str) -> Page:
    """From the home page to the task list."""
    home = client.get("site_public.home", lang=lang)
    programme = next(address for address in home.links() if address.endswith("/seeds"))
    page = client.get_path(programme)
    apply = next(address for address in page.links() if "/kandidatuur/" in address or "/candidature/" in address)
    form = client.get_path(apply)
    return form.submit(name=WORDS[lang]["name"], email=WORDS[lang]["email"], language=lang).follow()


def fill_in(client: PageClient, tasks: Page, lang: str) -> Page:
    """Every section, one after the other, with a file in the last; ends on the check page."""
    version = latest_version("application")
    assert version is not None
    definition = Definition.read(version.definition)
    page = client.get_path(tasks.links(".tasks a")[0])
    for section in definition.sections:
        fields = as_fields(good_answers(section, language=lang))
        if any(question.kind == "files" for question in section.questions):
            fields["attachments"] = (io.BytesIO(PDF), "begroting.pdf")
        page = page.submit("do=save", **fields).follow()
    return page


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_apply_to_decision(
    app: Flask, content: None, client: PageClient, els: SignedIn, mailbox: Mailbox, lang: str
) -> None:
    tasks = start(client, lang)
    check = fill_in(client, tasks, lang)
    assert check.endpoint == "applications_applicant.check"
    received = check.submit(privacy_read="y", truthful="y").follow()
    reference = received.select(".receipt .num")[0]
    assert mailbox.last("application_received").language == lang
    assert reference in mailbox.last("application_received").text

    listed = els.get("casework_staff.applications", q=reference)
    file = els.get_path(listed.links(".grid tbody a")[0])
    assert els.send("GET", file.links("a[href*=bijlage]")[0]).data == PDF
    for state in ("eligible", "in_review", "jury"):
        file = file.submit(form="[formaction$=stap]", to=state).follow()
    decide = file.click(file.select("p.warn a")[0])
    reasons = {
        "nl": "Sterk team, heldere nood en een haalbaar plan.",
        "fr": "Équipe solide, besoin clair et plan réaliste.",
    }
    decided_on = decide.submit("Bewaar de beslissing", outcome="accepted", reason=reasons[lang]).follow()

    status = client.get_path(received.links("main a.button")[0])
    assert reasons[lang] not in status.text
    assert "decision_accepted" not in mailbox.kinds
    seeds = db.session.query(Call).filter_by(key="seeds").one()
    seeds.closes_at = clock.now() - timedelta(hours=1)  # nobody is told while others may still apply
    db.session.commit()
    check = decided_on.click("Nakijken en meedelen")
    check.submit(form="main form", status=200).submit("Deel deze beslissingen nu mee")

    status = client.get_path(received.links("main a.button")[0])
    assert reasons[lang] in status.text
    decided = mailbox.last("decision_accepted")
    assert (decided.language, decided.to_email) == (lang, WORDS[lang]["email"])
    assert reasons[lang] in decided.text
    assert len(mailbox.deliver()) == len(mailbox.letters)


def test_the_mailed_link_opens_the_draft_on_another_device(
    app: Flask, content: None, client: PageClient, mailbox: Mailbox
) -> None:
    tasks = start(client, "fr")
    elsewhere = PageClient(app)
    elsewhere.get_path(tasks.path, status=302)

    first_look = elsewhere.get_path(mailbox.link("application_started")).submit().follow(status=302).follow()
    there = first_look.submit("Continuer cette candidature").follow(status=302).follow()

    assert there.path == tasks.path
    db.session.rollback()


def test_somebody_elses_address_opens_nothing_of_theirs(
    app: Flask, content: None, client: PageClient, mailbox: Mailbox
) -> None:
    theirs = start(client, "nl")
    stranger = PageClient(app)

    mine = start(stranger, "nl")

    assert mine.path != theirs.path
    stranger.get_path(theirs.path, status=404)
    files = stranger.get("applications_applicant.my_files")
    assert len(files.select(".rows li")) == 1
