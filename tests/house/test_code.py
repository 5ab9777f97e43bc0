"""Rules of the house that no linter knows."""

import ast
import re

from tests.house import source

LANGUAGE = re.compile(r"(nl|fr)([-_]BE)?$|/(nl|fr)/")
# Those that know how a language writes; everybody else asks them, or keeps one entry per language in a table.
SPEAKERS = (
    "app/core/i18n/bilingual.py",
    "app/core/i18n/formats.py",
    "app/core/i18n/language.py",
    "app/questionnaires/rules/writing.py",
)


def test_only_the_database_module_commits() -> None:
    """The access log commits a line of its own on the driver's connection (engine); all else in transactions."""
    named = [source.name(place) for place in source.python("app") if re.search(r"\bcommit\(", place.read_text())]

    assert named == ["app/core/db/engine.py", "app/core/db/transactions.py"]


def test_nothing_else_names_a_language() -> None:
    """A third language is one catalogue, one setting and one migration; addresses in views are keywords, no strings."""
    found = []
    for place in source.python("app"):
        module = source.tree(place)
        keys = {id(key) for table in ast.walk(module) if isinstance(table, ast.Dict) for key in table.keys}
        for text in source.strings(module):
            if source.name(place) not in SPEAKERS and id(text) not in keys and LANGUAGE.match(str(text.value)):
                found.append(f"{source.name(place)}:{text.lineno}")

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
    for place in source.python("app", "bench", "tests", "scripts"):
        said = ast.get_docstring(source.tree(place))
        if place.read_text().strip() and not (said and said.split("\n")[0].rstrip().endswith((".", "?"))):
            silent.append(source.name(place))

    assert silent == []


def test_nothing_is_left_for_later() -> None:
    """Work left to do is an issue."""
    places = [*source.python("app", "bench", "scripts", "migrations"), *source.templates()]
    mark = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b|\b(TODO|FIXME)\s*:|In the making")

    assert [source.name(place) for place in places if mark.search(place.read_text())] == []


def test_packages_hold_no_code() -> None:
    """Whoever needs a thing imports the module that defines it."""
    packages = [place for place in source.python("app") if place.name == "__init__.py" and place.parent.name != "app"]

    assert [source.name(place) for place in packages if not all(map(is_docstring, source.tree(place).body))] == []


def is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def test_the_formatter_formats_everything() -> None:
    skips = re.compile(r"#\s*fmt:\s*(skip|off)")
    places = source.python("app", "bench", "scripts", "tests", "migrations")

    assert [source.name(place) for place in places if skips.search(place.read_text())] == []
