"""The words of each kind: both languages or neither, placeholders checked, previewed, tested, taken back."""

import pytest

from app.core.audit import audit_trail
from app.core.db.base import db
from app.mail.actions import writing
from app.mail.models import Wording
from app.mail.rules.kinds import KINDS
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.outboxes import a_file
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn

LIST, PAGE, TEST, BACK = (f"outbox_wording.{name}" for name in ("wordings", "wording", "test", "back"))
KIND = "place_given_up"
WORDS = {
    "subject_nl": "Jammer, {name}",
    "subject_fr": "Dommage, {name}",
    "body_nl": "Dag {name}\n\nJe gaf {title} op.",
    "body_fr": "Bonjour {name}\n\nVous abandonnez {title}.",
}


def own_words() -> Wording | None:
    db.session.rollback()
    return db.session.get(Wording, KIND)


def test_every_kind_is_listed_in_both_languages(els: SignedIn) -> None:
    page, french = els.get(LIST), els.get(LIST, lang="fr")

    assert len(page.soup.select("tbody tr")) == len(KINDS)
    assert "Kandidatuur ontvangen" in page.text
    assert "Candidature reçue" in french.text
    assert_budget(page, 6)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_opens(els: SignedIn, kind: str) -> None:
    assert_budget(els.get(PAGE, kind=kind), 10)


def test_the_words_of_the_team_count_from_then_on(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    page = els.get(PAGE, kind=KIND).submit("Deze tekst bewaren", **WORDS).follow()
    application = a_file("De Spoel")

    writing.queue(
        KIND,
        to_name="Zoë",
        to_email="zoe@example.be",
        language="fr",
        key="a",
        about=application.ref,
        at=clock(),
        application=application,
    )
    db.session.commit()

    assert page.value("subject_nl") == "Jammer, {name}"
    letter = mailbox.last()
    assert (letter.subject, letter.body) == ("Dommage, Zoë", "Bonjour Zoë\n\nVous abandonnez De Spoel.\n")
    assert [entry.action for entry in audit_trail.history(f"wording:{KIND}")] == ["wording.changed"]
    assert "Els Peeters" in els.get(LIST).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"body_fr": ""}, "Schrijf de mail ook in deze taal"),
        ({"subject_nl": ""}, "Schrijf het onderwerp ook in deze taal"),
        ({"body_nl": "Dag {nmae}, {oeps}"}, "Deze invulvelden bestaan hier niet: {nmae}, {oeps}"),
        ({"subject_nl": "x" * 300}, "Maak deze tekst korter"),
        ({"body_nl": "x" * 9000}, "Maak deze tekst korter"),
    ],
)
def test_wrong_words_are_refused_and_kept_on_the_page(els: SignedIn, wrong: dict[str, str], sentence: str) -> None:
    page = els.get(PAGE, kind=KIND).submit("Deze tekst bewaren", status=422, **(WORDS | wrong))

    assert sentence in page.problems[0]
    for name, typed in (WORDS | wrong).items():
        assert (page.value(name) or "") == typed
    assert own_words() is None


def test_a_preview_marks_real_values_and_keeps_nothing(els: SignedIn, clock: Clock) -> None:
    application = a_file("De <b>Spoel")
    writing.queue(
        KIND,
        to_name="Lucie",
        to_email="lucie@example.be",
        language="nl",
        key="a",
        about=application.ref,
        at=clock(),
        application=application,
    )

    page = els.get(PAGE, kind=KIND).submit("Eerst bekijken", status=200, **WORDS)

    assert page.select("article[lang=fr] mark") == ["Lucie", "Lucie", "De <b>Spoel"]
    assert "{{" not in page.text
    assert own_words() is None


def test_words_are_never_a_template(els: SignedIn) -> None:
    evil = WORDS | {"body_nl": "{{ 7 * 7 }} {% if 1 %} {name.__class__}"}

    page = els.get(PAGE, kind=KIND).submit("Deze tekst bewaren", status=422, skip={"left-overs"}, **evil)

    assert "{ 7 * 7 }" in page.problems[0]
    assert "49" not in page.text


def test_a_stale_page_overwrites_nothing(els: SignedIn, greta: SignedIn) -> None:
    mine, hers = els.get(PAGE, kind=KIND), greta.get(PAGE, kind=KIND)
    hers.submit("Deze tekst bewaren", **(WORDS | {"subject_nl": "Van Greta"}))

    page = mine.submit("Deze tekst bewaren", status=422, **WORDS)

    assert "intussen gewijzigd" in page.problems[0]
    kept = own_words()
    assert kept is not None
    assert kept.subject.nl == "Van Greta"


def test_back_to_the_shipped_words(els: SignedIn) -> None:
    shipped = els.get(PAGE, kind=KIND).value("body_nl")
    page = els.get(PAGE, kind=KIND).submit("Deze tekst bewaren", **WORDS).follow()

    page.submit("Terug naar de meegeleverde tekst")
    els.post(BACK, kind=KIND)

    assert els.get(PAGE, kind=KIND).value("body_nl") == shipped
    actions = [entry.action for entry in audit_trail.history(f"wording:{KIND}")]
    assert actions == ["wording.taken_back", "wording.changed"]


def test_a_test_goes_to_oneself_in_both_languages_once(els: SignedIn, mailbox: Mailbox) -> None:
    page = els.get(PAGE, kind="decision_accepted")

    page.submit("Mij een proefmail in beide talen sturen")
    page.submit("Mij een proefmail in beide talen sturen")

    assert [(one.language, one.to_email) for one in mailbox.letters] == [
        ("nl", els.person.email),
        ("fr", els.person.email),
    ]
    assert len(mailbox.deliver()) == 2


def test_others_word_nothing(client: PageClient, daan: SignedIn, farid: SignedIn, els: SignedIn) -> None:
    client.get(PAGE, kind=KIND, status=302)
    for other in (daan, farid):
        other.get(PAGE, kind=KIND, status=403)
        other.post(PAGE, WORDS, kind=KIND, status=403)
        other.post(TEST, {"once": "a"}, kind=KIND, status=403)
        other.post(BACK, kind=KIND, status=403)
    els.get(PAGE, kind="nothing", status=404)
    els.post(TEST, {"once": "a"}, kind="nothing", status=404)
    els.post(TEST, {"once": "é" * 9}, kind=KIND, status=409)
    els.post(PAGE, WORDS, kind=KIND, csrf=False, status=401)

    assert own_words() is None


def test_what_is_typed_beside_the_test_mail_stays(els: SignedIn) -> None:
    page = els.get(PAGE, kind=KIND).submit("Mij een proefmail in beide talen sturen", subject_nl="Halve zin").follow()

    assert page.value("subject_nl") == "Halve zin"
    assert own_words() is None
