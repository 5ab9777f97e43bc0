"""The team's words are filled as the template is: both ways give the same letter, and no value can do harm."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import speaking
from app.mail.actions import composing, wording
from app.mail.rules.kinds import KINDS, SOON, kind_name
from app.mail.rules.parts import Part
from app.mail.rules.placeholders import NAME, Kind, Placeholder, filled, filled_line
from app.mail.rules.wording import wording_issues
from config import ROOT
from tests.conftest import Clock

pytestmark = pytest.mark.one_database("the words of letters")

EVERY = [(kind, language) for kind in KINDS for language in LOCALES]
WRITTEN = sorted({one.stem for one in (ROOT / "templates" / "mail").glob("*.txt")} - {"letter"})
TITLE = Placeholder("title", "", "application.title", sample="Titel")
RANK = Placeholder("rank", "", "decision.rank", may_be_empty=True)
WORDS = Placeholder("words", "", "message", "passage")
URL = Placeholder("url", "", "url", "address")
SMALL = Kind("Klein", (NAME, TITLE, RANK, WORDS, URL), needed=("url",))


def given(kind: Kind) -> dict[str, Any]:
    """What `queue` would be given: the sample of each placeholder at the end of its path."""
    root = SimpleNamespace()
    for placeholder in kind.placeholders:
        *way, last = placeholder.path.split(",")[0].split(".")
        place = root
        for name in way:
            if not hasattr(place, name):
                setattr(place, name, SimpleNamespace())
            place = getattr(place, name)
        setattr(place, last, placeholder.sample)
    return vars(root)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_the_shipped_words_filled_are_the_letter_of_the_template(app: Flask, kind: str, language: str) -> None:
    known = KINDS[kind]
    by_template = composing.compose(kind, language=language, **given(known))

    subject, body = composing.shipped(kind, language)
    with speaking(language):
        values = known.values(given(known))
        by_filling = composing.Words(filled_line(subject, values), filled(known, body, values))

    assert (by_filling.subject, by_filling.parts) == (by_template.subject, by_template.parts)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_words_have_no_fault(app: Flask, kind: str) -> None:
    texts = {code: composing.shipped(kind, code) for code in LOCALES}
    subject, body = (Bilingual.of({code: text[half] for code, text in texts.items()}) for half in (0, 1))

    if KINDS[kind].has_secret_link:
        subject, body = Bilingual("", ""), Bilingual.of({code: composing.greeting_of(body[code]) for code in LOCALES})

    issues = wording_issues(KINDS[kind], subject, body, own_host="x")

    assert [(issue.language, str(issue.sentence)) for issue in issues] == []


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_kind_is_named_in_both_languages(app: Flask, kind: str) -> None:
    names = []
    for code in LOCALES:
        with force_locale(code):
            names.append(kind_name(kind))

    assert len({*names, kind}) == 3


def test_what_is_empty_takes_its_paragraph_along(app: Flask) -> None:
    values = {"name": "Zoë", "title": "", "rank": "", "words": "", "url": "https://x.example"}
    body = "Dag {name}\n\nPlaats: {rank}\n\n{words}\n\n- {name}\n- plaats {rank}\n\nOpen:\n{url}"

    assert filled(SMALL, body, values) == [
        Part("text", ("Dag Zoë",)),
        Part("list", ("Zoë",)),
        Part("button", ("Open:", "https://x.example")),
    ]


def test_a_value_cannot_become_a_button_or_a_placeholder(app: Flask) -> None:
    evil = "https://evil.example {url} {{ 7 * 7 }} <script>"
    values = {"name": evil, "title": evil, "rank": "", "words": "a\n\nb", "url": "https://x.example"}

    found = filled(SMALL, "Titel:\n{title}\n\n{words}", values)
    marked = filled(SMALL, "{title}", values, marked=True)[0].lines[0]

    assert found == [Part("text", ("Titel:", evil)), Part("text", ("a",)), Part("text", ("b",))]
    assert marked == "<mark>https://evil.example {url} {{ 7 * 7 }} &lt;script&gt;</mark>"


@pytest.mark.parametrize(
    ("subject", "body", "sentence"),
    [
        ("Over {titel}", "{url}", "These placeholders do not exist here: {titel}"),
        ("Over", "{url}\n\n{a} {b} {a}", "These placeholders do not exist here: {a}, {b}"),
        ("Over", "{url}\n\n{Name} {}", "These placeholders do not exist here: {Name}, {}"),
        ("Over", "Dag", "This letter needs {url}"),
        ("", "{url}", "Write the subject in this language too"),
        ("Over", " ", "Write the letter in this language too"),
        ("Plaats {rank}", "{url}", "{rank} cannot stand in the subject: it may be empty or have several lines"),
        ("Over", "{url}\n\nHoi {words}", "{words} has lines of its own: give it a paragraph for itself"),
        (
            "Over",
            "{url}\n\n{title} op {rank}",
            "{rank} may be empty, and its paragraph then falls away: keep the other placeholders out of it",
        ),
    ],
)
def test_each_fault_is_named(app: Flask, subject: str, body: str, sentence: str) -> None:
    fine = Bilingual("Over", "Sujet"), Bilingual("{url}", "{url}")
    assert wording_issues(SMALL, *fine, own_host="x") == []

    found = wording_issues(SMALL, Bilingual(subject, "Sujet"), Bilingual(body, "{url}"), own_host="x")

    with force_locale("en"):
        assert [(issue.language, str(issue.sentence)) for issue in found] == [("nl", sentence)]


def test_letters_are_written_in_the_teams_words(app: Flask, clock: Clock) -> None:
    subject, body = Bilingual("Dag, {name}", "Salut, {name}"), Bilingual("Hier:\n{url}", "Ici\u00a0:\n{url}")
    values = {"name": "Zoë", "url": "https://x.example"} | given(KINDS["draft_ending"])
    wording.reword("draft_ending", subject=subject, body=body, by="system", by_id=None, at=clock())
    found = composing.compose("draft_ending", language="fr", **(values | {"name": "Zoë", "url": "https://x.example"}))
    wording.back_to_shipped("draft_ending", by="system", at=clock())
    shipped = composing.compose("draft_ending", language="fr", **values)

    assert (found.subject, found.source) == ("Salut, Zoë", "Ici\u00a0:\nhttps://x.example\n")
    assert shipped.subject != found.subject


def test_a_letter_without_its_decisive_value_goes_as_shipped(app: Flask, clock: Clock) -> None:
    both = Bilingual("Nieuw: {closes}", "Nouveau : {closes}")
    wording.reword(
        "call_dates_changed", subject=both, body=Bilingual("{url}", "{url}"), by="system", by_id=None, at=clock()
    )
    programme = SimpleNamespace(title=Bilingual("Fundament", "Fondations"))
    values = {
        "application": SimpleNamespace(call=SimpleNamespace(programme=programme)),
        "name": "Zoë",
        "url": "https://x",
    }

    with_date = composing.compose("call_dates_changed", language="nl", **values, after=SOON, before=None)
    without = composing.compose("call_dates_changed", language="nl", **values, after=None, before=None)

    assert with_date.subject.startswith("Nieuw: vrijdag")
    assert "geen deadline" in without.source
