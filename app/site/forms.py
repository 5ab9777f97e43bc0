"""What a visitor looks for, out of an address."""

from werkzeug.datastructures import MultiDict

from app.core.text import cleaning

LONGEST_SEARCH = 100
FURTHEST = 500  # nobody reads on; a robot would


def looked_for(args: "MultiDict[str, str]") -> tuple[str, int]:
    """(the words, how many results to skip); what makes no sense is left out."""
    start = args.get("start", "")
    skipped = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 0
    return " ".join(cleaning.clean(args.get("q", ""))[:LONGEST_SEARCH].split()), min(skipped, FURTHEST)
