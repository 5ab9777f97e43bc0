"""JSON-LD (schema.org) for search engines; unknown values are left out."""

import html
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from app.core import clock

Thing = dict[str, Any]

SCHEMA = "https://schema.org"
NAME = "Coopcity"
COUNTRY = "BE"
ILLUSTRATED = ("Event", "NewsArticle")
# "Coenraetsstraat 72, 1060 Sint-Gillis", optionally with a remark in brackets.
ADDRESS = re.compile(r"(?P<street>[^()]+?), (?P<postcode>1\d{3}) (?P<town>[^,()]+?)(?: \(.*\))?")
# Only these could end the script element or be read as markup; JSON can escape each of them.
UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def thing(kind: str, **facts: Any) -> Thing:
    """A typed object without empty values."""
    return {"@type": kind} | {name: value for name, value in facts.items() if value not in (None, "", [], {})}


def ourselves(site: str, **facts: Any) -> Thing:
    """Coopcity, identified by its address."""
    return thing("Organization", name=NAME, url=site + "/", **facts)


def named(name: str) -> Thing:
    """An organisation of which only the name is known."""
    return thing("Organization", name=name)


def website(site: str, *, language: str, search: str = "") -> Thing:
    """The site in one language, with its search where there is one."""
    seeking = thing("SearchAction", target=f"{search}?q={{q}}") | {"query-input": "required name=q"}
    return thing("WebSite", name=NAME, url=site, inLanguage=language, potentialAction=seeking if search else None)


def breadcrumbs(trail: Sequence[tuple[str, str]]) -> Thing:
    """The path from the home page to this page; the last step needs no address."""
    steps = [
        thing("ListItem", position=position, name=html.unescape(name), item=address)
        for position, (name, address) in enumerate(trail, 1)
    ]
    return thing("BreadcrumbList", itemListElement=steps)


def programme(
    *, name: str, description: str, url: str, site: str, opens_at: datetime | None, closes_at: datetime | None
) -> Thing:
    """A programme and the dates of its call. Price and length are texts, not figures, so they are left out."""
    return thing(
        "EducationalOccupationalProgram",
        name=name,
        description=description,
        url=url,
        provider=ourselves(site),
        applicationStartDate=clock.day_of(opens_at).isoformat() if opens_at else None,
        applicationDeadline=clock.day_of(closes_at).isoformat() if closes_at else None,
    )


def event(
    *,
    name: str,
    description: str,
    url: str,
    site: str,
    place: str,
    languages: Sequence[str],
    starts_at: datetime,
    ends_at: datetime,
) -> Thing:
    """An event. Attendance on site is stated only when the place is an address."""
    address = postal_address(place)
    return thing(
        "Event",
        name=name,
        description=description,
        url=url,
        startDate=_moment(starts_at),
        endDate=_moment(ends_at),
        eventStatus=f"{SCHEMA}/EventScheduled",
        eventAttendanceMode=f"{SCHEMA}/OfflineEventAttendanceMode" if address else None,
        location=thing("Place", name=place, address=address or place) if place else None,
        organizer=ourselves(site),
        inLanguage=list(languages),
    )


def article(
    *,
    name: str,
    description: str,
    url: str,
    site: str,
    language: str,
    published_on: date,
    revised_at: datetime,
) -> Thing:
    """A news article."""
    return thing(
        "NewsArticle",
        headline=name,
        description=description,
        mainEntityOfPage=url,
        datePublished=published_on.isoformat(),
        dateModified=_moment(revised_at),
        author=ourselves(site),
        publisher=ourselves(site),
        inLanguage=language,
    )


def faq(asked: Sequence[tuple[str, str]]) -> Thing:
    """Questions with their answers as plain text."""
    answered = [thing("Question", name=name, acceptedAnswer=thing("Answer", text=answer)) for name, answer in asked]
    return thing("FAQPage", mainEntity=answered)


def enterprise(*, name: str, description: str, page: str, website: str, founded: int | None, town: str) -> Thing:
    """An enterprise of the showcase."""
    return thing(
        "Organization",
        name=name,
        description=description,
        url=website or page,
        mainEntityOfPage=page,
        foundingDate=str(founded) if founded else None,
        address=thing("PostalAddress", addressLocality=town, addressCountry=COUNTRY) if town else None,
    )


def postal_address(place: str) -> Thing | None:
    """A Brussels address parsed from one line; None when the line is something else."""
    found = ADDRESS.fullmatch(place)
    if not found:
        return None
    return thing(
        "PostalAddress",
        streetAddress=found["street"],
        postalCode=found["postcode"],
        addressLocality=found["town"],
        addressCountry=COUNTRY,
    )


def json_ld(things: Sequence[Thing], picture: str) -> Markup:
    """The content of the script element, escaped so that no text can end it. `picture`: the page's own."""
    shown = [one | {"image": picture} if one["@type"] in ILLUSTRATED else one for one in things]
    data = {"@context": SCHEMA, **shown[0]} if len(shown) == 1 else {"@context": SCHEMA, "@graph": shown}
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(UNSAFE))  # noqa: S704 - every mark that HTML reads was just replaced


def _moment(at: datetime) -> str:
    return clock.in_brussels(at).isoformat(timespec="minutes")
