"""The whole house, walked through by its links: by a visitor, by applicants, by the team, in both languages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask

from app.applications.rules.states import State
from app.core.db.base import db
from app.core.http import assets
from config import ROOT
from tests.builders import a_call, a_version, an_application, the_form
from tests.facts import addresses, things
from tests.house.language import strange
from tests.inspection import alternates_of, issues
from tests.pages import Page, PageClient
from tests.people import AMINA, BRUNO, Part, SignedIn, known

FIRST_ROUND = 14 * 1024
MOST, OF_ONE_LIST = 1500, 4
START = ("/nl/", "/fr/")


class Seen(NamedTuple):
    """What one page needs of another: trees are too large to keep hundreds of them."""

    ids: frozenset[str]
    fragments: frozenset[str]  # addresses of places on other pages
    strange: frozenset[str]  # texts in another language than they announce


def walk(client: PageClient, *start: str) -> Iterator[tuple[str, Page]]:
    """Every page that can be reached, each inspected; a link that does not answer is a fault."""
    seen: set[str] = set()
    variants: Counter[str] = Counter()  # the filters and orders of one list are one page: a few of them tell
    waiting = [(path, "the start") for path in start]
    while waiting:
        path, found_on = waiting.pop()
        if path in seen or variants[path.partition("?")[0]] >= OF_ONE_LIST:
            continue
        variants[path.partition("?")[0]] += 1
        assert len(seen) < MOST, f"more than {MOST} pages: do filters breed links?"
        page = client.send("GET", path)
        assert page.status in (200, 302), f"{path}, linked from {found_on}, answers {page.status}"
        found = issues(page)
        assert found == [], f"{path}, linked from {found_on}"
        seen.add(path)
        links = [page.location] if page.status == 302 else page.links("a[href]")
        for link in links:
            target = urldefrag(urljoin(path, link))[0]
            if not urlsplit(link).scheme and not link.startswith("#"):
                waiting.append((target, path))
        if page.is_html:
            yield path, page


def seen_on(path: str, page: Page) -> Seen:
    """What to keep of a page."""
    addresses = {urljoin(path, link) for link in page.links("a[href]")}
    return Seen(
        ids=frozenset(str(tag["id"]) for tag in page.tags if tag.has_attr("id")),
        fragments=frozenset(address for address in addresses if urldefrag(address)[1]),
        strange=frozenset(in_another_language(page)),
    )


def private_pages(client: PageClient, prefixes: tuple[str, ...], *start: str) -> dict[str, Seen]:
    """What is seen on the pages below these addresses."""
    return {path: seen_on(path, page) for path, page in walk(client, *start) if path.startswith(prefixes)}


def dead_fragments(pages: dict[str, Seen]) -> list[str]:
    """Links to a place on another page that is not there."""
    links = [(path, urldefrag(address)) for path, page in pages.items() for address in page.fragments]
    return [f"{path}: {link}" for path, link in links if link.url in pages and link.fragment not in pages[link.url].ids]


def strange_texts(pages: dict[str, Seen]) -> set[str]:
    """Texts of all pages in another language than they announce."""
    return {f"{path}: {text}" for path, page in pages.items() for text in page.strange}


def shared(pages: dict[str, Page], what: str) -> dict[str, list[str]]:
    """Titles or descriptions that several pages of one language have in common; filters of one list are one page."""
    found = defaultdict(set)
    for path, page in pages.items():
        value = (
            page.title
            if what == "title"
            else "".join(str(tag["content"]) for tag in page.soup.select('meta[name="description"]'))
        )
        found[(page.lang, value)].add(path.partition("?")[0])
    return {f"{lang} {value}": sorted(paths) for (lang, value), paths in found.items() if len(paths) > 1}


def in_another_language(page: Page) -> set[str]:
    """Longer texts that are not in the language that they announce."""
    return {
        f"{text.words.strip()[:80]} is {found}"
        for text in page.texts
        if text.node.parent.name not in ("textarea", "option", "script", "code") and text.language in ("nl", "fr")
        if (found := strange(text.words, text.language))
    }


@pytest.mark.slow("asks for every public page, in both languages")
@pytest.mark.timeout(600)
def test_the_public_site(client: PageClient, content: None, subtests: pytest.Subtests) -> None:
    """One walk; what was found on it is looked at in five ways."""
    public = dict(walk(client, *START))

    with subtests.test("pages agree with each other"):
        agree(public)
    with subtests.test("the site map lists every public page"):
        are_in_the_site_map(public, client)
    with subtests.test("a page links the styles of its classes"):
        link_the_styles_of_their_classes(public, ROOT / "static")
    with subtests.test("a first view fits in fourteen kilobytes"):
        fit_in_fourteen_kilobytes(public, client)
    with subtests.test("what machines are told, and that nobody else hears of it"):
        tell_machines_and_nobody_else(public, client)


def agree(public: dict[str, Page]) -> None:
    """Links lead somewhere, titles are unique, the languages are equals."""
    pages = {path: page for path, page in public.items() if page.status == 200}

    assert len(pages) > 60
    seen = {path: seen_on(path, page) for path, page in pages.items()}
    assert dead_fragments(seen) == []
    assert strange_texts(seen) == set()
    assert shared(pages, "title") == {}
    assert shared(pages, "description") == {}
    nl, fr = ({path for path in pages if path.startswith(start)} for start in START)
    assert len(nl) == len(fr)


def are_in_the_site_map(public: dict[str, Page], client: PageClient) -> None:
    """Every page that search engines may keep, and none that does not answer."""
    listed = set(re.findall("<loc>(.*?)</loc>", client.get_path("/sitemap.xml").html))
    wanted = {
        client.base_url + path
        for path, page in public.items()
        if page.status == 200
        and "?" not in path
        and not page.soup.select('meta[name="robots"][content*="noindex"]')
        and alternates_of(page)
    }

    assert wanted - listed == set()
    assert {client.get_path(address).status for address in listed} == {200}


def link_the_styles_of_their_classes(public: dict[str, Page], static: Path) -> None:
    """A page that uses what only one of the smaller sheets styles links that sheet."""

    def styled(sheet: str) -> set[str]:
        return set(re.findall(r"\.([a-z][\w-]+)", (static / "css" / f"{sheet}.css").read_text(encoding="utf-8")))

    common = set().union(*map(styled, assets.BUNDLES["public.css"]))
    own = {
        sheet: styled(sheet) - common
        for sheet in ("home", "showcase", "enterprise", "programmes", "before", "impact", "about", "article", "news")
    }
    assert all(own.values())
    for path, page in public.items():
        used = {name for tag in page.soup.select("[class]") for name in tag["class"]}
        linked = " ".join(str(tag["href"]) for tag in page.soup.select('link[rel="stylesheet"]'))
        if "/public." in linked:
            wanted = {sheet for sheet, names in own.items() if used & names}
            assert {sheet for sheet in own if f"/{sheet}." in linked} == wanted, path


def fit_in_fourteen_kilobytes(public: dict[str, Page], client: PageClient) -> None:
    """HTML and styles as they are sent: what arrives in the first round of a new connection (PERFORMANCE.md, 6)."""

    def sent(path: str) -> int:
        with client.browser.get(path, headers={"Accept-Encoding": "br"}) as answer:
            return len(answer.data)

    styles = 'link[rel="stylesheet"]:not([media="print"])'
    weight = {
        path: sent(path) + sum(sent(str(tag["href"])) for tag in page.soup.select(styles))
        for path, page in public.items()
        if page.status == 200
    }

    assert {path: raw_bytes for path, raw_bytes in weight.items() if raw_bytes > FIRST_ROUND} == {}


LOADED = ("href", "src", "srcset", "data", "poster", "background")
LOADING = "link:not([rel=canonical]):not([rel=alternate]), [src], [srcset], [data], [poster], [background]"


def person_facts(pages: dict[str, Page]) -> set[str]:
    """What a browser would fetch by itself from another house."""
    return {
        f"{path}: {tag}"
        for path, page in pages.items()
        for tag in page.soup.select(LOADING)
        if any(urlsplit(str(tag.get(name, ""))).netloc for name in LOADED)
    }


def tell_machines_and_nobody_else(public: dict[str, Page], client: PageClient) -> None:
    """Facts on every page, the same ones on its twin, with addresses that lead; no cookie, no other host."""
    pages = {path: page for path, page in public.items() if alternates_of(page) and indexed(page)}
    kinds = {path: [thing["@type"] for thing in things(page)] for path, page in pages.items()}
    named = {address for page in pages.values() for address in addresses(page) if address.startswith(client.base_url)}
    reading = {path: page for path, page in public.items() if not page.soup.select("form[method=post]")}

    assert {path for path, named in kinds.items() if "BreadcrumbList" not in named} == set(START)
    assert {kind for named in kinds.values() for kind in named} >= {
        "WebSite",
        "Organization",
        "EducationalOccupationalProgram",
        "NewsArticle",
        "BreadcrumbList",
    }
    assert {at for at in named if not at.endswith(".png") and client.send("GET", at).status not in (200, 302)} == set()
    for path, page in pages.items():
        for other in {urlsplit(address).path for address in alternates_of(page).values()} - {path.partition("?")[0]}:
            assert kinds[other] == kinds[path]
            assert addresses(pages[other]) != addresses(page)
    assert person_facts(public) == set()
    assert [path for path, page in reading.items() if "Set-Cookie" in page.headers] == []
    assert len(reading) > 60
    assert not [tag for page in public.values() for tag in page.soup.select("iframe, object, embed, base")]


def indexed(page: Page) -> bool:
    """May search engines keep it?"""
    return page.status == 200 and not page.soup.select('meta[name="robots"][content*="noindex"]')


def some_applications() -> None:
    """One in each state that a person can bring about, in both languages."""
    call = a_call(version=a_version(the_form()))
    for state in (
        State.DRAFT,
        State.SUBMITTED,
        State.INCOMPLETE,
        State.INELIGIBLE,
        State.ELIGIBLE,
        State.INTERVIEW,
        State.JURY,
    ):
        for part in (AMINA, BRUNO):
            an_application(state=state, call=call, person=known(part))
    db.session.commit()


@pytest.mark.parametrize("part", [AMINA, BRUNO], ids=lambda part: part.language)
@pytest.mark.slow("walks through every page of an applicant")
@pytest.mark.timeout(600)
def test_the_pages_of_an_applicant(app: Flask, content: None, part: Part) -> None:
    some_applications()
    client = SignedIn(app, known(part))

    start = client.address("applications_applicant.my_files", lang=client.language)
    private = private_pages(client, ("/nl/mijn-dossier/", "/fr/mon-dossier/"), start)

    assert len(private) > 20
    assert dead_fragments(private) == []
    assert strange_texts(private) == set()


@pytest.mark.slow("walks through hundreds of pages")
@pytest.mark.timeout(600)
def test_the_pages_of_the_team(content: None, greta: SignedIn) -> None:
    some_applications()

    start = [greta.address("dashboard_staff.desk", lang=lang) for lang in ("nl", "fr")]
    private = private_pages(greta, ("/nl/team", "/fr/equipe"), *start)

    assert len(private) > 30
    assert dead_fragments(private) == []
    assert strange_texts(private) == set()
