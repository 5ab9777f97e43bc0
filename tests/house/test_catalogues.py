"""The words of the screens: complete in both languages, one word for one thing, set as each language wants it."""

import re
from collections import defaultdict
from functools import cache
from typing import Any

import polib
import pytest

from app.core.i18n.bilingual import LOCALES
from config import ROOT
from scripts.messages import extracted
from tests.house.language import (
    HARD_ENGLISH,
    button_slips,
    forbidden,
    long_sentences,
    missing,
    strange,
    uncounted,
    whose_team,
)
from tests.house.source import name, templates
from tests.wording import slips

PLACES = sorted((ROOT / "translations").glob("*/*/LC_MESSAGES/messages.po"))
BUTTON = re.compile(r"\bbutton(?:_link)?\((?:url_for\([^)]*\), ?)?(?:text=)?_\(\"([^\"]*)\"")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?[a-z]+\d*|\{\w+\}")


@cache
def entries(room: str, language: str) -> tuple[polib.POEntry, ...]:
    """One room's catalogue; empty when there is none."""
    place = ROOT / "translations" / room / language / "LC_MESSAGES" / "messages.po"
    return tuple(polib.pofile(str(place))) if place.exists() else ()


def texts(entry: polib.POEntry) -> list[str]:
    """The translation, or all of them where there is a plural."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def key_of(message: Any) -> str:
    """The English words; of a plural the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


ROOMS = sorted({place.relative_to(ROOT / "translations").parts[0] for place in PLACES})
EVERY = [(room, language) for room in ROOMS for language in LOCALES]


@pytest.mark.slow("reads every template and every module")
def test_a_catalogue_holds_what_its_room_says_and_no_more() -> None:
    """Run `make messages`, then translate. The English keys are typographic, without a space that nobody sees."""
    words = extracted()
    missing, unused, keys = list[str](), list[str](), list[str]()
    for room, language in EVERY:
        said = {(message.context, key_of(message)) for message in words.get(room, ()) if message.id}
        held = {(entry.msgctxt, entry.msgid) for entry in entries(room, language) if not entry.obsolete}
        missing += [f"{room}, {language}: {key}" for _context, key in said - held]
        unused += [f"{room}, {language}: {key}" for _context, key in held - said]
        keys += [key for _context, key in said] if language == LOCALES[0] else []

    assert sorted(words) == ROOMS
    assert missing == []
    assert unused == []
    assert len(keys) > 1000
    assert [key for key in keys if re.search(r"\w'\w|  |\n(?!\s*\n)", key)] == []
    assert [key for key in keys if strange(re.sub(r"%\(\w+\)[sd]", "", key), "en")] == []


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_every_word_is_translated(room: str, language: str) -> None:
    open_words = [
        entry.msgid
        for entry in entries(room, language)
        if not all(texts(entry)) or "fuzzy" in entry.flags or entry.obsolete
    ]

    assert open_words == []


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_placeholders_and_marks_are_the_same(room: str, language: str) -> None:
    wrong = []
    for entry in entries(room, language):
        wanted = {frozenset(PLACEHOLDER.findall(key)) for key in (entry.msgid, entry.msgid_plural) if key}
        for text in texts(entry):
            if frozenset(PLACEHOLDER.findall(text)) not in wanted:
                wrong.append(f"{entry.msgid} → {text}")
            if (entry.msgid[0] == " ", entry.msgid[-1] == " ") != (text[:1] == " ", text[-1:] == " "):
                wrong.append(f"space at an end: {entry.msgid} → {text}")

    assert wrong == []


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_each_language_is_set_as_it_wants(room: str, language: str) -> None:
    """U+202F before ; ? ! and U+00A0 before : and inside « » in French; ’ and “ ” everywhere."""
    wrong = []
    for entry in entries(room, language):
        for text in texts(entry):
            plain = re.sub(r"</?[a-z][^>]*>", "", text)
            wrong += [f"{issue}: {text}" for issue in slips(plain, language)]
            if language == "fr" and re.search("\u00a0[;?!]|\u202f[:»]|«\u202f", plain):
                wrong.append(f"the other hard space: {text!r}")

    assert wrong == []


# Singulars without their number that no page shows for none.
NEVER_FOR_NONE = {
    "%(code)s: say what one score means",
    "%(section)s: one answer is missing or not right",
    "Choose at least one answer to “%(question)s”",
    "Choose at most one answer to “%(question)s”",
    "Choose exactly one answer to “%(question)s”",
    "Fill in at least one under “%(question)s”",
    "Give at most one decimal",
    "Keep at most one file under “%(question)s”",
    "Keep at most one under “%(question)s”",
    "One question, two minutes. Nothing is kept.",
    "One thing would have gone wrong",
    "Publishing is not possible yet: one thing to mend.",
    "The file “%(name)s” was not added: there may be only one",
    "There is one thing to correct",
    "This reader gets one mail, in their own language.",
    "every hour",
    "every minute",
    "every second",
    "failed once: %(error)s",
}


