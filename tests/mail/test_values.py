"""What people call themselves and their projects cannot lead the reader of a letter elsewhere, nor begin a header."""

import re
from typing import Any

import pytest
from flask import Flask

from app.applications.forms import InviteForm, StartForm
from app.contact.forms import MessageForm
from app.core import clock
from app.core.db.base import db
from app.core.http.forms import Form
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import speaking
from app.events.forms import RegistrationForm
from app.intake.forms import OnBehalfForm
from app.mail.actions import composing, writing
from app.mail.actions import wording as words_actions
from app.mail.rules.kinds import KINDS
from app.mail.rules.values import harmless
from app.privacy.forms import CorrectForm
from app.programmes.forms.late import LateCodeForm
from app.reviewers.forms import InviteForm as ReaderInviteForm
from tests.letters import Mailbox
from tests.mail.test_placeholders import given

pytestmark = pytest.mark.one_database("the words of letters")

HOSTILE = "Klik http://evil.example\r\nBcc: x@evil.example\u2028www.evil.example mailto:x@evil.example //evil.example"
# What Gmail, Outlook and Apple Mail make a link of, and what any of them might.
CLICKABLE = re.compile(r"://(?=evil)|mailto:|@evil|//evil|(?:www|evil)\.(?=evil|example)", re.IGNORECASE)
OF_PEOPLE = frozenset({"name", "sender", "title", "programme", "call", "event", "reference"})


def hostile_values(kind: str) -> dict[str, Any]:
    """What `queue` would be given, with the attack in every value that is a name."""
    values = given(KINDS[kind])
    for placeholder in KINDS[kind].placeholders:
        if placeholder.name not in OF_PEOPLE:
            continue
        *way, last = placeholder.path.split(",")[0].split(".")
        both = isinstance(placeholder.sample, Bilingual)
        attack = Bilingual(HOSTILE, HOSTILE) if both else HOSTILE
        if not way:
            values[last] = attack
            continue
        place = values[way[0]]
        for name in way[1:]:
            place = getattr(place, name)
        setattr(place, last, attack)
    return values


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("worded", [False, True])
def test_no_name_is_a_link_or_a_line_of_a_letter(app: Flask, kind: str, language: str, worded: bool) -> None:
    if worded:
        greeting, (subject, body) = Bilingual("Dag {name},", "Bonjour {name},"), composing.worded(kind, None)
        own = (Bilingual("", ""), greeting) if KINDS[kind].has_secret_link else (subject, body)
        words_actions.reword(kind, subject=own[0], body=own[1], by="system", by_id=None, at=clock.now())

    words = composing.compose(kind, language=language, **hostile_values(kind))

    names = {placeholder.name for placeholder in KINDS[kind].placeholders} & OF_PEOPLE
    assert ("Bcc" in words.text(language) + words.subject) == bool(names)
    assert words.subject.splitlines() == [words.subject]
    assert "\u2028" not in words.text(language)
    assert not re.search(r"^\W*(Bcc|www)", words.text(language), re.MULTILINE)
    for text in (words.subject, words.text(language), words.html(language)):
        assert CLICKABLE.findall(text) == []


def test_no_name_adds_a_header_to_a_mail(app: Flask, mailbox: Mailbox) -> None:
    values = hostile_values("application_invitation")
    writing.queue(
        "application_invitation",
        to_name=values.pop("name"),
        to_email="zoe@example.be",
        language="nl",
        key="a",
        about="person:1",
        at=clock.now(),
        **values,
    )
    db.session.commit()

    (message,) = mailbox.deliver()

    assert message["Bcc"] is None
    assert [one.addr_spec for one in message["To"].addresses] == ["zoe@example.be"]
    assert CLICKABLE.findall(str(message["To"])) == []
    assert CLICKABLE.findall(str(message["Subject"])) == []
    assert len(str(message["Subject"]).splitlines()) == 1


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Lefèvre",
        "Jean-Baptiste d’Ursel (jr.)",
        "S.A. Coop & Zn.",
        "12.00 uur",
        "Vraag\u00a0: thuis\u202f?",
        "",
        "24/7",
        "Les p'tits plats: à table",
        "n°\u00a05 – 1.000 bomen",
    ],
)
def test_an_honest_name_stays_as_it_is(name: str) -> None:
    assert harmless(name) == name


def test_a_name_with_a_dot_reads_the_same_and_is_no_link() -> None:
    shown = harmless("CoopIteasy.be")

    assert shown != "CoopIteasy.be"
    assert shown.replace("\u200b", "") == "CoopIteasy.be"


@pytest.mark.parametrize(
    "form",
    [RegistrationForm, MessageForm, StartForm, InviteForm, ReaderInviteForm, LateCodeForm, CorrectForm, OnBehalfForm],
)
@pytest.mark.parametrize(("language", "words"), [("nl", "Vul alleen de naam in"), ("fr", "Indiquez uniquement le nom")])
@pytest.mark.parametrize("name", ["Klik http://evil.example", "WWW.evil.example", "x@evil.be", "ｗｗｗ．evil.be"])
def test_a_person_is_asked_for_a_name_without_an_address(
    app: Flask, form: type[Form], language: str, words: str, name: str
) -> None:
    with app.test_request_context("/", method="POST", data={"name": name}), speaking(language):
        filled = form(meta={"csrf": False})
        filled.validate()

        assert any(str(error).startswith(words) for error in filled.name.errors)
