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


BLOCK_NAMES, HEADING_NAMES, INTERACTIVE_NAMES = frozenset(BLOCKS), frozenset(HEADINGS), frozenset(INTERACTIVE)


def misplaced(page: "Page") -> Iterator[str]:
    """Everything that stands where it may not."""
    yield from _below(page.soup, ())


def _below(parent: Tag, above: tuple[Tag, ...]) -> Iterator[str]:
    """Go down once; `above` holds the ancestors, nearest last. What stands inside a drawing is not HTML."""
    allowed = CHILDREN.get(parent.name)
    for tag in parent.children:
        if not isinstance(tag, Tag):
            continue
        if allowed and tag.name not in allowed and tag.name not in ("script", "template"):
            yield f"<{tag.name}> inside {brief(parent)}"
        yield from _place(tag, above)
        yield from _nesting(tag, above)
        yield from _attributes(tag)
        if tag.name != "svg":
            yield from _below(tag, (*above, tag))


def _place(tag: Tag, above: tuple[Tag, ...]) -> Iterator[str]:
    parents = PARENTS.get(tag.name)
    if parents and above and above[-1].name not in parents:
        yield f"{brief(tag)} inside <{above[-1].name}>"
    if tag.name in FIRST and tag.find_previous_sibling(True):
        yield f"{brief(tag)} is not the first in its <{FIRST[tag.name]}>"
    if tag.name in ("ul", "ol", "dl") and not tag.find(True):
        yield f"{brief(tag)} is an empty list"
    if tag.name == "label" and len(tag.find_all(["input", "select", "textarea", "button"])) > 1:
        yield f"{brief(tag)} holds several controls"


def _nesting(tag: Tag, above: tuple[Tag, ...]) -> Iterator[str]:
    is_block, is_interactive = tag.name in BLOCK_NAMES, tag.name in INTERACTIVE_NAMES
    for outer in above:
        if is_block and outer.name in LINES_ONLY:
            headed = outer.name in ("legend", "summary") and tag.name in HEADING_NAMES
            if not headed:
                yield f"{brief(tag)} inside {brief(outer)}"
        if is_interactive and (outer.name == "button" or (outer.name == "a" and outer.has_attr("href"))):
            yield f"{brief(tag)} inside {brief(outer)}"
        if outer.name == tag.name and tag.name in ("form", "main"):
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
    if tag.name == "th" and not tag.get("scope") and len(tag.find_parent("table").find_all("tr", limit=2)) > 1:  # type: ignore[union-attr]
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
