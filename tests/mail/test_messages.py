"""A mail as the readers' programs meet it: no fault of form, no long line, every word as it was written."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.text.cleaning import clean
from app.mail.jobs.messages import message_for
from app.mail.jobs.transports import Mail
from app.mail.rules.parts import WIDTH
from tests.house.language import strange

CONFIG = {"MAIL_FROM": "Coopcity é <info@coopcity.example>", "MAIL_REPLY_TO": "Het team <team@coopcity.example>"}
AT = datetime(2027, 2, 1, 10, tzinfo=UTC)
LONG = "Een heel lange zin over coöperaties, économie sociale en meer. " * 40
HARD = [
    "",
    "Zoë Lefèvre",
    'De "Spoel", Claes & Zn. <x@y>',
    "a" * 300,
    "é" * 300,
    "O'Neill (jr.), Anna; \\o/",
    "🧺 wasserij " * 20,
    "=?utf-8?q?evil?=",
    "Jean-Baptiste Vandenbroucke-Haddad de la Fontaine du Quartier Maritime",
    ".",
    "-- ",
    "From x",
]
TYPED = st.text(max_size=400).map(clean)


def mail(**more: Any) -> Mail:
    values = {
        "id": 7,
        "key": "k",
        "to_name": "Zoë",
        "to_email": "zoe@example.be",
        "language": "nl",
        "subject": "Dag",
        "text": "Dag\n",
        "html": "<p>Dag</p>\n",
        "created_at": AT,
        "unsubscribe": "",
    }
    return message_for(SimpleNamespace(**(values | more)), CONFIG)


def read(found: Mail) -> EmailMessage:
    """As a mail program reads it; every fault it finds on the way is one of ours."""
    message = message_from_bytes(found.raw_bytes, policy=policy.default)
    parts = list(message.walk())
    assert [part.defects for part in parts] == [[], [], []]
    assert [header.defects for part in parts for header in part.values() if header.defects] == []
    assert [part.get_content_type() for part in parts] == ["multipart/alternative", "text/plain", "text/html"]
    lines = found.raw_bytes.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 78, max(lines, key=len)
    assert found.raw_bytes.isascii()
    return message


def said(part: Any) -> str:
    return str(part.get_content()).replace("\r\n", "\n")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("typed", HARD)
def test_a_subject_and_a_name_arrive_as_they_were_written(typed: str) -> None:
    message = read(mail(subject=typed, to_name=typed))

    assert words(message["Subject"]) == words(typed)
    assert message["To"].addresses[0].addr_spec == "zoe@example.be"
    # By the older reader: the newer one keeps the spaces between the encoded words of a long name.
    whole = str(make_header(decode_header(message_from_bytes(mail(to_name=typed).raw_bytes)["To"])))
    assert not typed or words(parseaddr(whole)[0] or whole.removesuffix("<zoe@example.be>")) == words(typed)


@pytest.mark.parametrize(
    "text", [LONG, "." + LONG, ".\n..\nFrom x\n", "= = =\t \n", "é\u202f; à\u00a0: «\u00a0b\u00a0»\n", "a\n\n\nb  \n"]
)
def test_both_parts_arrive_as_they_were_written(text: str) -> None:
    message = read(mail(text=text, html=f"<p>{text}</p>"))

    plain, html = message.iter_parts()
    assert words(said(plain)) == words(text)
    assert said(html) == f"<p>{text}</p>"


@settings(max_examples=60, deadline=None)
@given(subject=TYPED, name=TYPED, text=TYPED)
def test_whatever_is_typed_makes_a_sound_mail(subject: str, name: str, text: str) -> None:
    one_line = words(subject), words(name)

    message = read(mail(subject=one_line[0], to_name=one_line[1], text=text))

    assert words(message["Subject"]) == one_line[0]
    plain = said(next(message.iter_parts()))
    assert words(plain).replace("> ", "") == words(text).replace("> ", "")
    assert plain == text or max(map(len, text.split("\n"))) > WIDTH
    assert set(message.keys()) == {
        "Subject",
        "From",
        "Reply-To",
        "To",
        "Date",
        "Message-ID",
        "Content-Language",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    }


def test_a_mail_is_the_same_at_every_try() -> None:
    assert mail() == mail()
    assert mail().message_id != mail(key="another database").message_id
    assert mail().message_id != mail(id=8).message_id


def test_sender_answers_and_language() -> None:
    message = read(mail(language="fr"))

    assert message["From"].addresses[0].display_name == "Coopcity é"
    assert message["Reply-To"].addresses[0].addr_spec == "team@coopcity.example"
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == AT


def test_an_address_in_another_alphabet_is_spelled_for_mail_servers() -> None:
    assert mail(to_email="zoe@économie.be").to == "zoe@xn--conomie-9xa.be"


def test_the_judge_of_languages_knows_a_stranger() -> None:
    assert strange("Nous avons bien reçu votre candidature et nous vous remercions de votre confiance.", "nl")
