"""The page client finds what it promises to find: a good page passes, and each fault has a page that fails."""

from types import SimpleNamespace
from typing import Any

import polib
import pytest
from werkzeug.wrappers import Response

from app.core.http.security import HEADERS, POLICY
from tests import naming, wording
from tests.inspection import issues
from tests.pages import Page, assert_budget

SITE = "http://127.0.0.1:8000"
GOOD = """<!doctype html>
<html lang="nl-BE">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Agenda — Coopcity</title>
<meta name="description" content="Avonden en infosessies.">
<link rel="canonical" href="http://127.0.0.1:8000/nl/agenda">
<link rel="alternate" hreflang="nl" href="http://127.0.0.1:8000/nl/agenda">
<link rel="alternate" hreflang="fr" href="http://127.0.0.1:8000/fr/agenda">
<link rel="alternate" hreflang="x-default" href="http://127.0.0.1:8000/nl/agenda">
<link rel="stylesheet" href="/static/build/public.css"></head>
<body><a href="#inhoud">Naar de inhoud</a><a href="/fr/agenda" hreflang="fr" lang="fr">Français</a>
<main id="inhoud"><h1>Agenda</h1><h2 id="kop">Wat er komt</h2>
<p lang="fr">Vous venez\u202f? C’est bien\u00a0: «\u00a0oui\u00a0».</p>
<form action="/nl/agenda" method="post"><input type="hidden" name="csrf_token" value="x">
<label for="naam">Naam</label><p id="hulp">Voluit.</p><input id="naam" name="naam" aria-describedby="hulp">
<fieldset><legend>Taal</legend>
<input type="radio" id="t" name="t" value="nl"><label for="t">Nederlands</label></fieldset>
<button>Bewaren</button></form>
<ul><li>één</li></ul><p>Dat is ’t.</p></main></body></html>"""

BAD = [
    ("source", "<h1>Agenda</h1>", "<h1>Agenda</h2>"),
    ("source", "<!doctype html>\n", ""),
    ("source", "<li>één</li>", "<li><b>één</li></b>"),
    ("frame", "<h1>Agenda</h1>", "<h1>Agenda</h1><h1>Nog een</h1>"),
    ("frame", "<h1>Agenda</h1>", "<h1></h1>"),
    ("frame", '<main id="inhoud">', '<div id="inhoud">'),
    ("frame", "Agenda — Coopcity", "Agenda"),
    ("frame", "Agenda — Coopcity", " — Coopcity"),
    ("frame", 'content="Avonden en infosessies."', 'content=""'),
    ("language", 'lang="nl-BE"', 'lang="fr-BE"'),
    ("language", 'lang="nl-BE"', ""),
    (
        "language",
        'rel="canonical" href="http://127.0.0.1:8000/nl/agenda"',
        'rel="canonical" href="http://evil/nl/agenda"',
    ),
    ("language", 'hreflang="x-default"', 'hreflang="en"'),
    ("language", '<a href="/fr/agenda"', '<a href="/fr/"'),
    ("language", "/fr/agenda", "/fr/nergens"),
    ("ids", 'id="kop"', 'id="inhoud"'),
    ("ids", 'aria-describedby="hulp"', 'aria-describedby="helm"'),
    ("ids", 'for="naam"', 'for="haam"'),
    ("ids", 'href="#inhoud"', 'href="#elders"'),
    ("headings", '<h2 id="kop">Wat er komt</h2>', '<h3 id="kop">Wat er komt</h3>'),
    ("headings", "Wat er komt", ""),
    ("controls", '<label for="naam">Naam</label>', ""),
    ("controls", "<legend>Taal</legend>", ""),
    ("controls", "<button>Bewaren</button>", "<button></button>"),
    ("controls", ">Naar de inhoud<", "><"),
    ("labels in names", "<button>Bewaren</button>", '<button aria-label="Opslaan">Bewaren</button>'),
    ("forms", 'action="/nl/agenda"', ""),
    ("forms", 'action="/nl/agenda"', 'action="https://elders.example/"'),
    ("forms", 'method="post"', ""),
    ("forms", '<input type="hidden" name="csrf_token" value="x">', ""),
    ("forms", 'method="post"', 'method="get"'),
    ("forms", 'aria-describedby="hulp">', 'aria-describedby="hulp" type="file">'),
    ("inline", "<h1>", '<h1 style="color:red">'),
    ("inline", "<button>", '<button onclick="x()">'),
    ("inline", "</body>", "<script>x()</script></body>"),
    ("inline", "</head>", "<style>p{}</style></head>"),
    ("inline", 'href="#inhoud"', 'href="javascript:x()"'),
    ("files", "public.css", "gone.css"),
    ("files", "/static/build/public.css", "https://cdn.example/public.css"),
    ("structure", "<li>één</li>", "<p>één</p>"),
    ("structure", "<li>één</li>", ""),
    ("structure", "<p>Dat is ’t.</p>", "<span><div>Dat</div></span>"),
    ("structure", "<p>Dat is ’t.</p>", '<p><img src="/static/build/public.css"></p>'),
    ("structure", "<p>Dat is ’t.</p>", '<a href="#kop">Dat <button type="button">is</button></a>'),
    ("structure", "<p>Dat is ’t.</p>", "<svg></svg>"),
    ("left-overs", "Dat is ’t.", "Het zijn er None."),
    ("left-overs", "Dat is ’t.", "{{ naam }}"),
    ("left-overs", "Dat is ’t.", "Nog %(days)s dagen"),
    ("left-overs", 'id="naam" name="naam"', 'id="naam" name="naam" value="None"'),
    ("untranslated", "Dat is ’t.", "Save and go on"),
    ("untranslated", "Dat is ’t.", "There are 12 places left"),
    ("untranslated", "Wat er komt", "Coming up"),
    ("typography", "Dat is ’t.", "Dat is 't."),
    ("typography", "Dat is ’t.", 'Dat is "het".'),
    ("typography", "venez\u202f?", "venez?"),
    ("typography", "venez\u202f?", "venez ?"),
    ("typography", "bien\u00a0:", "bien:"),
    ("typography", "«\u00a0oui", "«oui"),
    ("typography", "C’est", "C'est"),
]


