"""The showcase's filter out of an address; what makes no sense is left out."""

from werkzeug.datastructures import MultiDict

from app.core import text
from app.core.belgium import LEGAL_FORMS, MUNICIPALITIES, SECTORS
from app.enterprises.rules import ORDERS, Filter

LONGEST_SEARCH = 100


def showcase_filter(args: "MultiDict[str, str]") -> Filter:
    """Known codes and a short text, whatever the address holds."""
    municipality = args.get("municipality", "")
    return Filter(
        text=text.clean(args.get("q", ""))[:LONGEST_SEARCH],
        sector=frozenset(args.getlist("sector")) & SECTORS.keys(),
        legal_form=frozenset(args.getlist("form")) & LEGAL_FORMS.keys(),
        municipality=municipality if municipality in MUNICIPALITIES else "",
    )


def order(args: "MultiDict[str, str]") -> str:
    """How the list is sorted."""
    wanted = args.get("sort", "")
    return wanted if wanted in ORDERS else ORDERS[0]
