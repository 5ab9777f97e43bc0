"""The starting content agrees with itself: length of forms, jury or none, sessions, places, prices, organisations."""

import re
import tomllib
from typing import Any

import pytest

from app.questionnaires.rules.definition import Definition
from tests.house.source import CONTENT

LANGUAGES = ("nl", "fr")
JURY = re.compile(r"\bjury", re.IGNORECASE)
NO_JURY = re.compile(r"geen jury|pas de jury", re.IGNORECASE)
HALF_A_WEEK = re.compile(r"helft van de werkweek|mi-temps")


def read(name: str) -> Any:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


PROGRAMMES = {one["key"]: one for one in read("programmes.toml")["programme"]}
CALLS = read("calls.toml")["call"]
EVENTS = read("events.toml")["event"]
CHECK = read("eligibility.toml")["question"]


def words(row: Any, language: str) -> str:
    """Everything that a row says in one language."""
    if isinstance(row, dict):
        return "\n".join(
            [row[language]] if set(row) == set(LANGUAGES) else [words(one, language) for one in row.values()]
        )
    return "\n".join(words(one, language) for one in row) if isinstance(row, list) else ""


def has_jury(programme: str, language: str) -> bool:
    selection = PROGRAMMES[programme]["selection"][language]
    return bool(JURY.search(selection)) and not NO_JURY.search(selection)


def form_of(call: dict[str, Any]) -> Definition:
    return Definition.read(read(f"questionnaires/{call['questionnaire']}.toml"))


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one["key"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_has_a_jury_where_its_programme_has_one(call: dict[str, Any], language: str) -> None:
    steps = words(call.get("step", []), language)

    assert bool(JURY.search(steps)) == has_jury(call["programme"], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_about_a_programme_without_a_jury_speaks_of_none(language: str) -> None:
    rows = [(one["programme"], one) for one in EVENTS if "programme" in one] + list(PROGRAMMES.items())

    said = [(row["key"], words(row, language)) for key, row in rows if not has_jury(key, language)]

    wrong = [key for key, text in said if len(JURY.findall(text)) != len(NO_JURY.findall(text))]

    assert wrong == []


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one["key"])
def test_places_and_price_are_those_of_the_programme(call: dict[str, Any]) -> None:
    programme = PROGRAMMES[call["programme"]]

    for language in LANGUAGES:
        assert int(re.findall(r"\d+", programme["places_text"][language])[0]) == call["places"]
        assert call["fee"][language] == programme["price"][language]


def test_inspire_asks_five_questions_and_the_others_the_long_form() -> None:
    for call in CALLS:
        form, sent = form_of(call), words(PROGRAMMES[call["programme"]]["to_send"], "nl")
        if "vijf korte antwoorden" in sent:
            asked = [len(one.questions) for one in form.sections if one.key != "contact"]
            assert asked == [5]
        else:
            assert len(form.sections) == 7


def test_the_length_that_is_promised_is_that_of_the_form() -> None:
    sent = words(PROGRAMMES["seeds"]["to_send"], "nl")
    form = form_of(next(one for one in CALLS if one["programme"] == "seeds"))
    limits = sum(one.limit or 0 for section in form.sections for one in section.questions if one.kind == "long_text")

    assert "zeven delen" in sent
    assert len(form.sections) == 7
    assert limits <= int(re.findall(r"(\d\.\d{3}) tekens", sent)[0].replace(".", ""))


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one["key"])
def test_every_session_that_a_call_announces_is_in_the_agenda(call: dict[str, Any]) -> None:
    """One in each language, the first one on the day of the call's line."""
    announced = [one for one in call.get("step", []) if "Eén in het Nederlands, één in het Frans." in one["text"]["nl"]]
    held = [one for one in EVENTS if one.get("programme") == call["programme"]]

    assert bool(announced) == bool(held)
    if announced:
        assert sorted(one["language"] for one in held) == ["fr", "nl"]
        assert min(one["in_days"] for one in held) == announced[0]["in_days"]


@pytest.mark.parametrize("key", PROGRAMMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_asks_for_the_time_that_the_page_names(key: str, language: str) -> None:
    asked = [
        one["text"][language] for one in CHECK if key in one.get("only", [key]) and key not in one.get("not_for", [])
    ]
    page = PROGRAMMES[key]["body"][language]

    assert any(HALF_A_WEEK.search(text) for text in asked) == bool(HALF_A_WEEK.search(page))
    assert any("80" in text for text in asked) == bool(re.search("80.?%", page))


def test_innovate_is_for_three_organisations_everywhere() -> None:
    for language, three, two in (("nl", r"\bdrie\b", r"minstens twee"), ("fr", r"\btrois\b", r"au moins deux")):
        said = words(PROGRAMMES["innovate"], language)
        assert len(re.findall(three, said)) >= 3
        assert not re.search(two, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_programme_that_asks_for_two_people_gives_three_months_to_find_the_second(language: str) -> None:
    """One rule for all programmes (domain facts, 2.2): one may apply and look for a partner within three months."""
    two, months = {
        "nl": ("met minstens twee", "binnen drie maanden een ploeg"),
        "fr": ("êtes au moins deux", "une équipe dans les trois mois"),
    }[language]
    asked = {
        key: line
        for key, one in PROGRAMMES.items()
        for line in one["body"][language].splitlines()
        if line.startswith("- ") and two in line
    }

    assert set(asked) == {"seeds", "peps", "blossom"}
    assert {key for key, line in asked.items() if months not in line} == set()
