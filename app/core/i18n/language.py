"""The language of a request, of a letter, and of what is written for a while in another one."""

from collections.abc import Iterator
from contextlib import contextmanager

from babel import Locale
from flask import g, has_request_context, request, session
from flask_babel import force_locale
from flask_babel import gettext as _

from app.core.i18n.bilingual import LOCALES

REGIONS = {locale: f"{locale}-BE" for locale in LOCALES}


def locale() -> str:
    """The language of this page, or of the letter that is being written."""
    forced = g.get("forced_locale")
    if forced:
        return str(forced)
    return str(g.get("locale") or preferred())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in this language for a while, whatever the page's own: letters, and pages that show both."""
    before = g.get("forced_locale")
    g.forced_locale = language
    try:
        with force_locale(language):
            yield
    finally:
        g.forced_locale = before


def preferred() -> str:
    """What a person without a language in the address reads: path, remembered choice, then the browser's wish."""
    if not has_request_context():
        return LOCALES[0]
    first = request.path.split("/", 2)[1]
    if first in LOCALES:
        return first
    if session.get("language") in LOCALES:
        return str(session["language"])
    return request.accept_languages.best_match(LOCALES) or LOCALES[0]


def other_locale() -> str:
    """The language that this page is not in."""
    return next(code for code in LOCALES if code != locale())


def in_other(words: str) -> str:
    """Interface words in the language that this page is not in: a plate carries both names."""
    with speaking(other_locale()):
        return str(_(words))


def switches_language() -> bool:
    """Was the button pressed that shows this form in the other language? Nothing is checked or done then."""
    return request.values.get("do") == "switch"


def switch_words() -> str:
    """What stands on that button, in the language to which it leads."""
    with speaking(other_locale()):
        return str(_("Go on in this language, with what I typed"))


def language_name(code: str) -> str:
    """The name of a language inside a sentence for the reader: “Frans”, “néerlandais”."""
    return str(Locale.parse(code).get_language_name(locale()))
