"""The plain part of every kind of letter, in both languages, has no line over 78 characters but an address."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.text.markdown import quoted
from app.mail.actions import composing
from app.mail.rules.kinds import KINDS, SOON
from app.mail.rules.links import has_address, keys_in
from app.mail.rules.parts import WIDTH, wrapped
from config import ROOT
from tests.mail.test_messages import mail, read, said, words
from tests.mail.test_placeholders import WRITTEN, given

pytestmark = pytest.mark.one_database("the lines of letters")

LONG = "De ploeg heeft het plan voor de wasserij uitgewerkt met de buren, de school en de gemeente. " * 3
ADDRESS = "https://www.coopcity.example/nl/aanmelden/" + "x" * 80
CALL = SimpleNamespace(
    title=Bilingual("Fundament 2027", "Fondations 2027"),
    programme=SimpleNamespace(title=Bilingual("Fundament", "Fondations")),
)
# Language of a letter → that of its last line, and the line.
OTHER_LINES = {
    "nl": ("fr", "Vous préférez le français\u202f? Dites-le-nous en répondant à cet e-mail."),
    "fr": ("nl", "Liever in het Nederlands? Laat het ons weten: antwoord op deze mail."),
}
# What the letters say that are written from their template alone.
BY_TEMPLATE = {
    "decision_corrected": {
        "application": SimpleNamespace(title="De buurtwasserij", call=CALL),
        "why": LONG,
        "feedback": (),
        "decision": SimpleNamespace(outcome="declined", rank=None, reason=LONG, answer_by=None),
        "url": ADDRESS,
    },
    "criteria_changed": {"call": CALL, "what": "form", "reason": Bilingual(LONG, LONG), "url": ADDRESS},
    "subscription_confirm": {
        "titles": [CALL.programme.title],
        "all_calls": True,
        "newsletter": True,
        "url": ADDRESS,
    },
    "subscription_renewal": {"until": SOON, "url": ADDRESS},
    "reader_assigned": {"call": CALL, "count": 3, "due_on": SOON, "declared": False, "url": ADDRESS},
    "reader_reminder": {"call": CALL, "count": 3, "due_on": SOON, "declared": False, "late": True, "url": ADDRESS},
}


def sent_lines(text: str) -> list[str]:
    plain = next(read(mail(text=text)).iter_parts())
    return said(plain).split("\n")


def long_values(kind: str) -> dict[str, Any]:
    """The samples of this kind, each passage as long as people write."""
    if kind in BY_TEMPLATE:
        return {"name": "Zoë Janssens", **BY_TEMPLATE[kind]}
    values = given(KINDS[kind])
    for placeholder in KINDS[kind].placeholders:
        if placeholder.form == "passage" and "." not in placeholder.path:
            values[placeholder.path.split(",")[0]] = LONG
    return values


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("kind", WRITTEN)
def test_no_line_of_a_letter_is_over_78_characters(app: Flask, kind: str, language: str) -> None:
    letter = composing.compose(kind, language=language, **long_values(kind))

    lines = sent_lines(letter.text(language))

    assert [line for line in lines if len(line) > WIDTH and not line.startswith("https://")] == []
    assert words(" ".join(lines)) == words(letter.text(language))


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("kind", WRITTEN)
def test_every_letter_ends_with_one_line_in_the_other_language(app: Flask, kind: str, language: str) -> None:
    other, line = OTHER_LINES[language]

    letter = composing.compose(kind, language=language, **long_values(kind))

    assert sent_lines(letter.text(language))[-3:] == ["", line, ""]
    (shown,) = BeautifulSoup(letter.html(language), "html.parser").select("p[lang]")
    assert (shown["lang"], shown.get_text()) == (other, line)
    assert line not in letter.source


def test_every_class_of_a_letter_has_a_style_and_every_style_a_place() -> None:
    template = (ROOT / "templates" / "mail" / "letter.html").read_text(encoding="utf-8")
    style, body = template.split("</style>")

    named = {name for names in re.findall(r'class="([a-z ]+)"', body) for name in names.split()}

    assert named == set(re.findall(r"\.([a-z]+)", style))


def test_the_line_in_the_other_language_is_short_and_holds_no_address() -> None:
    for _other, line in OTHER_LINES.values():
        assert len(line) <= WIDTH
        assert not has_address(line)
        assert keys_in(line) == []


def test_an_address_stays_whole_on_a_line_of_its_own() -> None:
    lines = wrapped(f"Open deze link om je aan te melden op de site van Coopcity: {ADDRESS} en ga verder.").split("\n")

    assert ADDRESS in lines
    assert [line for line in lines if len(line) > WIDTH] == [ADDRESS]


def test_quotations_keep_their_mark_and_lists_their_indent() -> None:
    quotation, item = wrapped(quoted(LONG)).split("\n"), wrapped(f"- {LONG}").split("\n")

    assert len(quotation) > 3
    assert all(line.startswith("> ") for line in quotation)
    assert item[0].startswith("- De")
    assert all(line.startswith("  ") for line in item[1:])


def test_short_lines_and_hard_spaces_stay_as_they_are() -> None:
    text = "Dag\u00a0Zoë,\n\n  ingesprongen  \n> citaat\n"

    assert wrapped(text) == text
    assert all("\u00a0" not in line[-1:] for line in wrapped("aa\u00a0b " * 60).split("\n"))
