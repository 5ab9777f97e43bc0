"""Read the showcase's filter from an address; invalid values are ignored."""

import re

from werkzeug.datastructures import MultiDict

from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS
from app.core.text import cleaning
from app.enterprises.rules.filter import FIRST_YEAR, ORDERS, Filter, period_of

LONGEST_SEARCH = 100
PERIOD = re.compile(r"20\d\d|0")
PROGRAMME = re.compile(r"[a-z0-9-]{1,40}")
# The query parameter of each facet.
ASKED_AS = {
    "text": "q",
    "sector": "sector",
    "legal_form": "form",
    "period": "year",
    "programme": "programme",
    "municipality": "municipality",
}


def showcase_filter(args: "MultiDict[str, str]") -> Filter:
    """A filter with known codes and a short search text."""
    municipality = args.get("municipality", "")
    return Filter(
        text=cleaning.clean(args.get("q", ""))[:LONGEST_SEARCH],
        sector=frozenset(args.getlist("sector")).intersection(SECTORS),
        legal_form=frozenset(args.getlist("form")).intersection(LEGAL_FORMS),
        period=frozenset(code for code in args.getlist("year")[:20] if _is_period(code)),
        programme=frozenset(code for code in args.getlist("programme")[:20] if PROGRAMME.fullmatch(code)),
        municipality=municipality if municipality in MUNICIPALITIES else "",
    )


def order(args: "MultiDict[str, str]") -> str:
    """The sort order of the list."""
    wanted = args.get("sort", "")
    return wanted if wanted in ORDERS else ORDERS[0]


def _is_period(code: str) -> bool:
    return bool(PERIOD.fullmatch(code)) and (code == "0" or (int(code) >= FIRST_YEAR and period_of(int(code)) == code))
