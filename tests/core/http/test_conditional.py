"""Nothing is sent twice: ETag and Last-Modified, and who gets neither."""

import gzip
from typing import Any

import brotli
import pytest

from app.core.db.base import db
from tests.builders import a_page, a_programme, an_article, an_event, both
from tests.pages import Page, PageClient
from tests.people import SignedIn

HOME = "/nl/"
KEPT = ("Cache-Control", "Vary", "Content-Security-Policy", "X-Content-Type-Options")


def ask(client: PageClient, path: str, *, method: str = "GET", **headers: str) -> Page:
    """A request with these headers: `If_None_Match` for If-None-Match."""
    return client.send(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.fixture
def public(client: PageClient) -> dict[str, str]:
    """One address of each kind that visitors and their programs ask for."""
    a_page("news")
    a_programme()
    evening, article = an_event(), an_article()
    return {
        "page": HOME,
        "feed": "/nl/nieuws.atom",
        "calls": "/fr/appels.atom",
        "calendar": "/nl/agenda.ics",
        "evening": f"/nl/agenda/{evening.slug.nl}.ics",
        "article": f"/nl/nieuws/{article.slug.nl}",
        "site map": "/sitemap.xml",
        "robots": "/robots.txt",
        "security": "/.well-known/security.txt",
    }


def test_whoever_has_it_is_told_so(client: PageClient, public: dict[str, str]) -> None:
    for kind, path in public.items():
        first = ask(client, path)
        again = ask(client, path, If_None_Match=first.headers["ETag"])

        assert (first.status, again.status, again.data) == (200, 304, b""), kind
        assert again.headers["ETag"] == first.headers["ETag"]
        assert {name: again.headers.get(name) for name in KEPT} == {name: first.headers.get(name) for name in KEPT}
        assert "Content-Encoding" not in again.headers


def test_a_head_request_is_answered_alike(client: PageClient) -> None:
    first = ask(client, HOME)

    head = ask(client, HOME, method="HEAD")

    assert (head.status, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    assert ask(client, HOME, method="HEAD", If_None_Match=first.headers["ETag"]).status == 304


def test_what_changed_is_sent_again(client: PageClient) -> None:
    page = a_page("home", title=both("Vroeger", "Avant"))
    old = ask(client, HOME).headers["ETag"]

    page.title = both("Nu", "Maintenant")
    db.session.commit()
    new = ask(client, HOME, If_None_Match=old)

    assert (new.status, new.h1) == (200, "Nu")
    assert new.headers["ETag"] != old


def test_a_page_that_counts_days_is_another_page_tomorrow(client: PageClient, clock: Any) -> None:
    mark = ask(client, HOME).headers["ETag"]

    clock.forward(days=1)

    assert ask(client, HOME, If_None_Match=mark).status == 200


@pytest.mark.parametrize("path", [HOME, "/nl/agenda.ics"])
def test_each_encoding_is_the_same_thing(client: PageClient, path: str) -> None:
    for number in range(9):
        an_event(both(f"Avond {number}"))
    plain, packed, brotlied = (ask(client, path, Accept_Encoding=name) for name in ("identity", "gzip", "br"))

    assert plain.headers.get("Content-Encoding") is None
    assert gzip.decompress(packed.data) == brotli.decompress(brotlied.data) == plain.data
    assert {page.headers["ETag"] for page in (plain, packed, brotlied)} == {plain.headers["ETag"]}
    assert plain.headers["ETag"].startswith('W/"')
    for page in (plain, packed, brotlied):
        assert "Accept-Encoding" in page.headers["Vary"]
    for name in ("identity", "gzip", "br"):
        assert ask(client, path, Accept_Encoding=name, If_None_Match=plain.headers["ETag"]).status == 304


def test_a_text_says_when_it_changed(client: PageClient, clock: Any) -> None:
    page = a_page("privacy")
    clock.forward(days=3)
    page.updated_at = clock()
    first = ask(client, "/nl/privacy")

    assert first.headers["Last-Modified"] == "Thu, 04 Feb 2027 10:00:00 GMT"
    assert ask(client, "/nl/privacy", If_Modified_Since="Thu, 04 Feb 2027 10:00:00 GMT").status == 304
    assert ask(client, "/nl/privacy", If_Modified_Since="Thu, 04 Feb 2027 09:59:59 GMT").status == 200

    clock.forward(minutes=1)
    page.updated_at = clock()

    assert ask(client, "/nl/privacy", If_Modified_Since="Thu, 04 Feb 2027 10:00:00 GMT").status == 200


def test_the_note_at_the_foot_makes_a_page_newer(client: PageClient, clock: Any) -> None:
    a_page("privacy")
    note = a_page("demo_note")
    clock.forward(days=3)
    note.updated_at = clock()

    assert ask(client, "/nl/privacy").headers["Last-Modified"] == "Thu, 04 Feb 2027 10:00:00 GMT"


def test_a_page_that_looks_at_the_clock_promises_no_moment(client: PageClient) -> None:
    assert "Last-Modified" not in ask(client, HOME).headers
    assert ask(client, HOME, If_Modified_Since="Thu, 04 Feb 2099 10:00:00 GMT").status == 200


def test_what_is_one_person_s_own_carries_no_mark(client: PageClient, amina: SignedIn) -> None:
    for path in (HOME, "/nl/mijn-dossier"):
        assert "ETag" not in ask(amina, path).headers
    assert ask(amina, HOME, If_None_Match=ask(client, HOME).headers["ETag"]).status == 200


def test_an_answer_with_a_cookie_carries_no_mark(client: PageClient) -> None:
    page = ask(client, "/nl/aanmelden")

    assert "coopcity=" in page.headers["Set-Cookie"]
    assert "ETag" not in page.headers


def test_errors_redirects_and_posts_carry_no_mark(client: PageClient) -> None:
    assert "ETag" not in ask(client, "/nl/bestaat-niet").headers
    assert "ETag" not in ask(client, "/").headers
    assert "ETag" not in client.send("POST", "/nl/aanmelden").headers
    assert "ETag" not in ask(client, "/readyz").headers
