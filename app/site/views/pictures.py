"""Social sharing pictures of pages."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from app.accounts.guards import everyone
from app.content import queries as content
from app.core import clock
from app.core.drawings.facade import House
from app.core.drawings.poster import Poster, drawn
from app.core.errors import NotFound
from app.core.files.file_cache import cached_file
from app.core.http.web import AppBlueprint
from app.core.i18n.addresses import absolute
from app.core.i18n.formats import long_date, number, timestamp
from app.core.i18n.language import locale, other_locale, speaking
from app.enterprises import queries as enterprises
from app.events import queries as events
from app.impact import queries as impact
from app.programmes.queries import public

STREET = 12
ANY = "coopcity"  # the picture of pages without their own
FONT = "static/fonts/coopcity-sans.woff2"
A_DAY = 24 * 3600

bp = AppBlueprint("site_pictures", __name__, guard=everyone)


@dataclass(frozen=True)
class Subject:
    """What a page is about, in the current language."""

    section: Any
    title: str
    note: str
    house: House | None = None


@bp.page(nl="/beeld/<path:page>.png", fr="/image/<path:page>.png")
def picture(page: str) -> Response:
    subject = _subject(page)
    street = [row.house for row in enterprises.foremost(STREET)]
    if subject.house:
        street = [subject.house, *(house for house in street if house != subject.house)]
    poster = Poster(_names(subject.section), subject.title, subject.note, tuple(street))
    font = Path(current_app.config["ROOT"]) / FONT
    content_of = cached_file(f"{locale()}/{page}", poster.key, lambda: drawn(poster, font), ending="png")
    answer = Response(content_of, mimetype="image/png")
    answer.cache_control.public, answer.cache_control.max_age = True, A_DAY
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # meant to be shown on other sites
    return answer


def picture_address() -> str:
    """Template global: the absolute address of the current page's picture."""
    page = request.path.removeprefix(f"/{locale()}/") if request.endpoint in ABOUT else ANY
    return absolute(url_for("site_pictures.picture", page=page))


def _subject(page: str) -> Subject:
    """What the page at this address is about. Raises NotFound."""
    if page == ANY:
        return _front()
    try:
        endpoint, values = current_app.url_map.bind("").match(f"/{locale()}/{page}")
    except HTTPException:
        raise NotFound from None
    found = ABOUT[endpoint](values["slug"]) if endpoint in ABOUT else None
    if found is None:
        raise NotFound
    return found


def _names(section: Any) -> tuple[str, ...]:
    """The name of a section in this language, and in the other one where it differs."""
    with speaking(other_locale()):
        other = str(section)
    return tuple(dict.fromkeys((str(section), other)))


def _front() -> Subject:
    page = content.page("home")
    return Subject(_l("Support centre"), page.title[locale()] if page else "Coopcity", "")


def _programme(slug: str) -> Subject | None:
    found = public.programme(slug, locale(), clock.now())
    return Subject(_l("Programmes"), found.title[locale()], found.tagline[locale()]) if found else None


def _enterprise(slug: str) -> Subject | None:
    found = enterprises.enterprise(slug)
    if found is None:
        return None
    shown = found[0]
    return Subject(_l("Enterprises"), shown.name, shown.pitch[locale()], shown.house)


def _event(slug: str) -> Subject | None:
    found = events.event(slug, locale())
    if found is None:
        return None
    note = timestamp(found.starts_at)
    return Subject(
        _l("Agenda"), found.title[locale()], _("%(title)s (example)", title=note) if found.is_example else note
    )


def _article(slug: str) -> Subject | None:
    found = content.article(locale(), slug)
    return Subject(_l("News"), found.title[locale()], long_date(found.published_on)) if found else None


def _indicator(slug: str) -> Subject | None:
    found = impact.indicator(locale(), slug)
    if found is None:
        return None
    name = found.name[locale()]
    latest = found.values[-1] if found.values else None
    note = f"{number(latest.value)}{'+' * latest.at_least}, {latest.years}" if latest else ""
    return Subject(_l("Impact"), name[:1].upper() + name[1:], note)


ABOUT: dict[str | None, Callable[[str], Subject | None]] = {
    "programmes_public.programme": _programme,
    "enterprises_public.enterprise": _enterprise,
    "events_public.event": _event,
    "content_public.article": _article,
    "impact_public.indicator": _indicator,
}
