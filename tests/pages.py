"""The page client: a browser for tests that inspects every page before the test sees it.

    page = client.get("programmes_public.programme", slug="seeds")          # 200, Dutch, inspected
    page = client.get("site_public.home", lang="fr")
    page = client.get_path("/nl/bestaat-niet", status=404)
    page = page.submit("Bewaren", title="…", status=422)                    # the form on the page, as a browser sends it
    page = page.submit("Indienen").follow()                                 # 303, then the page it leads to
    page = client.post("accounts_public.sign_out")                          # with a valid CSRF token, without a page
    assert_budget(page, 4)

`skip={"typography"}` leaves out a check where the test itself types something odd (names: tests/inspection.py).
"""

import contextvars
import hashlib
import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask, has_app_context, url_for
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from app.core.db import SAFE_METHODS, db
from tests import inspection
from tests.databases import statements_that_write
from tests.forms import Sent, filled
from tests.html import parse, words

NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SHOW")


class PageClient:
    """One visitor's browser: it keeps cookies, counts statements and looks at each page."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.base_url = str(app.config["BASE_URL"])
        self.browser = app.test_client()
        with app.app_context():
            self.engine = db.engine

    def get(
        self, endpoint: str, *, status: int = 200, lang: str = "nl", skip: Collection[str] = (), **values: Any
    ) -> "Page":
        """Fetch a page by its endpoint; values that are no part of the address become its query."""
        return self.open("GET", self.address(endpoint, lang=lang, **values), status=status, skip=skip)

    def get_path(
        self, path: str, *, status: int = 200, skip: Collection[str] = (), headers: dict[str, str] | None = None
    ) -> "Page":
        """Fetch a page by its address, absolute or not."""
        return self.open("GET", path, status=status, skip=skip, headers=headers)

    def post(
        self, endpoint: str, data: dict[str, Any] | None = None, *, status: int = 303, lang: str = "nl",
        csrf: bool = True, skip: Collection[str] = (), **values: Any,
    ) -> "Page":  # fmt: skip
        """Send a form without looking at a page first; prefer `page.submit`, which can only send what is there."""
        path = self.address(endpoint, lang=lang, **values)
        return self.post_path(path, data, status=status, csrf=csrf, skip=skip)

    def post_path(
        self, path: str, data: dict[str, Any] | None = None, *, status: int = 303, csrf: bool = True,
        skip: Collection[str] = (), **options: Any,
    ) -> "Page":  # fmt: skip
        """Send a form to this address, with a valid CSRF token unless told otherwise."""
        fields = dict(data or {}) | ({"csrf_token": self.csrf_token()} if csrf else {})
        return self.open("POST", path, status=status, data=fields, skip=skip, **options)

    def open(
        self, method: str, path: str, *, status: int | None = 200, skip: Collection[str] = (), **options: Any
    ) -> "Page":
        """Send any request and inspect the answer; `status=None` takes every status below 500."""
        page = self.send(method, path, **options)
        expected = page.status < 500 if status is None else page.status == status
        assert expected, f"{method} {path} answered {page.status}, not {status}{page.hint()}"
        faults = inspection.faults(page, skip=skip)
        assert not faults, f"{method} {page.path} ({page.status}):\n- " + "\n- ".join(faults)
        return page

    def send(self, method: str, path: str, **options: Any) -> "Page":
        """The bare request: nothing is expected of the answer but that a GET writes nothing."""
        parts = urlsplit(path)
        assert not parts.netloc or path.startswith(self.base_url), f"{path} leads away from {self.base_url}"
        address = parts.path + (f"?{parts.query}" if parts.query else "")
        if has_app_context():
            db.session.commit()  # what the test arranged; an open transaction would also keep the request waiting
        with self.counted() as statements:
            # In an empty context: the request must not find the test's own application context and share its `g`.
            answer = contextvars.Context().run(
                self.browser.open, address, method=method, base_url=self.base_url, **options
            )
        if method in SAFE_METHODS:
            written = statements_that_write(statements)
            assert not written, f"{method} {path} wrote: {written}"
        return Page(self, answer, path=address, method=method, statements=statements)

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The SQL statements of a request, in order."""
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith(NOT_COUNTED):
                seen.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(self.engine, "before_cursor_execute", note)

    def address(self, endpoint: str, *, lang: str = "nl", **values: Any) -> str:
        """The path of an endpoint in one language."""

        def build() -> str:
            with self.app.test_request_context(base_url=self.base_url):
                known = self.app.url_map.is_endpoint_expecting(endpoint, "lang")
                return url_for(endpoint, **({"lang": lang} if known else {}), **values)

        return contextvars.Context().run(build)

    def endpoint_of(self, path: str, method: str = "GET") -> str | None:
        """The endpoint that answers at this address."""
        try:
            matched = self.app.url_map.bind("").match(urlsplit(path).path, method=method)
        except HTTPException:
            return None
        return str(matched[0])

    def session(self) -> dict[str, Any]:
        """A copy of what the session cookie holds."""

        def read() -> dict[str, Any]:
            with self.browser.session_transaction(base_url=self.base_url) as session:
                return dict(session)

        return contextvars.Context().run(read)

    def put_in_session(self, **values: Any) -> None:
        """Write into the session cookie."""

        def write() -> None:
            with self.browser.session_transaction(base_url=self.base_url) as session:
                session.update(values)

        contextvars.Context().run(write)

    def csrf_token(self) -> str:
        """A token that this visitor's forms would carry."""
        raw = self.session().get("csrf_token")
        if raw is None:
            raw = hashlib.sha1(os.urandom(64)).hexdigest()
            self.put_in_session(csrf_token=raw)
        secret = self.app.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


