"""Rules of the house that no linter knows."""

import ast
import re

from tests.house import source

SPEAKERS = ("app/core/bilingual.py", "app/core/i18n.py")  # the two that know which languages there are


def test_only_the_database_module_commits() -> None:
    named = [source.name(place) for place in source.python("app") if re.search(r"\bcommit\(", place.read_text())]

    assert named == ["app/core/db.py"]


def test_nothing_else_names_a_language() -> None:
    """A third language is one catalogue, one setting and one migration; addresses in views are keywords, no strings."""
    found = [
        f"{source.name(place)}:{text.lineno}"
        for place in source.python("app")
        if source.name(place) not in SPEAKERS
        for text in source.strings(source.tree(place))
        if text.value in ("nl", "fr", "nl-BE", "fr-BE", "nl_BE", "fr_BE") or re.match(r"/(nl|fr)/", str(text.value))
    ]

    assert found == []


def test_every_view_stands_in_a_room() -> None:
    """A page whose guard could be forgotten cannot be made: addresses are given in views/ files only."""
    found = [
        f"{source.name(place)}:{function.name}"
        for place in source.python("app")
        for function in source.functions(source.tree(place))
        if source.is_view(function) and place.parent.name != "views"
    ]

    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    """In one sentence; the sentence of a package may be all it holds."""
    silent = []
    for place in source.python("app", "tests", "scripts"):
        said = ast.get_docstring(source.tree(place))
        if place.read_text().strip() and not (said and said.split("\n")[0].rstrip().endswith((".", "?"))):
            silent.append(source.name(place))

    assert silent == []


def test_nothing_is_left_for_later() -> None:
    """Work left to do is an issue."""
    places = [*source.python("app", "scripts", "migrations"), *source.templates()]
    mark = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|\b(TODO|FIXME)\s*:|In the making")

    assert [source.name(place) for place in places if mark.search(place.read_text())] == []
