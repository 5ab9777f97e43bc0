"""The starting content: both languages everywhere, our own words, nobody's private number."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.house.language import forbidden, long_sentences, strange
from tests.house.source import CONTENT, name
from tests.wording import slips

SYNONYMS = CONTENT / "synonyms.toml"  # words to search by, which no page shows
CODES = CONTENT / "carried.toml"  # names and codes, no words
FILES = sorted(set(CONTENT.rglob("*.toml")) - {SYNONYMS, CODES})
PRIVATE = re.compile(r"\b0?4\d\d[ ./]?\d\d[ .]?\d\d[ .]?\d\d\b|\+32\s?4\d\d")


def tables(value: Any, place: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in two languages, and where it stands."""
    if isinstance(value, dict) and set(value) & {"nl", "fr"} and all(isinstance(side, str) for side in value.values()):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from tables(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            label = inner.get("key", number) if isinstance(inner, dict) else number
            yield from tables(inner, f"{place}.{label}")


def texts(place: Path) -> list[tuple[str, dict[str, str]]]:
    return list(tables(tomllib.loads(place.read_text(encoding="utf-8"))))


def prose(text: str) -> str:
    """Markdown without its addresses."""
    return re.sub(r"\]\([^)]*\)|<https?:[^>]*>|^\s*[>#-]+", "]", text, flags=re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_every_text_is_there_in_both_languages(file: Path) -> None:
    alone = [
        place for place, sides in texts(file) if set(sides) != {"nl", "fr"} or bool(sides["nl"]) != bool(sides["fr"])
    ]

    assert texts(file)
    assert alone == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_each_language_is_set_as_it_wants(file: Path) -> None:
    wrong = [
        f"{place}: {issue}: …{text[:90]}"
        for place, sides in texts(file)
        for language, whole in sides.items()
        for text in prose(whole).split("\n")
        for issue in slips(text, language)
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_word_that_the_glossary_refuses(file: Path) -> None:
    wrong = [
        f"{place}: {why}"
        for place, sides in texts(file)
        for language in sides
        for why in forbidden(sides[language], language)
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_sentence_is_too_long(file: Path) -> None:
    """A quotation stays as it was said."""
    wrong = [
        f"{place}: {one}"
        for place, sides in texts(file)
        if not place.endswith(".quote")
        for text in sides.values()
        for one in long_sentences(text)
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_text_is_in_another_language(file: Path) -> None:
    wrong = [
        f"{place} ({language}) is {found}"
        for place, sides in texts(file)
        for language, text in sides.items()
        if (found := strange(prose(text), language))
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_two_sides_have_the_same_shape(file: Path) -> None:
    """As many headings, paragraphs and links in one language as in the other."""

    def shape(text: str) -> tuple[int, int, int]:
        return len(re.findall(r"^#+ ", text, re.MULTILINE)), len(re.split(r"\n\s*\n", text.strip())), text.count("](")

    wrong = [
        f"{place}: {shape(sides['nl'])}, {shape(sides['fr'])}"
        for place, sides in texts(file)
        if shape(sides["nl"]) != shape(sides["fr"])
    ]

    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_no_private_number_is_published(file: Path) -> None:
    assert PRIVATE.findall(file.read_text(encoding="utf-8")) == []


def test_slugs_are_slugs_and_differ_within_a_language() -> None:
    for file in FILES:
        slugs = [sides for place, sides in texts(file) if place.endswith(".slug")]
        for language in ("nl", "fr"):
            found = [sides[language] for sides in slugs]
            assert [slug for slug in found if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)] == []
            assert len(found) == len(set(found)), name(file)


def test_synonyms_are_there_in_both_languages_and_each_word_once() -> None:
    rows = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))["synonym"]

    for language in ("nl", "fr"):
        typed = [word for row in rows for word in row[language]["typed"]]
        assert len(typed) == len(set(typed))
        assert all(row[language]["means"] for row in rows)
