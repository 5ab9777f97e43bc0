"""News, about, contact and the legal pages."""

from typing import Any

from flask import g, render_template, url_for
from werkzeug.routing import BuildError

from app.accounts.guards import everyone
from app.content import queries
from app.content.models import Page
from app.content.rules import with_addresses
from app.core.errors import Missing
from app.core.i18n import also_at, locale
from app.core.web import Room

room = Room("content_public", __name__, guard=everyone)


@room.page(nl="/nieuws", fr="/actualites")
def news() -> Any:
    return render_template("content/public/news.html", page=_page("news"), articles=queries.articles())


@room.page(nl="/nieuws/<slug>", fr="/actualites/<slug>")
def article(slug: str) -> Any:
    found = queries.article(locale(), slug)
    if found is None:
        raise Missing
    also_at(slug=found.slug)
    return render_template("content/public/article.html", article=found, linked=linked)


@room.page(nl="/over-ons", fr="/a-propos")
def about() -> Any:
    return render_template(
        "content/public/about.html",
        page=_page("about"),
        partners=queries.partners(),
        rounds=queries.funding_rounds(),
        linked=linked,
    )


@room.page(nl="/contact", fr="/contact")
def contact() -> Any:
    return render_template("content/public/contact.html", page=_page("contact"), linked=linked)


@room.page(nl="/privacy", fr="/confidentialite")
def privacy() -> Any:
    return render_template("content/public/privacy.html", page=_page("privacy"), linked=linked)


@room.page(nl="/toegankelijkheid", fr="/accessibilite")
def accessibility() -> Any:
    return render_template("content/public/accessibility.html", page=_page("accessibility"), linked=linked)


def demo_note() -> Page | None:
    """The note at the foot of every public page, read at most once in a request."""
    if "demo_note" not in g:
        g.demo_note = queries.page("demo_note")
    found: Page | None = g.demo_note
    return found


def linked(source: str) -> str:
    """Markdown whose named links have become addresses in the page's language."""
    return with_addresses(source, _address_of)


def _address_of(kind: str, name: str) -> str | None:
    if kind == "enterprise":
        return url_for("enterprises_public.enterprise", slug=name)
    try:
        return url_for(f"content_public.{name}")
    except BuildError:
        return url_for("impact_public.impact") if name == "impact" else None


def _page(key: str) -> Page:
    found = queries.page(key)
    if found is None:
        raise Missing
    return found