@pytest.fixture(autouse=True)
def _words(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A small catalogue of its own, so that these tests do not lean on the real one."""
    entries = {
        "Save and go on": "Bewaren en verder",
        "There are %(n)s places left": "Nog %(n)s plaatsen",
        "Coming up": "",
        "Agenda": "Agenda",
    }
    found = [polib.POEntry(msgid=key, msgstr=text) for key, text in entries.items()]
    monkeypatch.setattr(wording, "catalogue", lambda _language: found)
    wording._keys.cache_clear()
    yield
    wording._keys.cache_clear()


class FakeClient:
    """A site of one page in two languages and one style sheet."""

    base_url = SITE

    def __init__(self, *, signed_in: bool = False) -> None:
        self.app = object()
        self.browser = SimpleNamespace(
            get=lambda path, **_: Response(status=200 if path.endswith("public.css") else 404)
        )
        self._session = {"sign_in": "x"} if signed_in else {}

    def session(self) -> dict[str, str]:
        return self._session

    def endpoint_of(self, path: str, _method: str) -> str:
        return path

    def send(self, _method: str, path: str) -> Page:
        return a_page(GOOD, self, path=path, status=200 if path == "/fr/agenda" else 404)


def a_page(
    html: str, client: FakeClient | None = None, *, path: str = "/nl/agenda", status: int = 200, **headers: str
) -> Page:
    given = HEADERS | {"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"} | headers
    return Page(client or FakeClient(), Response(html, status, given), path=path, method="GET", statements=[])  # type: ignore[arg-type]


def test_a_good_page_has_no_faults() -> None:
    assert issues(a_page(GOOD)) == []


@pytest.mark.parametrize(("check", "good", "bad"), BAD)
def test_each_fault_is_found_by_its_check(check: str, good: str, bad: str) -> None:
    assert good in GOOD
    found = issues(a_page(GOOD.replace(good, bad)))

    assert [sentence for sentence in found if sentence.startswith(f"{check}:")], found


FORMS = """<ul>
<li><form role="none" method="post" action="/nl/a"><input type="hidden" name="csrf_token" value="x"> {first}</form></li>
<li><form role="none" method="post" action="{other}"><input type="hidden" name="csrf_token" value="y">
{second}</form></li>
</ul></main>"""
REMOVE = "<button>Verwijder</button>"
REMOVE_BOB = '<button>Verwijder<span class="visually-hidden">, Bob</span></button>'


@pytest.mark.parametrize(
    ("other", "first", "second", "faults"),
    [
        ("/nl/a", REMOVE, REMOVE, 0),  # twice the same deed, above and below a list
        ("/nl/b", REMOVE, REMOVE, 1),
        ("/nl/b", REMOVE, REMOVE_BOB, 0),
        ("/nl/b", '<input type="submit" value="Verwijder">', REMOVE, 1),
        ("/nl/a", '<button name="do" value="1">Verwijder</button>', REMOVE, 1),
        ("/nl/a", '<input type="hidden" name="id" value="1"><button>Verwijder</button>', REMOVE, 1),
        ("/nl/a", '<a class="button" href="/nl/c">Verwijder</a>', REMOVE, 1),
    ],
)
def test_two_buttons_of_one_name_do_the_same(other: str, first: str, second: str, faults: int) -> None:
    page = a_page(GOOD.replace("</main>", FORMS.format(other=other, first=first, second=second)))

    assert len([one for one in naming.issues(page) if "do different things" in one]) == faults


@pytest.mark.parametrize(("check", "good", "bad"), BAD)
def test_a_check_can_be_left_out(check: str, good: str, bad: str) -> None:
    found = issues(a_page(GOOD.replace(good, bad)), skip={check})

    assert not [sentence for sentence in found if sentence.startswith(f"{check}:")]


def test_what_people_typed_is_not_set_by_us() -> None:
    typed = GOOD.replace("<p>Dat is ’t.</p>", "<p data-typed>Dat is 't, None!</p>")

    assert issues(a_page(typed)) == []


def test_an_alternate_that_does_not_point_back_is_found() -> None:
    client = FakeClient()
    client.send = lambda _method, path: a_page(GOOD.replace("/fr/agenda", "/fr/"), client, path=path)  # type: ignore[method-assign]

    assert any("not mutual" in issue for issue in issues(a_page(GOOD, client)))


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Content-Security-Policy", ""),
        ("Content-Security-Policy", POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "unsafe-url"),
    ],
)
def test_weak_headers_are_found(header: str, value: str) -> None:
    assert issues(a_page(GOOD, **{header: value}))


def test_a_page_of_a_signed_in_person_is_kept_by_nobody() -> None:
    page = a_page(GOOD, FakeClient(signed_in=True), **{"Cache-Control": "no-cache"})

    assert any("kept by others" in issue for issue in issues(page))


def test_a_refused_form_says_why_with_links_to_its_fields() -> None:
    summary = '<div role="alert"><h2>Er is één fout</h2><ul><li><a href="#naam">Vul je naam in</a></li></ul></div>'
    refused = GOOD.replace('<h2 id="kop">', summary + '<h2 id="kop">')

    assert any("error summary" in issue for issue in issues(a_page(GOOD, status=422)))
    assert issues(a_page(refused, status=422)) == []
    assert a_page(refused, status=422).problems == ["Vul je naam in"]


def test_a_redirect_to_another_site_is_found() -> None:
    away = a_page("", status=303, Location="https://elders.example/")

    assert any("another site" in issue for issue in issues(away))


def test_the_budget_counts_statements() -> None:
    page = a_page(GOOD)
    page.statements = ["SELECT 1", "SELECT 2"]

    assert_budget(page, 2)
    with pytest.raises(AssertionError, match="2 statements"):
        assert_budget(page, 1)


def test_words_are_read_as_people_read_them() -> None:
    page = a_page("<!doctype html><p>Sta<b>rt</b> hier</p><ul><li>één<li>twee\u00a0drie</ul><script>x()</script>")

    assert page.text == "Start hier één twee\u00a0drie"
