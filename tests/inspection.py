"""What is wrong with a page: each check returns sentences; no sentence, no fault."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4 import Tag

from tests import facts, naming, structure, wording
from tests.html import words

if TYPE_CHECKING:
    from tests.page import Page

ERROR_SUMMARY = "main [role=alert]"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self'"),
    *("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"),
)
POINTING = frozenset(
    {
        "aria-describedby",
        "aria-labelledby",
        "aria-controls",
        "aria-owns",
        "aria-errormessage",
        "for",
        "headers",
        "list",
        "form",
        "popovertarget",
    }
)
NOT_TYPED = ("hidden", "checkbox", "radio", "file", "submit", "button", "reset")
TYPED_INTO = "textarea, input" + "".join(f':not([type="{kind}"])' for kind in NOT_TYPED)
Check = Callable[["Page"], Iterator[str]]

WITHOUT_TOKEN = {"contact_public.contact"}  # acts for nobody, so that reading its page sets no cookie
TOKEN = re.compile(r'(?<=name="csrf_token" value=")[\w.-]+')
_sound: set[tuple[object, ...]] = set()  # answers without a fault: whoever gets the very same one need not look again
_answering: set[tuple[object, str]] = set()  # what was fetched before in this process need not be fetched again


def issues(page: "Page", *, skip: Collection[str] = ()) -> list[str]:
    """Every fault of an answer, by all checks but the skipped ones."""
    unknown = set(skip) - set(CHECKS)
    assert not unknown, f"there is no check {unknown}; there are {sorted(CHECKS)}"
    found = [*_headers(page)] if "headers" not in skip else []
    if 300 <= page.status < 400 and page.location and not page.location.startswith("/"):
        found.append(f"a redirect to another site: {page.location}")
    if page.is_html:
        seen = (page.client.app, page.method, page.path, page.status, page.endpoint, frozenset(skip), _mark_of(page))
        if seen not in _sound:
            by_source = [f"{name}: {one}" for name, check in CHECKS.items() if name not in skip for one in check(page)]
            if not by_source:
                _sound.add(seen)
            found += by_source
    return found


def _mark_of(page: "Page") -> bytes:
    """The same for two answers that differ in nothing but the token of their forms."""
    return sha256(TOKEN.sub("", page.html).encode()).digest()


def _headers(page: "Page") -> Iterator[str]:
    for name, value in HEADERS.items():
        if page.headers.get(name) != value:
            yield f"header {name} is {page.headers.get(name)!r}, not {value!r}"
    policy = page.headers.get("Content-Security-Policy", "")
    if "unsafe" in policy or (page.is_html and not all(part in policy for part in POLICY)):
        yield f"the content security policy is weak: {policy!r}"
    private = page.status >= 400 or "sign_in" in page.client.session()
    caching = page.headers.get("Cache-Control", "")
    kept_for_back = page.method == "POST" and caching == "private, no-cache"  # by this browser alone
    if private and "no-store" not in caching and not kept_for_back:
        yield f"this may be kept by others: Cache-Control {page.headers.get('Cache-Control')!r}"


def _source(page: "Page") -> Iterator[str]:
    yield from page.parse_errors
    if not page.html.lstrip().lower().startswith("<!doctype html>"):
        yield "no doctype"


def _frame(page: "Page") -> Iterator[str]:
    """One h1, one main, a title that names the page and the site."""
    for name in ("h1", "main", "title"):
        found = page.soup.head.find_all(name) if name == "title" and page.soup.head else page.named(name)
        if len(found) != 1:
            yield f"{len(found)} × <{name}>, not one"
        elif not words(found[0]):
            yield f"<{name}> is empty"
    if not re.fullmatch(r".+ — Coopcity", page.title) and page.title != "Coopcity":
        yield f"the title does not end in “— Coopcity”: {page.title!r}"
    described = [tag for tag in page.named("meta") if tag.get("name") == "description"]
    if len(described) > 1 or any(not tag.get("content") for tag in described):
        yield "the description is there twice or empty"
    if not any(tag.get("name") == "viewport" for tag in page.named("meta")):
        yield "no viewport"


def _language(page: "Page") -> Iterator[str]:
    """`lang` equals the address; canonical, every hreflang and a link to the page in the other language are there."""
    first = page.path.split("/", 2)[1].partition("?")[0]
    if first in ("nl", "fr") and page.lang != first:
        yield f"<html lang> is {page.lang!r} on {page.path}"
    if page.lang not in ("nl", "fr"):
        yield f"<html lang> is {page.lang!r}"
    if page.status != 200 or first not in ("nl", "fr"):
        return
    canonical = [str(tag["href"]) for tag in page.named("link") if "canonical" in tag.get("rel", [])]
    own = page.client.base_url + page.path.partition("?")[0]
    if canonical != [own]:
        yield f"canonical is {canonical}, not {own}"
    alternates = alternates_of(page)
    if set(alternates) != {"nl", "fr", "x-default"} or alternates.get(first) != own:
        yield f"hreflang: {alternates} on {own}"
    switch = [str(tag["href"]) for tag in page.named("a") if str(tag.get("hreflang", first))[:2] != first]
    twin = urlsplit(alternates.get("fr" if first == "nl" else "nl", "")).path
    if twin not in [urlsplit(address).path for address in switch]:
        yield f"no link to the same page in the other language ({twin}); there are {switch}"
    elif page.method == "GET":
        yield from _mutual(page, twin)


def alternates_of(page: "Page") -> dict[str, str]:
    """hreflang → absolute address."""
    return {
        str(tag["hreflang"]): str(tag["href"])
        for tag in page.named("link")
        if "alternate" in tag.get("rel", []) and tag.has_attr("hreflang")
    }


def _mutual(page: "Page", twin: str) -> Iterator[str]:
    """The other language answers and points back; looked at once per endpoint."""
    seen = (page.client.app, f"{page.endpoint} {page.lang}")
    if seen in _answering:
        return
    other = page.client.send("GET", twin)
    if other.status != 200:
        yield f"the page in the other language, {twin}, answers {other.status}"
    elif alternates_of(other) != alternates_of(page):
        yield f"hreflang is not mutual: {alternates_of(page)} here, {alternates_of(other)} there"
    else:
        _answering.add(seen)


def _ids(page: "Page") -> Iterator[str]:
    """No id twice; whatever points at an id finds it."""
    every = page.tags
    counted = Counter(str(tag["id"]) for tag in every if "id" in tag.attrs)
    yield from (f"id “{name}” is there {count} times" for name, count in counted.items() if count > 1)
    for tag in every:
        for attribute in tag.attrs.keys() & POINTING:
            for name in _given(tag, attribute):
                if name not in counted:
                    yield f'{attribute}="{name}" points at nothing'
        href = str(tag.get("href", ""))
        if href.startswith("#") and href[1:] not in counted:
            yield f'href="{href}" leads nowhere'


def _given(tag: Tag, attribute: str) -> list[str]:
    value = tag[attribute]  # a list where the standard says so
    return str(value).split() if isinstance(value, str) else [str(one) for one in value]


def _headings(page: "Page") -> Iterator[str]:
    """Headings in order, without jumps."""
    found = [(int(tag.name[1]), words(tag)) for tag in page.tags if tag.name in structure.HEADING_NAMES]
    for (above, _), (here, text) in pairwise([(1, ""), *found]):
        if here > above + 1:
            yield f"h{here} “{text}” comes after h{above}"
    yield from (f"an empty h{level}" for level, text in found if not text)


def _controls(page: "Page") -> Iterator[str]:
    """Every control has a label, every group of choices a legend, every link and button a name."""
    labelled = {str(tag["for"]) for tag in page.named("label") if tag.has_attr("for") and words(tag)}
    for tag in page.named("input", "select", "textarea"):
        kind = tag.get("type", "text")
        if kind in ("hidden", "submit", "button", "reset"):
            continue
        named = (
            tag.get("id") in labelled or tag.find_parent("label") or tag.get("aria-label") or tag.get("aria-labelledby")
        )
        if not named:
            yield f"no label for {structure.brief(tag)}"
        if kind == "radio" and not (_legend(tag) or tag.find_parent(attrs={"role": "radiogroup"})):
            yield f"no legend around {structure.brief(tag)}"
    for tag in page.named("a", "button", "summary"):
        if (
            words(tag)
            or tag.get("aria-label")
            or tag.get("aria-labelledby")
            or (tag.name == "a" and not tag.get("href"))
        ):
            continue
        if not tag.select("img[alt]:not([alt='']), svg[aria-label], svg title"):
            yield f"nothing says what this does: {structure.brief(tag)}"


def _labels_in_names(page: "Page") -> Iterator[str]:
    """WCAG 2.5.3: the name of a link or button contains the words that are seen on it."""
    for tag in page.named("a", "button", "summary"):
        if not tag.has_attr("aria-label"):
            continue
        seen, name = words(tag).casefold(), str(tag["aria-label"]).casefold()
        if seen and seen not in name:
            yield f"{structure.brief(tag)} is seen as “{seen}”, which its name does not hold"


def _legend(tag: Tag) -> bool:
    return any(fieldset.find("legend") for fieldset in tag.find_parents("fieldset"))


def _forms(page: "Page") -> Iterator[str]:
    """Action, method, CSRF token; files only where they arrive; a refused form says why, with links to the fields."""
    for form in page.named("form"):
        action, method = form.get("action"), str(form.get("method", "")).lower()
        if not action or urlsplit(str(action)).netloc:
            yield f"a form's action is {action!r}"
        if method not in ("get", "post"):
            yield f"the form to {action} has the method {method!r}"
        tokens = form.select('input[type="hidden"][name="csrf_token"][value]')
        if method == "post" and len(tokens) != (page.endpoint not in WITHOUT_TOKEN):
            yield f"the form to {action} carries {len(tokens)} CSRF tokens"
        if method == "get" and tokens:
            yield f"the form to {action} would write its CSRF token into the address"
        if form.select('input[type="file"]:not([disabled])') and form.get("enctype") != "multipart/form-data":
            yield f"the form to {action} would send no files"
    if page.status == 422:
        links = [str(tag["href"]) for tag in page.soup.select(f'{ERROR_SUMMARY} a[href^="#"]')]
        if not links:
            yield f"422 without an error summary ({ERROR_SUMMARY}) whose links lead to the fields"


def _lost_texts(page: "Page") -> Iterator[str]:
    """Sending one form of a page loses what is typed in another one: a page with a text and other forms is one form."""
    posting = page.soup.select("main form[method=post]")
    if len(posting) > 1 and any(form.select(TYPED_INTO) for form in posting):
        yield f"forms take text beside others, to {[form.get('action') for form in posting]}: see ui/one_form.html"
    for mark in page.soup.select('input[name="unsent:page"]'):
        view = page.client.app.view_functions[str(mark["value"]).partition("?")[0]]
        if not getattr(view, "keeps_unsent", False):
            yield f"what is typed on {mark['value']} is not put back: mark its view with keeps_unsent"


def _inline(page: "Page") -> Iterator[str]:
    """No script, style or handler inside the page: the policy would stop it."""
    scripts = [tag for tag in page.named("script") if not tag.get("src") and "json" not in str(tag.get("type", ""))]
    yield from (f"inline <{tag.name}>" for tag in [*page.named("style"), *scripts])
    for tag in page.tags:
        for name in tag.attrs:
            if name == "style" or name.startswith("on"):
                yield f"{name}=… on {structure.brief(tag)}"
        for name in ("href", "src", "action", "formaction"):
            if str(tag.get(name, "")).lstrip().lower().startswith(("javascript:", "data:", "vbscript:")):
                yield f"a script as an address: {structure.brief(tag)}"


def _files(page: "Page") -> Iterator[str]:
    """Styles, scripts, fonts and pictures are there, and come from here."""
    for tag in page.named("link", "script", "img", "source"):
        if tag.get("rel", [""])[0] in ("canonical", "alternate") or not (tag.get("href") or tag.get("src")):
            continue
        address = str(tag.get("href") or tag.get("src"))
        if urlsplit(address).netloc:
            yield f"{address} comes from another host"
        elif (page.client.app, address) not in _answering:
            answer = page.client.browser.get(address.partition("#")[0], base_url=page.client.base_url)
            answer.close()
            if answer.status_code != 200:
                yield f"{address} answers {answer.status_code}"
            else:
                _answering.add((page.client.app, address))


CHECKS: dict[str, Check] = {
    "source": _source,
    "frame": _frame,
    "language": _language,
    "ids": _ids,
    "headings": _headings,
    "controls": _controls,
    "labels in names": _labels_in_names,
    "forms": _forms,
    "lost texts": _lost_texts,
    "inline": _inline,
    "files": _files,
    "facts": facts.issues,
    "headers": lambda _page: iter(()),  # looked at on every answer, also without HTML
    "structure": structure.misplaced,
    "names": naming.issues,
    "left-overs": wording.left_overs,
    "identifiers": wording.identifiers,
    "untranslated": wording.untranslated,
    "typography": wording.typography,
}
