"""Set up Flask-Babel, the language of requests, and template filters."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g
from flask_babel import Babel, force_locale, get_translations

from app.core import clock
from app.core.i18n.addresses import absolute, alternates, canonical, languages
from app.core.i18n.bilingual import LOCALES
from app.core.i18n.formats import (
    day,
    hour,
    hours,
    hundredths,
    iso,
    long_date,
    moment,
    money,
    month,
    number,
    percent,
    rfc3339,
    share,
    short_day,
    size,
    tenths,
    text_version,
    timestamp,
)
from app.core.i18n.language import REGIONS, in_other, locale, other_locale, switch_words

babel = Babel()

FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "date": long_date,
    "short_day": short_day,
    "month": month,
    "moment": moment,
    "timestamp": timestamp,
    "hour": hour,
    "hours": hours,
    "iso": iso,
    "rfc3339": rfc3339,
    "text_version": text_version,
    "number": number,
    "tenths": tenths,
    "hundredths": hundredths,
    "money": money,
    "size": size,
    "percent": percent,
    "share": share,
    "in_brussels": clock.in_brussels,
}


def init_app(app: Flask) -> None:
    """Load the catalogues of every room, read the language from the matched address, add the filters."""
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
    app.jinja_env.filters.update(FILTERS)


def _speed_up_words(app: Flask) -> None:
    """Cache the catalogue per language for templates.

    Flask-Babel looks up request and language for every message: a twelfth of the time of a form's page.
    """
    catalogues: dict[str, Any] = {}

    def here() -> Any:
        code = locale()
        if code not in catalogues:
            with force_locale(code):  # the cached catalogue belongs to this language, whatever Babel's current one is
                catalogues[code] = get_translations()
        return catalogues[code]

    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # the i18n extension adds it
        gettext=lambda words: here().ugettext(words),
        ngettext=lambda one, many, count: here().ungettext(one, many, count),
        pgettext=lambda context, words: here().upgettext(context, words),
        newstyle=True,
    )


def _take_language(_endpoint: str | None, values: dict[str, object] | None) -> None:
    if values and "lang" in values:
        g.locale = values.pop("lang")


def _give_language(endpoint: str, values: dict[str, object]) -> None:
    if "lang" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values["lang"] = locale()
