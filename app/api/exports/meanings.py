"""Descriptions of the open-data columns in both languages."""

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import speaking

MEANINGS = {
    "key": _l("Lasting name of the thing, never used for another"),
    "slug": _l("Lasting name of the enterprise in its address"),
    "programme": _l("Key of the programme"),
    "title": _l("Title"),
    "tagline": _l("The programme in one line"),
    "lead": _l("Short description"),
    "serves": _l("Stages the programme is made for"),
    "duration": _l("How long it lasts"),
    "commitment": _l("The time it takes"),
    "places": _l("How many can take part"),
    "places_left": _l("Free places at this moment; 0 while people wait, empty once it has begun"),
    "waiting": _l("People on the waiting list; empty once it has begun"),
    "registration": _l("Signing up: open, waiting_list, or closed once it has begun"),
    "price": _l("What it costs"),
    "languages": _l("Languages of the programme"),
    "selection": _l("How people are chosen"),
    "is_example": _l("1 or true: example values, to be replaced by the team"),
    "call": _l("Key of the call that matters now"),
    "state": _l("Where the call stands: scheduled, open, closing_soon, closed or rolling"),
    "opens_at": _l("Moment of opening, in Brussels time"),
    "closes_at": _l("Moment of closing, in Brussels time; empty for a call that stays open"),
    "fee": _l("What taking part costs"),
    "calendar": _l("Address of the calendar file"),
    "pages": _l("Address of the page"),
    "name": _l("Name"),
    "pitch": _l("The enterprise in one sentence"),
    "sector": _l("Code of the sector"),
    "legal_form": _l("Code of the legal form"),
    "municipality": _l("NIS code of the municipality"),
    "founded": _l("Year of founding"),
    "website": _l("Website of the enterprise"),
    "source": _l("Where it comes from"),
    "source_url": _l("Address of the source"),
    "place": _l("Place"),
    "language": _l("Language: nl, fr or both"),
    "starts_at": _l("Begin, in Brussels time"),
    "ends_at": _l("End, in Brussels time"),
    "body": _l("The whole text, in Markdown"),
    "quote": _l("A quotation from the source; empty where there is none"),
    "quote_by": _l("Who says it"),
    "published_on": _l("Day of publication"),
    "revised_at": _l("Moment of the last change, in Brussels time"),
    "unit": _l("What is counted"),
    "definition": _l("Definition of the figure"),
    "how_counted": _l("How it is counted"),
    "from_year": _l("First year of the period"),
    "to_year": _l("Last year of the period"),
    "value": _l("The count"),
    "at_least": _l("1 or true: the source says “more than”"),
    "as_of": _l("Day on which it was so"),
}

STATES = {
    "scheduled": _l("The call opens later."),
    "open": _l("Applications are welcome."),
    "closing_soon": _l("Applications are welcome; the deadline is near."),
    "closed": _l("Nobody can apply any more."),
    "rolling": _l("Applications are welcome all year: there is no deadline."),
}
STAGES = {
    "idea": _l("An idea that still has to be tried"),
    "start": _l("A project that is about to start, or has just started"),
    "young": _l("A young activity, or a new one of an older organisation"),
    "grown": _l("An enterprise that has been active for years"),
    "several": _l("Several organisations that want to share something"),
}


def meaning(column: str) -> Bilingual:
    """The meaning of a column; both language columns of a text share it."""
    name = next((column[: -len(code) - 1] for code in LOCALES if column.endswith(f"_{code}")), column)
    said = {}
    for code in LOCALES:
        with speaking(code):
            said[code] = str(MEANINGS[name])
    return Bilingual(**said)
