"""Each rule of language finds the fault that is planted here, and leaves a good sentence alone."""

import pytest

from tests.house.language import (
    MOST_WORDS,
    REFUSED,
    Refused,
    button_slips,
    forbidden,
    long_sentences,
    missing,
    strange,
    uncounted,
    whose_team,
)
from tests.wording import slips

RULES = [(language, refused) for language, rules in REFUSED.items() for refused in rules]


@pytest.mark.parametrize(("language", "refused"), RULES, ids=lambda value: getattr(value, "issue", value))
def test_a_rule_finds_its_fault_and_nothing_else(language: str, refused: Refused) -> None:
    found = forbidden(refused.issue, language)

    assert [why for why in found if why.endswith(f"write {refused.instead}")]
    assert forbidden(refused.fine, language) == []


def test_no_two_rules_say_the_same() -> None:
    for rules in REFUSED.values():
        patterns = [refused.pattern for refused in rules]

        assert len(patterns) == len(set(patterns))


@pytest.mark.parametrize(
    ("language", "text", "issues"),
    [
        ("nl", "Naar de lijst", 1),
        ("nl", "Naar de reservelijst", 0),
        ("fr", "Vers la liste", 1),
        ("fr", "Vers la liste de réserve", 0),
    ],
)
def test_a_word_of_the_domain_that_is_missing_is_found(language: str, text: str, issues: int) -> None:
    assert len(missing("To the reserve list", text, language)) == issues


@pytest.mark.parametrize(
    ("language", "text", "faults"),
    [
        ("fr", "a %(files)s dossiers au plus", 1),
        ("fr", "%(held)s attribuées", 1),
        ("fr", "dossiers : %(files)s sur %(cap)s au plus", 0),
        ("nl", "heeft %(files)s van hoogstens %(cap)s dossiers", 1),
        ("nl", "lezers: %(count)s van %(wanted)s", 0),
        ("nl", "De eerste %(num)s dossiers", 0),
    ],
)
def test_a_number_that_does_not_agree_with_its_noun_is_found(language: str, text: str, faults: int) -> None:
    assert len(uncounted(language, text)) == faults


def test_a_team_without_an_owner_is_found() -> None:
    assert whose_team("Message de l’équipe à une équipe candidate")
    assert whose_team("L’équipe de Coopcity écrit à l’équipe candidate") == ""


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Introduire votre candidature", 1),
        ("Introduisez ma candidature", 1),
        ("Introduire ma candidature", 0),
    ],
)
def test_a_button_that_does_not_speak_as_its_reader_is_found(text: str, faults: int) -> None:
    assert len(button_slips(text, "fr")) == faults


def test_a_placeholder_is_no_word_of_the_domain() -> None:
    assert missing("Changed: %(deadline)s", "Gewijzigd: %(deadline)s", "nl") == []


def test_a_sentence_of_more_than_twenty_words_is_found() -> None:
    long = "woord " * MOST_WORDS + "te veel."
    short = "woord " * (MOST_WORDS - 1) + "%(day)s. Nog een zin."

    assert long_sentences(f"Kort. {long} Kort.") == [long]
    assert long_sentences(short) == []
    assert long_sentences(f"{'een ' * MOST_WORDS}:\n\n- {'twee ' * MOST_WORDS}\n- drie") == []


@pytest.mark.parametrize(
    ("language", "text", "issue"),
    [
        ("fr", "Attention : lisez", "no hard space before"),
        ("fr", "Vraiment?", "no hard space before"),
        ("fr", "Le mot «oui»", "no hard space inside"),
        ("fr", "un·e collègue", "a median dot"),
        ("nl", "Klopt je dossier?. Dan", "two marks in a row"),
        ("nl", "Dat's niet goed", "a straight apostrophe"),
        ("nl", 'Vink "ja" aan', "a straight apostrophe or quotation mark"),
    ],
)
def test_a_slip_of_typography_is_found(language: str, text: str, issue: str) -> None:
    assert [found for found in slips(text, language) if found.startswith(issue)]


def test_a_text_in_the_other_language_is_found() -> None:
    french = "Votre candidature a bien été introduite et nous vous répondrons avant la fin du mois"

    assert strange(french, "nl").startswith("fr")
    assert strange(french, "fr") == ""
