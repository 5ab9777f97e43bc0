"""Class names are words, and every style is for something that a page shows."""

import re
from functools import cache
from pathlib import Path

import pytest

from config import ROOT
from tests.house import source

CSS = ROOT / "static" / "css"
LEAST, LEAST_PART = 4, 3  # letters of a name, and of each word in it
SHORT = {"num"}  # numbers in figures of equal width: the word in the style guides of the browsers
SHARE = re.compile(r"(value|mark)-\d+")  # static/css/values.css; tests/core/http/test_assets.py counts them
COMMENT, RULE = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\{[^{}]*\}")
CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
ATTRIBUTE = re.compile(r'class(?:Name)?\s*=\s*"((?:\{\{.*?\}\}|\{%.*?%\}|[^"{(\[])*)"', re.DOTALL)
VALUE = re.compile(r"(?<=-)\{\{.*?\}\}", re.DOTALL)  # value-{{ share }}
CHOICE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
NAME = re.compile(r"(?<![\w-])[A-Za-z][\w-]*(?![\w-])")
WORD = re.compile(r"""["'\s.]([a-z][a-z0-9-]*[a-z0-9])(?=["'\s])""")


def styled(css: str) -> set[str]:
    """The classes that selectors name."""
    return set(CLASS.findall(RULE.sub("{}", COMMENT.sub("", css))))


def written(text: str) -> set[str]:
    """The classes of a template, a drawing or a script; a value within a name counts as a number."""
    return {name for value in ATTRIBUTE.findall(text) for name in NAME.findall(CHOICE.sub(" ", VALUE.sub("0", value)))}


def is_word(name: str) -> bool:
    """Can a reader say it aloud? Numbers may follow a word: `span-7`."""
    words = [part for part in name.split("-") if not part.isdigit()]
    return name in SHORT or (
        len(name) >= LEAST and bool(words) and all(part.isalpha() and len(part) >= LEAST_PART for part in words)
    )


def styles() -> list[Path]:
    return sorted(CSS.rglob("*.css"))


@cache
def showing() -> str:
    """Everything that writes a class into a page."""
    places = [*source.templates(), *source.python("app"), *sorted((ROOT / "static" / "js").rglob("*.js"))]
    return "\n".join(place.read_text(encoding="utf-8") for place in places)


def test_class_names_are_words() -> None:
    names = set().union(*(styled(place.read_text(encoding="utf-8")) for place in styles())) | written(showing())

    assert sorted(name for name in names if not is_word(name)) == []


@pytest.mark.parametrize("name", ["dh", "st", "f0", "c4", "at9", "xl", "ent-t", "w-m", "blk", "nb"])
def test_a_class_that_is_no_word_is_found(name: str) -> None:
    assert not is_word(name)
    assert styled(f"@layer a{{/* .old */.plate .{name}>a{{b:.5em}}}}") == {"plate", name}
    assert name in written(f'<p class="lead {{% if x %}}{name}{{% endif %}}">')


def test_every_style_is_for_something_that_a_page_shows() -> None:
    known = written(showing()) | set(WORD.findall(showing()))

    unused = {
        f"{source.name(place)}: {name}"
        for place in styles()
        for name in styled(place.read_text(encoding="utf-8"))
        if name not in known and not SHARE.fullmatch(name)
    }

    assert unused == set()


NARROW = {"templates/enterprises/_map.html"}  # two short columns beside the map, in a part that opens


def test_every_table_scrolls_in_a_region_with_a_name() -> None:
    by_hand = {
        source.name(place)
        for place in source.templates()
        if place.parent.name not in ("ui", "mail") and "<table" in place.read_text(encoding="utf-8")
    }

    assert by_hand == NARROW


def test_the_stylesheet_of_a_component_is_named_after_it() -> None:
    components = {place.stem for place in (source.TEMPLATES / "ui").glob("*.html")}
    sheets = {place.stem: place.stem.rpartition("_")[0] for place in (CSS / "ui").glob("*.css")}

    assert {name for name, component in sheets.items() if not {name, component} & components} == set()
