"""What every answer tells the browser, who is believed, and which forms are taken."""

from collections.abc import Callable

import pytest
from flask import Flask, request
from werkzeug.routing import IntegerConverter

from app.core.http.security import HEADERS
from tests.builders import a_page
from tests.pages import PageClient
from tests.people import SignedIn

PRODUCTION = {
    "ENVIRONMENT": "production",
    "BASE_URL": "https://coopcity.example",
    "SECRET_KEY": "6b1f0c9e4a7d2358bb90aa17c6e4d3f2",
    "MAIL_URL": "smtp://mail.example",
    "TRUSTED_PROXIES": "1",
}
TYPED = {"email": "amina@example.be"}


@pytest.fixture
def production(another_app: Callable[..., Flask]) -> Callable[..., PageClient]:
    """A visitor of a site that is set up for real people."""
    return lambda **changes: PageClient(another_app(**(PRODUCTION | changes)))


@pytest.mark.parametrize("path", ["/nl/aanmelden", "/healthz", "/robots.txt", "/sitemap.xml"])
def test_every_answer_carries_the_headers(client: PageClient, path: str) -> None:
    page = client.get_path(path)

    assert {name: page.headers.get(name) for name in HEADERS} == HEADERS
    assert page.headers.get("Server", "").lower().count("werkzeug") == 0


@pytest.mark.parametrize(("path", "status"), [("/nl/nergens", 404), ("/fr/nergens", 404), ("/nergens", 404)])
def test_error_pages_carry_them_too(client: PageClient, path: str, status: int) -> None:
    page = client.get_path(path, status=status)

    assert {name: page.headers.get(name) for name in HEADERS} == HEADERS


def test_no_policy_allows_what_is_written_inside_a_page() -> None:
    policy = HEADERS["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    for weakness in ("unsafe", "*", "data:", "http:", "blob:"):
        assert weakness not in policy


# TLS.


def test_without_tls_no_strict_transport_and_no_secure_cookie(client: PageClient) -> None:
    page = client.get_path("/nl/aanmelden")

    assert "Strict-Transport-Security" not in page.headers
    assert "Secure" not in page.headers["Set-Cookie"]


@pytest.mark.parametrize("proxies", ["none", "1"])
def test_in_production_strict_transport_does_not_hang_on_the_proxy(
    production: Callable[..., PageClient], proxies: str
) -> None:
    client = production(TRUSTED_PROXIES=proxies)

    page = client.get_path("/nl/aanmelden", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})

    assert page.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_cookies_in_production(production: Callable[..., PageClient]) -> None:
    cookie = production().get_path("/nl/aanmelden").headers["Set-Cookie"]

    assert cookie.startswith("__Host-coopcity=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie


def test_a_visitor_who_only_reads_gets_no_cookie(client: PageClient) -> None:
    assert "Set-Cookie" not in client.get_path("/healthz").headers
    assert "Set-Cookie" not in client.get_path("/nl/agenda").headers


# Proxies and hosts.


@pytest.mark.parametrize(("proxies", "counted"), [("0", "127.0.0.1"), ("1", "192.0.2.7"), ("2", "198.51.100.1")])
def test_only_as_many_proxies_are_believed_as_there_are(
    another_app: Callable[..., Flask], proxies: str, counted: str
) -> None:
    made = another_app(TRUSTED_PROXIES=proxies)
    seen: list[str | None] = []
    made.before_request(lambda: seen.append(request.remote_addr))

    PageClient(made).get_path("/healthz", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.1, 192.0.2.7"})

    assert seen == [counted]


@pytest.mark.parametrize(
    "host", ["elders.example", "coopcity.example.elders.example", "[::1", "127.0.0.1.elders.example", ""]
)
def test_a_foreign_host_is_refused_with_a_page(client: PageClient, host: str) -> None:
    page = client.get_path("/nl/aanmelden", status=400, headers={"Host": host})

    assert page.lang == "nl"
    assert "elders.example" not in page.html


def test_no_address_is_built_from_the_host(production: Callable[..., PageClient]) -> None:
    page = production().get_path(
        "/nl/aanmelden", headers={"Host": "127.0.0.1:8000", "X-Forwarded-Host": "elders.example"}
    )

    assert "elders.example" not in page.html
    assert 'href="https://coopcity.example/nl/aanmelden"' in page.html


# Pages of signed-in people are kept by nobody.


def test_private_pages_are_not_kept(amina: SignedIn) -> None:
    page = amina.get("applications_applicant.my_files", lang="fr")

    assert page.headers["Cache-Control"] == "no-store"


# Forms that do not come from our own pages.


def _token_of(another: PageClient) -> str:
    return str(another.get("accounts_public.sign_in").value("csrf_token"))


def _forged(app: Flask, kind: str, own: PageClient) -> dict[str, str]:
    own_token = _token_of(own)
    tokens = {
        "missing": None,
        "empty": "",
        "false": "x" * len(own_token),
        # Not the last letter: some of its bits say nothing in base64.
        "changed": own_token[:-5] + ("a" if own_token[-5] != "a" else "b") + own_token[-4:],
        "another's": _token_of(PageClient(app)),
    }
    token = tokens[kind]
    return {} if token is None else {"csrf_token": token}


@pytest.mark.parametrize("kind", ["missing", "empty", "false", "changed", "another's"])
def test_a_form_without_its_own_token_is_refused_and_nothing_is_lost(app: Flask, client: PageClient, kind: str) -> None:
    sent = TYPED | _forged(app, kind, client)

    page = client.open("POST", "/nl/aanmelden", status=401, data=sent)

    assert [tag.get_text().strip() for tag in page.soup.select("textarea")] == ["amina@example.be"]
    assert page.lang == "nl"


def test_a_token_in_a_header_or_an_address_counts_for_nothing_alone(app: Flask, client: PageClient) -> None:
    token = _token_of(PageClient(app))

    client.open("POST", f"/nl/aanmelden?csrf_token={token}", status=401, data=TYPED, headers={"X-CSRFToken": token})


def test_every_page_that_takes_a_form_checks_the_token(app: Flask, greta: SignedIn) -> None:
    """Every POST route of the house, as the administrator, with any values in its address: never taken."""
    a_page("contact")  # its form carries no token, and refuses other sites: tests/contact/test_messages.py
    taken = []
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint == "contact_public.write":  # leads to the form
            continue
        numbers = {name for name, one in rule._converters.items() if isinstance(one, IntegerConverter)}
        values = {name: 1 if name in numbers else "x" for name in rule.arguments if name != "lang"}
        page = greta.send("POST", greta.address(rule.endpoint, **values), data={"anything": "at all"})
        if page.status < 400 or page.status >= 500:
            taken.append(f"{rule.endpoint}: {page.status}")

    assert taken == []


def test_the_right_token_is_taken(client: PageClient) -> None:
    client.get("accounts_public.sign_in").submit(email="amina@example.be", status=303)


def test_a_page_that_answers_a_form_is_there_for_back_and_a_private_page_is_not(client: PageClient) -> None:
    a_page("contact")
    page = client.get("contact_public.contact")

    wrong = page.submit("Verstuur het bericht", status=422, name="", email="", text="")

    assert wrong.headers["Cache-Control"] == "private, no-cache"
    assert client.get("accounts_public.sign_in").headers["Cache-Control"] == "no-store"
