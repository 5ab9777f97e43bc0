"""An answer with a cookie belongs to one browser, whatever its page says of caches; a refusal gives no cookie."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, abort, make_response, session
from sqlalchemy.exc import OperationalError

from app.core.http.gateway import REFUSED
from app.core.http.limits import limiter
from tests.pages import Page, PageClient
from tests.people import SignedIn

pytestmark = pytest.mark.one_database("headers of answers")

CODES = [400, 403, 404, 405, 408, 409, 410, 413, 414, 429, 431, 500, 503]
MARK = "zeldzaam"
ODD = f"/%3Cb%3E{MARK}%22%27;--%7B%7B7*7%7D%7D"


@pytest.fixture
def site(another_app: Callable[..., Flask]) -> Flask:
    """A site with pages that remember something, and then answer in every way."""
    made = another_app()

    def cached(way: str, caching: str) -> Any:
        answer = make_response("<p>Dag", {"ETag": '"a"'} | ({"Cache-Control": caching} if caching != "none" else {}))
        if way == "session":
            session["seen"] = True
        else:
            answer.set_cookie("seen", "1")
        return answer

    def broken(code: int, rest: str = "", lang: str = "") -> Any:
        session["seen"] = True
        if code == 500:
            raise RuntimeError("secret words")
        if code == 503:
            raise OperationalError("SELECT secret words", {}, Exception("secret words"))
        abort(code)

    made.add_url_rule("/cached/<way>/<caching>", "cached", cached)
    for lang in ("nl", "fr"):
        for end in ("", "/<path:rest>"):
            address = f"/{lang}/broken/<int:code>{end}"
            made.add_url_rule(address, "broken", broken, methods=["GET", "POST"], defaults={"lang": lang})
    return made


@pytest.mark.parametrize("way", ["session", "own"])
@pytest.mark.parametrize("caching", ["none", "no-cache", "public, max-age=86400", "max-age=60, s-maxage=600"])
def test_whatever_a_page_says_a_cookie_makes_it_private(site: Flask, way: str, caching: str) -> None:
    page = PageClient(site).send("GET", f"/cached/{way}/{caching}")

    assert "seen" in page.headers["Set-Cookie"] or "coopcity" in page.headers["Set-Cookie"]
    assert page.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.headers["Vary"]
    assert "ETag" not in page.headers


def assert_calm(page: Page, lang: str, code: int) -> None:
    """A page in this language that nobody keeps, and that tells nothing of what went wrong or was asked."""
    assert page.status == code
    assert page.lang == lang
    assert page.h1
    assert {"no-store", "private"} & set(page.headers["Cache-Control"].split(", "))
    assert "public" not in page.headers["Cache-Control"]
    assert "ETag" not in page.headers
    assert not [one for one in ("secret words", "Traceback", f"<b>{MARK}", "{{7*7}}", "\"';--") if one in page.html]


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("code", CODES)
def test_a_refusal_gives_no_cookie_and_is_kept_by_nobody(site: Flask, code: int, lang: str) -> None:
    site.config["WTF_CSRF_ENABLED"] = False
    path = f"/{lang}/broken/{code}{ODD}?q=%3Cb%3E{MARK}"
    limiter.reset()

    for method in ("GET", "POST"):
        page = PageClient(site).send(method, path)

        assert_calm(page, lang, code)
        assert "Set-Cookie" not in page.headers, method
    assert PageClient(site).send("HEAD", path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("lang", "path"), [("nl", "/nl/aanmelden"), ("fr", "/fr/connexion")])
@pytest.mark.parametrize(
    ("code", "method", "asked", "more"),
    [
        (400, "GET", f"?a=%00{MARK}", {}),
        (404, "GET", f"-x{ODD}", {}),
        (405, "PUT", "", {}),
        (405, "TRACE", "", {}),
        (408, "POST", "", {"environ_overrides": {REFUSED: 408}}),
        (413, "POST", "", {"environ_overrides": {REFUSED: 413}}),
        (414, "GET", "?" + "a" * 17_000, {}),
        (431, "GET", "", {"headers": {"X-Long": "a" * 17_000}}),
    ],
)
def test_so_it_is_where_the_request_itself_was_refused(
    client: PageClient, lang: str, path: str, code: int, method: str, asked: str, more: dict[str, Any]
) -> None:
    page = client.send(method, path + asked, **more)

    assert_calm(page, lang, code)
    assert "Set-Cookie" not in page.headers


def test_a_refusal_keeps_the_cookie_of_whoever_has_one(amina: SignedIn) -> None:
    before = amina.session()

    page = amina.get_path("/fr/nulle-part", status=404)

    assert "Set-Cookie" not in page.headers
    assert amina.session() == before
