"""Queries about pages, news, partners and funding."""

from collections.abc import Callable, Collection, Iterable, Mapping

from sqlalchemy import Select, select

from app.accounts.models import Person
from app.content.models import Article, FundingRound, Page, Partner
from app.content.rules import FAQ, PLACES, enterprises_named, every_question
from app.core.db.base import db
from app.core.drawings.facade import House
from app.core.extension_points import ExtensionPoint
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.core.text import markdown

# Offered by enterprises: the houses of the enterprises with these slugs, by slug.
HOUSES = ExtensionPoint[Callable[[Collection[str]], Mapping[str, House]]]("content.houses")


def page(key: str) -> Page | None:
    """A page or text block by its key."""
    return db.session.scalar(select(Page).where(Page.key == key))


def pages(keys: Iterable[str] | None = None) -> dict[str, Page]:
    """Pages by key: those named, or all, in creation order."""
    query = select(Page).order_by(Page.id)
    if keys is not None:
        query = query.where(Page.key.in_(list(keys)))
    return {found.key: found for found in db.session.scalars(query)}


def pages_and_editors() -> list[tuple[Page, str]]:
    """Every page in creation order, with the name of its last editor."""
    rows = db.session.execute(_with_editor().order_by(Page.id))
    return [(found, name or "") for found, name in rows]


def page_and_editor(key: str) -> tuple[Page, str] | None:
    """A page with the name of its last editor; no name for the starting content."""
    row = db.session.execute(_with_editor().where(Page.key == key)).one_or_none()
    return (row[0], row[1] or "") if row else None


def articles(count: int | None = None) -> list[Article]:
    """News articles, newest first."""
    query = select(Article).order_by(Article.published_on.desc(), Article.id.desc())
    return list(db.session.scalars(query.limit(count) if count else query))


def article(locale: str, slug: str) -> Article | None:
    """The article at this slug in this language."""
    return db.session.scalar(select(Article).where(getattr(Article, f"slug_{locale}") == slug))


def houses_named(articles: Iterable[Article]) -> dict[str, list[House]]:
    """The houses of the enterprises that each article links to, by the key of the article."""
    slugs = {one.key: enterprises_named(one.body.nl) for one in articles}
    wanted, offered = {slug for named in slugs.values() for slug in named}, HOUSES.first()
    houses = offered(wanted) if offered and wanted else {}
    return {key: [houses[slug] for slug in named if slug in houses] for key, named in slugs.items()}


def search_documents(pages: Iterable[Page] | None = None) -> list[search_index.SearchDocument]:
    """Pages that have an address, or these, and every article, as documents of the search index."""
    chosen = list(db.session.scalars(select(Page)) if pages is None else pages)
    news: Iterable[Article] = db.session.scalars(select(Article)) if pages is None else []
    return [
        *(
            search_index.SearchDocument(
                "page",
                one.id,
                Bilingual.of(one.key),
                one.title,
                # Each frequent question is a document of its own.
                markdown.joined(*([one.lead] if one.key == FAQ else [one.lead, one.body])),
            )
            for one in chosen
            if one.key in PLACES
        ),
        *(
            search_index.SearchDocument(
                "article", one.id, one.slug, one.title, markdown.joined(one.lead, one.body, one.quote)
            )
            for one in news
        ),
        *(document for one in chosen if one.key == FAQ for document in _question_documents(one.body)),
    ]


def _question_documents(body: Bilingual) -> list[search_index.SearchDocument]:
    """Each frequent question, found by itself: the n-th of one language is the n-th of the other."""
    pairs = zip(*(every_question(body[code]) for code in LOCALES), strict=False)
    return [
        search_index.SearchDocument(
            "question",
            number,
            Bilingual(*(one.anchor for one in pair)),
            Bilingual(*(one.title for one in pair)),
            markdown.joined(Bilingual(*(one.answer for one in pair))),
        )
        for number, pair in enumerate(pairs, 1)
    ]


def partners() -> list[Partner]:
    """The founding partners in their order."""
    return list(db.session.scalars(select(Partner).order_by(Partner.position)))


def funding_rounds() -> list[FundingRound]:
    """Funding rounds, oldest first."""
    return list(db.session.scalars(select(FundingRound).order_by(FundingRound.from_year)))


def _with_editor() -> Select[Page, str]:
    return select(Page, Person.name).outerjoin(Person, Person.id == Page.updated_by_id)
