"""News, about, contact and the legal pages."""

from datetime import datetime
from typing import Any

from flask import Response, g, render_template, url_for
from markupsafe import Markup

from app.accounts.guards import everyone
from app.content import queries
from app.content.models import Article, Page
from app.content.rules import FAQ, PLACES, questions, reading_minutes, sections, with_addresses
from app.core import clock
from app.core.drawings.scene import WIDE, news_picture, row
from app.core.errors import NotFound
from app.core.exports import structured
from app.core.exports.feeds import Feed, Item, as_feed
from app.core.http import conditional
from app.core.http.web import AppBlueprint, redirect_old_slug
from app.core.i18n.addresses import also_at, canonical, site_address
from app.core.i18n.language import REGIONS, locale
from app.core.text.markdown import markdown, plain

NOON, NEWEST = 12, 30
PICTURED = 5  # a picture weighs about a kilobyte of the page's fourteen
BESIDE_THE_TITLE = 3  # houses

bp = AppBlueprint("content_public", __name__, guard=everyone)


@bp.page(nl="/nieuws", fr="/actualites")
def news() -> str:
    articles = queries.articles()
    named = queries.houses_named(articles[:PICTURED])
    return render_template(
        "content/public/news.html",
        page=_page("news"),
        articles=articles,
        pictures=[news_picture(one.key, one.published_on, named[one.key]) for one in articles[:PICTURED]],
    )


@bp.page(nl="/nieuws.atom", fr="/actualites.atom")
def news_feed() -> Response:
    feed = Feed("news", _page("news").title[locale()], ".news", [_item(one) for one in queries.articles(NEWEST)])
    conditional.since(feed.updated_at)
    return as_feed(render_template("content/public/news_feed.xml", feed=feed))


@bp.page(nl="/nieuws/<slug>", fr="/actualites/<slug>")
def article(slug: str) -> Any:
    found = queries.article(locale(), slug)
    if found is None:
        return redirect_old_slug("article", slug)
    also_at(slug=found.slug)
    _changed(found.revised_at)
    minutes = reading_minutes(found.lead[locale()], found.body[locale()], found.quote[locale()])
    named = queries.houses_named([found])[found.key]
    return render_template(
        "content/public/article.html",
        article=found,
        minutes=minutes,
        drawing=news_picture(found.key, found.published_on, named, width=WIDE),
        things=[_facts(found)],
    )


@bp.page(nl="/over-ons", fr="/a-propos")
def about() -> str:
    page, partners = _page("about"), queries.partners()
    return render_template(
        "content/public/about.html",
        page=page,
        parts=sections(page.body[locale()]),
        partners=partners,
        houses=row(one.key for one in partners[:BESIDE_THE_TITLE]),
        rounds=queries.funding_rounds(),
        things=[structured.ourselves(site_address(), founder=[structured.named(one.name) for one in partners])],
    )


@bp.page(nl="/veelgestelde-vragen", fr="/questions-frequentes")
def faq() -> str:
    page = _page(FAQ)
    groups = questions(page.body[locale()])
    return render_template(
        "content/public/faq.html",
        page=page,
        groups=groups,
        things=[
            structured.faq([(one.title, plain(linked(one.answer))) for _heading, group in groups for one in group])
        ],
    )


@bp.page(nl="/privacy", fr="/confidentialite")
def privacy() -> str:
    page = _page("privacy")
    _changed(page.updated_at)
    return render_template("content/public/privacy.html", page=page, parts=sections(page.body[locale()]))


@bp.page(nl="/toegankelijkheid", fr="/accessibilite")
def accessibility() -> str:
    page = _page("accessibility")
    _changed(page.updated_at)
    return render_template("content/public/accessibility.html", page=page, parts=sections(page.body[locale()]))


@bp.page(nl="/voorwaarden", fr="/conditions")
def terms() -> str:
    page = _page("terms")
    _changed(page.updated_at)
    return render_template("content/public/terms.html", page=page, parts=sections(page.body[locale()]))


def _item(article: Article) -> Item:
    language = locale()
    lead = article.lead[language]
    return Item(
        kind="article",
        key=article.key,
        title=article.title[language],
        summary=lead,
        html=Markup("<p>{}</p>").format(lead) + markdown(linked(article.body[language])),
        address=url_for(".article", slug=article.slug[language]),
        updated_at=article.revised_at,
        published_at=clock.brussels(article.published_on, NOON),
    )


def demo_note() -> Page | None:
    """The note at the foot of every public page, read at most once per request."""
    if "demo_note" not in g:
        g.demo_note = queries.page("demo_note")
    found: Page | None = g.demo_note
    return found


def text_block(key: str) -> Page | None:
    """Template global: a text of the team that stands on pages of other rooms."""
    return queries.page(key)


def linked(source: str) -> str:
    """Template filter: resolve named links in Markdown to addresses in the page's language."""
    return with_addresses(source, _address_of)


def _address_of(kind: str, name: str) -> str | None:
    if kind == "enterprise":
        return url_for("enterprises_public.enterprise", slug=name)
    return url_for(PLACES[name]) if kind == "page" and name in PLACES else None


def _facts(article: Article) -> structured.Thing:
    language = locale()
    return structured.article(
        name=article.title[language],
        description=article.lead[language],
        url=canonical(),
        site=site_address(),
        language=REGIONS[language],
        published_on=article.published_on,
        revised_at=article.revised_at,
    )


def _changed(at: datetime) -> None:
    """When the page last changed: its own text or the note at its foot."""
    note = demo_note()
    conditional.since(at, *([note.updated_at] if note else []))


def _page(key: str) -> Page:
    found = queries.page(key)
    if found is None:
        raise NotFound
    return found
