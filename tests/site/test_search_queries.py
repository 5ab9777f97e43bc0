"""What visitors really look for: nearly all find a right answer among the first three."""

from pathlib import Path

import pytest
from sqlalchemy import select

from app.core.db.base import db
from app.core.search import search_index

QUERIES = Path(__file__).with_name("search_queries.txt").read_text(encoding="utf-8")
FIRST, SHARE = 3, 0.95


def queries() -> list[tuple[str, str, set[str]]]:
    """(language, what is typed, right answers)."""
    lines = [line for line in QUERIES.splitlines() if line and not line.startswith("#")]
    split = [line.partition(" | ") for line in lines]
    return [(asked[:2], asked[3:], set(right.split())) for asked, _sign, right in split]


@pytest.mark.slow("asks more than a hundred questions")
def test_real_queries_find_a_right_answer_among_the_first_three(content: None) -> None:
    missed = []
    for language, typed, right in queries():
        hits = search_index.found(typed, language, limit=FIRST).hits
        if not right & {f"{hit.place}:{hit.slug}" for hit in hits}:
            missed.append(f"{language} {typed}: {[f'{hit.place}:{hit.slug}' for hit in hits]}")

    assert len(queries()) >= 120
    assert len(missed) <= len(queries()) * (1 - SHARE), "\n".join(missed)


def test_every_right_answer_exists(content: None) -> None:
    entries = db.session.execute(select(search_index.SearchEntry.place, search_index.SearchEntry.slug))
    known = {f"{place}:{slug}" for place, slug in entries}

    assert set().union(*(right for _language, _typed, right in queries())) <= known
