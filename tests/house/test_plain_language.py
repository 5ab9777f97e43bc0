"""The forms that the centre starts with, in plain language: short sentences, nothing left out, an example that fits."""

import re
import tomllib
from collections.abc import Iterator

import pytest

from app.questionnaires.rules.definition import Definition, Question
from app.questionnaires.rules.kinds.lists import options
from tests.house.source import CONTENT

FORMS = [
    Definition.read(tomllib.loads(place.read_text(encoding="utf-8")))
    for place in sorted((CONTENT / "questionnaires").glob("*.toml"))
]
MOST_ON_AVERAGE, MOST_WORDS = 12, 20
OPEN = ("short_text", "long_text")
SAID_IN_WORDS = {("application", "nl"): {"profit": {"1", "4"}}}
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
pytestmark = pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)


def asked(form: Definition) -> Iterator[Question]:
    """Every question, those within a group and those for the statistics included."""
    for question in (*form.questions, *form.monitoring):
        yield question
        yield from question.fields


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!])\s+", text.replace("\u202f", "")) if one]


def test_every_question_has_a_simple_text_and_an_example(form: Definition) -> None:
    assert [one.key for one in asked(form) if one.simple is None or one.example is None] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("text", ["simple", "example"])
def test_sentences_are_short(form: Definition, text: str, language: str) -> None:
    found = [one for question in asked(form) for one in sentences(getattr(question, text)[language])]
    lengths = [len(one.split()) for one in found]

    assert sum(lengths) / len(lengths) <= MOST_ON_AVERAGE
    assert [one for one in found if len(one.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_simple_text_leaves_no_figure_of_the_help_out(form: Definition, language: str) -> None:
    """It is shown instead of the help."""
    lost = {
        question.key: figures
        for question in asked(form)
        if question.help
        and (
            figures := set(FIGURE.findall(question.help[language])) - set(FIGURE.findall(question.simple[language]))  # type: ignore[index]
        )
    }

    assert lost == SAID_IN_WORDS.get((form.key, language), {})


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_sample_answer_fits_its_field(form: Definition, language: str) -> None:
    too_long = [
        one.key
        for one in asked(form)
        if one.kind in OPEN and one.limit and len(one.example[language]) > one.limit  # type: ignore[index]
    ]

    assert too_long == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_an_example_names_answers_that_are_offered(form: Definition, language: str) -> None:
    """“Choose ‘…’”: word for word one of the choices."""
    quoted = re.compile(r"‘([^’]+)’(?!\w)" if language == "nl" else "«\u00a0([^»]+)\u00a0»")
    wrong = {
        (one.key, name)
        for one in asked(form)
        if (offered := options(one, language))
        for name in quoted.findall(one.example[language])  # type: ignore[index]
        if name not in {choice.label[language] for choice in offered}
    }

    assert wrong == set()
