"""Blueprints with an address per language and a mandatory guard."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

from app.core.db.base import db
from app.core.db.transactions import read_first, reading
from app.core.errors import NotFound
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.language import locale
from app.core.sizes import LONGEST_TEXT
from app.core.text import slugs

View = Callable[..., Any]
Guard = Callable[[], Any]


class StoredNumber(IntegerConverter):
    """`<int:...>` in an address, limited to what both databases can store; larger numbers answer 404."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **({"max": 2**31 - 1} | options))


def init_app(app: Flask) -> None:
    """Before the limits of requests, which look up the session: the first query begins the transaction."""
    app.url_map.converters["int"] = StoredNumber
    app.before_request(parse_form)
    app.before_request(prepare_reading)


class AppBlueprint(Blueprint):
    """The pages of one room for one audience; `guard` runs before each of them."""

    def __init__(self, name: str, import_name: str, *, guard: Guard) -> None:
        super().__init__(name, import_name)
        self.guard = guard
        self.before_request(guard)

    def page(self, *, methods: Sequence[str] = ("GET",), **addresses: str) -> Callable[[View], View]:
        """Register a view at an address per language: `@bp.page(nl="/agenda", fr="/agenda")`."""
        if set(addresses) != set(LOCALES):
            raise TypeError(f"a page needs an address in each of {LOCALES}")

        def register(view: View) -> View:
            for language, address in addresses.items():
                self.add_url_rule(
                    f"/{language}{address}",
                    endpoint=view.__name__,
                    view_func=view,
                    methods=list(methods),
                    defaults={"lang": language},
                )
            return view

        return register

    def plain(self, address: str) -> Callable[[View], View]:
        """Register a view at one address without a language: health, robots, the redirect at the root."""
        return self.route(address)


def reads_first(view: View) -> View:
    """Mark a view that judges uploads and long texts before it writes."""
    view.reads_first = True  # type: ignore[attr-defined]
    return view


def parse_form() -> None:
    """Before every request: refuse a body that no browser sends, whatever the page does with it."""
    if request.method == "POST":
        request.form  # noqa: B018 - parsing raises


def prepare_reading() -> None:
    """Before every request: take no write lock while uploads are checked or a text without end is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "reads_first", False) and request.method == "POST" and (request.files or _has_long_texts()):
        read_first()


def _has_long_texts() -> bool:
    return sum(len(text) for texts in request.form.listvalues() for text in texts) > LONGEST_TEXT


def in_snapshot() -> bool:
    """Has this POST, of a view that reads first, not begun to write yet?"""
    return request.method == "POST" and reading()


def stop_reading() -> None:
    """Release the snapshot: no connection is held while uploads are checked."""
    db.session.rollback()


def commit_on_error() -> None:
    """Commit although the response is an error: a section is stored with its errors."""
    g.keep = True


def redirect_after_post(address: str) -> Response:
    """Redirect after a successful POST (303), so that a reload repeats nothing."""
    return redirect(address, 303)


def forget_device_copies(answer: Response) -> Response:
    """Ask the browser to delete its stored copies of our pages (Clear-Site-Data): the person signs out."""
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def redirect_old_slug(place: str, slug: str) -> Response:
    """Redirect a former slug for good (301). Raises NotFound for an unknown one."""
    now = slugs.present(place, locale(), slug)
    if now is None:
        raise NotFound
    address = url_for(str(request.endpoint), slug=now)
    query = request.query_string.decode("ascii", "replace")
    return redirect(f"{address}?{query}" if query else address, 301)
