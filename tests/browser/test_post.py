"""The team's post in a browser: axe, narrow windows, both languages; letters as a telephone shows them, dark too."""

import pytest
from playwright.sync_api import Page

from app.accounts import actions as accounts
from app.accounts.rules import Purpose
from app.core import clock
from app.core.db.base import db
from app.mail.actions import writing
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from tests.browser.conftest import Opener, Site, does_not_scroll_sideways, kept, no_axe_violations, press
from tests.browser.test_accessibility import address_of
from tests.outboxes import a_file
from tests.people import ELS, known

SERIES = "decisions:seeds-2027:2027-02-01T10:00:00+00:00"
WORDS = "a,p,h1,li"
NARROW = {"width": 320, "height": 640}


def the_post() -> list[OutgoingMail]:
    """A series in both languages, and a letter that failed."""
    for number, (name, language) in enumerate([("Lucie Claes", "nl"), ("Amina Haddad", "fr"), ("Bruno Maes", "nl")]):
        application = a_file("Buurtwasserij De Spoel" if language == "nl" else "La Fabrique des retours")
        writing.queue(
            "application_received",
            to_name=name,
            to_email=f"r{number}@example.be",
            language=language,
            at=clock.now(),
            key=f"post:{number}",
            about=application.ref,
            batch=SERIES,
            on_hold=True,
            application=application,
            url="https://coopcity.example/nl/mijn-dossier/abc",
        )
    letters = (
        db.session.query(OutgoingMail).filter(OutgoingMail.key.startswith("post:")).order_by(OutgoingMail.id).all()
    )
    letters[2].state, letters[2].error, letters[2].batch, letters[2].tries = MailState.FAILED, "550 5.1.1 no", "", 1
    db.session.commit()
    return letters


def come_in(site: Site, page: Page) -> None:
    """Els, by a mailed link."""
    els = known(ELS)
    token = accounts.make_link(els, purpose=Purpose.PRINTED, next_path="", at=clock.now())
    db.session.commit()
    page.goto(address_of(site, "accounts_public.open_link", "nl", token=token))
    press(page.locator("main button[type=submit]"))


@pytest.mark.parametrize("kind", ["desktop", "dark phone"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_of_the_post(site: Site, browse: Opener, kind: str, lang: str) -> None:
    on_hold, _french, failed = the_post()
    page = browse(kind)
    come_in(site, page)
    for name, endpoint, values in (
        ("letters", "outbox_staff.letters", {}),
        ("failed", "outbox_staff.letter", {"letter_id": str(failed.id)}),
        ("edit", "outbox_staff.edit", {"letter_id": str(on_hold.id)}),
        ("batches", "outbox_batches.batches", {}),
        ("batch", "outbox_batches.batch", {"name": SERIES}),
        ("wordings", "outbox_wording.wordings", {}),
        ("wording", "outbox_wording.wording", {"kind": "decision_accepted"}),
    ):
        page.goto(address_of(site, endpoint, lang, **values))
        kept(page, f"{name}-{lang}-{kind.replace(' ', '-')}")
        no_axe_violations(page)
        does_not_scroll_sideways(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_letter_fits_a_small_telephone(site: Site, browse: Opener, scheme: str) -> None:
    letters = the_post()
    for letter in letters[:2]:
        page = browse("desktop", viewport=NARROW, color_scheme=scheme)
        page.set_content(letter.html)

        kept(page, f"mail-{letter.language}-{scheme}")
        does_not_scroll_sideways(page)
        no_axe_violations(page)
        wide = page.evaluate(
            "Math.max(...[...document.querySelectorAll('a,p,h1,li')].map(e => e.getBoundingClientRect().right))"
        )
        assert wide <= NARROW["width"]
