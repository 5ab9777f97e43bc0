"""Response shapes of the API; names do not change within /api/v1."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from app.core.i18n.bilingual import LOCALES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MOST, USUAL = 100, 50
EXAMPLE_TEXTS = {"nl": "Voeding", "fr": "Alimentation"}


class Shape(BaseModel):
    """Base class: refuses fields that are not described."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Shape):
    """A text in Dutch and French; neither is the original."""

    nl: str
    fr: str


class Call(Shape):
    """A dated edition of a programme. `closes_at` is null when the call is rolling."""

    key: str
    programme: str = Field(description="Key of the programme")
    title: Texts
    state: str = Field(description="scheduled, open, closing_soon, closed or rolling, at the moment of the answer")
    opens_at: str = Field(description="ISO 8601 with the offset of Brussels", examples=["2027-01-11T09:00+01:00"])
    closes_at: str | None
    fee: Texts
    is_example: bool = Field(description="Its dates and price are examples")
    pages: Texts = Field(description="Address of its programme's page in each language")
    calendar: Texts = Field(description="Calendar file of the deadline, in each language")


class Programme(Shape):
    """A lasting offer. While `is_example` is true the values are examples that the team still replaces."""

    key: str
    title: Texts
    tagline: Texts
    lead: Texts
    serves: list[str] = Field(description="Stages it is made for: idea, start, young, grown, several")
    duration: Texts
    commitment: Texts
    places: Texts
    price: Texts
    languages: Texts
    selection: Texts
    is_example: bool
    call: str | None = Field(description="Key of the call that matters now")
    pages: Texts


class Enterprise(Shape):
    """An enterprise of the showcase. Codes: see /api/v1/lists."""

    slug: str
    name: str
    pitch: Texts
    sector: str
    legal_form: str
    municipality: str | None = Field(description="NIS code of one of the nineteen municipalities")
    founded: int | None
    website: str | None
    programme: str | None
    source: Texts
    source_url: str | None
    pages: Texts


class Event(Shape):
    """An information session or evening. `language` is nl, fr or both."""

    key: str
    title: Texts
    lead: Texts
    place: Texts
    language: str
    places: int
    places_left: int | None = Field(
        description="Free places at the moment of the answer; 0 while people wait; null once it has begun"
    )
    waiting: int | None = Field(description="People on the waiting list; null once it has begun")
    registration: str = Field(description="open, waiting_list, or closed once it has begun")
    starts_at: str
    ends_at: str
    is_example: bool = Field(description="Its date and place are examples")
    pages: Texts


class Article(Shape):
    """A news article; its source is named. The body is Markdown with whole addresses."""

    key: str
    title: Texts
    lead: Texts
    body: Texts
    quote: Texts = Field(description="A quotation from the source; empty where there is none")
    quote_by: Texts = Field(description="Who says it")
    published_on: str = Field(examples=["2021-02-24"])
    revised_at: str
    source: Texts
    source_url: str | None
    pages: Texts


class Value(Shape):
    """One count over a period. `at_least`: the source says “more than”."""

    from_year: int
    to_year: int
    value: int
    at_least: bool
    as_of: str = Field(examples=["2021-02-24"])
    source: Texts
    source_url: str | None


class Indicator(Shape):
    """A public figure with its definition and its dated values."""

    key: str
    name: Texts
    unit: Texts
    definition: Texts
    how_counted: Texts
    values: list[Value]
    pages: Texts


class Code(Shape):
    """One entry of a fixed list."""

    code: str
    name: Texts


class Lists(Shape):
    """The codes that other answers use."""

    sectors: list[Code]
    legal_forms: list[Code]
    municipalities: list[Code]


class Problem(Shape):
    """Why there is no other answer (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""


# Each collection with the shape of its items and its filters.
COLLECTIONS: dict[str, tuple[type[Shape], tuple[str, ...]]] = {
    "programmes": (Programme, ()),
    "calls": (Call, ()),
    "enterprises": (Enterprise, ("sector", "legal_form", "municipality", "limit", "after")),
    "events": (Event, ("when", "limit", "after")),
    "news": (Article, ("limit", "after")),
    "indicators": (Indicator, ()),
}
WHEN = ("upcoming", "past")
# The examples of the page that explains the API; a test asks each of them.
EXAMPLES = {
    "calls": "/api/v1/calls",
    "food": "/api/v1/enterprises?sector=food&limit=5",
    "coming": "/api/v1/events?when=upcoming",
    "figures": "/api/v1/indicators",
    "lists": "/api/v1/lists",
}
PROGRAM = """\
import json
from urllib.request import urlopen

address = "{site}/api/v1/enterprises?limit=50"
while address:
    with urlopen(address) as answer:
        page = json.load(answer)
    for enterprise in page["items"]:
        print(enterprise["name"], enterprise["sector"])
    address = page["next"]
"""


def flat(thing: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """One row of a table: a bilingual text becomes two columns, a list one cell."""
    line: dict[str, Any] = {}
    for name, value in thing.items():
        if isinstance(value, Mapping) and set(value) == set(LOCALES):
            line |= {f"{before}{name}_{code}": value[code] for code in LOCALES}
        elif isinstance(value, list):
            line[before + name] = " ".join(str(one) for one in value)
        else:
            line[before + name] = value
    return line


def lines(name: str, things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a data set; an indicator gives one row per value, so that no cell is nested."""
    if name != "indicators":
        return [flat(thing) for thing in things]
    return [
        flat({key: text for key, text in thing.items() if key != "values"}) | flat(value)
        for thing in things
        for value in thing["values"]
    ]


def columns(name: str) -> list[str]:
    """The columns of a data set, independent of its rows."""
    shape = COLLECTIONS[name][0]
    found = _columns(shape)
    if name == "indicators":
        found = [column for column in found if column != "values"] + _columns(Value)
    return found


def _columns(shape: type[Shape]) -> list[str]:
    found = []
    for name, field in shape.model_fields.items():
        found += [f"{name}_{code}" for code in LOCALES] if field.annotation is Texts else [name]
    return found
