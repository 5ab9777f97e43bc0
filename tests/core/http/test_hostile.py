"""Requests that no browser sends: every public form answers each of them calmly, below 500."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.core.db.base import db
from tests.builders import a_call, a_programme, both
from tests.pages import Page, PageClient
from tests.people import SignedIn

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"
MANY = b"".join(b"&f%d=x" % number for number in range(5_000))
LONE = b"\xed\xa0\x80"  # half of a pair, as nobody may write it in UTF-8


def urlencoded(body: bytes, kind: str = FORM) -> Callable[[str, list[str]], dict[str, Any]]:
    """A body in which TOKEN and each NAME are put where the form has them."""

    def fill(token: str, names: list[str]) -> dict[str, Any]:
        fields = b"&".join(name.encode() + b"=" + body for name in names)
        return {"data": b"csrf_token=" + token.encode() + b"&" + fields, "content_type": kind}

    return fill


def multipart(part: bytes) -> Callable[[str, list[str]], dict[str, Any]]:
    """The same in parts; `part` stands behind the name."""

    def fill(token: str, names: list[str]) -> dict[str, Any]:
        body = b'--xx\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode() + b"\r\n"
        for name in names:
            body += b'--xx\r\nContent-Disposition: form-data; name="' + name.encode() + b'"' + part + b"\r\n"
        return {"data": body + b"--xx--\r\n", "content_type": "multipart/form-data; boundary=xx"}

    return fill


def multipart_with(part: bytes) -> Callable[[str, list[str]], dict[str, Any]]:
    """A good form in parts, with this part in front."""

    def fill(token: str, names: list[str]) -> dict[str, Any]:
        good = multipart(b"\r\n\r\nx")(token, names)
        return good | {"data": part + good["data"]}

    return fill


def raw(data: bytes, kind: str = FORM, **headers: str) -> Callable[[str, list[str]], dict[str, Any]]:
    return lambda _token, _names: {"data": data, "content_type": kind, "headers": headers}


def doubled(token: str, names: list[str]) -> dict[str, Any]:
    return {"data": {"csrf_token": [token, token], **{name: ["a@example.be", "<b>", ""] for name in names}}}


def bracketed(token: str, names: list[str]) -> dict[str, Any]:
    return {
        "data": {
            "csrf_token": token,
            **{f"{name}{tail}": "x" for name in names for tail in ("[]", "[0]", "[a][b]", ".a")},
        }
    }


def as_files(token: str, names: list[str]) -> dict[str, Any]:
    return {"data": {"csrf_token": token, **{name: (io.BytesIO(b"x"), "../../x\x00.pdf") for name in names}}}


HOSTILE = {
    "utf-16 announced": urlencoded(b"x", f"{FORM}; charset=utf-16"),
    "utf-16 sent": raw("csrf_token=x&email=a".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "utf-7 announced": urlencoded(b"+ADw-script+AD4-", f"{FORM}; charset=utf-7"),
    "no such charset": urlencoded(b"x", f"{FORM}; charset=klingon"),
    "NUL": urlencoded(b"a%00b"),
    "raw NUL": urlencoded(b"a\x00b"),
    "lone surrogate": urlencoded(b"a%ED%A0%80b"),
    "raw lone surrogate": urlencoded(b"a" + LONE),
    "not UTF-8": urlencoded(b"%FF%FE%C0%80"),
    "1 MB field name": raw(b"a" * 1_000_000 + b"=1"),
    "1 MB value": urlencoded(b"x" * 1_000_000),
    "5,000 fields": raw(b"csrf_token=x" + MANY),
    "twice each": doubled,
    "with brackets": bracketed,
    "files instead of texts": as_files,
    "every control": urlencoded(b"".join(b"%%%02X" % number for number in range(32)) + b"%7F"),
    "templates": urlencoded(b"%7B%7B7*7%7D%7D${7*7}<%25=7*7%25>%27%22%3E<script>"),
    "bidi and zero width": urlencoded("a\u202eb\u200bc\ufeffd".encode()),
    "emoji and combining": urlencoded(("👩‍🍳" + "e" + "\u0301" * 500).encode()),
    "numbers that are none": urlencoded(b"1e999"),
    "negative": urlencoded(b"-99999999999999999999999999"),
    "line ends": urlencoded(b"a%0D%0ASet-Cookie:%20x=1"),
    "part in utf-16": multipart(b"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n\xff\xfea\x00"),
    "part without end": raw(b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\nx', PARTS),
    "part without name": raw(b"--xx\r\n\r\nx\r\n--xx--", PARTS),
    "no boundary": raw(b"--xx\r\n\r\nx\r\n--xx--", "multipart/form-data"),
    "file name with NUL": multipart(b'; filename="a\x00.pdf"\r\n\r\n%PDF-'),
    "file name of 100 kB": multipart(b'; filename="' + b"a" * 100_000 + b'.pdf"\r\n\r\n%PDF-'),
    "JSON": raw(b'{"email": {"$ne": null}}', "application/json"),
    "XML": raw(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "application/xml"),
    "no body": raw(b"", ""),
    "a wrong length": raw(b"csrf_token=x", **{"Content-Length": "-1"}),
    "a length that is no number": raw(b"csrf_token=x", **{"Content-Length": "x"}),
    "another method in a header": raw(b"x=1", **{"X-HTTP-Method-Override": "DELETE"}),
    "gzip announced": raw(b"\x1f\x8b\x08", **{"Content-Encoding": "gzip"}),
}


_forms: dict[int, list[tuple[str, list[str]]]] = {}


def public_forms(client: PageClient) -> list[tuple[str, list[str]]]:
    """(address, names of its fields) of every public page that takes a form; read once."""
    a_call(a_programme("seeds", slug=both("seeds")))
    db.session.commit()
    if id(client.app) not in _forms:
        rules = [rule for rule in client.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
        paths = [
            str(rule).replace("<slug>", "seeds").replace("<token>", "x" * 43)
            for rule in rules
            if "_public" in rule.endpoint
        ]
        _forms[id(client.app)] = [(path, _names(client.send("GET", path))) for path in paths]
    return _forms[id(client.app)]


def _names(page: Page) -> list[str]:
    found = [str(tag["name"]) for tag in page.soup.select("main form [name]") if tag["name"] != "csrf_token"]
    return list(dict.fromkeys(found)) or ["email", "name"]


@pytest.mark.parametrize("attack", sorted(HOSTILE))
def test_every_public_form_stays_calm(client: PageClient, attack: str) -> None:
    forms = public_forms(client)
    assert len(forms) >= 6

    for path, names in forms:
        options = HOSTILE[attack](client.csrf_token(), names)
        page = client.send("POST", path, **options)
        assert page.status < 500, f"{path}: {page.status}"
        assert "Set-Cookie: x" not in str(page.headers)


@pytest.mark.parametrize("attack", ["NUL", "lone surrogate", "1 MB value", "twice each", "templates", "line ends"])
def test_the_staff_form_stays_calm_too(els: SignedIn, attack: str) -> None:
    options = HOSTILE[attack](els.csrf_token(), ["q", "state", "language", "call", "after"])

    assert els.send("POST", "/nl/team/kandidaturen", **options).status < 500


NAMELESS = b"--xx\r\nContent-Disposition: form-data\r\n\r\nx\r\n"
NO_NAME = b'--xx\r\nContent-Disposition: form-data; name=""\r\n\r\nx\r\n'
NAMELESS_FILE = b'--xx\r\nContent-Disposition: form-data; filename="a.pdf"\r\n\r\n%PDF\r\n'
ONE_PART = b'--xx\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n\r\n'
MANY_PARTS = [ONE_PART % number for number in range(10_000)]
NO_BROWSER_SENDS = {
    "a part without a name": multipart_with(NAMELESS),
    "a file without a name": multipart_with(NAMELESS_FILE),
    "a part with an empty name": multipart_with(NO_NAME),
    "a NUL in a name": urlencoded(b"x&a%00b=c"),
    "half a pair": urlencoded(b"a%ED%A0%80b"),
    "raw half a pair": urlencoded(b"a" + LONE),
    "another charset": HOSTILE["utf-16 announced"],
    "text in another charset": HOSTILE["utf-16 sent"],
    "no boundary": HOSTILE["no boundary"],
    "no end": HOSTILE["part without end"],
    "10,000 fields": urlencoded(b"x" + b"".join(b"&f%d=" % number for number in range(10_000))),
    "10,000 parts": multipart_with(b"".join(MANY_PARTS)),
}


EVERYWHERE = ("a part without a name", "half a pair")  # in two kinds of body; the others are tried on a few


def every_form(app: Flask) -> list[str]:
    """The address of everything that takes a form, in both languages, with something in the place of each value."""
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    paths = []
    for rule in rules:
        path = re.sub(r"<int:[^>]+>", "1", str(rule))
        paths.append(re.sub(r"<[^>]+>", "x", path))
    return sorted(paths)


@pytest.mark.parametrize("attack", sorted(NO_BROWSER_SENDS))
def test_what_no_browser_sends_is_refused_by_every_form(app: Flask, greta: SignedIn, attack: str) -> None:
    """Before anything is looked up: even for somebody who may do everything, and in the language of the address."""
    paths = every_form(app)
    assert len(paths) > 150

    for path in paths if attack in EVERYWHERE else paths[:5]:
        options = NO_BROWSER_SENDS[attack](greta.csrf_token(), ["email"])
        answer = greta.browser.open(path, method="POST", base_url=greta.base_url, **options)
        assert answer.status_code == 400, f"{path}: {answer.status_code}"
    for language, title in (("nl", "We konden dit niet lezen"), ("fr", "Nous n’avons pas pu lire votre envoi")):
        options = NO_BROWSER_SENDS[attack](greta.csrf_token(), ["email"])
        page = greta.open("POST", greta.address("accounts_public.sign_in", lang=language), status=400, **options)
        assert page.lang == language
        assert title in page.select("h1")[0]


def test_repeated_fields_and_nul_in_a_text_are_ordinary(client: PageClient) -> None:
    token = client.csrf_token()
    body = {"csrf_token": token, "email": ["zoe\x00@example.be", "other@example.be"]}

    page = client.open("POST", "/nl/aanmelden", status=303, data=body)

    assert "zoe@example.be" in page.follow().text


@pytest.mark.parametrize("kind", [FORM, PARTS])
def test_a_form_of_5_mb_is_not_read(client: PageClient, kind: str) -> None:
    fill = urlencoded(b"x" * 5_000_000) if kind == FORM else multipart(b"\r\n\r\n" + b"x" * 5_000_000)

    page = client.open("POST", "/nl/aanmelden", status=413, **fill(client.csrf_token(), ["email"]))

    assert len(page.html) < 100_000


@pytest.mark.parametrize(("headers", "status"), [({"X-Long": "x" * 100_000}, 431), ({"Referer": "x" * 20_000}, 431)])
def test_a_header_without_measure_is_refused(client: PageClient, headers: dict[str, str], status: int) -> None:
    client.open("GET", "/fr/agenda", status=status, headers=headers)


def test_an_address_without_measure_is_refused(client: PageClient) -> None:
    client.open("GET", "/fr/agenda?q=" + "x" * 100_000, status=414)


QUERIES = [
    "%00",
    "%ED%A0%80",
    "%FF",
    "x" * 5_000,
    "-1",
    "%27%22%3E%3Cscript%3E",
    "%7B%7B7*7%7D%7D",
    "a%0D%0Ab",
    "9" * 40,
    "2027-02-30T99:99_1",
    "..%2f..%2fetc%2fpasswd",
]


@pytest.mark.parametrize("value", QUERIES)
def test_hostile_words_in_addresses(app: Flask, client: PageClient, els: SignedIn, content: None, value: str) -> None:
    """As a part of every address, and behind every name that a list reads."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        path = str(rule)
        for name in rule.arguments - {"lang"}:
            path = path.replace(f"<{name}>", value).replace(f"<int:{name}>", value)
        names = ("q", "state", "language", "call", "after", "sector", "form", "place", "page", "next", "kind", "month")
        query = "&".join(f"{name}={value}" for name in names)
        page = (client if "_public" in rule.endpoint else els).send("GET", f"{path}?{query}")
        assert page.status < 500, f"{path}?{query[:80]}: {page.status}"
        assert "<script>" not in page.html, path


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept-Language": "x" * 10_000},
        {"Accept-Language": "fr;q=NaN, nl;q=-1, \xff"},
        {"Cookie": "coopcity=not.a.session; coopcity=second"},
        {"Cookie": "coopcity=" + "x" * 4_000},
        {"If-None-Match": '"' * 1_000},
        {"If-Modified-Since": "yesterday"},
        {"Range": "bytes=0-0,1-1,-"},
        {"Referer": "https://elders.example/\x7f"},
        {"User-Agent": ""},
        {"X-Forwarded-For": "x" * 5_000},
        {"X-Forwarded-Proto": "javascript"},
        {"X-Request-ID": "a\tb"},
        {"Accept-Encoding": "br;q=nan, gzip;q=2, *;q=-"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/nl/aanmelden", "/fr/agenda", "/robots.txt"])
def test_hostile_headers(client: PageClient, path: str, headers: dict[str, str]) -> None:
    assert client.send("GET", path, headers=headers).status < 400


@pytest.mark.parametrize(
    "path",
    [
        "//elders.example/",
        "/\\elders.example",
        "/nl/%2e%2e/%2e%2e/etc/passwd",
        "/nl/" + "a/" * 500,
        "/%00",
        "/nl/%ED%A0%80",
        "/nl/.git/config",
        "/static/build/../../config.py",
        "/static/build/%2e%2e/%2e%2e/config.py",
        "/nl//",
        "/NL/",
        "/nl/?" + "a" * 9_000,
    ],
)
def test_hostile_paths(client: PageClient, path: str) -> None:
    answer = client.browser.open(path, base_url=client.base_url)

    assert answer.status_code < 500
    assert b"SECRET_KEY" not in answer.data
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/nl/", "/fr/connexion", "/nl/team"])
def test_body_of_a_reading_request_changes_nothing(client: PageClient, method: str, path: str) -> None:
    plain = client.send(method, path)

    odd = client.send(method, path, data=b"method=POST&do=save" * 1000, content_type=FORM)

    assert (odd.status, odd.location) == (plain.status, plain.location)


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/{lang}/" + "a" * 8_000, 404),
        ("/{lang}/" + "a/" * 10_000, 414),
        ("/{lang}/?q=" + "%41" * 2_000, 200),
        ("/{lang}/?" + "a=1&" * 5_000, 414),
    ],
)
def test_long_addresses_are_answered_calmly(
    client: PageClient, content: None, lang: str, path: str, status: int
) -> None:
    page = client.open("GET", path.format(lang=lang), status=status)

    assert page.lang == lang


@pytest.mark.parametrize(("count", "status"), [(1_000, 200), (4_000, 431)])
def test_many_cookies_are_answered_calmly(app: Flask, count: int, status: int) -> None:
    cookies = "; ".join(f"c{number}=x" for number in range(count))

    answer = app.test_client(use_cookies=False).get("/fr/connexion", headers={"Cookie": cookies})

    assert answer.status_code == status
    assert 'lang="fr' in answer.text
