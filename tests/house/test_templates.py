"""Templates: found by the name of their view, both languages alike, nothing that the browser would refuse."""

import re
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.house import source

HIDDEN_LABEL = re.compile(r"<label\b[^<]*?class=\"visually-hidden\"")
ENDPOINT = re.compile(r"""["']([a-z]+_(?:public|applicant|writer|staff|juror|development)\.[a-z_]+)["']""")
LANGUAGE = re.compile(r"""["'](?:nl|fr)(?:-BE)?["']|\.(?:nl|fr)\b|_(?:nl|fr)\b|["'/](?:nl|fr)/""")
SHARED = ("layouts", "ui", "mail", "errors")


@cache
def rendered() -> dict[str, tuple[str, str, bool]]:
    """template → (room/audience, function, is the function a view?), for every render_template in a view file."""
    found = {}
    for place in source.python("app"):
        if place.parent.name != "views":
            continue
        folder = f"{place.parent.parent.name}/{place.stem}"
        for function in source.functions(source.tree(place)):
            for call in source.calls(function, "render_template"):
                given = call.args[0]
                template = getattr(given, "value", f"not written out, in {folder} {function.name}")
                found[str(template)] = (folder, function.name, source.is_view(function))
    return found


def views_of(folder: str) -> set[str]:
    room, audience = folder.split("/")
    module = source.tree(source.APP / room / "views" / f"{audience}.py")
    return {function.name for function in source.functions(module) if source.is_view(function)}


def test_each_view_shows_the_template_of_its_own_name() -> None:
    wrong = []
    for template, (folder, function, is_view) in rendered().items():
        # A helper shows the page of one of its views, or one that is named after itself: `_closed`, closed.html.
        names = {function} if is_view else {*views_of(folder), function.removeprefix("_")}
        if Path(template).with_suffix("").as_posix() not in {f"{folder}/{name}" for name in names}:
            wrong.append(f"{template} is shown by {folder}:{function}")

    assert wrong == []


def test_each_page_template_has_its_view() -> None:
    pages = [
        place.relative_to(source.TEMPLATES).as_posix()
        for place in source.templates()
        if place.parent.parent != source.TEMPLATES
        and place.parent != source.TEMPLATES
        and not place.name.startswith("_")
    ]

    assert set(pages) - set(rendered()) == set()


def test_each_part_is_used() -> None:
    every = "\n".join(place.read_text() for place in [*source.templates(), *source.python("app")])
    unused = []
    for place in source.templates():
        path = place.relative_to(source.TEMPLATES).as_posix()
        if path not in rendered() and f'"{path}"' not in every and not path.startswith("mail/"):
            unused.append(path)

    assert unused == []


def test_no_template_names_a_language() -> None:
    found = {
        source.name(place): LANGUAGE.findall(re.sub(r"\{#.*?#\}", "", place.read_text(), flags=re.DOTALL))
        for place in source.templates()
    }

    assert {place: names for place, names in found.items() if names} == {}


HANDLER = re.compile(r"""\son[a-z]+\s*=\s*["']""")
UNKNOWN = re.compile(r"""[^"']\s*\|\s*safe""")  # only what stands there in quotes is known to be safe
STYLE = re.compile(r"""\sstyle\s*=|<style|<script(?![^>]*\ssrc=)(?![^>]*json)""")


def refused(written: str, *, letter: bool) -> list[str]:
    """What the browser would not run, or we would not trust. Mail readers know no style sheets: letters may."""
    found = HANDLER.findall(written) + UNKNOWN.findall(written)
    return found if letter else found + STYLE.findall(written)


def test_no_style_and_no_handler_inside_a_page() -> None:
    found = {
        source.name(place): refused(place.read_text(), letter=place.parts[-2] == "mail") for place in source.templates()
    }

    assert {place: parts for place, parts in found.items() if parts} == {}


@pytest.mark.parametrize("issue", ['<p onclick="x()">', "{{ x|safe }}", '<p style="a">', "<script>", "<style>"])
def test_each_fault_of_a_template_is_found(issue: str) -> None:
    assert refused(issue, letter=False)


@pytest.mark.slow("compiles every template")
def test_every_template_can_be_read(app: Flask) -> None:
    for place in source.templates():
        app.jinja_env.get_template(place.relative_to(source.TEMPLATES).as_posix())


@pytest.mark.slow("makes an application and reads every file")
def test_every_named_page_exists(another_app: object) -> None:
    app = another_app(ENVIRONMENT="development")  # type: ignore[operator]
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    dead = [
        f"{source.name(place)}: {endpoint}"
        for place in [*source.templates(), *source.python("app")]
        for endpoint in ENDPOINT.findall(place.read_text())
        if endpoint not in known and not endpoint.endswith((".html", ".css", ".js", ".txt"))
    ]

    assert dead == []


def test_every_relative_page_exists(another_app: object) -> None:
    """`url_for(".ranking")` in a view means a page of its own door."""
    app = another_app(ENVIRONMENT="development")  # type: ignore[operator]
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    dead = []
    for place in source.python("app"):
        if place.parent.name == "views":
            blueprint = f"{place.parent.parent.name}_{place.stem}"
            for endpoint in re.findall(r'url_for\(\s*"\.([a-z_]+)"', place.read_text()):
                if f"{blueprint}.{endpoint}" not in known:
                    dead.append(f"{source.name(place)}: .{endpoint}")

    assert dead == []


def test_a_name_that_nobody_sees_is_an_aria_label() -> None:
    """Some checkers, IBM's among them, do not count a hidden label (WCAG 2.2, 3.3.2)."""
    hidden = [source.name(place) for place in source.templates() if HIDDEN_LABEL.search(place.read_text("utf-8"))]

    assert hidden == []
