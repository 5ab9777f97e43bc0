"""Every link on every page of readers and of the team leads somewhere, in a world with something in each room."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.core.db.base import db
from app.core.http.limits import limiter
from tests.pages import PageClient
from tests.people import CHLOE, ELS, GRETA, SignedIn, known
from tests.selection import a_review, a_reviewer
from tests.world import NAMES, Tour, calls, daily, deciding, forms, in_state, marks, meeting, reading, seeds

OF_ONE_PAGE = 2  # addresses of one page, by the state that their links come from, are as good as all of them
BROKEN = (404, 410)


def practice() -> list[Tour]:
    """A call with files of a rehearsal only, given to a reader, and one file that was decided since it was read."""
    call, chloe = seeds(), known(CHLOE)
    tried, decided = in_state(call, State.JURY, *NAMES[:2])
    for file in (tried, decided):
        a_review(file, chloe, marks("545344"))
    tried.is_rehearsal = True
    decided.state = State.ACCEPTED
    of_call, reviewer = {"key": call.key}, a_reviewer(call, chloe)
    return [
        (
            ELS,
            [
                ("reviewers_staff.reviewers", of_call),
                ("reviewers_staff.reviewer", of_call | {"number": str(reviewer.id)}),
                ("reviewers_assigning.files", of_call),
                ("ranking_staff.ranking", of_call),
                ("casework_staff.applications", {"rehearsal": "1"}),
            ],
        ),
        (CHLOE, [("review_reviewer.files", {})]),
    ]


def rooms_of_administrators() -> list[Tour]:
    """What only administrators see."""
    chloe = known(CHLOE)
    return [
        (
            GRETA,
            [
                ("people_staff.people", {}),
                ("people_staff.add", {}),
                ("people_staff.one_person", {"person_id": chloe.id}),
                ("dashboard_staff.desk", {}),
            ],
        )
    ]


def links_of(client: PageClient, tour: list[tuple[str, dict[str, object]]], lang: str) -> dict[str, str]:
    """Every internal address that stands on these pages, with the page on which it was found first."""
    found: dict[str, str] = {}
    for endpoint, values in tour:
        path = client.address(endpoint, lang=lang, **values)
        for link in client.send("GET", path).links("a[href]"):
            if not urlsplit(link).scheme and not link.startswith("#"):
                found.setdefault(urldefrag(urljoin(path, link))[0], path)
    return found


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("room", "lang"),
    [
        (reading, "nl"),
        (meeting, "fr"),
        (deciding, "nl"),
        (forms, "fr"),
        (calls, "nl"),
        (daily, "fr"),
        (practice, "nl"),
        (rooms_of_administrators, "fr"),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_every_link_leads_somewhere(app: Flask, content: None, room: Callable[[], list[Tour]], lang: str) -> None:
    tours, dead, asked = room(), [], 0
    db.session.commit()
    for part, pages in tours:
        client = SignedIn(app, known(part))
        seen: Counter[tuple[str, str]] = Counter()
        for address, page in links_of(client, pages, lang).items():
            kind = (str(client.endpoint_of(address)), page)
            seen[kind] += 1
            if seen[kind] > OF_ONE_PAGE:
                continue
            limiter.reset()
            status = client.send("GET", address).status
            asked += 1
            if status in BROKEN or status >= 500:
                dead.append(f"{part.name}: {address} on {page} answers {status}")

    assert dead == []
    assert asked > 5


def test_the_readers_pages_and_the_ranking_count_the_same_files(els: SignedIn, content: None) -> None:
    """Files of a rehearsal count on neither; a link to a file that was decided opens the file."""
    call, chloe = seeds(), known(CHLOE)
    practice()

    reviewers = els.get("reviewers_staff.reviewers", key=call.key)
    ranking = els.get("ranking_staff.ranking", key=call.key)
    one = els.get("reviewers_staff.reviewer", key=call.key, number=a_reviewer(call, chloe).id)

    (row,) = reviewers.select("table tbody tr td:nth-of-type(3)")
    assert row.startswith("1")
    assert NAMES[0] not in one.text
    assert NAMES[1] in one.text
    assert NAMES[0] not in ranking.text
