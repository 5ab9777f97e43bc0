"""The address of the current page in the other language, and absolute addresses."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import current_app, g, request, url_for
from werkzeug.routing import BuildError

from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.i18n.language import locale


def also_at(**texts: Bilingual) -> None:
    """Set the route values of this page that differ by language, such as a slug."""
    g.alternates = texts


def address_in(code: str) -> str:
    """The current page in one language; the home page where it has none."""
    args: dict[str, Any] = dict(request.view_args or {}) | {
        name: text[code] for name, text in g.get("alternates", {}).items()
    }
    rules = current_app.url_map.iter_rules(request.endpoint) if request.endpoint else iter(())
    if any("GET" in (rule.methods or ()) and "lang" in rule.arguments for rule in rules):
        try:
            return url_for(str(request.endpoint), lang=code, **args)
        except BuildError:
            pass
    return url_for("site_public.home", lang=code)


def languages() -> list[tuple[str, str, str, bool]]:
    """(code, own name, address of this page, is current) for the language switch; keeps filters."""
    asked = list(request.args.items(multi=True)) if request.method in ("GET", "HEAD") else []
    # Appended rather than passed to url_for: it would obey `?lang=` or `?_scheme=`.
    query = f"?{urlencode(asked, safe='/', errors='replace')}" if asked else ""
    return [(code, LANGUAGE_NAMES[code], address_in(code) + query, code == locale()) for code in LOCALES]


def alternates() -> list[tuple[str, str]]:
    """(hreflang, absolute address) of this page in every language, and the default."""
    pairs = [(code, site_address() + address_in(code)) for code in LOCALES]
    return [*pairs, ("x-default", pairs[0][1])]


def canonical() -> str:
    """The canonical address of this page."""
    return site_address() + request.path


def absolute(address: str) -> str:
    """The absolute form of one of our addresses."""
    return site_address() + address


def mailed_address(endpoint: str, **values: str) -> str:
    """The absolute address of a page for a letter; works outside requests, for the worker."""
    return absolute(page_path(endpoint, **values))


def page_path(endpoint: str, **values: str) -> str:
    """The path of a page; works outside requests."""
    return str(current_app.url_map.bind("").build(endpoint, values))


def site_address() -> str:
    """The public root from the settings: a Host header is not trusted."""
    return str(current_app.config["BASE_URL"])


def site_host() -> str:
    """The host of the public root, with its port."""
    return urlsplit(site_address()).netloc
