"""The current language of a request, a letter or a block of code."""

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale
from flask import g, has_request_context, request, session
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.i18n.bilingual import LOCALES

REGIONS = {locale: f"{locale}-BE" for locale in LOCALES}


def locale() -> str:
    """The language of the page or the letter."""
    forced = g.get("forced_locale")
    if forced:
        return str(forced)
    return str(g.get("locale") or preferred())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use another language in this block: for letters and pages with both languages."""
    before = g.get("forced_locale")
    g.forced_locale = language
    try:
        with force_locale(language):
            yield
    finally:
        g.forced_locale = before


def preferred() -> str:
    """The language for an address without one: path, remembered choice, then the browser's preference."""
    if not has_request_context():
        return LOCALES[0]
    first = request.path.split("/", 2)[1]
    if first in LOCALES:
        return first
    if session.get("language") in LOCALES:
        return str(session["language"])
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def other_locale() -> str:
    """The other language than the page's."""
    return next(code for code in LOCALES if code != locale())


def in_other(words: str) -> str:
    """An interface text in the other language: signs show both names."""
    with speaking(other_locale()):
        return str(_(words))


def switches_language() -> bool:
    """True when the button was pressed that shows the form in the other language; nothing is validated or done then."""
    return request.values.get("do") == "switch"


def switch_words() -> str:
    """The label of that button, in the language it leads to."""
    with speaking(other_locale()):
        return str(_("Go on in this language, with what I typed"))


def language_name(code: str) -> str:
    """The name of a language inside a sentence: “Frans”, “néerlandais”."""
    return str(Locale.parse(code).get_language_name(locale()))
