"""Query parameters of the API; each error names the parameter."""

from collections.abc import Container

from werkzeug.datastructures import MultiDict

from app.api.rules import COLLECTIONS, MOST, USUAL, WHEN
from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS
from app.core.errors import Malformed

LONGEST_KEY = 200
CODES: dict[str, Container[str]] = {"sector": SECTORS, "legal_form": LEGAL_FORMS, "municipality": MUNICIPALITIES}


def asked(collection: str, args: "MultiDict[str, str]") -> dict[str, str]:
    """The parameters of a collection. Raises Malformed for an unknown, repeated or invalid one."""
    known = COLLECTIONS[collection][1]
    for name in args:
        if name not in known:
            raise Malformed(f"{name[:60]}: unknown parameter; known are: {', '.join(known) or 'none'}")
        if len(args.getlist(name)) > 1:
            raise Malformed(f"{name}: give it once")
    found = {name: args.get(name, "") for name in known}
    for name, codes in CODES.items():
        if name in args and found[name] not in codes:
            raise Malformed(f"{name}: unknown code; see /api/v1/lists")
    if "when" in args and found["when"] not in WHEN:
        raise Malformed(f"when: one of {', '.join(WHEN)}")
    if "after" in args and not 0 < len(found["after"]) <= LONGEST_KEY:
        raise Malformed("after: the key of an item of this collection")
    return found


def limit(found: dict[str, str], args: "MultiDict[str, str]") -> int:
    """The page size. Raises Malformed when it is not a number from 1 to the maximum."""
    if "limit" not in args:
        return USUAL
    typed = found["limit"]
    if not (typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= MOST):
        raise Malformed(f"limit: a whole number from 1 to {MOST}")
    return int(typed)
