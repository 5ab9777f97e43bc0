"""The list of letters and one letter, as the team works with them: seven questions, conflicts, keys, budgets."""

import pytest
from flask import Flask

from app.applications.models import Application
from app.core.audit import audit_trail
from app.core.db.base import db
from app.mail.actions import sealing, writing
from app.mail.actions.composing import other_language_line
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.outboxes import a_file
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict

LIST, LETTER, ACT, EDIT = (f"outbox_staff.{name}" for name in ("letters", "letter", "act", "edit"))
LINK = "http://127.0.0.1:8000/nl/aanmelden/"


def a_letter(clock: Clock, application: Application | None = None, *, key: str = "a", **more: object) -> OutgoingMail:
    """A letter about this file, or about another one."""
    about = application or a_file("De Spoel")
    made = writing.queue(
        "place_given_up",
        to_name="Zoë Janssens",
        to_email="zoe@example.be",
        language="nl",
        key=key,
        about=about.ref,
        at=clock(),
        application=about,
        **more,
    )
    assert made is not None
    db.session.commit()
    return made


def state_of(letter: OutgoingMail) -> str:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter.id).state


def test_the_list_shows_letters_in_both_languages(els: SignedIn, clock: Clock) -> None:
    letter = a_letter(clock)

    dutch, french = els.get(LIST), els.get(LIST, lang="fr")

    assert dutch.h1 == "Mails"
    assert french.h1 == "E-mails"
    assert letter.subject in dutch.text
    assert "zoe@example.be" in french.text


@pytest.mark.parametrize("name", ["daan", "farid", "amina"])
def test_others_do_not_read_the_post(app: Flask, request: pytest.FixtureRequest, clock: Clock, name: str) -> None:
    letter = a_letter(clock)
    other: SignedIn = request.getfixturevalue(name)

    other.get(LIST, status=403)
    other.get(LETTER, letter_id=letter.id, status=403)
    other.post(ACT, {"deed": "cancel"}, letter_id=letter.id, status=403)

    assert state_of(letter) == MailState.QUEUED


def test_a_visitor_is_shown_the_door(client: PageClient, clock: Clock) -> None:
    letter = a_letter(clock)

    client.get(LIST, status=302)
    client.get(LETTER, letter_id=letter.id, status=302)


def test_the_list_finds_by_state_kind_series_and_words(els: SignedIn, clock: Clock) -> None:
    about = a_file("De Spoel")
    a_letter(clock, about, key="a", batch="reeks:1", on_hold=True)
    other = a_letter(clock, key="b")

    def found(**asked: str) -> int:
        return len(els.get(LIST, **asked).soup.select("tbody tr"))

    assert found() == 2
    assert found(state="held") == 1
    assert found(kind="place_given_up") == 2
    assert found(kind="sign_in_link") == 0
    assert found(batch="reeks:1") == 1
    assert found(q="ZOE@example") == 2
    assert found(q=str(about.reference)) == 1
    assert found(q="100%_\\") == 0
    assert found(state="nonsense", after="9" * 40) == 2
    assert found(after=str(other.id)) == 1


@pytest.mark.parametrize(
    ("lang", "empty", "filtered"),
    [
        ("nl", "Er is nog geen mail geschreven.", "Geen enkele mail"),
        ("fr", "Aucun e-mail n’a encore été écrit.", "Aucun e-mail"),
    ],
)
def test_an_empty_post_and_an_empty_answer_are_two_things(els: SignedIn, lang: str, empty: str, filtered: str) -> None:
    assert els.get(LIST, lang=lang).select("main p.lead") == [empty]
    assert els.get(LIST, lang=lang, q="niemand").select("main p.lead")[0].startswith(filtered)


