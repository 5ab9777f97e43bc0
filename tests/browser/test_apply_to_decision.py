"""The whole chain in a real browser: French home page to decision letter, for a Dutch and a French applicant."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.accounts import actions as accounts
from app.accounts.rules import Purpose
from app.core import clock
from app.core.db.base import db
from app.programmes.models import Call
from app.questionnaires.rules.definition import Definition, Section
from tests.answers import good_answers
from tests.browser.conftest import Opener, Site, press
from tests.builders import the_form
from tests.letters import Mailbox
from tests.people import ELS, known

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
REASONS = {
    "nl": "Sterke ploeg, heldere nood en een haalbaar plan.",
    "fr": "Équipe solide, besoin clair et plan réaliste.",
}


@pytest.mark.parametrize("scripts", ["phone", "phone without javascript"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_apply_to_decision(
    site: Site, browse: Opener, mailbox: Mailbox, tmp_path: Path, lang: str, scripts: str
) -> None:
    page = browse(scripts)
    start(page, lang)
    for section in Definition.read(the_form()).sections:
        page.wait_for_url(f"**/{section.key}")
        fill_in(page, section, lang, tmp_path)
        press(page.locator("main button[value=save]").last)
    page.locator("#privacy_read").check()
    page.locator("#truthful").check()
    press(page.get_by_role("button", name=re.compile("Mijn kandidatuur indienen|Introduire ma")))
    reference = page.locator(".receipt .num").inner_text()
    assert reference in mailbox.last("application_received").text

    decide(browse("desktop"), site, reference, REASONS[lang])
    press(page.locator("main a.button").first)
    assert REASONS[lang] not in page.content()
    announce(browse, site)

    page.reload()
    expect(page.locator("main")).to_contain_text(REASONS[lang])
    letter = mailbox.last("decision_accepted")
    assert (letter.language, REASONS[lang] in letter.text) == (lang, True)


def start(page: Page, lang: str) -> None:
    """From the French home page, by the switch where the applicant speaks Dutch, to the first section."""
    page.goto("/fr/")
    if lang == "nl":
        press(page.locator(".langs a"))
    press(page.get_by_role("link", name="Seeds", exact=True).first)
    press(page.locator(".panel a.button"))
    page.locator("#name").fill("Bruno Claes" if lang == "nl" else "Amina Haddad")
    page.locator("#email").fill(f"journey@{lang}.example.be")
    page.locator(f"input[name=language][value={lang}]").check()
    press(page.locator("main form .actions button"))
    press(page.locator(".tasks a").first)


def fill_in(page: Page, section: Section, lang: str, folder: Path) -> None:
    """Type into each control as a person does."""
    for key, answer in good_answers(section, language=lang).items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            for name, value in answer[0].items():
                page.locator(f"#{key}-0-{name}").fill(value)
        elif isinstance(answer, list):
            for code in answer:
                page.locator(f"input[name='{key}'][value='{code}']").check()
        else:
            choose(page, key, str(answer))
    if section.key == "practical":
        (folder / "begroting.pdf").write_bytes(PDF)
        page.locator("#attachments").set_input_files(folder / "begroting.pdf")


def choose(page: Page, key: str, answer: str) -> None:
    """One text, one choice of a menu, or one of some round buttons."""
    control = page.locator(f"#{key}")
    if control.count() == 0:
        page.locator(f"input[name='{key}'][value='{answer}']").check()
    elif control.evaluate("tag => tag.tagName") == "SELECT":
        control.select_option(answer)
    elif control.is_visible():
        control.fill(answer)


def sign_in(page: Page, site: Site) -> None:
    """Els comes in by a one-time link."""
    token = accounts.make_link(known(ELS), purpose=Purpose.PRINTED, next_path="", at=clock.now())
    db.session.commit()
    page.goto(f"/nl/aanmelden/{token}")
    press(page.locator("main button"))


def decide(page: Page, site: Site, reference: str, reasons: str) -> None:
    """Find the file, take it through its states, decide in private."""
    sign_in(page, site)
    press(page.get_by_role("link", name="Kandidaturen", exact=True))
    page.locator("#q").fill(reference)
    press(page.locator(".filter-bar button"))
    press(page.locator(".grid tbody a"))
    for state in ("eligible", "in_review", "jury"):
        page.locator("#to").select_option(state)
        press(page.get_by_role("button", name="Zet deze stap"))
    press(page.locator("p.warn a"))
    page.locator("input[name=outcome][value=accepted]").check()
    page.locator("#reason").fill(reasons)
    press(page.get_by_role("button", name="Bewaar de beslissing", exact=True))
    expect(page.locator("table.rank tbody tr")).to_have_count(1)


def announce(browse: Opener, site: Site) -> None:
    """Look at the checks, see what will happen, tell."""
    seeds = db.session.query(Call).filter_by(key="seeds").one()
    seeds.closes_at = clock.now() - timedelta(hours=1)  # nobody is told while others may still apply
    db.session.commit()
    page = browse("desktop")
    sign_in(page, site)
    press(page.get_by_role("link", name="Selectie", exact=True))
    press(page.get_by_role("link", name="Beslissingen"))
    press(page.get_by_role("link", name="Nakijken en meedelen"))
    press(page.get_by_role("button", name="Bekijk wat er zal gebeuren"))
    press(page.get_by_role("button", name="Deel deze beslissingen nu mee"))
    expect(page.locator(".warn[role=status]")).to_be_visible()


def test_the_script_saves_when_a_field_is_left(site: Site, browse: Opener) -> None:
    page = browse("phone")
    start(page, "nl")
    page.locator("#contact_phone").fill("0470 12 34 56")

    with page.expect_response(lambda answer: answer.url.endswith("/bewaren")) as answered:
        page.locator("#team_why").focus()

    assert answered.value.status == 200
    expect(page.locator(".saved")).to_contain_text("Bewaard om")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#contact_phone")).to_have_value("0470 12 34 56")
