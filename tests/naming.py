"""Names that tell things apart: forms, regions and groups of a page, controls in the rows of a table, headers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4 import Tag

from tests.html import words
from tests.structure import brief

if TYPE_CHECKING:
    from tests.page import Page

Deed = tuple[str, str, str, tuple[tuple[str, str], ...]]

ROLES = {"form": "form", "fieldset": "group", "section": "region", "nav": "navigation", "aside": "complementary"}
NAMED = frozenset({"form", "group", "region", "navigation", "complementary", "search"})
UNNAMED_COUNTS = frozenset({"form", "group"})  # a section without a name is no region
CONTROLS = ("button", "select", "textarea", "input")
UNTOLD = ("csrf_token", "revision", "window")  # the same deed in two forms of a page
SILENT = ("hidden", "submit", "reset", "image")


def issues(page: "Page") -> Iterator[str]:
    """Everything that two things are called by, and every header that belongs to nothing: one pass over the page."""
    areas: dict[str, list[str]] = defaultdict(list)
    rows: dict[int, list[tuple[int, str]]] = defaultdict(list)
    names = _Names(page)
    for tag in page.tags:
        role = str(tag.get("role") or ROLES.get(tag.name, ""))
        if role in NAMED:
            areas[role].append(names.of(tag))
        if tag.name in CONTROLS and tag.get("type") not in SILENT:
            row = tag.find_parent("tr")
            table = row.find_parent("table") if row else None
            if row and table:
                rows[id(table)].append((id(row), f"{tag.name} “{names.of(tag)}”"))
        if tag.name == "fieldset" and not isinstance(tag.find("legend", recursive=False), Tag):
            yield f"no legend in {brief(tag)}"
        if tag.name == "table":
            yield from _headers(tag)
    yield from _twice(areas)
    yield from _same_words_for_other_deeds(page, names)
    for controls in rows.values():
        yield from _in_several_rows(controls)


class _Names:
    """What things of this page are called."""

    def __init__(self, page: "Page") -> None:
        self._by_id = {str(tag["id"]): tag for tag in page.tags if tag.has_attr("id")}
        self._labels = {str(tag["for"]): words(tag) for tag in page.named("label") if tag.has_attr("for")}

    def of(self, tag: Tag) -> str:
        """The name that a screen reader says."""
        if labelled := tag.get("aria-labelledby"):
            ids = labelled.split() if isinstance(labelled, str) else labelled
            return " ".join(words(self._by_id[one]) for one in ids if one in self._by_id)
        if label := tag.get("aria-label"):
            return str(label)
        if tag.name == "fieldset":
            legend = tag.find("legend", recursive=False)
            return words(legend) if isinstance(legend, Tag) else ""
        if tag.name == "button":
            return words(tag)
        if tag.name == "input" and tag.get("type") in ("submit", "reset"):
            return str(tag.get("value", ""))
        around = tag.find_parent("label") if tag.name in CONTROLS else None
        return self._labels.get(str(tag.get("id")), "") or (words(around) if around else "")


def _twice(areas: dict[str, list[str]]) -> Iterator[str]:
    for role, found in areas.items():
        counted = Counter(name for name in found if name or role in UNNAMED_COUNTS)
        for name, count in counted.items():
            if count > 1 or (not name and len(found) > 1):
                yield f"{count} × {role} “{name}”, of {len(found)}"


def _same_words_for_other_deeds(page: "Page", names: _Names) -> Iterator[str]:
    """Buttons of one name that act on different things, wherever they stand; also links that look like buttons."""
    deeds: dict[str, set[Deed]] = defaultdict(set)
    for tag in page.named("button", "input"):
        if tag.get("type", "submit" if tag.name == "button" else "text") == "submit" and tag.find_parent("main"):
            deeds[names.of(tag)].add(_deed(page, tag))
    for tag in page.named("a"):
        if "button" in tag.get("class", []) and tag.find_parent("main"):
            deeds[words(tag)].add((str(tag.get("href", "")), "", "", ()))
    for name, found in deeds.items():
        if len(found) > 1:
            yield f"{len(found)} buttons “{name}” do different things: {sorted(map(str, found))[:3]}"


def _deed(page: "Page", button: Tag) -> Deed:
    """Where a button leads and what it sends, but for what people type and the token."""
    form = _form_of(page, button)
    action = str(button.get("formaction") or (form.get("action") if form else "") or page.path)
    hidden = form.select('input[type="hidden"]') if form else []
    sent = [(str(one.get("name")), str(one.get("value", ""))) for one in hidden if one.get("name") not in UNTOLD]
    return action, str(button.get("name", "")), str(button.get("value", "")), tuple(sorted(sent))


def _form_of(page: "Page", button: Tag) -> Tag | None:
    owner = button.get("form")
    if owner:
        return next((form for form in page.named("form") if form.get("id") == owner), None)
    return button.find_parent("form")


def _in_several_rows(controls: list[tuple[int, str]]) -> Iterator[str]:
    rows_of: dict[str, set[int]] = defaultdict(set)
    for row, name in controls:
        rows_of[name].add(row)
    yield from (f"{name} in {len(rows)} rows of a table" for name, rows in rows_of.items() if len(rows) > 1)


def _headers(table: Tag) -> Iterator[str]:
    """A header has cells; what stands above a column is a header."""
    head = table.find("thead")
    lines = table.find_all("tr")
    for cell in head.find_all("td") if isinstance(head, Tag) else ():
        if words(cell):  # an empty corner is no header
            yield f"{brief(cell)} stands among the headers"
    if not any(line.find("td") for line in lines):
        yield f"{brief(table)} has headers and no cell"
    for line in lines:
        if not line.find("td") and line.find("th", attrs={"scope": "row"}):
            yield f"a row header without a cell: {words(line)[:60]}"