def test_the_very_address_comes_first_on_whatever_page(
    els: SignedIn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.outbox.queries.PAGE_SIZE", 2)
    wanted = a_letter(clock, key="a")
    others = [a_letter(clock, a_file(f"Ander {number}"), key=f"b{number}") for number in range(3)]
    for number, other in enumerate(others):
        other.to_email = f"{number}-zoe@example.be"
    db.session.commit()

    page = els.get(LIST, q="ZOE@example.be")
    further = els.get_path(page.links(".pager a")[0])

    shown = [int(link.rsplit("/", 1)[1]) for one in (page, further) for link in one.links("tbody th a")]
    assert shown == [wanted.id, *(other.id for other in reversed(others))]


def test_other_letters_are_links_with_subject_and_date(els: SignedIn, clock: Clock) -> None:
    first = a_letter(clock, key="a")
    about = db.session.query(Application).one()
    other = a_letter(clock, about, key="b")

    page = els.get(LETTER, letter_id=first.id)
    (link,) = page.soup.select("[aria-labelledby=others] a")

    assert link.get_text() == other.subject
    assert other.text not in page.select("[aria-labelledby=others]")[0]
    assert "1\u00a0februari" in page.select("[aria-labelledby=others]")[0]


@pytest.mark.parametrize(("lang", "word"), [("nl", "Proefronde"), ("fr", "Essai à blanc")])
def test_letters_of_a_rehearsal_are_marked(els: SignedIn, clock: Clock, lang: str, word: str) -> None:
    played, real = a_file("De Spoel"), a_file("De Wever")
    played.is_rehearsal = True
    for file in (played, real):
        a_letter(clock, file, key=file.title)

    rows = els.get(LIST, lang=lang).soup.select("tbody th")

    assert [word in row.get_text() for row in rows] == [False, True]


def test_the_list_costs_the_same_for_one_and_for_a_page_and_pages_by_key(els: SignedIn, clock: Clock) -> None:
    first = a_letter(clock, key="first")
    assert_budget(els.get(LIST), 6)
    for number in range(55):
        a_letter(clock, db.session.get_one(Application, int(first.about.split(":")[1])), key=f"n{number}")

    page = els.get(LIST)
    assert_budget(page, 6)
    rest = page.click("De volgende")

    assert (len(page.soup.select("tbody tr")), len(rest.soup.select("tbody tr"))) == (50, 6)


def test_a_conflict_hides_a_letter_everywhere(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    application = a_file("Planted")
    letter = a_letter(clock, application, batch="reeks:1", on_hold=True)
    a_conflict(application, els.person)
    db.session.commit()
    assert letter.subject in greta.get(LIST).text

    page = els.get(LIST, q=str(application.reference))

    assert page.soup.select("tbody tr") == []
    assert "(1)" not in page.text
    els.get(LETTER, letter_id=letter.id, status=404)
    els.get(EDIT, letter_id=letter.id, status=404)
    els.post(ACT, {"deed": "send"}, letter_id=letter.id, status=404)
    assert "reeks:1" not in els.get("outbox_batches.batches").text
    els.get("outbox_batches.batch", name="reeks:1", status=404)
    assert "Planted" not in els.get("outbox_wording.wording", kind="place_given_up").text
    assert "Planted" in greta.get("outbox_wording.wording", kind="place_given_up").text


def test_a_letter_tells_why_and_what_became_of_it(els: SignedIn, clock: Clock) -> None:
    letter = a_letter(clock)

    page = els.get(LETTER, letter_id=letter.id)
    french = els.get(LETTER, lang="fr", letter_id=letter.id)

    assert_budget(page, 10)
    assert "De Spoel" in page.text
    assert page.links("dl a[href]")[0].startswith("/nl/team/kandidaturen/")
    assert "Pourquoi cet e-mail" in french.text


def test_the_key_in_a_letter_is_its_readers(els: SignedIn, clock: Clock, app: Flask) -> None:
    site = str(app.config["BASE_URL"])
    made = writing.queue(
        "sign_in_link",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        key="k",
        about="person:1",
        at=clock(),
        url=f"{site}/nl/aanmelden/SECRET-TOKEN",
    )
    assert made is not None
    assert "SECRET-TOKEN" in sealing.opened(made).text

    page = els.get(LETTER, letter_id=made.id)

    assert "SECRET-TOKEN" not in page.html
    assert f"{site}/nl/aanmelden/…" in page.text
    els.get(EDIT, letter_id=made.id, status=409)


@pytest.mark.parametrize("letter_id", [0, 999_999, 2**31, 10**30])
def test_a_letter_that_is_not_there(els: SignedIn, letter_id: int) -> None:
    els.get(LETTER, letter_id=letter_id, status=404)
    els.post(ACT, {"deed": "send"}, letter_id=letter_id, status=404)


def test_a_letter_is_held_sent_and_cancelled(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    letter = a_letter(clock)
    page = els.get(LETTER, letter_id=letter.id)

    page.submit("Tegenhouden").follow()
    assert state_of(letter) == MailState.ON_HOLD
    assert mailbox.deliver() == []
    els.post(ACT, {"deed": "hold"}, letter_id=letter.id, status=409)
    els.get(LETTER, letter_id=letter.id).submit("Nu versturen").follow()
    assert state_of(letter) == MailState.QUEUED
    els.get(LETTER, letter_id=letter.id).submit("Deze mail annuleren").follow()

    assert mailbox.deliver() == []
    assert [entry.action for entry in audit_trail.history(letter.ref)] == [
        "letter.cancel",
        "letter.send",
        "letter.hold",
    ]
    els.post(ACT, {"deed": "send"}, letter_id=letter.id, status=409)
    els.post(ACT, {"deed": "fly"}, letter_id=letter.id, status=409)
    els.post(ACT, {"deed": "send"}, letter_id=letter.id, csrf=False, status=401)


def test_a_failed_letter_says_why_and_is_tried_again(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    letter = a_letter(clock)
    letter.state, letter.error, letter.tries = MailState.FAILED, "550 5.1.1 user unknown", 3
    db.session.commit()

    page = els.get(LETTER, letter_id=letter.id)
    assert "Het adres bestaat niet, of neemt geen mail van ons aan." in page.text
    assert "550 5.1.1 user unknown" in page.text
    page.submit("Opnieuw proberen")

    assert len(mailbox.deliver()) == 1
    assert state_of(letter) == MailState.SENT


def test_a_double_click_sends_a_letter_once_more_once(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    letter = a_letter(clock)
    mailbox.deliver()
    page = els.get(LETTER, letter_id=letter.id)

    first, second = page.submit("Opnieuw versturen"), page.submit("Opnieuw versturen")

    assert first.location == second.location
    assert [one.key for one in mailbox.letters] == ["a", "a:again:1"]
    assert [one.again_of_id for one in mailbox.letters] == [None, letter.id]
    assert len(mailbox.deliver()) == 2
    els.post(ACT, {"deed": "again", "number": "9"}, letter_id=letter.id, status=409)
    assert "Opnieuw verstuurd" in first.follow().text


def test_one_letter_is_worded_anew_before_it_leaves(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    letter = a_letter(clock, on_hold=True)
    page = els.get(EDIT, letter_id=letter.id)

    page.submit(subject="", body="Dag", status=422)
    page.submit(subject="Andere woorden", body=f"Dag {{Zoë}}\n\n= NR 1\n\nGa:\n{els.base_url}/a").follow()

    changed = mailbox.letters[0]
    text = f"Dag {{Zoë}}\n\nNR 1\n\nGa:\n{els.base_url}/a\n\n{other_language_line(changed.language)}\n"
    assert (changed.subject, changed.text) == ("Andere woorden", text)
    assert f'href="{els.base_url}/a"' in changed.html
    assert 'class="plate"' in changed.html
    assert (changed.edited_by_id, changed.edited_at) == (els.person_id, clock())
    assert els.get(EDIT, letter_id=letter.id).value("body").startswith("Dag {Zoë}\n\n= NR 1")


def test_a_stale_edit_overwrites_nothing(els: SignedIn, greta: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    letter = a_letter(clock, on_hold=True)
    mine, hers = els.get(EDIT, letter_id=letter.id), greta.get(EDIT, letter_id=letter.id)
    hers.submit(subject="Van Greta", body="Dag")

    again = mine.submit(subject="Van Els", body="Hallo", status=422)

    assert again.value("subject") == "Van Els"
    assert mailbox.letters[0].subject == "Van Greta"


def test_a_letter_that_left_is_not_worded_anew(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    letter = a_letter(clock)
    page = els.get(EDIT, letter_id=letter.id)
    mailbox.deliver()

    page.submit(subject="Te laat", body="Dag", status=409)

    assert mailbox.letters[0].subject != "Te laat"