@pytest.mark.parametrize("room", ROOMS)
def test_french_does_not_say_one_where_there_is_none(room: str) -> None:
    """French takes the singular for none: “Un brouillon est passé” would then stand for no draft at all."""
    wrong = [
        entry.msgid
        for entry in entries(room, "fr")
        if entry.msgid_plural
        and "%(num)s" in entry.msgid_plural
        and "%(num)s" not in texts(entry)[0]
        and entry.msgid not in NEVER_FOR_NONE
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("room", ROOMS)
def test_a_number_agrees_with_its_noun(room: str, language: str) -> None:
    """A text with one form says the number behind a colon, or has a plural (ngettext)."""
    found = [
        one for entry in entries(room, language) if not entry.msgid_plural for one in uncounted(language, entry.msgstr)
    ]

    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_the_english_of_a_text_is_plain(room: str) -> None:
    keys = [key for entry in entries(room, LOCALES[0]) for key in (entry.msgid, entry.msgid_plural)]

    assert [key for key in keys if HARD_ENGLISH.search(key)] == []


@pytest.mark.parametrize("language", LOCALES)
def test_no_translation_holds_the_english_of_another_phrase(language: str) -> None:
    """As a merge of two catalogues can leave it behind, at the end of the entry before."""
    everything = [entry for room in ROOMS for entry in entries(room, language)]
    openings = {" ".join(entry.msgid.split()[:5]) for entry in everything if len(entry.msgid.split()) > 5}
    english = re.compile("|".join(map(re.escape, sorted(openings))))

    wrong = [text for entry in everything for text in texts(entry) if english.search(text)]

    assert wrong == []


@pytest.mark.parametrize("language", LOCALES)
def test_the_same_words_read_the_same_in_every_room(language: str) -> None:
    """Where a word differs by room, give it a context (pgettext)."""
    readings = defaultdict(set)
    for room in ROOMS:
        for entry in entries(room, language):
            readings[(entry.msgctxt, entry.msgid)].add(tuple(texts(entry)))

    assert {key: found for key, found in readings.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_no_word_that_the_glossary_refuses(room: str, language: str) -> None:
    wrong = [
        f"{why}: {text}"
        for entry in entries(room, language)
        for text in texts(entry)
        for why in forbidden(text, language)
    ]

    assert wrong == []


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_a_word_of_the_domain_has_its_translation(room: str, language: str) -> None:
    wrong = [
        f"{why}: {entry.msgid} → {text}"
        for entry in entries(room, language)
        for text in texts(entry)
        for why in missing(entry.msgid, text, language)
    ]

    assert wrong == []


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_no_sentence_is_too_long(room: str, language: str) -> None:
    assert [one for entry in entries(room, language) for text in texts(entry) for one in long_sentences(text)] == []


def test_a_mail_in_french_says_whose_team_it_means() -> None:
    mails = entries("mail", "fr")

    assert len(mails) > 300
    assert [f"{why}: {text}" for entry in mails for text in texts(entry) if (why := whose_team(text))] == []


@pytest.mark.parametrize("language", LOCALES)
def test_a_button_speaks_as_the_person_who_presses_it(language: str) -> None:
    keys = {key for place in templates() for key in BUTTON.findall(place.read_text(encoding="utf-8"))}
    buttons = [entry for room in ROOMS for entry in entries(room, language) if entry.msgid in keys]

    wrong = [f"{slip}: {text}" for entry in buttons for text in texts(entry) for slip in button_slips(text, language)]

    assert len(buttons) > 150
    assert wrong == []


@pytest.mark.parametrize(("room", "language"), EVERY)
def test_no_translation_is_in_another_language(room: str, language: str) -> None:
    wrong = [
        f"{found}: {text}"
        for entry in entries(room, language)
        for text in texts(entry)
        if (found := strange(re.sub(r"%\(\w+\)[sd]", "", text), language))
    ]

    assert wrong == []


def test_every_text_in_two_languages_is_found_by_its_key() -> None:
    """A plural has both forms in both languages."""
    wrong = [
        f"{name(place)}: {entry.msgid}"
        for place in PLACES
        for entry in polib.pofile(str(place))
        if entry.msgid_plural and set(entry.msgstr_plural) != {0, 1}
    ]

    assert wrong == []
