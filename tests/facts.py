"""What a page tells machines about itself: JSON-LD, complete by the rules of those who read it."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.page import Page

Thing = dict[str, Any]

# Required and recommended by Google's documentation, or by schema.org where Google shows nothing of the kind.
NEEDED = {
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name"},
    "EducationalOccupationalProgram": {"name", "description", "url", "provider"},
    "Event": {
        *("name", "description", "url", "startDate", "endDate", "location", "image"),
        *("eventStatus", "organizer", "inLanguage"),
    },
    "Answer": {"text"},
    "FAQPage": {"mainEntity"},
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "author", "publisher", "inLanguage"},
    "Organization": {"name"},
    "Place": {"name", "address"},
    "PostalAddress": {"addressCountry", "addressLocality"},
    "Question": {"name", "acceptedAnswer"},
    "SearchAction": {"target", "query-input"},
    "WebSite": {"name", "url", "inLanguage"},
}
ADDRESSES = ("url", "item", "image", "mainEntityOfPage", "target")


def things(page: "Page") -> list[Thing]:
    """What stands on the page, by itself or in a graph."""
    found = []
    for tag in page.named("script"):
        if tag.get("type") != "application/ld+json":
            continue
        data = json.loads(str(tag.string))
        assert data.pop("@context") == "https://schema.org"
        found += data.get("@graph", [data])
    return found


def every(value: Any) -> Iterator[Thing]:
    """A thing and all that stands inside it."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from every(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every(inner)


def addresses(page: "Page") -> set[str]:
    """Every address that is told."""
    return {str(one[name]) for one in every(things(page)) for name in ADDRESSES if name in one}


def issues(page: "Page") -> Iterator[str]:
    """Types that we do not know, places left empty, addresses that only this page understands."""
    if not any(tag.get("type") == "application/ld+json" for tag in page.named("script")):
        return
    for one in every(things(page)):
        kind = one.get("@type", "a thing without a type")
        missing = NEEDED[kind] - one.keys() if kind in NEEDED else {f"an entry for {kind} in tests/facts.py"}
        if missing:
            yield f"{kind} lacks {sorted(missing)}"
        yield from (f"{kind}.{name} is empty" for name, value in one.items() if value in (None, "", [], {}))
    yield from (f"{found} is no whole address" for found in addresses(page) if "://" not in found)
    named = [one.get("@type") for one in things(page)]
    if len(named) != len(set(named)):
        yield f"told twice: {named}"
