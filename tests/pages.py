"""The page client: a browser for tests that inspects every page before the test sees it.

    page = client.get("programmes_public.programme", slug="seeds")          # 200, Dutch, inspected
    page = client.get("site_public.home", lang="fr")
    page = client.get_path("/nl/bestaat-niet", status=404)
    page = page.submit("Bewaren", title="…", status=422)                    # the form as a browser sends it
    page = page.submit("Indienen").follow()                                 # 303, then the page it leads to
    page = client.post("accounts_public.sign_out")                          # with a valid CSRF token, without a page
    assert_budget(page, 4)

`skip={"typography"}` leaves out a check where the test itself types something odd (names: tests/inspection.py).
"""

import contextvars
import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, has_app_context, url_for
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event
from werkzeug.exceptions import HTTPException

from app.core.db.base import db
from app.core.db.transactions import SAFE_METHODS
from tests import inspection
from tests.databases import statements_that_write
from tests.page import Page, assert_budget

__all__ = ["Page", "PageClient", "assert_budget"]

NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SHOW", "SET LOCAL lock_timeout")


class PageClient:
    """One visitor's browser: it keeps cookies, counts statements and looks at each page."""

    inspects = True  # not where the same test runs on a second database (tests/conftest.py)

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.base_url = str(app.config["BASE_URL"])
        self.browser = app.test_client()
        with app.app_context():
            self.engine = db.engine

    def get(
        self, endpoint: str, *, status: int = 200, lang: str = "nl", skip: Collection[str] = (), **values: Any
    ) -> Page:
        """Fetch a page by its endpoint; values that are no part of the address become its query."""
        return self.open("GET", self.address(endpoint, lang=lang, **values), status=status, skip=skip)

    def get_path(
        self, path: str, *, status: int = 200, skip: Collection[str] = (), headers: dict[str, str] | None = None
    ) -> Page:
        """Fetch a page by its address, absolute or not."""
        return self.open("GET", path, status=status, skip=skip, headers=headers)

    def post(
        self,
        endpoint: str,
        data: dict[str, Any] | None = None,
        *,
        status: int = 303,
        lang: str = "nl",
        csrf: bool = True,
        skip: Collection[str] = (),
        **values: Any,
    ) -> Page:
        """Send a form without looking at a page first; prefer `page.submit`, which can only send what is there."""
        path = self.address(endpoint, lang=lang, **values)
        return self.post_path(path, data, status=status, csrf=csrf, skip=skip)

    def post_path(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        status: int = 303,
        csrf: bool = True,
        skip: Collection[str] = (),
        **options: Any,
    ) -> Page:
        """Send a form to this address, with a valid CSRF token unless told otherwise."""
        fields = dict(data or {}) | ({"csrf_token": self.csrf_token()} if csrf else {})
        return self.open("POST", path, status=status, data=fields, skip=skip, **options)

    def open(
        self, method: str, path: str, *, status: int | None = 200, skip: Collection[str] = (), **options: Any
    ) -> Page:
        """Send any request and inspect the answer; `status=None` takes every status below 500."""
        page = self.send(method, path, **options)
        expected = page.status < 500 if status is None else page.status == status
        assert expected, f"{method} {path} answered {page.status}, not {status}{page.hint()}"
        assert page.headers.get("Content-Type", "").count("charset") <= 1, page.headers["Content-Type"]
        issues = inspection.issues(page, skip=skip) if PageClient.inspects else []
        assert not issues, f"{method} {page.path} ({page.status}):\n- " + "\n- ".join(issues)
        return page

    def send(self, method: str, path: str, **options: Any) -> Page:
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
        page = Page(self, answer, path=address, method=method, statements=statements)
        answer.request.environ["wsgi.input"].close()  # a large upload is a file on the disk
        return page

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
