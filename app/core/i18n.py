"""The language of a request, the way to the same page in the other one, and how each language writes things."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode, urlsplit

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol
from flask import Flask, current_app, g, has_request_context, request, session, url_for
from flask_babel import Babel, force_locale, get_translations
from flask_babel import gettext as _
from werkzeug.routing import BuildError

from app.core import clock
from app.core.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual

NARROW_SPACE, SPACE = "\u202f", "\u00a0"
REGIONS = {locale: f"{locale}-BE" for locale in LOCALES}
DECIMAL = {locale: get_decimal_symbol(region.replace("-", "_")) for locale, region in REGIONS.items()}

babel = Babel()
MONTH_OF_VERSION = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def init_app(app: Flask) -> None:
    """Find the catalogues of every room, read the language from the matched address, teach the templates to write."""
    places = (app.config["ROOT"] / "translations").glob("*/*/LC_MESSAGES")
    folders = sorted(str(place.parent.parent) for place in places)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(dict.fromkeys(folders))
    babel.init_app(app, locale_selector=locale, default_locale=LOCALES[0], default_timezone="Europe/Brussels")
    _speed_up_words(app)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.jinja_env.globals.update(
        locale=locale,
        html_lang=lambda: REGIONS[locale()],
        region=REGIONS.__getitem__,
        other_locale=other_locale,
        languages=languages,
        switch_words=switch_words,
        alternates=alternates,
        canonical=canonical,
        absolute=absolute,
        in_other=in_other,
        t=lambda text: text[locale()],
        other=lambda text: text[other_locale()],
        now=lambda: clock.now(),  # noqa: PLW0108 - looked up at each call: tests stop the clock
        today=lambda: clock.day_of(clock.now()),
    )
    app.jinja_env.filters.update(
        day=day, date=long_date, short_day=short_day, moment=moment, hour=hour, iso=iso,
        rfc3339=rfc3339, text_version=text_version, number=number, tenths=tenths, hundredths=hundredths, money=money,
        size=size, percent=percent, share=share, in_brussels=clock.in_brussels,
    )  # fmt: skip


def _speed_up_words(app: Flask) -> None:
    """Let templates find the catalogue by our own name of the language.

    Flask-Babel looks for request and language anew at each word: a twelfth of the time of a form's page.
    """
    catalogues: dict[str, Any] = {}

    def here() -> Any:
        code = locale()
        if code not in catalogues:
            with force_locale(code):  # what is kept under a language is that language, whatever Babel thinks just now
                catalogues[code] = get_translations()
        return catalogues[code]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        gettext=lambda words: here().ugettext(words),
        ngettext=lambda one, many, count: here().ungettext(one, many, count),
        newstyle=True,
    )


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


def also_at(**texts: Bilingual) -> None:
    """Say how this page's address differs by language, for example by a translated slug."""
    g.twins = texts


def address_in(code: str) -> str:
    """The address of the present page in one language; the home page where it has none."""
    args: dict[str, Any] = dict(request.view_args or {}) | {
        name: text[code] for name, text in g.get("twins", {}).items()
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


def day(value: date | datetime) -> str:
    """vrijdag 17 april 2026, vendredi 17 avril 2026."""
    return _first_of_month(format_date(_day(value), "EEEE d MMMM y", locale=locale()), value)


def long_date(value: date | datetime) -> str:
    """17 april 2026, 17 avril 2026."""
    return _first_of_month(format_date(_day(value), "d MMMM y", locale=locale()), value)


def short_day(value: date | datetime) -> str:
    """17 april, 17 avril."""
    return _first_of_month(format_date(_day(value), "d MMMM", locale=locale()), value)


def hour(value: datetime) -> str:
    """12.00 uur, 12 h 00."""
    local = clock.in_brussels(value)
    if locale() == "fr":
        return f"{local.hour}{SPACE}h{SPACE}{local.minute:02}"
    return f"{local.hour}.{local.minute:02}{SPACE}uur"


def text_version(code: str) -> str:
    """The version of a text in words: november 2026 for 2026-11, a date for a day, anything else as it is."""
    found = MONTH_OF_VERSION.fullmatch(code)
    if not found:
        return code
    try:
        of = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return code
    return long_date(of) if found[3] else str(format_date(of, "MMMM y", locale=locale()))


def moment(value: datetime) -> str:
    """vrijdag 17 april 2026, 12.00 uur; vendredi 17 avril 2026 à 12 h 00."""
    return f"{day(value)} à {hour(value)}" if locale() == "fr" else f"{day(value)}, {hour(value)}"


def share(part: float, whole: float = 100) -> int:
    """A part of the whole in per cent, from 0 to 100: the number in the classes `v37` and `t37` of a bar."""
    return min(max(round(100 * part / whole), 0), 100) if whole else 0


def iso(value: date | datetime) -> str:
    """What a `datetime` attribute holds, in Brussels time."""
    return clock.in_brussels(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def rfc3339(at: datetime) -> str:
    """2027-02-01T10:00:00Z: a moment for machines."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def number(value: float | Decimal) -> str:
    """3.000 and 4,15; 3 000 and 4,15."""
    return format_decimal(value, locale=REGIONS[locale()].replace("-", "_")).replace(SPACE, NARROW_SPACE)


def tenths(value: float) -> str:
    """71,3: always one decimal."""
    return decimals(1)(value)


def hundredths(value: float) -> str:
    """0,71: always two decimals."""
    return decimals(2)(value)


def decimals(count: int) -> Callable[[float], str]:
    """How this page writes figures with so many decimals; Babel takes thirty times as long, and some hold many."""
    form, symbol = f"%.{count}f", DECIMAL[locale()]
    return lambda value: (form % value).replace(".", symbol)


def money(value: float | Decimal) -> str:
    """€ 48.500; 48 500 €."""
    return f"{number(value)}{SPACE}€" if locale() == "fr" else f"€{SPACE}{number(value)}"


def percent(value: float) -> str:
    """35%; 35 %."""
    return f"{number(value)}{NARROW_SPACE}%" if locale() == "fr" else f"{number(value)}%"


def size(octets: int) -> str:
    """84 kB, 1,2 MB; 84 ko, 1,2 Mo."""
    unit = "o" if locale() == "fr" else "B"
    if octets < 1_000_000:
        return f"{number(max(1, round(octets / 1000)))}{SPACE}k{unit}"
    return f"{number(round(octets / 1_000_000, 1))}{SPACE}M{unit}"


def _first_of_month(text: str, value: date | datetime) -> str:
    """French says `1er`; a day and its month stay on one line."""
    local = _day(value)
    if locale() == "fr" and local.day == 1:
        text = text.replace("1 ", "1er ", 1)
    return text.replace(f"{local.day} ", f"{local.day}{SPACE}", 1).replace("1er ", f"1er{SPACE}", 1)


def _day(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


def _take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
    if values and "lang" in values:
        g.locale = values.pop("lang")


def _give_language(endpoint: str, values: dict[str, object]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = locale()


__all__ = ["_", "also_at", "locale", "speaking"]
