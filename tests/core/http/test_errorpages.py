"""Every refusal is a calm page in the language of the address, and loses nothing that was typed."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask, abort
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.core.db.base import db
from app.core.errors import Conflict, Forbidden, NotFound
from app.core.http.gateway import REFUSED
from app.core.http.limits import limiter
from app.events.models import Registration
from tests.builders import an_event
from tests.pages import PageClient
from tests.people import SignedIn

pytestmark = pytest.mark.one_database("pages")


@pytest.fixture
def failing(another_app: Callable[..., Flask]) -> Callable[[Exception], PageClient]:
    """A site with two pages, /nl/stuk and /fr/casse, that fail in this way."""

    def make(failure: Exception) -> PageClient:
        def view(lang: str = "") -> Any:
            raise failure

        made = another_app()
        for lang, address in (("nl", "/nl/stuk"), ("fr", "/fr/casse")):
            made.add_url_rule(address, "broken", view, methods=["GET", "POST"], defaults={"lang": lang})
        return PageClient(made)

    return make


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (NotFound(), 404),
        (Forbidden(), 403),
        (Conflict("x"), 409),
        (RuntimeError("secret words"), 500),
        (OperationalError("SELECT", {}, Exception("database is locked")), 503),
    ],
)
@pytest.mark.parametrize(("lang", "path"), [("nl", "/nl/stuk"), ("fr", "/fr/casse")])
def test_each_refusal_is_a_page_in_its_language(
    failing: Callable[[Exception], PageClient], failure: Exception, status: int, lang: str, path: str
) -> None:
    page = failing(failure).get_path(path, status=status)

    assert page.lang == lang
    assert page.headers["Cache-Control"] == "no-store"
    assert "secret words" not in page.html
    assert "Traceback" not in page.html
    assert "locked" not in page.html


@pytest.mark.parametrize(
    "code", [400, 403, 404, 405, 408, 409, 410, 411, 413, 414, 415, 418, 422, 429, 431, 451, 500, 501, 503]
)
def test_each_status_has_words(another_app: Callable[..., Flask], code: int) -> None:
    made = another_app()
    made.add_url_rule("/nl/code", "code", lambda: abort(code))

    page = PageClient(made).send("GET", "/nl/code")

    assert page.status == code
    assert page.h1
    assert page.parse_errors == []


def test_a_broken_database_says_when_to_come_back_and_keeps_the_text(
    failing: Callable[[Exception], PageClient],
) -> None:
    client = failing(OperationalError("INSERT", {}, Exception("disk full")))

    page = client.post_path("/nl/stuk", {"story": "Een lang\nverhaal"}, status=503)

    assert page.headers["Retry-After"] == "30"
    assert [tag.get_text().strip() for tag in page.soup.select("textarea")] == ["Een lang\nverhaal"]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_when_all_connections_are_taken_the_page_is_calm_and_keeps_the_text(
    another_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    made = another_app()
    client = PageClient(made)
    data, address = MESSAGE | {"csrf_token": client.csrf_token()}, client.address("contact_public.contact", lang=lang)
    with made.app_context(), ExitStack() as taken:
        pool: Any = db.engine.pool
        monkeypatch.setattr(pool, "_timeout", 0.01)
        for _number in range(pool.size()):
            taken.enter_context(db.engine.connect())

        page = client.open("POST", address, status=503, data=data)

    assert page.headers["Retry-After"] == "30"
    assert MESSAGE["text"] in [area.text.strip() for area in page.soup.select("textarea[readonly]")]
    assert page.lang == lang
    assert "QueuePool" not in page.html


@pytest.mark.parametrize("status", [500, 503])
def test_a_signed_in_person_reads_the_page_too_when_the_database_is_gone(
    app: Flask, amina: SignedIn, client: PageClient, status: int
) -> None:
    """The page must not ask the broken database who reads it."""

    def gone(*_args: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("away")) if status == 503 else RuntimeError("away")

    event.listen(db.engine, "before_cursor_execute", gone)
    try:
        private = amina.send("GET", "/fr/mon-dossier")
        public = client.send("GET", "/nl/")
    finally:
        event.remove(db.engine, "before_cursor_execute", gone)

    assert [private.status, public.status] == [status, status]
    assert private.soup.select_one("main h1")
    assert (private.lang, public.lang) == ("fr", "nl")


def test_what_was_typed_is_shown_as_text(client: PageClient) -> None:
    hostile = '</textarea><script>alert("x")</script>'

    page = client.open("POST", "/nl/aanmelden", status=401, data={"email": hostile, "next": "  "})

    assert "<script>alert" not in page.html
    assert [tag.get_text().strip() for tag in page.soup.select("textarea")] == [hostile]


MESSAGE = {"name": "Zoë Janssens", "email": "zoe@example.be", "text": "Goeiedag,\nik heb een vraag."}
SIGN_UP = {"name": "Zoë Janssens", "email": "zoe@example.be"}
LABELS = ["Je naam", "Je e-mailadres"]


def address_of_sign_up(client: PageClient, lang: str = "nl") -> str:
    """The page that signs up for an event: a form with a token."""
    return client.address("events_public.sign_up", lang=lang, slug=an_event().slug[lang])


def test_a_form_whose_proof_is_too_old_is_sent_again_with_one_button(client: PageClient) -> None:
    address = address_of_sign_up(client)
    page = client.get_path(address)
    client.browser = client.app.test_client()  # the session is gone, as after a week in another window
    headers = {"Origin": client.base_url}
    sent = SIGN_UP | {"csrf_token": page.value("csrf_token")}

    refused = client.open("POST", address, status=401, data=sent, headers=headers)

    assert refused.h1.startswith("Deze pagina stond te lang open")
    assert refused.select("main #typed ~ .field label") == LABELS
    assert db.session.query(Registration).count() == 0
    assert refused.submit("Opnieuw versturen").status == 303
    db.session.rollback()
    assert [(one.name, one.email) for one in db.session.query(Registration)] == [(SIGN_UP["name"], SIGN_UP["email"])]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_a_form_that_another_site_may_have_sent_has_no_button_that_sends_it(
    client: PageClient, headers: dict[str, str]
) -> None:
    refused = client.open("POST", address_of_sign_up(client), status=401, data=SIGN_UP, headers=headers)

    assert refused.select("main #typed ~ .field label") == LABELS
    assert "Opnieuw versturen" not in refused.buttons()


def test_a_form_that_came_too_often_or_in_a_bad_moment_keeps_its_words(client: PageClient) -> None:
    headers = {"Origin": client.base_url}
    fields = SIGN_UP | {"csrf_token": client.csrf_token()}
    address = address_of_sign_up(client, "fr")
    limiter.reset()
    for _number in range(700):
        refused = client.send("POST", address, data=fields, headers=headers)
        if refused.status == 429:
            break

    assert refused.status == 429
    assert refused.select("main #typed ~ .field label") == ["Votre nom", "Votre adresse e-mail"]
    assert "Renvoyer" in refused.buttons()
    assert refused.h1.startswith("Un instant")


def test_too_large_is_refused_before_it_is_read(client: PageClient) -> None:
    page = client.open("POST", "/nl/aanmelden", status=413, data={"email": "x" * 21_000_000})

    assert page.lang == "nl"
    assert "Je tekst zit nog in je browser" in page.text
    assert "Votre texte est encore dans votre navigateur" in page.text
    assert page.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_form_that_was_read_and_is_too_large_shows_its_texts(
    another_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    made = another_app()
    monkeypatch.setitem(made.view_functions, "contact_public.contact", lambda **_values: abort(413))
    client = PageClient(made)
    address = client.address("contact_public.contact", lang=lang)

    page = client.open("POST", address, status=413, data=MESSAGE | {"csrf_token": client.csrf_token()})

    assert MESSAGE["text"] in [area.text.strip() for area in page.soup.select("textarea[readonly]")]
    assert ("Wat je typte, vind je hieronder" if lang == "nl" else "Vous retrouvez votre texte ci-dessous") in page.text


def test_a_wrong_method_names_the_right_ones(client: PageClient) -> None:
    page = client.open("PUT", "/fr/connexion", status=405)

    assert "POST" in page.headers["Allow"]
    assert page.lang == "fr"


def test_the_last_resort_is_a_page(another_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    made = another_app()
    made.add_url_rule("/nl/stuk", "broken", lambda: 1 / 0)
    monkeypatch.setitem(made.jinja_env.globals, "asset", None)  # no page can be drawn any more

    page = PageClient(made).send("GET", "/nl/stuk")

    assert page.status == 500
    assert "Réessayez" in page.text
    assert page.parse_errors == []


@pytest.mark.parametrize(
    ("code", "nl", "fr"),
    [
        (408, "Het versturen duurde te lang", "L’envoi a pris trop de temps"),
        (413, "Wat je verstuurde, is te groot", "Votre envoi est trop lourd"),
    ],
)
def test_body_that_was_not_read_is_refused_in_both_languages(client: PageClient, code: int, nl: str, fr: str) -> None:
    pages = [
        client.send("POST", path, environ_overrides={REFUSED: code})
        for path in ("/nl/kandidatuur/seeds", "/fr/candidature/seeds")
    ]

    assert [page.status for page in pages] == [code, code]
    assert nl in pages[0].html
    assert fr in pages[1].html
