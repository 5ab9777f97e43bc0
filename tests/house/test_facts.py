"""The starting content agrees with itself: length of forms, jury or none, sessions, places, prices, organisations."""

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from app.core.belgium.holidays import is_working_day, working_day_from
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
NUMBERS = {
    "nl": ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
}
ELSEWHERE = ("pages.toml", "news.toml", "events.toml", "eligibility.toml", "ideas.toml", "partners.toml")
FIRST_RUNS = [date(2026, 1, 1) + timedelta(days=number) for number in range(4 * 366)]


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


@pytest.mark.parametrize("call", CALLS, ids=lambda one: one["key"])
def test_every_line_of_a_plan_is_a_working_day_in_order_whenever_the_site_starts(call: dict[str, Any]) -> None:
    """On a Saturday or New Year’s Day nobody checks a file, and no two lines fall on one day."""
    planned = [one["in_days"] for one in call.get("step", [])]
    for first in FIRST_RUNS:
        days = [working_day_from(first + timedelta(days=number)) for number in planned]
        assert all(is_working_day(day) for day in days)
        assert all(one < other for one, other in pairwise(days)), (first, days)


@pytest.mark.parametrize("call", [one for one in CALLS if not one.get("rolling")], ids=lambda one: one["key"])
def test_the_plan_opens_and_closes_on_the_days_of_the_call(call: dict[str, Any]) -> None:
    days = {one["title"]["nl"].split()[2]: one["in_days"] for one in call["step"] if "oproep" in one["title"]["nl"]}

    assert days == {"gaat": call["opens_in_days"], "sluit": call["closes_in_days"]}


@pytest.mark.parametrize("call", [one for one in CALLS if not one.get("rolling")], ids=lambda one: one["key"])
def test_whoever_must_complete_a_file_has_three_working_days_before_it_is_read(call: dict[str, Any]) -> None:
    days = {one["title"]["nl"]: one["in_days"] for one in call["step"]}
    check = "Controle van de voorwaarden"
    if check not in days:
        return
    for first in FIRST_RUNS:
        checked, read_on = (working_day_from(first + timedelta(days=days[one])) for one in (check, "Beoordeling"))
        between = [checked + timedelta(days=number) for number in range((read_on - checked).days)]
        assert sum(is_working_day(day) for day in between) >= 3, first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_text_counts_the_programmes_and_partners_that_there_are(name: str, language: str) -> None:
    """What pages, news and events say in words: “vijf programma’s”, « sept partenaires »."""
    said = words(list(read(name).values()), language).lower()
    counted = {
        r"(\w+) programma’s|(\w+) programmes": len(PROGRAMMES),
        r"(\w+) partners|(\w+) partenaires": len(read("partners.toml")["partner"]),
    }

    for pattern, count in counted.items():
        found = {word for match in re.findall(pattern, said) for word in match if word in NUMBERS[language][2:]}
        assert found <= {NUMBERS[language][count]}, pattern


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_promises_as_many_short_questions_as_inspire_asks(language: str) -> None:
    form = Definition.read(read("questionnaires/inspire.toml"))
    asked = NUMBERS[language][sum(len(one.questions) for one in form.sections if one.key != "contact")]
    pattern = {"nl": r"(\w+) korte (?:vragen|antwoorden)", "fr": r"(\w+) (?:questions|réponses) courtes"}[language]
    every = [words(list(read(name).values()), language) for name in (*ELSEWHERE, "programmes.toml")]

    assert {one for text in every for one in re.findall(pattern, text)} == {asked}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_names_no_price_but_that_of_its_programme(language: str) -> None:
    wrong = [
        (one["key"], price)
        for one in EVENTS
        if "programme" in one
        for price in re.findall(r"€\s?\d+|\d+\s?€", words(one, language))
        if price not in PROGRAMMES[one["programme"]]["price"][language]
    ]

    assert wrong == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda one: one["key"])
def test_an_event_lasts_as_long_as_it_says(event: dict[str, Any]) -> None:
    begin, end = (int(event[name][:2]) * 60 + int(event[name][3:]) for name in ("starts", "ends"))
    hours = {"nl": r"in (\w+) uur", "fr": r"en (\w+) heures"}

    for language, pattern in hours.items():
        for word in re.findall(pattern, event["lead"][language]):
            assert NUMBERS[language].index(word) * 60 == end - begin


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_names_a_programme_without_a_jury_does_not_promise_one_there(language: str) -> None:
    """Sentence by sentence: a page may speak of the jury of the other programmes."""
    names = [one["title"] for key, one in PROGRAMMES.items() if not has_jury(key, language)]
    titles = [one if isinstance(one, str) else one[language] for one in names]
    for name in ("pages.toml", "news.toml", "eligibility.toml", "ideas.toml"):
        for sentence in re.split(r"(?<=[.!?])\s|\n", words(list(read(name).values()), language)):
            assert not (
                any(title in sentence for title in titles)
                and len(JURY.findall(sentence)) != len(NO_JURY.findall(sentence))
            ), sentence
