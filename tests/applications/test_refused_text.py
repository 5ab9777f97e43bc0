"""A text that could not be saved: shown under the questions' own words, and put back after signing in."""

import pytest

from app.accounts import actions as accounts
from app.applications.actions import team
from app.applications.models import Application, UnsavedText
from app.applications.queries import files
from app.applications.rules.team import Role
from app.core import clock as the_clock
from app.core.db.base import db
from tests.builders import a_call, an_application
from tests.letters import Mailbox
from tests.page import Page
from tests.pages import PageClient
from tests.people import SignedIn

WORDS = "Ce que j’écrivais alors."
CONTROLS = {"do", "csrf_token", "revision", "version", "window", "files-seen"}


@pytest.fixture
def draft(amina: SignedIn) -> Application:
    """Amina's draft, with a question of every kind."""
    return an_application(call=a_call(), person=amina.person)


def section(who: SignedIn, draft: Application, part: str = "words") -> Page:
    return who.get("applications_writer.section", lang="fr", key=draft.key, part=part)


def shown(page: Page) -> dict[str, str]:
    """What stands on the page to copy, by label."""
    return {
        page.select(f"label[for={area['id']}]")[0]: area.get_text().strip()
        for area in page.soup.select("main textarea[readonly]")
    }


def assert_own_words(page: Page) -> None:
    texts = shown(page)
    assert texts["Question de long text"] == WORDS
    assert texts["Question de several choices"] == "choix x"
    assert "Membre 1" in texts["Question de group"]
    assert not CONTROLS & texts.keys()
    assert page.lang == "fr"


def signed_in_again(who: SignedIn, page: Page, mailbox: Mailbox) -> Page:
    """Follow the button of the page, ask for a link, use it: the page where that leads."""
    asked = who.get_path(page.links("main #typed ~ p a.button")[0])
    asked.submit(form="main form", email=who.person.email).follow()
    opened = who.get_path(mailbox.link("sign_in_link"))
    return opened.submit(form="main form").follow()


@pytest.mark.parametrize("lost", ["cookies", "sign-in"])
def test_a_text_sent_after_the_sign_in_ended_is_in_the_fields_after_the_next_one(
    amina: SignedIn, draft: Application, mailbox: Mailbox, lost: str
) -> None:
    page = section(amina, draft)
    if lost == "cookies":
        amina.browser = amina.app.test_client()
    else:
        amina.post("accounts_public.sign_out")

    refused = page.submit("do=save", status=401, a_long_text=WORDS, a_several_choices=["x"])

    assert_own_words(refused)
    assert refused.h1.startswith("Votre session a expiré")
    back = signed_in_again(amina, refused, mailbox)
    assert back.path == page.path
    assert back.value("a_long_text") == WORDS
    assert files.open_file(draft).answers["a_long_text"] != WORDS
    back.submit("do=save")
    assert files.open_file(draft).answers["a_long_text"] == WORDS
    assert db.session.query(UnsavedText).count() == 0
    assert section(amina, draft).select(".note") == []


def test_the_text_of_another_browser_and_of_another_section_is_not_offered(
    amina: SignedIn, draft: Application, client: PageClient
) -> None:
    page = section(amina, draft)
    sign_in = amina.session()["sign_in"]
    amina.post("accounts_public.sign_out")
    page.submit("do=save", status=401, a_long_text=WORDS)
    token, _sign_in = accounts.start_session(amina.person, confirmed=True, at=the_clock.now())
    client.put_in_session(sign_in=token)

    other = client.get("applications_writer.section", lang="fr", key=draft.key, part="words")

    assert sign_in != token
    assert other.value("a_long_text") != WORDS
    amina.put_in_session(sign_in=token)
    section(amina, draft, "figures").submit("do=later", a_number="12")
    assert section(amina, draft).value("a_long_text") == WORDS
    assert section(amina, draft).click("Afficher ce qui est enregistré").value("a_long_text") != WORDS


def test_one_file_keeps_a_few_such_texts_and_none_without_end(amina: SignedIn, draft: Application) -> None:
    page = section(amina, draft)
    amina.post("accounts_public.sign_out")

    for number in range(7):
        page.submit("do=save", status=401, a_long_text=f"{WORDS} {number}")
    long = page.submit("do=save", status=401, a_long_text="x" * 500_000)

    assert db.session.query(UnsavedText).count() == 5
    assert "conservé pour ce navigateur" not in long.text


def test_a_removed_team_mate_reads_what_she_was_writing(amina: SignedIn, bruno: SignedIn, draft: Application) -> None:
    member = team.invite(
        draft, bruno.person.email, name="Bruno Claes", role=Role.WRITER, by=amina.person, at=the_clock.now()
    )
    team.accept(draft, member, by=bruno.person, at=the_clock.now())
    page = section(bruno, draft)
    team.remove_member(draft, member, by=amina.person, at=the_clock.now())

    refused = page.submit("do=save", status=404, a_long_text=WORDS, a_several_choices=["x"])

    assert_own_words(refused)
    assert "Votre accès a peut-être pris fin" in refused.text
    assert db.session.query(UnsavedText).count() == 0


def test_a_team_mate_who_may_only_read_now_reads_what_she_was_writing(
    amina: SignedIn, bruno: SignedIn, draft: Application
) -> None:
    member = team.invite(
        draft, bruno.person.email, name="Bruno Claes", role=Role.WRITER, by=amina.person, at=the_clock.now()
    )
    team.accept(draft, member, by=bruno.person, at=the_clock.now())
    page = section(bruno, draft)
    member.role = Role.READER

    assert_own_words(page.submit("do=save", status=403, a_long_text=WORDS, a_several_choices=["x"]))


def test_a_token_of_another_session_gives_the_way_back_to_who_is_signed_in(amina: SignedIn, draft: Application) -> None:
    page = section(amina, draft)
    amina.put_in_session(csrf_token="another")

    refused = page.submit("do=save", status=401, a_long_text=WORDS, a_several_choices=["x"])

    assert_own_words(refused)
    assert refused.h1.startswith("Cette page est restée ouverte")
    assert refused.click("Revenir à cette page").value("a_long_text") == WORDS
