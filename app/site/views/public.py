"""Pages that combine rooms, and addresses without a language."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Response, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from app.accounts.guards import everyone
from app.content.rules import PLACES
from app.core import clock
from app.core.drawings.house import svg
from app.core.drawings.street import Address, skyline
from app.core.errors import NotFound
from app.core.exports import structured
from app.core.files.storage import storage
from app.core.http.security import OWN_MACHINE
from app.core.http.web import AppBlueprint
from app.core.i18n.addresses import absolute, canonical, site_address
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.formats import rfc3339
from app.core.i18n.language import REGIONS, locale, preferred
from app.core.jobs import statuses
from app.core.search import search_index
from app.core.search.words import Part
from app.enterprises import queries as enterprises
from app.enterprises.queries import EnterpriseRow
from app.events import queries as events
from app.events.rules import SPOKEN
from app.programmes.queries import public
from app.programmes.rules.calls import urgency
from app.site import queries
from app.site.forms import looked_for
from app.site.rules import KINDS, headline, is_stuck

STREET, FEATURED, SESSIONS = 12, 2, 3
PROMISED_FOR = timedelta(days=180)
PUBLIC = "_public"
FORMS = {"accounts_public", "subscriptions_public"}  # nothing to read
# Search results, the pages after an erasure and a message, and an old address: excluded from indexing.
NOT_LISTED = {
    *("site_public.search", "site_public.suggested", "privacy_public.erased"),
    *("contact_public.write", "contact_public.received"),
}
RESULTS, SUGGESTIONS, A_MINUTE = 20, 5, 60

bp = AppBlueprint("site_public", __name__, guard=everyone)


@bp.plain("/")
def root() -> Answer:
    answer = redirect(url_for("site_public.home", lang=preferred()))
    answer.headers["Vary"] = "Accept-Language, Cookie"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.page(nl="/", fr="/")
def home() -> str:
    at = clock.now()
    front = queries.front("home", "demo_note")
    houses = enterprises.foremost(STREET)
    return render_template(
        "site/public/home.html",
        page=front.texts.get("home"),
        street=_street(houses, at),
        programmes=sorted(public.programmes(at), key=lambda row: urgency(row.call.state if row.call else None)),
        figures=headline(front.figures),
        houses=[(row, svg(row.house)) for row in houses[:FEATURED]],
        sessions=events.upcoming(at, limit=SESSIONS),
        spoken=SPOKEN,
        partners=front.partners,
        things=_facts(),
        # Loaded above with the rest; the layout would query it again.
        demo_note=lambda: front.texts.get("demo_note"),
    )


def _street(houses: list[EnterpriseRow], at: datetime) -> Markup:
    """The houses of the enterprises, each a link to its page, with the light of this hour."""
    return skyline(
        [Address(row.house, row.name, url_for("enterprises_public.enterprise", slug=row.slug)) for row in houses],
        free=(_("Room for your enterprise: which programme suits you?"), url_for("programmes_public.finder")),
        name=_("The street of the enterprises"),
        hour=clock.in_brussels(at).hour,
    )


@bp.page(nl="/zoeken", fr="/recherche")
def search() -> str:
    typed, start = looked_for(request.args)
    found = search_index.found(typed, locale(), limit=RESULTS, after=start)
    return render_template(
        "site/public/search.html",
        typed=typed,
        results=[result(hit, found.parts) for hit in found.hits],
        found=found,
        total=found.total,
        start=start,
        further=start + RESULTS if start + RESULTS < found.total else 0,
    )


@bp.page(nl="/zoeken/suggesties", fr="/recherche/suggestions")
def suggested() -> Response:
    """Titles for the words typed so far, for the script of the search field: what a visitor may want to type on."""
    typed, _start = looked_for(request.args)
    found = search_index.found(typed, locale(), limit=SUGGESTIONS)
    answer = jsonify([hit.title for hit in found.hits])
    answer.cache_control.public, answer.cache_control.max_age = True, A_MINUTE
    return answer


@bp.plain("/healthz")
def healthz() -> Response:
    return plain_text(["ok"])


@bp.plain("/readyz")
def readyz() -> Response:
    failing = list(not_ready())
    answer = jsonify(status="not ready" if failing else "ready", failing=failing)
    answer.status_code = 503 if failing else 200
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.plain("/robots.txt")
def robots() -> Response:
    private = [f"Disallow: {start}" for start in sorted(private_places())]
    return plain_text(["User-agent: *", *private, "", f"Sitemap: {site_address()}{url_for('site_public.sitemap')}"])


@bp.plain("/sitemap.xml")
def sitemap() -> Response:
    listed = queries.listed()
    dated = {one.endpoint for one in listed if not one.slug}
    pages: list[tuple[dict[str, str], datetime | None]] = [
        (in_every_language(endpoint), None) for endpoint in lasting_pages() if endpoint not in dated
    ]
    pages += [(in_every_language(one.endpoint, one.slug), one.changed_at) for one in listed]
    answer = make_response(render_template("site/public/sitemap.xml", pages=pages))
    answer.headers["Content-Type"] = "application/xml; charset=utf-8"
    return answer


@bp.plain("/.well-known/security.txt")
def security() -> Response:
    expires = (clock.now() + PROMISED_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    contacts = [f"Contact: {site_address()}{url_for('contact_public.contact', lang=code)}" for code in LOCALES]
    fields = [
        f"Expires: {rfc3339(expires)}",
        f"Preferred-Languages: {', '.join(LOCALES)}, en",
        f"Canonical: {canonical()}",
    ]
    return plain_text([*contacts, *fields])


@bp.plain("/favicon.ico")
def favicon() -> Response:
    """An empty response: pages name their icon, and browsers that ask here must not get an error page."""
    answer = make_response("", 204)
    answer.mimetype = "image/x-icon"
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def result(hit: search_index.Hit, parts: Iterable[Part]) -> dict[str, Any]:
    """A search result: kind, title, address and excerpt."""
    if hit.place == "page":
        address = url_for(PLACES[hit.slug])
    elif hit.place == "question":
        address = url_for("content_public.faq", _anchor=hit.slug)
    elif hit.place == "idea":
        address = url_for("programmes_public.finder", _anchor=f"idea-{hit.slug}")
    else:
        address = url_for(next(name for name in queries.ONE_OF_EACH if name.endswith(f".{hit.place}")), slug=hit.slug)
    around = search_index.excerpt(hit.text, parts, locale())
    return {"kind": KINDS[hit.place], "title": hit.title, "address": address, "around": around}


def suggestions(words: str) -> list[dict[str, Any]]:
    """Search results for the words of an unknown address."""
    found = search_index.literal(words, locale(), limit=SUGGESTIONS)
    return [result(hit, found.parts) for hit in found.hits]


def _facts() -> list[structured.Thing]:
    """The organisation and the search action, as JSON-LD."""
    found = absolute(url_for(".search"))
    site = site_address()
    return [structured.ourselves(site), structured.website(canonical(), language=REGIONS[locale()], search=found)]


@bp.plain("/metrics")
def metrics() -> Response:
    """The last run of each job in Prometheus format, for monitoring on this machine."""
    if request.remote_addr not in OWN_MACHINE:
        raise NotFound
    lines = []
    for one in statuses(current_app.extensions["jobs"], at=clock.now()):
        label = f'{{job="{one.job.name}"}}'
        lines.append(f"coopcity_job_fine{label} {int(one.is_fine)}")
        if one.last is not None:
            lines.append(f"coopcity_job_last_run_timestamp_seconds{label} {one.last.begun_at.timestamp():.0f}")
            lines.append(f"coopcity_job_failures{label} {one.last.failures}")
    answer = plain_text(lines)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def not_ready() -> Iterable[str]:
    """What keeps the site from being ready."""
    if not storage().is_writable():
        yield "files"
    if not queries.database_answers():
        yield "database"
    elif is_stuck(queries.waiting_since(clock.now()), clock.now()):
        yield "mail"


def lasting_pages() -> list[str]:
    """The endpoints of public pages that are about no single thing, without the sign-in page."""
    lists = [rule for rule in current_app.url_map.iter_rules() if rule.arguments == {"lang"}]
    rules = [rule for rule in lists if "." not in rule.rule]  # feeds and calendars are files
    blueprint_of = {rule.endpoint: rule.endpoint.split(".")[0] for rule in rules if "GET" in (rule.methods or ())}
    return sorted(
        name
        for name, blueprint in blueprint_of.items()
        if blueprint.endswith(PUBLIC) and blueprint not in FORMS and name not in NOT_LISTED
    )


def in_every_language(endpoint: str, slug: Bilingual | None = None) -> dict[str, str]:
    """The absolute addresses of one page."""
    values: dict[str, dict[str, Any]] = {code: {"slug": slug[code]} if slug else {} for code in LOCALES}
    return {code: site_address() + url_for(endpoint, lang=code, **values[code]) for code in LOCALES}


def private_places() -> set[str]:
    """The first two path segments of every page that is not public, in each language."""
    rules = [rule for rule in current_app.url_map.iter_rules() if "lang" in (rule.defaults or {})]
    blueprints = {
        name: blueprint for name, blueprint in current_app.blueprints.items() if isinstance(blueprint, AppBlueprint)
    }
    private = [rule for rule in rules if blueprints[rule.endpoint.split(".")[0]].guard is not everyone]
    return {"/".join(rule.rule.split("/")[:3]) for rule in private}


def plain_text(lines: list[str]) -> Response:
    """A plain text response."""
    answer = make_response("\n".join(lines) + "\n")
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer
