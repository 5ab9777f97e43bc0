"""Read the search query from an address."""

from werkzeug.datastructures import MultiDict

from app.core.text import cleaning

LONGEST_SEARCH = 100
FURTHEST = 500  # only a robot would continue


def looked_for(args: "MultiDict[str, str]") -> tuple[str, int]:
    """(search text, number of results to skip); invalid values are ignored."""
    start = args.get("start", "")
    skipped = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 0
    return " ".join(cleaning.clean(args.get("q", ""))[:LONGEST_SEARCH].split()), min(skipped, FURTHEST)
