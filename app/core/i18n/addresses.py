"""The address of the same page in the other language, and absolute addresses of ours."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import current_app, g, request, url_for
from werkzeug.routing import BuildError

from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.i18n.language import locale


def also_at(**texts: Bilingual) -> None:
    """Say how this page's address differs by language, for example by a translated slug."""
    g.alternates = texts


def address_in(code: str) -> str:
    """The address of the present page in one language; the home page where it has none."""
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
    """(code, own name, address of this page, is this one) for the language switch; filters travel along."""
    asked = list(request.args.items(multi=True)) if request.method in ("GET", "HEAD") else []
    # Written behind the address and not given to url_for: `?lang=` or `?_scheme=` would be orders to it.
    query = f"?{urlencode(asked, safe='/', errors='replace')}" if asked else ""
    return [(code, LANGUAGE_NAMES[code], address_in(code) + query, code == locale()) for code in LOCALES]


def alternates() -> list[tuple[str, str]]:
    """(hreflang, absolute address) of this page in every language, and of the default."""
    pairs = [(code, site_address() + address_in(code)) for code in LOCALES]
    return [*pairs, ("x-default", pairs[0][1])]


def canonical() -> str:
    """The one absolute address of this page."""
    return site_address() + request.path


def absolute(address: str) -> str:
    """An address of ours as others must write it."""
    return site_address() + address


def mailed_address(endpoint: str, **values: str) -> str:
    """The absolute address of a page for a letter, also where no request is: the worker reminds people by night."""
    return absolute(page_path(endpoint, **values))


def page_path(endpoint: str, **values: str) -> str:
    """The address of a page on this site, also where no request is."""
    return str(current_app.url_map.bind("").build(endpoint, values))


def site_address() -> str:
    """The site's public root, from the settings: a Host header is somebody's claim."""
    return str(current_app.config["BASE_URL"])


def site_host() -> str:
    """The host of the site's public root, with its port where it has one."""
    return urlsplit(site_address()).netloc
