"""Every kind of question: empty, right, wrong, huge and hostile answers; what it says in both languages."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.i18n.language import speaking
from app.questionnaires.rules.answers import problems_of
from app.questionnaires.rules.definition import Definition, KindName, Question
from app.questionnaires.rules.kinds.registry import KINDS, kind_of
from tests.every_kind import EVERY_KIND

pytestmark = pytest.mark.one_database("rules")

HUGE = "9" * 1_000_000
HOSTILE: list[Any] = [
    None,
    "",
    " ",
    "\n",
    "?",
    "…",
    "%(question)s",
    "{{ 7 * 7 }}",
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "٣",
    "½",
    "−",
    "-",
    "1e9",
    "NaN",
    "Infinity",
    "0x10",
    "🏳️‍🌈",
    "\u202e\u202d",
    "é" * 5000,
    HUGE,
    "a@" + "b" * 5000,
    "http://" + "a." * 2000,
    7,
    1.5,
    True,
    False,
    [],
    {},
    [None],
    [[]],
    [{}],
    [["x"]],
    {"typed": []},
    {"unknown": True},
    {"unknown": "yes"},
    {"typed": "7", "unknown": True},
    {"day": []},
    {"day": "1", "month": "1", "year": "٢٠٢٦"},
    {"day": "31", "month": "2", "year": "2026"},
    [{"name": {"x": 1}}],
    [1, "x", {"name": "An"}],
    ["x"] * 5000,
]


def every_question() -> dict[str, Question]:
    definition = Definition.read(EVERY_KIND)
    return {question.kind: question for question in definition.questions}


QUESTIONS = every_question()


def a_question(kind: KindName, **more: Any) -> Question:
    label = {"nl": "Hoeveel is het?", "fr": "Combien est-ce\u202f?"}
    return Question(key="q", kind=kind, label=label, **more)


def sentence(kind: KindName, raw: Any, **more: Any) -> str | None:
    found = problems_of([a_question(kind, **more)], {"q": raw}, [])
    return found[0].message if found else None


def test_every_kind_is_known_to_the_dictionary_and_to_the_tests() -> None:
    assert set(KINDS) == set(QUESTIONS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_asks_for_an_answer_that_is_needed(kind: KindName) -> None:
    question = QUESTIONS[kind].model_copy(update={"required": True})
    optional = question.model_copy(update={"required": False, "least": None})

    assert len(problems_of([question], {}, [])) == 1
    assert problems_of([optional], {}, []) == []


def stays_calm(kind: KindName, raw: Any) -> None:
    """Whatever was sent: a sentence for each problem, and lines that can be shown."""
    question, knows = QUESTIONS[kind], KINDS[kind]
    problems = problems_of([question], {question.key: raw}, [])
    knows.value(question, raw)
    shown = knows.show(question, raw, "fr")

    assert all(problem.message and problem.control for problem in problems)
    assert all(isinstance(line, str) for line in shown)
    assert isinstance(knows.is_empty(raw), bool)


WHAT_NO_FORM_SENDS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.sampled_from(HOSTILE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"files"}))
def test_no_answer_is_too_hostile(kind: KindName) -> None:
    for raw in HOSTILE:
        stays_calm(kind, raw)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"files"}))
@settings(max_examples=25)
@given(raw=WHAT_NO_FORM_SENDS)
def test_no_chance_answer_is_too_hostile(kind: KindName, raw: Any) -> None:
    stays_calm(kind, raw)


RIGHT: list[tuple[KindName, dict[str, Any], Any, Any, list[str]]] = [
    ("short_text", {"limit": 5}, "Tünde", "Tünde", ["Tünde"]),
    ("long_text", {"limit": 9}, "één\ntwee", "één\ntwee", ["één", "twee"]),
    ("email", {}, "An@Example.be", "An@example.be", ["An@Example.be"]),
    ("phone", {}, "02/123.45.67", "+32 2 123 45 67", ["+32 2 123 45 67"]),
    ("phone", {}, "+33 1 42 68 53 00", "+33 1 42 68 53 00", ["+33 1 42 68 53 00"]),
    ("link", {}, "www.example.be/a", "https://www.example.be/a", ["www.example.be/a"]),
    ("link", {}, "https://café.brussels", "https://café.brussels", ["https://café.brussels"]),
    ("number", {"decimals": 1}, "0,5", Decimal("0.5"), ["0,5"]),
    ("number", {"decimals": 1}, "0.5", Decimal("0.5"), ["0,5"]),
    ("number", {}, "1 000", Decimal(1000), ["1.000"]),
    ("number", {"minimum": -5}, "-3", Decimal(-3), ["-3"]),
    ("money", {}, "48.500", Decimal(48500), ["€\u00a048.500"]),
    ("money", {}, "€ 48\u202f500,50", Decimal("48500.50"), ["€\u00a048.500,50"]),
    ("money", {}, "48,500.50 euro", Decimal("48500.50"), ["€\u00a048.500,50"]),
    ("money", {}, "1.234.567", Decimal(1234567), ["€\u00a01.234.567"]),
    ("money", {}, "12.500,-", Decimal(12500), ["€\u00a012.500"]),
    ("money", {}, "0,999", None, ["0,999"]),
    ("money", {}, "0", Decimal(0), ["€\u00a00"]),
    ("date", {}, {"day": "1", "month": "04", "year": "2026"}, date(2026, 4, 1), ["1\u00a0april 2026"]),
    ("date", {}, {"day": "29", "month": "2", "year": "2028"}, date(2028, 2, 29), ["29\u00a0februari 2028"]),
    ("legal_form", {}, "asbl", "asbl", ["vereniging zonder winstoogmerk (vzw)"]),
    ("sector", {}, "food", "food", ["Voeding en stadslandbouw"]),
    (
        "sectors",
        {"most": 2},
        ["food", "energy"],
        ["food", "energy"],
        ["Voeding en stadslandbouw", "Energie en renovatie"],
    ),
    ("municipalities", {"all_allowed": True}, ["21013"], ["21013"], ["Sint-Gillis"]),
    ("enterprise_number", {}, "BE 0403.227.515", "0403227515", ["0403.227.515"]),
    ("enterprise_number", {}, "403 227 515", "0403227515", ["0403.227.515"]),
    ("enterprise_number", {}, "0000.000.097", "0000000097", ["0000.000.097"]),
]


@pytest.mark.parametrize(("kind", "more", "raw", "value", "lines"), RIGHT, ids=lambda one: str(one)[:24])
def test_a_right_answer_is_understood_and_shown(
    app: Flask, kind: KindName, more: Any, raw: Any, value: Any, lines: Any
) -> None:
    question = a_question(kind, **more)

    with speaking("nl"):
        shown = kind_of(question).show(question, raw, "nl")

    if value is not None:
        assert sentence(kind, raw, **more) is None
        assert kind_of(question).value(question, raw) == value
    assert shown == lines


@pytest.mark.parametrize(
    ("kind", "more", "raw", "says"),
    [
        ("short_text", {"limit": 3}, "vier", "Shorten the answer: 4 characters, at most 3"),
        ("email", {}, "an.example.be", "Give an e-mail address with an @"),
        ("email", {"limit": 9}, "an@example.be", "Shorten the answer"),
        ("email", {}, "zoe@exemple", "After the @ something like .be is missing"),
        ("phone", {}, "0470/12.34", "This telephone number has too few digits"),
        ("phone", {}, "0470 12 34 56 78 90 12", "This telephone number has too many digits"),
        ("phone", {}, "+999 470 12 34 56", "The country code"),
        ("phone", {}, "bel mij", "Give a telephone number"),
        ("link", {}, "javascript:alert(1)", "Give the address of a website"),
        ("link", {}, "https://user:x@example.be", "Give the address of a website"),
        ("link", {}, "http://localhost/", "Give the address of a website"),
        ("number", {}, "two", "Write a figure in digits"),
        ("number", {}, "0,5", "Give a whole figure"),
        ("number", {"decimals": 2}, "0,555", "Give at most 2 decimals"),
        ("number", {"minimum": 0, "maximum": 5}, "6", "Give a figure from 0 to 5"),
        ("number", {"minimum": 1}, "0", "Give a figure of 1 or more"),
        ("number", {"maximum": 9}, "10", "Give a figure of 9 or less"),
        ("money", {}, "-1", "Give a figure of 0 or more"),
        ("money", {}, "12.34.567", "Write the amount in digits"),
        ("money", {}, HUGE, "Write the amount in digits"),
        ("money", {"unknown_allowed": True}, {"typed": "7", "unknown": True}, "Give a figure, or tick"),
        ("date", {}, {"day": "12", "month": "", "year": "2025"}, "Give the month"),
        ("date", {}, {"day": "12", "month": "1", "year": "25"}, "Give the year"),
        ("date", {}, {"day": "31", "month": "2", "year": "2025"}, "that month has no such day"),
        ("one_choice", {"choices": [{"code": "a", "label": {"nl": "a", "fr": "a"}}]}, "b", "Choose an answer"),
        ("sectors", {"most": 2}, ["food", "energy", "work"], "Choose at most 2 answers"),
        ("sectors", {"least": 3, "most": 3}, ["food"], "Choose exactly 3 answers"),
        ("sectors", {"least": 2}, ["food"], "Choose at least 2 answers"),
        ("municipalities", {}, ["all"], "Choose an answer"),
        ("municipalities", {}, ["99999"], "Choose an answer"),
        ("legal_form", {}, "unknown", "Choose an answer"),
        ("enterprise_number", {}, "0403.227.516", "one of its digits does not fit"),
        ("enterprise_number", {}, "2403.227.515", "begins with 0 or 1"),
        ("enterprise_number", {}, "12", "Give the ten digits"),
    ],
)
def test_a_wrong_answer_says_what_to_do(kind: KindName, more: Any, raw: Any, says: str) -> None:
    assert says in str(sentence(kind, raw, **more))
    assert "“" in str(sentence(kind, raw, **more)), "the sentence names its question"


def test_what_is_not_known_yet_is_an_answer(app: Flask) -> None:
    question, raw = a_question("money", unknown_allowed=True), {"typed": "", "unknown": True}

    with speaking("fr"):
        shown = kind_of(question).show(question, raw, "fr")

    assert problems_of([question], {"q": raw}, []) == []
    assert not kind_of(question).is_empty(raw)
    assert shown == ["Nous ne le savons pas encore"]


def test_characters_are_counted_as_people_count_them() -> None:
    emoji = a_question("long_text", limit=3)

    assert problems_of([emoji], {"q": "é\nü"}, []) == []
    assert problems_of([emoji], {"q": "éééé"}, []) != []


def test_a_group_names_the_item_and_the_control(app: Flask) -> None:
    team = QUESTIONS["group"]
    raw = [{"name": "An", "days": "2"}, {}, {"name": "", "days": "6"}]

    with speaking("nl"):
        found = problems_of([team], {"team": raw}, [])

    assert [(problem.control, problem.message) for problem in found] == [
        ("team-2-name", "Ploeglid 3: Vul ‘Vraag naar short text’ in"),
        ("team-2-days", "Ploeglid 3: ‘Vraag naar number’: Vul een getal in van 0 tot 5"),
    ]


@pytest.mark.parametrize(
    ("raw", "says", "control"),
    [
        ([], "Fill in at least 2", "team-0-name"),
        ([{"name": "An", "days": "1"}], "Fill in at least 2", "team-1-name"),
        ([{}, {"name": "An", "days": "1"}], "Fill in at least 2", "team-0-name"),
        ([{"name": "An", "days": "1"}] * 4, "Keep at most 3", "team-3-name"),
    ],
)
def test_a_group_counts_only_what_was_filled_in(raw: Any, says: str, control: str) -> None:
    team = QUESTIONS["group"].model_copy(update={"least": 2})

    found = problems_of([team], {"team": raw}, [])

    assert says in found[0].message
    assert found[0].control == control


def test_a_group_reads_as_lines_per_item(app: Flask) -> None:
    team = QUESTIONS["group"]

    with speaking("fr"):
        lines = kind_of(team).show(team, [{}, {"name": "An", "days": "1,5"}], "fr")

    assert lines == ["Membre 1\u00a0: An", "Question de number\u00a0: 1,5"]


def test_files_are_counted_and_named() -> None:
    question = QUESTIONS["files"]
    files = [SimpleNamespace(question=question.key, name=f"{n}.pdf", size=84_000, key=str(n)) for n in range(3)]

    found = problems_of([question], {}, files)

    assert "Keep at most 2 files" in found[0].message
    assert kind_of(question).show(question, files[:1], "fr") == ["0.pdf, 84\u00a0ko"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_speaks_both_languages(app: Flask, kind: KindName) -> None:
    question = QUESTIONS[kind].model_copy(update={"required": True})
    said = {}

    for lang in ("nl", "fr"):
        with speaking(lang):
            said[lang] = problems_of([question], {}, [])[0].message

    assert all(question.label[lang] in said[lang] for lang in said)
    assert said["nl"].split(" ")[0] in ("Beantwoord", "Kies", "Voeg", "Vul")
    assert said["fr"].split(" ")[0] in ("Répondez", "Choisissez", "Ajoutez", "Complétez")