class Page:
    """One answer."""

    def __init__(
        self, client: PageClient, answer: TestResponse, *, path: str, method: str, statements: list[str]
    ) -> None:
        self.client, self.path, self.method, self.statements = client, path, method, statements
        self.status, self.headers, self.data = answer.status_code, answer.headers, answer.get_data()
        self.media_type = answer.mimetype or ""
        readable = not 300 <= self.status < 400 and "Content-Encoding" not in self.headers
        self.is_html = self.media_type == "text/html" and readable
        self.html = self.data.decode("utf-8") if self.is_html else self.data.decode("utf-8", "replace")
        self.endpoint = client.endpoint_of(path, method)
        answer.close()

    @cached_property
    def _parsed(self) -> tuple[BeautifulSoup, list[str]]:
        return parse(self.html if self.is_html else "")

    @property
    def soup(self) -> BeautifulSoup:
        """The tree of the page."""
        return self._parsed[0]

    @property
    def parse_errors(self) -> list[str]:
        """What is wrong with the source."""
        return self._parsed[1]

    @property
    def text(self) -> str:
        """What can be read on the page, in its order, with single spaces (hard spaces stay)."""
        return words(self.soup) if self.is_html else self.html

    @property
    def main(self) -> Tag:
        """The page without its frame."""
        found = self.soup.find("main")
        assert isinstance(found, Tag), "the page has no main"
        return found

    @property
    def title(self) -> str:
        """The text of `<title>`."""
        return self.soup.title.get_text() if self.soup.title else ""

    @property
    def h1(self) -> str:
        """The words of the main heading."""
        return words(self.soup.h1) if self.soup.h1 else ""

    @property
    def lang(self) -> str:
        """nl or fr, as the page says."""
        return str(self.soup.html.get("lang", ""))[:2] if self.soup.html else ""

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return urljoin(self.path, self.headers.get("Location", ""))

    @property
    def json(self) -> Any:
        """The answer as data."""
        return json.loads(self.data)

    @property
    def problems(self) -> list[str]:
        """The sentences of the error summary."""
        return [words(link) for link in self.soup.select(inspection.ERROR_SUMMARY + " a")]

    def select(self, selector: str) -> list[str]:
        """The words of every element that a CSS selector finds."""
        return [words(tag) for tag in self.soup.select(selector)]

    def links(self, selector: str = "a[href]") -> list[str]:
        """The addresses of the links, in order."""
        return [str(tag["href"]) for tag in self.soup.select(selector)]

    def value(self, name: str) -> Any:
        """What the control of this name would send: a text, a list of texts, or None."""
        for form in self.soup.find_all("form"):
            sent = filled(form, None, {}).fields.get(name)
            if sent is not None:
                return sent[0] if len(sent) == 1 else sent
        return None

    def follow(self, *, status: int = 200, skip: Collection[str] = ()) -> "Page":
        """Go where the redirect leads."""
        assert self.location and 300 <= self.status < 400, f"{self.path} answered {self.status}, no redirect"
        return self.client.get_path(self.location, status=status, skip=skip)

    def click(self, label: str, *, status: int = 200, skip: Collection[str] = ()) -> "Page":
        """Follow the link with these words."""
        found = [tag for tag in self.soup.select("a[href]") if words(tag) == label]
        assert found, f"no link “{label}” on {self.path}; there are {[words(tag) for tag in self.soup.select('a')]}"
        return self.client.get_path(urljoin(self.path, str(found[0]["href"])), status=status, skip=skip)

    def submit(
        self, button: str | None = None, *, form: str | None = None, status: int = 303,
        skip: Collection[str] = (), **fields: Any,
    ) -> "Page":  # fmt: skip
        """Fill in the form of this page and press a button (its words or its `name=value`), as a browser does.

        Fields: a text, a list for several, None to leave the control out, `(io.BytesIO(…), "name.pdf")` for a file.
        Which form: the one with this button, or the one that the CSS selector `form` finds, or the only one in main.
        """
        sent = filled(self.form_for(button, form), button, fields)
        return self.client.open(sent.method, self._address(sent), status=status, skip=skip, **_body(sent))

    def form_for(self, button: str | None, selector: str | None) -> Tag:
        """The form that is meant."""
        forms = self.soup.select(selector) if selector else self.soup.select("main form") or self.soup.select("form")
        if button:
            every = forms if selector else self.soup.select("form")
            forms = [form for form in every if any(is_called(tag, button) for tag in form.select("button"))]
        assert forms, f"no form {selector or ''} with the button “{button}” on {self.path}; {self.buttons()}"
        assert len(forms) == 1 or button or selector, f"several forms on {self.path}: say which; {self.buttons()}"
        return forms[0]

    def buttons(self) -> list[str]:
        """The words of every button."""
        return [words(tag) for tag in self.soup.select("button")]

    def hint(self) -> str:
        """A few words of the answer for a failure message."""
        where = f" → {self.location}" if self.headers.get("Location") else ""
        said = self.problems or [self.h1] if self.is_html else [self.html[:200]]
        return f"{where} ({'; '.join(said)})"

    def _address(self, sent: Sent) -> str:
        address = urljoin(self.path, sent.action)
        if sent.method == "GET":
            return f"{address.partition('?')[0]}?{urlencode(sent.fields, doseq=True)}"
        return address


def is_called(button: Tag, name: str) -> bool:
    """Does the button carry these words, or this `name=value`?"""
    return words(button) == name or f"{button.get('name')}={button.get('value')}" == name


def assert_budget(page: Page, most: int) -> None:
    """The page asked the database at most so many questions."""
    asked = len(page.statements)
    assert asked <= most, f"{page.path}: {asked} statements, at most {most}:\n" + "\n".join(page.statements)


def _body(sent: Sent) -> dict[str, Any]:
    if sent.method == "GET":
        return {}
    files = {name: value for name, value in sent.files.items() if value}
    return {"data": sent.fields | files, "content_type": sent.encoding}
