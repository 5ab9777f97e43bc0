"""What may stand inside what: the part of the HTML standard that templates break most easily."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4 import Tag

if TYPE_CHECKING:
    from tests.page import Page

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = (
    *HEADINGS,
    *"address article aside blockquote details dialog div dl fieldset figure footer form header hr main nav ol".split(),  # noqa: SIM905
    *"p pre section table ul".split(),  # noqa: SIM905
)
LINES_ONLY = (
    *HEADINGS,
    *"p span strong em b i small abbr time label button pre cite code legend summary".split(),  # noqa: SIM905
)
INTERACTIVE = ("a", "button", "input", "select", "textarea", "label", "details", "summary")
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup", "hr"},
    "datalist": {"option"},
}
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "legend": {"fieldset"},
    "figcaption": {"figure"},
    "summary": {"details"},
    "main": {"body", "div"},
}
FIRST = {"legend": "fieldset", "caption": "table", "summary": "details"}
GONE = ("align", "bgcolor", "border", "cellpadding", "cellspacing", "frameborder", "valign")


def misplaced(page: "Page") -> Iterator[str]:
    """Everything that stands where it may not."""
    for tag in page.soup.find_all(True):
        if tag.find_parent("svg"):
            continue
        yield from _children(tag)
        yield from _nesting(tag)
        yield from _attributes(tag)


def _children(tag: Tag) -> Iterator[str]:
    allowed = CHILDREN.get(tag.name)
    for child in tag.find_all(True, recursive=False):
        if allowed and child.name not in allowed | {"script", "template"}:
            yield f"<{child.name}> inside {brief(tag)}"
    parents = PARENTS.get(tag.name)
    if parents and tag.parent is not None and tag.parent.name not in parents:
        yield f"{brief(tag)} inside <{tag.parent.name}>"
    if tag.name in FIRST and tag.find_previous_sibling(True):
        yield f"{brief(tag)} is not the first in its <{FIRST[tag.name]}>"
    if tag.name in ("ul", "ol", "dl") and not tag.find(True):
        yield f"{brief(tag)} is an empty list"


def _nesting(tag: Tag) -> Iterator[str]:
    if tag.name in LINES_ONLY:
        allowed = HEADINGS if tag.name in ("legend", "summary") else ()
        inside = tag.find([name for name in BLOCKS if name not in allowed])
        if isinstance(inside, Tag):
            yield f"{brief(inside)} inside {brief(tag)}"
    if (tag.name == "a" and tag.has_attr("href")) or tag.name == "button":
        inside = tag.find(INTERACTIVE)
        if isinstance(inside, Tag):
            yield f"{brief(inside)} inside {brief(tag)}"
    if tag.name == "label" and len(tag.select("input, select, textarea, button")) > 1:
        yield f"{brief(tag)} holds several controls"
    if tag.name in ("form", "main") and tag.find_parent(tag.name):
        yield f"{brief(tag)} inside another"


def _attributes(tag: Tag) -> Iterator[str]:
    if tag.name == "img" and not tag.has_attr("alt"):
        yield f"no alt on {brief(tag)}"
    if (
        tag.name == "svg"
        and tag.get("aria-hidden") != "true"
        and not (tag.get("role") in ("img", "group") and tag.get("aria-label"))
    ):
        yield f"{brief(tag)} is neither hidden nor an image or a group of links with a name"
    if tag.name == "th" and not tag.get("scope") and len(tag.find_parent("table").select("tr")) > 1:  # type: ignore[union-attr]
        yield f"no scope on {brief(tag)}"
    if tag.name == "a" and tag.get("target") == "_blank":
        yield f"{brief(tag)} opens a window"
    if (
        tag.name == "button"
        and tag.find_parent("form")
        and tag.get("type", "submit") not in ("submit", "button", "reset")
    ):
        yield f"{brief(tag)} has no such type"
    for name in GONE:
        if tag.has_attr(name):
            yield f"{name} on {brief(tag)} belongs in a style sheet"


def brief(tag: Tag) -> str:
    """The start tag, shortened, to find it by."""
    attributes = " ".join(f'{name}="{_plain(value)}"' for name, value in tag.attrs.items())
    return f"<{tag.name} {attributes[:100]}>".replace(" >", ">")


def _plain(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)
